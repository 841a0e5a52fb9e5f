"""The list of chain ends outside the database, one line an entry: `sequence hash at`."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from zhenxing.audit import canonical
from zhenxing.audit.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
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


def set_aside(path: Path, stays: Callable[[int, str], bool]) -> Path | None:
    """Keep the lines that stay; the file as it was goes beside under a name of its own.

    Returns that name, or None where every line stays.
    """
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = [text for text in lines if all(stays(*head) for head in parse([text]))]
    if len(kept) == len(lines):
        return None
    aside = path.with_name(f"{path.name}.parted-{len(lines)}")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    _write(beside, "".join(f"{text}\n" for text in kept).encode())
    path.replace(aside)
    beside.replace(path)
    return aside


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
    """Give the recent entries before this one whose lines the file lacks."""
    written = _recent(path)
    if not written:
        return []
    first = max(min(written), sequence - HEALED)
    missing = [number for number in range(first, sequence) if number not in written]
    if not missing:
        return []
    rows = Entry.objects.filter(sequence__in=missing).order_by("sequence")
    return list(rows.values_list("sequence", "hash", "at"))


def _recent(path: Path) -> set[int]:
    """Give the sequences near the end; lines of parallel acts may have swapped places."""
    if not path.exists():
        return set()
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL))
        starts = [row.split(b" ", 1)[0] for row in file.read().split(b"\n")[:-1]]
    # The first may be cut in the middle of its number.
    return {int(start) for start in starts[1 if len(starts) > HEALED else 0 :] if start.isdigit()}


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
