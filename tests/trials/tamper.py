"""Tamper with copies of a ledger: each attack must be found, with the first bad entry named.

Half of the attacks go against SQLite, half against PostgreSQL; each gets its own copy of a ledger
with a few hundred entries, sealed rows and receipts, and raw SQL with the guards taken away. Among
them clean copies are verified, none of which may raise an alarm.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import shutil
import sys
import tempfile
import time
import uuid
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.attacks import Ledger
    from tests.databases import Database, Postgres

ACTS = {"return": 210, "note": 90, "post": 20, "call": 4}
STAGES = (60, 150, 290)  # entries at which an old copy is put aside
CLEAN_EVERY = 5
OLD = "换回旧备份"


@dataclass
class Score:
    """What was found and what was not."""

    tried: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    alarms: int = 0
    misses: list[str] = field(default_factory=list)


class Copies:
    """One engine's ledger, the old copies put aside while it grew, and copies to attack."""

    def __init__(self, engine: str, folder: Path, server: Postgres) -> None:
        self.engine, self.folder, self.server = engine, folder, server
        self.numbers = itertools.count(1)
        folder.mkdir()
        self.original = self.at("original")
        if engine == "postgresql":
            server.create("original")

    def at(self, name: str) -> Database:
        """Name a database of this engine."""
        from tests.databases import Database  # noqa: PLC0415  # after django.setup

        local = self.engine == "sqlite"
        address = f"sqlite:{name}.sqlite3" if local else self.server.address(name)
        return Database(self.engine, address, self.folder)

    def copy(self, source: str, name: str = "") -> Database:
        """Copy a database nobody is connected to."""
        name = name or f"copy_{next(self.numbers)}"
        if self.engine == "postgresql":
            self.server.create(name, source)
        else:
            shutil.copy(self.folder / f"{source}.sqlite3", self.folder / f"{name}.sqlite3")
        return self.at(name)

    def drop(self, copy: Database) -> None:
        """Remove a copy."""
        if self.engine == "postgresql":
            self.server.drop(copy.settings["NAME"])
        else:
            for path in self.folder.glob(f"{copy.settings['NAME'].name}*"):
                path.unlink()


def build(copies: Copies) -> Ledger:
    """Let the ledger grow by real acts, putting old copies aside."""
    from django.db import connection  # noqa: PLC0415  # after django.setup

    from tests import cast, returns  # noqa: PLC0415
    from tests.attacks import Ledger  # noqa: PLC0415
    from tests.databases import default_is, migrate  # noqa: PLC0415
    from zhenxing.audit import services  # noqa: PLC0415
    from zhenxing.reporting.models import Version  # noqa: PLC0415

    migrate(copies.original)
    kinds = [kind for kind, times in ACTS.items() for _ in range(times)]
    random.Random(1).shuffle(kinds)  # noqa: S311  # the same ledger each time
    with default_is(copies.original):
        submissions = itertools.cycle(returns.prepare(30))
        doings: dict[str, Callable[[int], object]] = {
            "return": lambda _: returns.hand_in(next(submissions), uuid.uuid4()),
            "note": lambda number: services.record(
                "site.noted", subject=str(number), by=returns.BY, moment=cast.moment()
            ),
            "post": returns.end_a_post,
            "call": returns.open_a_call,
        }
        for number, kind in enumerate(kinds, returns.begin() + 1):
            doings[kind](number)
            if number in STAGES:
                connection.close()
                copies.copy("original", f"old_{number}")
        sealing = sorted(Version._base_manager.values_list("sealed_by", flat=True))
    return Ledger(last=number, returns=sealing)


def attack(
    copies: Copies, ledger: Ledger, name: str, how: Callable[..., int], chance: random.Random
) -> str | None:
    """Attack a copy and verify it; give what went wrong, if it did."""
    from django.db import connection  # noqa: PLC0415  # after django.setup

    from tests.databases import default_is, guards_lifted  # noqa: PLC0415
    from zhenxing.audit.queries import verify  # noqa: PLC0415

    copy = copies.copy("original")
    with default_is(copy):
        with connection.constraint_checks_disabled(), guards_lifted(connection):
            expected = how(ledger, chance)
        verification = verify()
    copies.drop(copy)
    found = verification.first_bad
    if found is not None and found[0] == expected:
        return None
    return f"{copies.engine} {name} {how.__name__}：应指出第{expected}条，说的是 {found}"


