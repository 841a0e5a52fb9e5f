"""Kill the site at a random instant, again and again: what it has confirmed is there, whole.

A real server (granian, two processes, the real services and database) takes returns from 32
writers until its process group gets SIGKILL. It starts again; then every confirmed return must be
in the database with its entry, rows and receipt, nothing may be there by half, and the chain must
hold. SQLite and PostgreSQL in turn.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
WRITERS = 32
SHORTEST, LONGEST = 0.15, 1.5  # seconds from the first confirmation to the kill
PATIENCE = 60.0  # seconds a site may take to answer

if TYPE_CHECKING:
    from tests.databases import Database


@dataclass
class Score:
    """What one engine's cycles came to."""

    engine: str
    cycles: int = 0
    confirmed: dict[str, tuple[int, str]] = field(default_factory=dict)
    entries: int = 0
    lost: int = 0
    half: int = 0
    begun: int = 0
    faults: list[str] = field(default_factory=list)
    idle: int = 0
    slowest: float = 0.0

    @property
    def holds(self) -> bool:
        """Whether nothing was lost, halved, broken or left untried."""
        return not (self.lost or self.half or self.faults or self.idle) and self.cycles > 0

    def line(self) -> str:
        """Give the score in a line."""
        return (
            f"{self.engine:<11}杀停{self.cycles}次，确认{len(self.confirmed)}份，账本{self.entries}条；"
            f"确认后丢失{self.lost}，半截写入{self.half}，链断或不符{len(self.faults)}，"
            f"没有确认就被杀{self.idle}次；最慢{self.slowest:.1f}秒恢复应答"
        )


class Site:
    """A server in a process group of its own."""

    def __init__(self, database: Database) -> None:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
                "--port", str(self.port), "--workers", "2", "--blocking-threads", "8",
                "--no-ws", "--log-level", "critical", "tests.returns_site:application",
            ],
            cwd=ROOT,
            env={**os.environ, **database.environment},
            start_new_session=True,
        )  # fmt: skip

    def wait(self) -> float:
        """Wait until it answers; give the seconds since its start."""
        while time.monotonic() - self.began < PATIENCE:
            if self.process.poll() is not None:
                raise SystemExit("站点没有启动起来，它自己的话在上面。")
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
                with closing(connection):
                    connection.request("GET", "/")
                    connection.getresponse().read()
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
            else:
                return time.monotonic() - self.began
        raise SystemExit(f"站点{PATIENCE:.0f}秒内没有应答。")

    def kill(self) -> None:
        """Kill the whole group at once, with no chance to tidy up."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def write(port: int, submission: int, confirmed: dict[str, tuple[int, str]]) -> None:
    """Hand in one version after another until the site is gone."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with closing(connection):
        try:
            while True:
                body = json.dumps({"submission": submission, "key": str(uuid.uuid4())})
                connection.request("POST", "/", body)
                answer = connection.getresponse()
                told = json.loads(answer.read())
                if answer.status == http.client.OK:
                    confirmed[told["number"]] = (told["sequence"], told["hash"])
        except (OSError, http.client.HTTPException, ValueError):
            return


def cycle(database: Database, submissions: list[int], score: Score, chance: random.Random) -> None:
    """Start the site, check what earlier cycles left, let the writers write, kill it."""
    site = Site(database)
    try:
        score.slowest = max(score.slowest, site.wait())
        check(score)
        before = len(score.confirmed)
        writers = [
            threading.Thread(target=write, args=(site.port, submission, score.confirmed))
            for submission in submissions
        ]
        for writer in writers:
            writer.start()
        deadline = time.monotonic() + PATIENCE
        while len(score.confirmed) == before and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(chance.uniform(SHORTEST, LONGEST))
    finally:
        site.kill()
    for writer in writers:
        writer.join()
    score.cycles += 1
    score.idle += len(score.confirmed) == before


