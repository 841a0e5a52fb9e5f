"""A sheet's rows, cells and formulas by their places in its bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhenxing.documents.cells import position
from zhenxing.documents.looks import corners_of
from zhenxing.documents.spreadsheet import spans
from zhenxing.documents.spreadsheet.parcel import UnreadableError
from zhenxing.documents.spreadsheet.sheet import MOST_CELLS, MOST_ROWS
from zhenxing.documents.spreadsheet.spans import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_KIND = re.compile(rb"\s+t\s*=\s*(?:\"[^\"]*\"|'[^']*')")
LONGEST = 7  # digits of the last row


@dataclass
class Formula:
    """A cell that the file reckons itself, and the result that lies with it."""

    cell: Span
    result: Span | None

    def without_result(self, data: bytes) -> Iterator[Edit]:
        """Take out the stored result and what it was said to be."""
        if self.result is None or self.result.head_end == self.result.inner_end:
            return
        head = data[self.cell.start : self.cell.head_end]
        yield Edit(self.cell.start, self.cell.head_end, _KIND.sub(b"", head))
        yield Edit(self.result.start, self.result.end, b"")


@dataclass
class Row:
    """One row and its cells by column."""

    number: int
    span: Span
    cells: dict[int, Span] = field(default_factory=dict)

    @property
    def style(self) -> str:
        """The format of cells the row has not, if it says one."""
        own = self.span.attributes.get("customFormat", "0") in {"1", "true"}
        return self.span.attributes.get("s", "") if own else ""


@dataclass
class Grid:
    """A whole sheet."""

    data: bytes
    table: Span
    root: Span
    rows: dict[int, Row] = field(default_factory=dict)
    formulas: list[Formula] = field(default_factory=list)
    columns: list[tuple[int, int, str]] = field(default_factory=list)
    arrays: list[str] = field(default_factory=list)
    computed: set[tuple[int, int]] = field(default_factory=set)
    heads: dict[str, Span] = field(default_factory=dict)

    @property
    def prefix(self) -> bytes:
        """What stands before the names of the sheet's elements (`x:`), mostly nothing."""
        return self.table.prefix

    def column_style(self, column: int) -> str:
        """The format of cells the column has not."""
        return next((style for low, high, style in self.columns if low <= column <= high), "")

    def is_formula(self, row: int, column: int) -> bool:
        """Whether the file reckons the cell: by its own formula or one over many cells."""
        if (row, column) in self.computed:
            return True
        for span in self.arrays:
            (top, left), (bottom, right) = corners_of(span)
            if top <= row <= bottom and left <= column <= right:
                return True
        return False


def located(data: bytes) -> Grid:
    """Find everything in a sheet; raises UnreadableError for what is none."""
    reading = _Reading()
    spans.walk(data, reading.take)
    if reading.table is None or reading.root is None:
        raise UnreadableError("", "工作表里没有单元格区")
    grid = Grid(data, reading.table, reading.root, heads=reading.heads)
    grid.columns, grid.arrays = reading.columns, reading.arrays
    reading.lay_out(grid)
    return grid


class _Reading:
    """Elements as they close: cells before their row, rows before the table."""

    def __init__(self) -> None:
        self.table: Span | None = None
        self.root: Span | None = None
        self.heads: dict[str, Span] = {}
        self.columns: list[tuple[int, int, str]] = []
        self.arrays: list[str] = []
        self._rows: list[tuple[Span, list[tuple[Span, Span | None, Span | None]]]] = []
        self._cells: list[tuple[Span, Span | None, Span | None]] = []
        self._formula: Span | None = None
        self._result: Span | None = None
        self._count = 0

    def take(self, span: Span) -> None:
        """Take one closed element."""
        if span.depth == 0:
            self.root = span
        elif span.depth == 1:
            self._part(span)
        elif span.name == "col" and span.parents[-1:] == ("cols",):
            self._column(span)
        elif span.name == "row" and span.parents[-1:] == ("sheetData",):
            self._rows.append((span, self._cells))
            self._cells = []
        elif span.name == "c" and span.parents[-1:] == ("row",):
            self._cell(span)
        elif span.parents[-1:] == ("c",):
            self._inside(span)

    def lay_out(self, grid: Grid) -> None:
        """Give each row and cell its place; those that do not say it follow the one before."""
        number = 0
        for span, cells in self._rows:
            said = span.attributes.get("r", "")
            number = int(said) if said.isdecimal() and len(said) <= LONGEST else number + 1
            row, column = Row(number, span), 0
            for cell, formula, result in cells:
                column = _column_of(cell, column)
                row.cells[column] = cell
                if formula is not None:
                    grid.formulas.append(Formula(cell, result))
                    grid.computed.add((number, column))
            grid.rows[number] = row

    def _part(self, span: Span) -> None:
        self.heads.setdefault(span.name, span)
        if span.name == "sheetData":
            self.table = span

    def _cell(self, span: Span) -> None:
        self._count += 1
        if self._count > MOST_CELLS or len(self._rows) > MOST_ROWS:
            raise UnreadableError("", "单元格多得不像一张报表，没有填")
        self._cells.append((span, self._formula, self._result))
        self._formula = self._result = None

    def _inside(self, span: Span) -> None:
        if span.name == "f":
            self._formula = span
            if span.attributes.get("t") in {"array", "dataTable"}:
                self._array(span.attributes.get("ref", ""))
        elif span.name == "v":
            self._result = span

    def _array(self, reference: str) -> None:
        try:
            corners_of(reference)
        except ValueError:
            return
        self.arrays.append(reference)

    def _column(self, span: Span) -> None:
        ends = [span.attributes.get(end, "") for end in ("min", "max")]
        if all(end.isdecimal() and len(end) <= LONGEST for end in ends):
            self.columns.append((int(ends[0]), int(ends[1]), span.attributes.get("style", "")))


def _column_of(cell: Span, before: int) -> int:
    try:
        return position(cell.attributes.get("r", ""))[1]
    except ValueError:
        return before + 1