def restore_old(copies: Copies, _: Ledger, chance: random.Random) -> str | None:
    """Put an old copy in place of the ledger; give what went wrong, if it did."""
    from tests.databases import default_is  # noqa: PLC0415  # after django.setup
    from zhenxing.audit.queries import verify  # noqa: PLC0415

    stage = chance.choice(STAGES)
    copy = copies.copy(f"old_{stage}")
    with default_is(copy):
        found = verify().first_bad
    copies.drop(copy)
    if found is not None and found[0] == stage + 1:
        return None
    return f"{copies.engine} {OLD}：应指出第{stage + 1}条，说的是 {found}"


def verify_clean(copies: Copies, score: Score) -> None:
    """Verify an untouched copy."""
    from tests.databases import default_is  # noqa: PLC0415  # after django.setup
    from zhenxing.audit.queries import verify  # noqa: PLC0415

    copy = copies.copy("original")
    with default_is(copy):
        verification = verify()
    copies.drop(copy)
    score.clean += 1
    if not verification.holds:
        score.alarms += 1
        score.misses += [f"{copies.engine} 误报：{p.sentence}" for p in verification.problems[:3]]


def run(copies: Copies, attacks: int, score: Score, chance: random.Random) -> None:
    """Build one engine's ledger and attack it so many times, each kind in turn."""
    from django.conf import settings  # noqa: PLC0415  # after django.setup

    from tests.attacks import ATTACKS  # noqa: PLC0415

    settings.HEADS_FILE = copies.folder / "heads.log"
    settings.KEY_DIR = copies.folder / "keys"
    ledger = build(copies)
    ways = {name: itertools.cycle(hows) for name, hows in ATTACKS.items()}
    names = itertools.cycle([*ATTACKS, OLD])
    for number in range(attacks):
        if number % CLEAN_EVERY == 0:
            verify_clean(copies, score)
        name = next(names)
        score.tried[name] += 1
        if name == OLD:
            miss = restore_old(copies, ledger, chance)
        else:
            miss = attack(copies, ledger, name, next(ways[name]), chance)
        score.found[name] += miss is None
        score.misses += [miss] if miss else []
    sys.stdout.write(f"{copies.engine} 攻击{attacks}次\n")
    sys.stdout.flush()


def main() -> int:
    """Run the trial; give 0 only if all holds."""
    parser = argparse.ArgumentParser(
        prog="./run trial tamper", description="在副本上篡改账本，看能否发现"
    )
    parser.add_argument("--attacks", type=int, default=100, help="攻击次数，两种数据库各一半")
    parser.add_argument("--seed", type=int, default=None, help="重做某一次的攻击")
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    chance, score, began = random.Random(seed), Score(), time.monotonic()  # noqa: S311  # a trial's dice
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zhenxing-tamper-")))
        os.environ.update(
            DJANGO_SETTINGS_MODULE="zhenxing.config.settings", ZHENXING_DATA=str(folder / "own")
        )
        import django  # noqa: PLC0415  # reads the environment set above

        django.setup()
        from tests.databases import ENGINES, Postgres  # noqa: PLC0415

        server = Postgres()
        stack.callback(server.stop)
        for engine, share in zip(
            ENGINES, (given.attacks - given.attacks // 2, given.attacks // 2), strict=True
        ):
            run(Copies(engine, folder / engine, server), share, score, chance)
    return tell(score, f"随机种子{seed}，用时{time.monotonic() - began:.0f}秒")


def tell(score: Score, how: str) -> int:
    """Print the figures, last the sum; give the exit code."""
    tried, found = score.tried.total(), score.found.total()
    lines = [*score.misses[:20], how]
    lines += [f"{name}：{score.found[name]}/{count}" for name, count in score.tried.items()]
    lines.append(
        f"篡改{tried}次，发现并指明首个坏条目{found}次；干净副本{score.clean}份，误报{score.alarms}份"
    )
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0 if tried and found == tried and score.clean and not score.alarms else 1


if __name__ == "__main__":
    sys.exit(main())
