"""How a table fits a page: widths of its columns, size of its type, which way the page lies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from zhenxing.writing.legible import legible
from zhenxing.writing.paper import (
    Align,
    Lamp,
    Orientation,
    Row,
    Span,
    Table,
    Text,
    pieces,
    plain,
    span_of,
)
from zhenxing.writing.word import standard
from zhenxing.writing.word.runs import scripts

CELL_MARGIN: Final = 60
SIZES: Final = (standard.SIZE_SMALL_4, standard.SIZE_5, standard.SIZE_SMALL_5)
SMALLEST: Final = standard.SIZE_6

# Quarters of the type's size, rounded up from the widths of Times New Roman.
_FULL, _CAPITAL, _NARROW = 4, 3, 2
_BROAD_SIGNS = frozenset("MWmw%@−±≤≥‰")
_UNBROKEN = re.compile(r"[!-~±‰−≤≥]+")
# Characters of a line of words that stay together, lest a name stand upright beside wide figures.
_KEPT, _KEPT_IN_TITLE = 6, 2


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table is set: size of type in half-points, width of each column in twips."""

    half_points: int
    widths: tuple[int, ...]


def orientation_of(table: Table) -> Orientation:
    """Say how a table wants the page: as it asks, else landscape if it fits no portrait page."""
    if table.orientation:
        return table.orientation
    fits = _fit(table, Orientation.PORTRAIT, SIZES)
    return Orientation.PORTRAIT if fits else Orientation.LANDSCAPE


def fit(table: Table, orientation: Orientation) -> Fit:
    """Choose the largest type in which no figure, lamp or Latin word breaks; else the smallest.

    Words break, but not within their first few characters.

    The columns have the shares that the table gives them, unless a figure would break: then each
    column gets what its figures need, and only the room left over is shared.
    """
    found = _fit(table, orientation, (*SIZES, SMALLEST))
    return found or Fit(SMALLEST, _shared(standard.SHEETS[orientation].measure, _shares(table)))


def text_width(text: str, half_points: int) -> int:
    """Estimate, from above, how wide a line of text is, in twips.

    >>> text_width("禾山县", 32), text_width("1,900", 32), text_width("9月", 32)
    (960, 800, 560)
    """
    return -(-_quarters(text) * half_points * 5 // 2)


def _quarters(text: str) -> int:
    """Count quarters of the type's size; Word puts one between Chinese and Latin."""
    gaps = max(0, sum(1 for _ in scripts(text)) - 1)
    return gaps + sum(map(_quarters_of, text))


def _quarters_of(character: str) -> int:
    if character in _BROAD_SIGNS:
        return _FULL
    if unicodedata.east_asian_width(character) in "WFA":
        return _FULL
    return _CAPITAL if character.isupper() else _NARROW


def _fit(table: Table, orientation: Orientation, sizes: Iterable[int]) -> Fit | None:
    measure = standard.SHEETS[orientation].measure
    shares, longest = _shares(table), _longest(table)
    for size in sizes:
        needs = [-(-quarters * size * 5 // 2) + 2 * CELL_MARGIN for quarters in longest]
        widths = _shared(measure, shares)
        if all(need <= width for need, width in zip(needs, widths, strict=True)):
            return Fit(size, widths)
        if sum(needs) <= measure:
            spare = _shared(measure - sum(needs), shares)
            return Fit(size, tuple(map(sum, zip(needs, spare, strict=True))))
    return None


def _shares(table: Table) -> list[int]:
    return [column.width for column in table.columns]


def _shared(whole: int, shares: list[int]) -> tuple[int, ...]:
    edges = [whole * sum(shares[:place]) // sum(shares) for place in range(len(shares) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def _longest(table: Table) -> list[int]:
    """Return for each column the width of the longest thing in it that may not break."""
    longest = [_NARROW] * len(table.columns)
    for place, word in _words(table):
        longest[place] = max(longest[place], _quarters(word))
    return longest


def _words(table: Table) -> Iterator[tuple[int, str]]:
    for place, column in enumerate(table.columns):
        yield place, legible(column.title)[:_KEPT_IN_TITLE]
        yield from ((place, word) for word in _UNBROKEN.findall(column.title))
    for row in table.rows:
        if isinstance(row, Row):
            yield from _words_of(table, row)


def _words_of(table: Table, row: Row) -> Iterator[tuple[int, str]]:
    place = 0
    for cell in row.cells:
        if not isinstance(cell, Span):
            align = table.columns[place].align
            yield from ((place, word) for word in _unbroken(cell, align))
        place += span_of(cell)


def _unbroken(cell: Text, align: Align) -> list[str]:
    """Return what may not break: lines of figures and lamps; the head and Latin words of others."""
    words = legible(plain(cell))
    lines = words.split("\n")
    if align is not Align.LEFT or any(isinstance(piece, Lamp) for piece in pieces(cell)):
        return lines
    return [*(line[:_KEPT] for line in lines), *_UNBROKEN.findall(words)]
