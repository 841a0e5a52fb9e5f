"""Files kept, and workbooks read where a hostile one can do no harm."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from zhenxing.documents import kinds, sandbox
from zhenxing.documents.cells import KINDS, SHOWN, Cell, Sheet, Workbook, position
from zhenxing.documents.choices import FileKind
from zhenxing.documents.models import File
from zhenxing.documents.sandbox import Death, Limits
from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from zhenxing.kernel.moments import Moment

READER = "zhenxing.documents.spreadsheet.reading:read"
LONGEST_NAME = 200
_AGAIN = "请下载空表，只把数复制过去（选择性粘贴→数值）再传；仍不行请把文件交给县级管理员"
MEGABYTE = 1024 * 1024


def keep(data: bytes, *, name: str, by: str, moment: Moment) -> File:
    """Store bytes under their hash, never to be changed, and write down who brought them.

    Raises ValueError for a kind of file that is not kept: whoever calls has read the file before.
    """
    kind = kinds.kind_of(data)
    if kind is None:
        raise ValueError(f"「{name}」不在允许保存的文件类型之内。")
    return _keep(data, kind, name, by, moment)


def keep_text(data: bytes, *, name: str, by: str, moment: Moment) -> File:
    """Store a text file that the site itself has read and checked, such as a file of a pack."""
    data.decode()
    return _keep(data, FileKind.TEXT, name, by, moment)


def stored_at(digest: str) -> Path:
    """Give the place of the bytes with a hash."""
    return Path(settings.FILE_DIR) / digest[:2] / digest


def read_workbook(data: bytes, name: str) -> Workbook | Problem:
    """Read a workbook in a confined child process, or say in one sentence why not."""
    if len(data) > settings.UPLOAD_BYTES:
        return Problem(
            name,
            f"文件有{len(data) / MEGABYTE:.1f}MB，超过{settings.UPLOAD_BYTES // MEGABYTE}MB的上限",
            "请删去图片和空白行列，或下载空表重填",
        )
    problem = kinds.not_a_workbook(data, name)
    if problem:
        return problem
    limits = Limits(settings.UPLOAD_MEMORY, settings.UPLOAD_SECONDS)
    answer = sandbox.run(READER, data, limits)
    if isinstance(answer, Death):
        return _obituary(answer, name, limits)
    try:
        return _understood(answer.value, name)
    except (KeyError, TypeError, ValueError):
        return _obituary(Death.GARBAGE, name, limits)


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


def _obituary(death: Death, name: str, limits: Limits) -> Problem:
    if death is Death.CROWD:
        return Problem(name, "同时传表的人太多，没有轮到", "请过一分钟再传，文件没有问题")
    what = {
        Death.MEMORY: f"读这份表用的内存超过{limits.memory // MEGABYTE}MB的上限，已停止",
        Death.TIME: f"读这份表超过{limits.seconds}秒还没有读完，已停止",
        Death.CRASH: "文件的内容让读表程序异常退出，没有读成",
        Death.GARBAGE: "读表程序没有给出可用的结果",
    }[death]
    return Problem(name, what, _AGAIN)


def _understood(value: Any, name: str) -> Workbook | Problem:  # noqa: ANN401  # JSON of the child
    """Turn the child's answer into a workbook; anything unexpected in it raises."""
    if "problem" in value:
        said = value["problem"]
        where = f"{name}，{said['where']}" if said["where"] else name
        return Problem(str(where), str(said["what"]), str(said["next"]))
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


__all__ = ["Cell", "Sheet", "Workbook", "keep", "keep_text", "read_workbook", "stored_at"]
