"""Fifty people at one form, for many rounds, on both databases.

Each round everybody sends a change of the same page at the same moment, some hand it in. Exactly
one wins each version; every text that was typed stands in it or lies aside. Ends with 1 if not.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path


def main() -> int:
    """Play the rounds on each engine and say what came of them."""
    parser = argparse.ArgumentParser(
        prog="./run trial drafts",
        description="五十人同时改一张表，看是否丢字、每版是否恰有一人成",
    )
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], action="append")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhenxing-drafts-") as folder:
        os.environ["ZHENXING_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "zhenxing.config.settings"
        import django  # noqa: PLC0415  # after the settings are named

        django.setup()
        engines = asked.engine or ["sqlite", "postgresql"]
        sound = [_one(engine, Path(folder), asked.rounds, asked.people) for engine in engines]
    return 0 if all(sound) else 1


def _one(engine: str, folder: Path, rounds: int, people: int) -> bool:
    from django.conf import settings  # noqa: PLC0415  # after django.setup

    from tests import cast, rivals  # noqa: PLC0415  # after django.setup
    from tests.databases import Database, Postgres, default_is, migrate  # noqa: PLC0415
    from zhenxing.audit import queries as audit_queries  # noqa: PLC0415
    from zhenxing.reporting.tests import make  # noqa: PLC0415

    settings.HEADS_FILE = folder / f"{engine}.log"  # each chain has heads of its own
    server = Postgres() if engine == "postgresql" else None
    try:
        address = server.create("drafts") if server else "sqlite:drafts.sqlite3"
        own = Database(engine, address, folder)
        migrate(own)
        began = time.monotonic()
        with default_is(own):
            tally = rivals.play(make.month(cast.build()), rounds, people)
            holds = audit_queries.verify().first_bad is None
    finally:
        if server:
            server.stop()
    seconds = time.monotonic() - began
    print(
        f"{engine}: {tally.rounds} rounds × {people}, {tally.texts} texts: {tally.stood} stood, "
        f"{tally.aside} aside, {tally.versions} versions, {len(tally.faults)} faults, "
        f"ledger {'holds' if holds else 'BROKEN'}, {seconds:.0f} s",
        flush=True,
    )
    for fault in tally.faults[:20]:
        print(f"  {fault}", flush=True)
    return tally.is_sound and holds


if __name__ == "__main__":
    sys.exit(main())
