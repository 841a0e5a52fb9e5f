"""Play the life of a submission thousands of times with random persons, on both databases.

Each run stands in a transaction of its own that is taken back. After every step the tables are
held against each other, at the end of each run the ledger is verified; Hypothesis cuts what fails
down to its shortest form and prints it.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

STEPS = 50

if TYPE_CHECKING:
    from tests.databases import Database


def play(database: Database, runs: int, seed: int) -> tuple[str, bool]:
    """Play one database's runs; give the line that sums them up, and whether all held."""
    from django.conf import settings  # noqa: PLC0415  # after django.setup
    from hypothesis import seed as seeded  # noqa: PLC0415
    from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415

    from tests.databases import default_is, migrate  # noqa: PLC0415
    from tests.life_ground import World  # noqa: PLC0415
    from tests.life_machine import LifeMachine, played  # noqa: PLC0415

    settings.HEADS_FILE = database.data / "heads.log"
    settings.KEY_DIR = database.data / "keys"
    migrate(database)
    holds, began = True, time.monotonic()
    with default_is(database):
        world = LifeMachine.world = World.build()
        try:
            run_state_machine_as_test(
                seeded(seed)(LifeMachine), settings=played(runs, STEPS, fixed=False)
            )
        except AssertionError as fault:
            holds = False
            sys.stdout.write(f"{database.engine} {fault}\n")
    tried, spent = world.tried, time.monotonic() - began
    line = (
        f"{database.engine:<11}{world.runs}局，办成{tried['stood']}步，拒绝{tried['refused']}步，"
        f"版次过时{tried['stale']}，冲突{tried['conflict']}，重复提交{tried['unchanged']}；"
        f"破坏的约束{0 if holds else 1}，用时{spent:.0f}秒"
    )
    return line, holds


def main() -> int:
    """Run the trial; give 0 only if all holds."""
    parser = argparse.ArgumentParser(
        prog="./run trial submissions", description="随机的人走填报的一生，每一步都核对"
    )
    parser.add_argument("--runs", type=int, default=5000, help="局数，两种数据库各一半")
    parser.add_argument("--seed", type=int, default=None, help="重做某一次")
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zhenxing-life-")))
        played = _both(folder, max(1, given.runs // 2), seed, stack)
    sys.stdout.write(f"每局{STEPS}步，随机种子{seed}\n")
    sys.stdout.write("".join(f"{line}\n" for line, _ in played))
    return 0 if all(holds for _, holds in played) else 1


def _both(folder: Path, each: int, seed: int, stack: ExitStack) -> list[tuple[str, bool]]:
    os.environ.update(
        DJANGO_SETTINGS_MODULE="zhenxing.config.settings", ZHENXING_DATA=str(folder / "own")
    )
    import django  # noqa: PLC0415  # reads the environment set above

    django.setup()
    from tests.databases import Database, Postgres  # noqa: PLC0415

    (folder / "sqlite").mkdir()
    (folder / "postgresql").mkdir()
    lines = [play(Database("sqlite", "sqlite:life.sqlite3", folder / "sqlite"), each, seed)]
    server = Postgres()
    stack.callback(server.stop)
    address = server.create("life")
    own = Database("postgresql", address, folder / "postgresql")
    return [*lines, play(own, each, seed)]


if __name__ == "__main__":
    sys.exit(main())
