"""A CSV file as rows that know their line, and its columns as a spreadsheet names them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from zhenxing.packs.places import Findings, Place, nearest

_ALPHABET = 26


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its place and what stands under each heading, without blanks around."""

    place: Place
    cells: Mapping[str, str]

    def get(self, heading: str) -> str:
        """Give a cell's text, empty where the table has no such column."""
        return self.cells.get(heading, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table: its headings in order and its rows."""

    place: Place
    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    def cell(self, row: Row, heading: str) -> str:
        """Name a cell as a spreadsheet does.

        >>> table = parse("unit,01\\nT01,5\\n", "figures/2023.csv", Findings())
        >>> table.cell(table.rows[0], "01")
        'B2'
        """
        return f"{column_letters(self.headings.index(heading))}{row.place.line}"


def column_letters(index: int) -> str:
    """Name a column (from 0) as a spreadsheet does.

    >>> column_letters(0), column_letters(25), column_letters(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, _ALPHABET)
        letters = chr(ord("A") + rest) + letters
    return letters


def parse(text: str, file: str, findings: Findings) -> Table | None:
    """Read a table with a heading line; None (with the reason noted) where there is none.

    Blank headings at the right end (as spreadsheets leave them) are no columns. A row with more
    cells than headings is noted and left out; a shorter one ends in blanks.
    Lines without any text are passed over.
    """
    try:
        lines = list(_lines(text, file))
    except _UnreadableError as error:
        findings.add(error.place, "CSV 写法读不懂", "核对引号是否成对，逗号是否半角")
        return None
    if not lines:
        findings.add(Place(file), "没有表头", "在第一行写各列的名称")
        return None
    (head, written), *body = lines
    headings = written[: max(index for index, name in enumerate(written, 1) if name)]
    if not _headings_are_sound(head, headings, findings):
        return None
    return Table(head, tuple(headings), tuple(_rows(headings, body, findings)))


def has_columns(
    table: Table, needed: Sequence[str], optional: Sequence[str], findings: Findings
) -> bool:
    """Note columns that are missing or that nobody reads; say whether all needed ones are there."""
    for heading in needed:
        if heading not in table.headings:
            findings.add(table.place, f"缺「{heading}」列", f"在表头里补上「{heading}」")
    for heading in table.headings:
        if heading not in needed and heading not in optional:
            near = nearest(heading, [*needed, *optional])
            advice = f"改成{near}，或删去这一列" if near else "删去这一列"
            findings.add(table.place, f"没有「{heading}」这种列", advice)
    return set(needed) <= set(table.headings)


class _UnreadableError(ValueError):
    """A line at which a table can no longer be read."""

    def __init__(self, place: Place) -> None:
        super().__init__(str(place))
        self.place = place


def _lines(text: str, file: str) -> Iterator[tuple[Place, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    begins = 1
    while True:
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise _UnreadableError(Place(file, reader.line_num)) from error
        if any(cells):
            yield Place(file, begins), cells
        begins = reader.line_num + 1


def _headings_are_sound(place: Place, headings: Sequence[str], findings: Findings) -> bool:
    sound = True
    for index, heading in enumerate(headings):
        if not heading:
            findings.add(place, f"{column_letters(index)}列没有名称", "写上列名或删去这一列")
            sound = False
        elif heading in headings[:index]:
            findings.add(place, f"「{heading}」列写了两遍", "只留一列")
            sound = False
    return sound


def _rows(
    headings: Sequence[str], body: Sequence[tuple[Place, list[str]]], findings: Findings
) -> Iterator[Row]:
    for place, cells in body:
        if len(cells) > len(headings) and any(cells[len(headings) :]):
            findings.add(
                place,
                f"有{len(cells)}格，表头只有{len(headings)}列",
                "核对是否多写了逗号，文字里的逗号要用引号括起来",
            )
            continue
        yield Row(place, dict(zip(headings, cells, strict=False)))
