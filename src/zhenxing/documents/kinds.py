"""Telling what a file is from its bytes."""

from __future__ import annotations

import io
import zipfile

from zhenxing.documents.choices import FileKind
from zhenxing.kernel.problems import Problem

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BY_FIRST_BYTES = {
    b"%PDF-": FileKind.PDF,
    b"\x89PNG\r\n\x1a\n": FileKind.PNG,
    b"\xff\xd8\xff": FileKind.JPEG,
}
_BY_MAIN_PART = {"xl/workbook.xml": FileKind.WORKBOOK, "word/document.xml": FileKind.WORD}
_AGAIN = "请下载本专班的空表，在表里填好后存为 .xlsx 再传"


def kind_of(data: bytes) -> FileKind | None:
    """Give the kind of a file by its bytes, or None for one that is not kept."""
    if data.startswith(ZIP):
        return _office_kind(data)
    return next((kind for head, kind in _BY_FIRST_BYTES.items() if data.startswith(head)), None)


def paper_kind(data: bytes) -> FileKind | None:
    """Give the kind of a paper that is kept: what `kind_of` knows but a workbook, and texts.

    A text has no byte that no text has; which letters its bytes mean the reader finds out.
    """
    if data.startswith((OLE, b"{\\rtf")):
        return FileKind.OLD_WORD
    kind = kind_of(data)
    if kind is not None:
        return None if kind == FileKind.WORKBOOK else kind
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return FileKind.TEXT if data.strip() and (wide or b"\0" not in data) else None


def not_a_workbook(data: bytes, name: str) -> Problem | None:
    """Say why a file cannot be a workbook before anything parses it; None where it may be one."""
    if not data:
        return Problem(name, "文件是空的，没有一个字节", _AGAIN)
    if data.startswith(OLE):
        return Problem(name, *_old_office(data))
    if data.startswith(ZIP):
        return None
    known = kind_of(data)
    what = (
        f"是{known.label}，不是 Excel 工作簿" if known else "不是 Excel 工作簿（.xlsx），或已经损坏"
    )
    return Problem(name, what, _AGAIN)


def _old_office(data: bytes) -> tuple[str, str]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "文件设了打开密码，系统读不了", "请在 Excel 里取消密码（文件→信息→保护工作簿）后再传"
    if "WordDocument".encode("utf-16-le") in data:
        return "是旧版 Word 文档（.doc），不是 Excel 工作簿", _AGAIN
    return "是旧版 Excel（.xls）或别的旧格式，系统不读", "请用 Excel 或 WPS 另存为 .xlsx 后再传"


def _office_kind(data: bytes) -> FileKind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            names = set(parcel.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        return None
    return next((kind for part, kind in _BY_MAIN_PART.items() if part in names), None)
