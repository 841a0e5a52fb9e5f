"""Back up, destroy, restore, verify: on both databases the same comes back, to the last row.

Each round lets a real ledger grow (returns with figures and receipts, posts, calls), backs it up,
sealed in every second round, throws database, files and keys away, restores into an empty place in
another process and holds rows, sums and the ledger against what was there. Then the backup before
it is restored against the newer heads: it must be told as old, and open for reading alone.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.databases import Database, Postgres
    from zhenxing.operations.backups import Backup
    from zhenxing.operations.snapshots import Snapshot

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = b"of the trial, and of nothing else"
OLD = "这是旧备份"
# What a restore itself writes: its entry, and the head that moved with it.
MOVED = {"audit_entry", "audit_head"}


@dataclass
class Score:
    """What one engine's rounds came to."""

    engine: str
    rounds: int = 0
    rows: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Give the score in a line."""
        return (
            f"{self.engine:<11}恢复{self.rounds}次，最多{self.rows:,}行；"
            f"不相同、核验不过、旧备份没有指出共{len(self.faults)}处；最慢{self.slowest:.1f}秒恢复"
        )


class Places:
    """Empty places of one engine, each with a database of its own."""

    def __init__(self, engine: str, folder: Path, server: Postgres) -> None:
        self.engine, self.folder, self.server = engine, folder, server
        self.numbers = itertools.count(1)

    def next(self) -> Database:
        """Name a folder that is not there, and an empty database."""
        from tests.databases import Database  # noqa: PLC0415  # after django.setup

        number = next(self.numbers)
        address = "sqlite:zhenxing.sqlite3"
        if self.engine == "postgresql":
            address = self.server.create(f"place_{number}")
        return Database(self.engine, address, self.folder / f"place-{number}")

    def destroy(self, place: Database) -> None:
        """Leave nothing of a site."""
        shutil.rmtree(place.data)
        if self.engine == "postgresql":
            self.server.drop(place.settings["NAME"])


def settle_in(place: Database) -> None:
    """Let this process's settings lead to a site's files, keys and heads."""
    from django.conf import settings  # noqa: PLC0415  # after django.setup

    settings.KEY_DIR, settings.FILE_DIR = place.data / "keys", place.data / "files"
    settings.HEADS_FILE = place.data / "heads.log"


def grow(place: Database, acts: int) -> None:
    """Let a new site's ledger grow by real acts, with stored files among them."""
    from tests import cast, returns  # noqa: PLC0415  # after django.setup
    from tests.databases import default_is, migrate  # noqa: PLC0415
    from zhenxing.audit import services as audit  # noqa: PLC0415
    from zhenxing.documents import services as documents  # noqa: PLC0415

    place.data.mkdir(parents=True)
    settle_in(place)
    migrate(place)
    with default_is(place):
        submissions = itertools.cycle(returns.prepare(12))
        returns.begin()
        for number in range(acts):
            returns.hand_in(next(submissions), uuid.uuid4())
            if number % 5 == 0:
                text = f"第{number}份".encode()
                with audit.act(
                    "site.noted", subject=str(number), by=returns.BY, moment=cast.moment()
                ) as act:
                    name = f"{number}.txt"
                    act.vouch(
                        documents.keep_text(text, name=name, by="trial", moment=cast.moment())
                    )


def backed_up(place: Database, target: Path, *, sealed: bool) -> tuple[Backup, Snapshot]:
    """Make a backup, and sum up the site it was made of."""
    from django.db import connection  # noqa: PLC0415  # after django.setup
    from django.utils import timezone  # noqa: PLC0415

    from tests.databases import default_is  # noqa: PLC0415
    from zhenxing.operations import backups, snapshots  # noqa: PLC0415

    with default_is(place):
        made = backups.make(
            target,
            passphrase=PASSPHRASE if sealed else None,
            with_keys=True,
            at=timezone.localtime(),
        )
        return made, snapshots.sum_up(connection)


