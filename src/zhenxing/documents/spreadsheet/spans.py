"""Where the elements of a part lie, byte for byte, so that one can be changed and no other.

The parser only tells the places; what is written are the part's own bytes with pieces exchanged.
Only UTF-8 is taken, which every spreadsheet program writes: there a place is a place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from zhenxing.documents.spreadsheet.markup import DEEPEST
from zhenxing.documents.spreadsheet.parcel import Parcel, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_TAG = re.compile(rb"<[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>")
_OTHERWISE = re.compile(
    rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8[\"']|us-ascii[\"'])", re.IGNORECASE
)
_FOREIGN_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
MOST_PART = 48 * 1024 * 1024


@dataclass(slots=True)
class Span:
    """One element: from its first byte over the end of its start tag to the byte behind it."""

    name: str
    attributes: Mapping[str, str]
    depth: int
    start: int
    head_end: int
    inner_end: int = 0
    end: int = 0
    prefix: bytes = b""
    parents: tuple[str, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether it is one tag without anything inside."""
        return self.head_end == self.end


@dataclass(frozen=True)
class Edit:
    """Bytes that go in place of those from start to end."""

    start: int
    end: int
    content: bytes


def whole(parcel: Parcel, part: str) -> bytes:
    """Give a part's bytes; raises UnreadableError for one too large to be changed."""
    data = b"".join(parcel.pieces(part))
    if len(data) > MOST_PART:
        raise UnreadableError("", f"「{part}」太大，不能填写")
    return data


def require_utf8(parcel: Parcel, part: str) -> None:
    """Refuse a part that is written in other letters than UTF-8, before anybody fills it."""
    first = next(iter(parcel.pieces(part)), b"")[:200]
    if first.startswith(_FOREIGN_MARKS) or _OTHERWISE.search(first):
        raise UnreadableError("", f"「{part}」不是 UTF-8 编码，不能填写")


def walk(data: bytes, take: Callable[[Span], object]) -> None:
    """Hand over every element once it is closed; raises UnreadableError for what is no XML."""
    try:
        _Walk(data, take).run()
    except expat.ExpatError as error:
        raise UnreadableError("", "文件已损坏：有一部分不是完整的 XML") from error


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Exchange pieces; what goes in at a place comes before what is replaced there."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        pieces += [data[at : edit.start], edit.content]
        at = edit.end
    return b"".join([*pieces, data[at:]])


class _Walk:
    """One pass over a part."""

    def __init__(self, data: bytes, take: Callable[[Span], object]) -> None:
        self._data, self._take = data, take
        self._open: list[Span] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = _no_doctype

    def run(self) -> None:
        self._parser.Parse(self._data, True)  # noqa: FBT003  # the last piece

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        start = self._parser.CurrentByteIndex
        tag = _TAG.match(self._data, start)
        if tag is None or len(self._open) >= DEEPEST:
            raise UnreadableError("", "文件结构不是 Excel 存出来的")
        prefix, colon, local = name.rpartition(":")
        parents = tuple(each.name for each in self._open[-2:])
        span = Span(local, attributes, len(self._open), start, tag.end(), parents=parents)
        span.prefix = (prefix + colon).encode()
        self._open.append(span)

    def _end(self, _name: str) -> None:
        span = self._open.pop()
        if self._data[span.head_end - 2 : span.head_end] == b"/>":
            span.inner_end = span.end = span.head_end
        else:
            span.inner_end = self._parser.CurrentByteIndex
            span.end = self._data.index(b">", span.inner_end) + 1
        self._take(span)


def _no_doctype(*_: object) -> None:
    raise UnreadableError("", "里面有文档类型声明（DTD），可能被用来偷读文件")
