"""The list of chain ends outside the database, one line an entry: `sequence hash at`."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from zhenxing.audit import canonical
from zhenxing.audit.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

logger = logging.getLogger(__name__)

# A process killed between commit and append leaves its line out; the next act writes up to so many.
HEALED = 64
TAIL = 16_384


def append(path: Path, entry: Entry) -> None:
    """Write the entry's line and the few that killed processes still owe; a failure is logged.

    Called after commit: the act stands whatever happens here, and `verify` reports missing lines.
    """
    try:
        lines = [line(*row) for row in _owed(path, entry.sequence)]
        lines.append(line(entry.sequence, entry.hash, entry.at))
        _write(path, "".join(lines).encode())
    except OSError:
        logger.exception("第%s条没有写入外存链头 %s", entry.sequence, path)


def line(sequence: int, digest: str, at: datetime) -> str:
    """Write one line."""
    return f"{sequence} {digest} {canonical.moment(at)}\n"


def read(path: Path) -> Iterator[tuple[int, str]]:
    """Give sequence and hash of each line; a line that is not one raises ValueError."""
    with path.open(encoding="utf-8") as file:
        yield from parse(file)


def parse(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Give sequence and hash of each line that is not empty."""
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        parts = text.split()
        if len(parts) not in {2, 3} or not parts[0].isdecimal():
            raise ValueError(f"第{number}行不是「序号 哈希 时刻」")
        yield int(parts[0]), parts[1]


def _owed(path: Path, sequence: int) -> list[tuple[int, str, datetime]]:
    last = _last(path)
    if last is None or not 1 < sequence - last <= HEALED:
        return []
    rows = Entry.objects.filter(sequence__gt=last, sequence__lt=sequence)
    return list(rows.order_by("sequence").values_list("sequence", "hash", "at"))


def _last(path: Path) -> int | None:
    """Give the highest sequence near the end: lines of parallel acts may swap places."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL))
        starts = [row.split(b" ", 1)[0] for row in file.read().splitlines()]
    return max((int(start) for start in starts if start.isdigit()), default=None)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