def restored(backup: Backup, to: Database, heads: Path, passphrase: Path) -> tuple[int, str]:
    """Restore in another process; give its exit code and all it said."""
    words = ["restore", str(backup.path), "--to", str(to.data), "--heads", str(heads)]
    words += ["--database", to.address] if to.engine == "postgresql" else []
    words += ["--passphrase-file", str(passphrase)] if backup.is_sealed else []
    done = subprocess.run(
        [sys.executable, "-m", "zhenxing.cli", *words],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def faults(before: Snapshot, place: Database) -> list[str]:
    """Say what of a restored site is not as it was."""
    from django.db import connection  # noqa: PLC0415  # after django.setup

    from tests.databases import default_is  # noqa: PLC0415
    from zhenxing.operations import queries, snapshots  # noqa: PLC0415

    settle_in(place)
    with default_is(place):
        found = set(snapshots.differences(before, snapshots.sum_up(connection))) - MOVED
        verification = queries.checked()
    told = [f"表{name}不同" for name in sorted(found)]
    return told + ([] if verification.holds else [verification.problems[0].sentence])


def one_round(places: Places, score: Score, acts: int, passphrase: Path) -> None:
    """Grow, back up, grow on, back up, destroy; the newer comes back, the older is told as old."""
    from tests import cast, returns  # noqa: PLC0415  # after django.setup
    from tests.databases import default_is  # noqa: PLC0415
    from zhenxing.audit import services as audit  # noqa: PLC0415

    sealed = score.rounds % 2 == 1
    site, outside = places.next(), places.folder / f"outside-{score.rounds}.log"
    grow(site, acts)
    older, _ = backed_up(site, places.folder / f"older-{score.rounds}.zip", sealed=sealed)
    with default_is(site):
        audit.record("site.noted", subject="后来", by=returns.BY, moment=cast.moment())
    newer, before = backed_up(site, places.folder / f"newer-{score.rounds}.zip", sealed=sealed)
    shutil.copy(site.data / "heads.log", outside)
    places.destroy(site)

    back, began = places.next(), time.monotonic()
    code, said = restored(newer, back, outside, passphrase)
    score.slowest = max(score.slowest, time.monotonic() - began)
    score.faults += [said] if code else faults(before, back)
    old = places.next()
    code, said = restored(older, old, outside, passphrase)
    score.faults += [] if code == 1 and OLD in said else [f"旧备份没有指出：{said}"]
    score.rounds += 1
    score.rows = max(score.rows, before.rows)
    for place in (back, old):
        places.destroy(place)


def main(arguments: list[str] | None = None) -> int:
    """Run the rounds on both engines; 0 only if all came back the same."""
    parser = argparse.ArgumentParser(prog="restore")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--acts", type=int, default=200)
    given = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zhenxing-restore-")))
        os.environ |= {"ZHENXING_DATA": str(folder / "own")}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhenxing.config.settings")
        import django  # noqa: PLC0415  # reads the settings, once the folder is named

        django.setup()
        from tests.databases import ENGINES, Postgres  # noqa: PLC0415

        server = Postgres()
        stack.callback(server.stop)
        os.environ["ZHENXING_POSTGRES"] = str(server.tools)
        passphrase = folder / "passphrase"
        passphrase.write_bytes(PASSPHRASE)
        scores = []
        for engine in ENGINES:
            score = Score(engine)
            places = Places(engine, folder / engine, server)
            places.folder.mkdir()
            for number in range(1, given.rounds + 1):
                one_round(places, score, given.acts, passphrase)
                sys.stdout.write(f"{engine} {number}/{given.rounds}\n")
                sys.stdout.flush()
            scores.append(score)
    sys.stdout.write("".join(f"{score.line()}\n" for score in scores))
    sys.stdout.write("".join(f"  {fault}\n" for score in scores for fault in score.faults))
    return int(any(score.faults for score in scores))


if __name__ == "__main__":
    sys.exit(main())
