"""Fifty at once: every act gets its own place, none is lost, none waits for ever."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as site
from django.db import connection

from zhenxing.audit import heads
from zhenxing.audit.models import Entry, Receipt
from zhenxing.audit.queries import verify
from zhenxing.audit.tests import make

if TYPE_CHECKING:
    from tests.databases import Database

pytestmark = pytest.mark.both_engines
WRITERS = 50
EACH = 3
ONE_PROCESS = """
import django, sys
django.setup()
from zhenxing.audit.tests import make
print(*(make.receipt(int(number)).entry_id for number in sys.argv[1:]))
"""


def test_fifty_threads_share_one_head(real_database: Database) -> None:
    def write(writer: int) -> list[int]:
        try:
            return [make.receipt(writer * EACH + turn).entry_id for turn in range(EACH)]
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        places = [place for given in pool.map(write, range(WRITERS)) for place in given]
    assert sorted(places) == list(range(1, WRITERS * EACH + 1))
    assert Receipt.objects.count() == WRITERS * EACH
    assert {sequence for sequence, _ in heads.read(Path(site.HEADS_FILE))} == set(places)
    assert verify().first_bad is None
    assert verify().holds


def test_processes_share_one_head(real_database: Database) -> None:
    environment = {
        **real_database.environment,
        "DJANGO_SETTINGS_MODULE": "zhenxing.config.settings",
    }
    environment["ZHENXING_KEYS"] = str(site.KEY_DIR)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", ONE_PROCESS, *map(str, range(at, at + 10))],
            env=environment, stdout=subprocess.PIPE, text=True,
        )
        for at in range(0, 40, 10)
    ]  # fmt: skip
    places = [
        int(place) for process in running for place in process.communicate(timeout=120)[0].split()
    ]
    assert [process.returncode for process in running] == [0] * len(running)
    assert sorted(places) == list(range(1, 41))
    assert Entry.objects.count() == 40
    assert verify().holds
