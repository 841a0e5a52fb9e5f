"""Files to text: which reader takes which file, and what it says of a file it cannot read."""

from __future__ import annotations

from collections.abc import Callable

from zhenxing.kernel.problems import Problem
from zhenxing.reading.loading.loaded import Loaded, Mark
from zhenxing.reading.loading.markup import load_html
from zhenxing.reading.loading.office import STARTS, load_office
from zhenxing.reading.loading.pdf import load_pdf
from zhenxing.reading.loading.plain import load_plain
from zhenxing.reading.loading.word import load_word

__all__ = ["Loaded", "Mark", "load"]

HEAD = 1024


def load(data: bytes, name: str, *, encoding: str = "") -> Loaded:
    """Extract the text of a file; never raises.

    data: its bytes. name: as handed in, for the messages. encoding: of a text file, where the
    person knows it (`big5`). What the file is, its first bytes say, not its name.

    >>> load("粮食总产量1900吨".encode("gb18030"), "计划.txt").text
    '粮食总产量1900吨'
    """
    if not data.strip():
        return Loaded("", "empty", (Problem(name, "文件是空的", "请换一份有内容的文件"),))
    for starts, reader in READERS:
        if data.startswith(starts):
            return reader(data, name)
    return (load_html if _is_html(data) else load_plain)(data, name, encoding)


def _picture(_data: bytes, name: str) -> Loaded:
    advice = "请先做文字识别，或换成可复制文字的文件"
    return Loaded("", "picture", (Problem(name, "是一张图片，没有可读的文字", advice),))


READERS: tuple[tuple[tuple[bytes, ...], Callable[[bytes, str], Loaded]], ...] = (
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*"), _picture),
    ((b"%PDF-",), load_pdf),
    ((b"PK\x03\x04",), load_word),
    (STARTS, load_office),
)


def _is_html(data: bytes) -> bool:
    head = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in head
