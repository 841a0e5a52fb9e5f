"""Site furniture: download hints, navigation, page numbers around a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from zhenxing.reading.lexicon import any_of, simplified, table

SHORT_LINE = 160
LATTER_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text as given: where it starts and ends (without its break) and what it is.

    kind: `text`, `furniture` or `page` (a page number that may cut a sentence).
    """

    start: int
    end: int
    kind: str


def lines(given: str) -> list[Line]:
    r"""Cut a text into lines and say of each whether it belongs to the document.

    >>> [line.kind for line in lines("工作总结\n— 3 —\n上一篇:安全总结")]
    ['text', 'page', 'furniture']
    """
    found: list[Line] = []
    over = False
    for start, end in _bounds(given):
        text = given[start:end].translate(simplified()).strip()
        over = over or (start > len(given) * LATTER_HALF and bool(_patterns("starts").search(text)))
        found.append(Line(start, end, "furniture" if over else _kind(text)))
    return found


def _bounds(given: str) -> Iterator[tuple[int, int]]:
    at = 0
    for piece in given.splitlines(keepends=True):
        yield at, at + len(piece.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"))
        at += len(piece)


def _kind(text: str) -> str:
    if _patterns("pages").search(text):
        return "page"
    if _patterns("patterns").search(text):
        return "furniture"
    if len(text) <= SHORT_LINE and _cues().search(text):
        return "furniture"
    return "text"


@cache
def _patterns(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in table("furniture")[name]))


@cache
def _cues() -> re.Pattern[str]:
    return re.compile(any_of(table("furniture")["lines"]), re.IGNORECASE)