def check(score: Score) -> None:
    """Hold the database against every confirmation so far, against itself, and the chain."""
    from django.db.models import Count, F  # noqa: PLC0415  # after django.setup

    from tests.returns import FIGURES  # noqa: PLC0415
    from zhenxing.audit.models import Entry, Receipt  # noqa: PLC0415
    from zhenxing.audit.queries import verify  # noqa: PLC0415
    from zhenxing.indicators.models import Figure  # noqa: PLC0415
    from zhenxing.reporting.models import Submission, Version  # noqa: PLC0415

    stored = Receipt.objects.values_list("number", "entry_id", "entry__hash")
    receipts = {number: (sequence, digest) for number, sequence, digest in stored}
    versions = dict(Version.objects.values_list("receipt", "sealed_by"))
    score.lost = sum(
        receipts.get(number) != place or versions.get(number) != place[0]
        for number, place in score.confirmed.items()
    )
    acts = Entry.objects.filter(sequence__gt=score.begun)
    entries = set(acts.values_list("sequence", flat=True))
    whole = Figure.objects.values("sealed_by").annotate(n=Count("pk")).filter(n=FIGURES)
    figured = set(whole.values_list("sealed_by", flat=True))
    standing = Submission.objects.annotate(n=Count("versions")).exclude(n=F("latest"))
    score.half = (
        len(entries ^ set(versions.values()))
        + len(entries ^ {sequence for sequence, _ in receipts.values()})
        + len(entries ^ figured)
        + Figure.objects.exclude(sealed_by__in=figured).count()
        + standing.count()
    )
    score.entries = len(entries)
    # Nothing may be said but what a kill and a trial's own role explain.
    score.faults += [p.sentence for p in verify().problems if p.is_error or p.where == "账本"]


def run(database: Database, cycles: int, chance: random.Random) -> Score:
    """Run one engine's cycles and a last check after the last kill."""
    from django.conf import settings  # noqa: PLC0415  # after django.setup

    from tests import returns  # noqa: PLC0415
    from tests.databases import default_is, migrate  # noqa: PLC0415

    settings.HEADS_FILE = database.data / "heads.log"
    settings.KEY_DIR = database.data / "keys"
    migrate(database)
    score = Score(database.engine)
    with default_is(database):
        submissions, score.begun = returns.prepare(WRITERS), returns.begin()
        for number in range(1, cycles + 1):
            cycle(database, submissions, score, chance)
            sys.stdout.write(f"{database.engine} {number}/{cycles} 确认{len(score.confirmed)}份\n")
            sys.stdout.flush()
        last = Site(database)
        try:
            score.slowest = max(score.slowest, last.wait())
            check(score)
        finally:
            last.kill()
    return score


def main() -> int:
    """Run the trial; give 0 only if all holds."""
    parser = argparse.ArgumentParser(
        prog="./run trial kill", description="反复杀停站点，核对已确认的报送"
    )
    parser.add_argument("--cycles", type=int, default=20, help="杀停的次数，两种数据库各一半")
    parser.add_argument("--seed", type=int, default=None, help="重做某一次的随机时刻")
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    chance, began = random.Random(seed), time.monotonic()  # noqa: S311  # instants, not secrets
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zhenxing-kill-")))
        scores = _both(folder, max(1, given.cycles // 2), chance, stack)
    sys.stdout.write(f"{WRITERS}个写入者，随机种子{seed}，用时{time.monotonic() - began:.0f}秒\n")
    for score in scores:
        for fault in score.faults[:5]:
            sys.stdout.write(f"{score.engine} {fault}\n")
    sys.stdout.write("".join(f"{score.line()}\n" for score in scores))
    return 0 if all(score.holds for score in scores) else 1


def _both(folder: Path, each: int, chance: random.Random, stack: ExitStack) -> list[Score]:
    os.environ.update(
        DJANGO_SETTINGS_MODULE="zhenxing.config.settings", ZHENXING_DATA=str(folder / "own")
    )
    import django  # noqa: PLC0415  # reads the environment set above

    django.setup()
    from tests.databases import Database, Postgres  # noqa: PLC0415

    (folder / "sqlite").mkdir()
    (folder / "postgresql").mkdir()
    scores = [run(Database("sqlite", "sqlite:site.sqlite3", folder / "sqlite"), each, chance)]
    server = Postgres()
    stack.callback(server.stop)
    address = server.create("site")
    return [*scores, run(Database("postgresql", address, folder / "postgresql"), each, chance)]


if __name__ == "__main__":
    sys.exit(main())
