"""Files kept, and workbooks read where a hostile one can do no harm."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from zhenxing.documents import asking, readings
from zhenxing.documents.cells import (
    KINDS,
    SHOWN,
    Cell,
    Sheet,
    Workbook,
    position,
    reference,
)
from zhenxing.documents.choices import FileKind
from zhenxing.documents.foreign import Entry, fill_template, look_at
from zhenxing.documents.kinds import kind_of, paper_kind
from zhenxing.documents.looks import Look, LookCell, SheetLook
from zhenxing.documents.models import File
from zhenxing.kernel.problems import Problem
from zhenxing.reading.loading.office import is_old, to_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhenxing.kernel.moments import Moment

READER = "zhenxing.documents.spreadsheet.reading:read"
PAPER_READER = "zhenxing.documents.papers:read"
DOCUMENT_READER = "zhenxing.documents.readings:read"
LONGEST_NAME = 200


def keep(data: bytes, *, name: str, by: str, moment: Moment) -> File:
    """Store bytes under their hash, never to be changed, and write down who brought them.

    Raises ValueError for a kind of file that is not kept: whoever calls has read the file before.
    """
    kind = kind_of(data)
    if kind is None:
        raise ValueError(f"「{name}」不在允许保存的文件类型之内。")
    return _keep(data, kind, name, by, moment)


def keep_text(data: bytes, *, name: str, by: str, moment: Moment) -> File:
    """Store a text file that the site itself has read and checked, such as a file of a pack."""
    data.decode()
    return _keep(data, FileKind.TEXT, name, by, moment)


def keep_paper(data: bytes, *, name: str, by: str, moment: Moment) -> File | Problem:
    """Store a paper that is to be read: Word, WPS, PDF, a picture of one, a text."""
    if len(data) > settings.UPLOAD_BYTES:
        most = settings.UPLOAD_BYTES // asking.MEGABYTE
        what = f"文件有{len(data) / asking.MEGABYTE:.1f}MB，超过{most}MB的上限"
        return Problem(name, what, "请删去图片，或只留正文再传")
    kind = paper_kind(data)
    if kind is None:
        what = "文件是空的" if not data.strip() else "不是 Word、WPS、PDF、网页或文字文件"
        return Problem(name, what, "请选 .docx、.doc、.wps、.pdf、.html、.txt 之一")
    return _keep(data, kind, name, by, moment)


def stored_at(digest: str) -> Path:
    """Give the place of the bytes with a hash."""
    return Path(settings.FILE_DIR) / digest[:2] / digest


def read_workbook(data: bytes, name: str) -> Workbook | Problem:
    """Read a workbook in a confined child process, or say in one sentence why not."""
    problem = asking.unfit(data, name)
    if problem:
        return problem
    said = asking.ask(READER, data, name)
    if isinstance(said, Problem):
        return said
    try:
        return _understood(said, name)
    except (KeyError, TypeError, ValueError):
        return asking.nonsense(name)


def fullest_rows(book: Workbook) -> list[list[str]]:
    """Give the words of the fullest sheet row by row, all rows as wide; empty rows are left out."""
    sheet = max(book.sheets, key=lambda each: len(each.cells), default=Sheet(""))
    rows: dict[int, dict[int, str]] = {}
    for place in sheet.cells:
        row, column = position(place)
        text = "".join(sheet.text(place).splitlines())
        if text:
            rows.setdefault(row, {})[column] = text
    columns = range(1, max((max(row) for row in rows.values()), default=0) + 1)
    return [[row.get(column, "") for column in columns] for _, row in sorted(rows.items())]


def read_paper(data: bytes, name: str) -> str | Problem:
    """Read a Word paper's text in a confined child process, or say in one sentence why not."""
    if not data.startswith(b"PK"):
        return Problem(name, "不是 .docx 文件", "请在 Word 里另存为 .docx 再传")
    said = asking.ask(PAPER_READER, data, name, asking.LETTER)
    if isinstance(said, Problem):
        return said
    try:
        return asking.told(said, name) or str(said["text"])
    except (KeyError, TypeError, ValueError):
        return asking.nonsense(name, asking.LETTER)


@dataclass(frozen=True)
class ReadPaper:
    """What the child read: the text, `[offset, place]` pairs, the facts as JSON, its problems."""

    text: str
    places: list[tuple[int, str]]
    result: dict[str, Any]
    problems: tuple[Problem, ...]


def read_document(
    data: bytes,
    name: str,
    *,
    year: int | None,
    encoding: str,
    indicators: Sequence[Mapping[str, object]],
) -> ReadPaper | Problem:
    """Read a paper's text and facts in a confined child process, or say in one sentence why not.

    An old Word or WPS file goes through LibreOffice first, with a folder and a time of its own.
    """
    if is_old(data):
        converted = to_word(data, name)
        if not isinstance(converted, bytes):
            return converted.problems[0]
        data = converted
    asked = {"name": name, "year": year, "encoding": encoding, "indicators": list(indicators)}
    said = asking.ask(DOCUMENT_READER, readings.sealed(asked, data), name, asking.PAPER)
    if isinstance(said, Problem):
        return said
    try:
        return asking.told(said, name) or ReadPaper(
            text=str(said["text"]),
            places=[(int(start), str(place)) for start, place in said["places"]],
            result=dict(said["reading"]),
            problems=tuple(Problem(*each[:3]) for each in said["problems"]),
        )
    except (KeyError, TypeError, ValueError):
        return asking.nonsense(name, asking.PAPER)


def _keep(data: bytes, kind: FileKind, name: str, by: str, moment: Moment) -> File:
    digest = hashlib.sha256(data).hexdigest()
    _store(stored_at(digest), data, digest)
    return File.objects.create(
        sha256=digest, name=name[-LONGEST_NAME:], size=len(data), kind=kind, by=by, at=moment.at
    )


def _store(path: Path, data: bytes, digest: str) -> None:
    """Write beside, flush to the disk, rename into place; sound bytes there already stay."""
    if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == digest:
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o400)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut, where folders can be flushed."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _understood(value: Any, name: str) -> Workbook | Problem:  # noqa: ANN401  # JSON of the child
    """Turn the child's answer into a workbook; anything unexpected in it raises."""
    problem = asking.told(value, name)
    if problem:
        return problem
    return Workbook(tuple(_sheet(sheet) for sheet in value["sheets"]))


def _sheet(said: dict[str, Any]) -> Sheet:
    cells = [_cell(*cell) for cell in said["cells"]]
    return Sheet(
        name=str(said["name"]),
        hidden=bool(said["hidden"]),
        cells={cell.reference: cell for cell in cells},
        merged=tuple(str(span) for span in said["merged"]),
    )


def _cell(reference: Any, kind: Any, text: Any, shown: Any, formula: Any) -> Cell:  # noqa: ANN401  # JSON of the child
    if kind not in KINDS or shown not in SHOWN:
        raise ValueError(f"读表程序给出了不认识的单元格类型「{kind}」。")
    position(reference)
    return Cell(reference, kind, str(text), shown, bool(formula))


__all__ = [
    "Cell",
    "Entry",
    "Look",
    "LookCell",
    "ReadPaper",
    "Sheet",
    "SheetLook",
    "Workbook",
    "fill_template",
    "keep",
    "keep_paper",
    "keep_text",
    "kind_of",
    "look_at",
    "position",
    "read_document",
    "read_workbook",
    "reference",
    "stored_at",
]
