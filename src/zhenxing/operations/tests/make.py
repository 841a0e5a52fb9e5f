"""Acts, backups and the command line as a user calls it, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from zhenxing.audit import services as audit
from zhenxing.operations import backups, services
from zhenxing.packs.tests.make import MOMENT

if TYPE_CHECKING:
    from pathlib import Path

    from zhenxing.audit.models import Entry
    from zhenxing.operations.backups import Backup

AT = datetime(2024, 5, 6, 9, 30, tzinfo=UTC)
NOT_OURS = ("ZHENXING_KEYS", "ZHENXING_FILES", "ZHENXING_HEADS", "ZHENXING_DATABASE")


def note(subject: str) -> Entry:
    """Let the ledger grow by one entry."""
    return audit.record("site.noted", subject=subject, by=services.CONSOLE, moment=MOMENT)


def backup(target: Path, *, passphrase: bytes | None = None, with_keys: bool = True) -> Backup:
    """Make a backup."""
    return backups.make(target, passphrase=passphrase, with_keys=with_keys, at=AT)


def command(*words: object, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `zhenxing` in a process of its own, as whoever keeps a site does."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    return subprocess.run(
        [sys.executable, "-m", "zhenxing.cli", *map(str, words)],
        env=kept | environ,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
