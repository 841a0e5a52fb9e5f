"""The tiny county of `tests/tiny`, copied for a test and changed in one place."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from zhenxing.audit.models import Actor
from zhenxing.kernel.moments import Moment
from zhenxing.packs.checking import check
from zhenxing.packs.pack import Pack

TINY = Path(__file__).parent / "tiny"
FILES = {
    path.relative_to(TINY).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(TINY.rglob("*"))
    if path.is_file()
}
TODAY = date(2023, 10, 20)
MOMENT = Moment(datetime(2024, 5, 6, 1, 30, tzinfo=UTC), TODAY)
BY = Actor("console", "控制台", "", "")


def tiny(folder: Path) -> Path:
    """Copy the tiny county: two towns, one department, one group, three indicators."""
    return Path(shutil.copytree(TINY, folder / "tiny"))


def write(folder: Path, file: str, text: str) -> Path:
    """Give a file of a county other text."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return folder


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    """Copy the tiny county with one place of one file changed."""
    if FILES[file].count(old) != 1:
        raise ValueError(f"{file} holds {old!r} {FILES[file].count(old)} times")
    return write(tiny(folder), file, FILES[file].replace(old, new))


def told(folder: Path) -> list[str]:
    """Give every problem of a folder as a reader sees it."""
    return [problem.sentence for problem in check(folder)[1]]


def sound(folder: Path) -> Pack:
    """Read a folder in which nothing is wrong."""
    pack, problems = check(folder)
    if pack is None or problems:
        raise ValueError("".join(problem.sentence for problem in problems))
    return pack
