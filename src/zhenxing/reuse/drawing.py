"""A sheet drawn as a table: merged cells in one, what is hidden left out, what is mapped named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.documents.services import reference

if TYPE_CHECKING:
    from zhenxing.documents.services import LookCell, SheetLook

PIXELS, PADDING, USUAL = 7, 5, 9
NARROWEST, WIDEST = 24, 420
NUMBERS = 32


@dataclass(frozen=True)
class DrawnCell:
    """One cell of the table: what it takes in full and in brief, what it holds this month."""

    reference: str
    words: str
    css: str
    rows: int = 1
    columns: int = 1
    is_open: bool = True
    says: str = ""
    brief: str = ""
    value: str = ""
    is_here: bool = False

    @property
    def label(self) -> str:
        """What a screen reader says of the cell."""
        said = [self.reference, self.words, self.says]
        return "，".join(part for part in said if part)


@dataclass(frozen=True)
class DrawnRow:
    """One row with its number."""

    number: int
    cells: tuple[DrawnCell, ...]


@dataclass(frozen=True)
class Drawn:
    """The whole table: letters and widths of its columns, its rows, how much is hidden."""

    name: str
    letters: tuple[tuple[str, int], ...]
    rows: tuple[DrawnRow, ...]
    hidden: int
    cut: bool

    @property
    def width(self) -> int:
        """How wide the whole is, with the column of row numbers."""
        return NUMBERS + sum(width for _, width in self.letters)


def drawn(
    page: SheetLook,
    *,
    says: Mapping[str, tuple[str, str]],
    values: Mapping[str, str] | None = None,
    here: str = "",
) -> Drawn:
    """Draw a sheet; what cells take (in full and in brief) and hold is given by cell."""
    rows, columns = page.size
    seen_columns = [c for c in range(1, columns + 1) if c not in page.hidden_columns]
    seen_rows = [r for r in range(1, rows + 1) if r not in page.hidden_rows]
    spans = _spans(page, seen_rows, seen_columns)
    pen = _Pen(page, says, values or {}, here)
    return Drawn(
        page.name,
        tuple((_letters(column), _width(page, column)) for column in seen_columns),
        tuple(DrawnRow(row, tuple(_row(pen, spans, row, seen_columns))) for row in seen_rows),
        rows - len(seen_rows) + columns - len(seen_columns),
        page.cut,
    )


Spans = Mapping[tuple[int, int], tuple[str, int, int]]


def _spans(page: SheetLook, rows: list[int], columns: list[int]) -> Spans:
    """Give, by place, the cell that speaks there and how much of the table it takes.

    A merged range whose first row or column is hidden is drawn where it is first seen.
    """
    found: dict[tuple[int, int], tuple[str, int, int]] = {}
    for (top, left), (bottom, right) in page.spans:
        down = [row for row in rows if top <= row <= bottom]
        along = [column for column in columns if left <= column <= right]
        for row in down:
            for column in along:
                found[row, column] = ("", 0, 0)
        if down and along:
            found[down[0], along[0]] = (reference(top, left), len(down), len(along))
    return found


def _row(pen: _Pen, spans: Spans, row: int, columns: list[int]) -> Iterator[DrawnCell]:
    for column in columns:
        where, down, along = spans.get((row, column), (reference(row, column), 1, 1))
        if where:
            yield pen.cell(where, down, along)


@dataclass(frozen=True)
class _Pen:
    page: SheetLook
    says: Mapping[str, tuple[str, str]]
    values: Mapping[str, str]
    here: str

    def cell(self, where: str, down: int, along: int) -> DrawnCell:
        cell = self.page.cell(where)
        is_computed = self.page.is_computed(where)
        said, brief = self.says.get(where, ("", ""))
        return DrawnCell(
            where,
            "公式" if is_computed else cell.words,
            " ".join(_classes(cell, is_computed=is_computed, is_mapped=bool(said))),
            down,
            along,
            is_open=not is_computed,
            says=said,
            brief=brief,
            value=self.values.get(where, ""),
            is_here=where == self.here,
        )


def _classes(cell: LookCell, *, is_computed: bool, is_mapped: bool) -> Iterator[str]:
    if cell.bold:
        yield "is-bold"
    if cell.filled:
        yield "is-filled"
    if is_computed:
        yield "is-computed"
    if is_mapped:
        yield "is-mapped"
    is_figure = cell.kind == "number" or is_mapped
    yield f"at-{cell.align or ('right' if is_figure else 'left')}"


def _letters(column: int) -> str:
    return reference(1, column)[:-1]


def _width(page: SheetLook, column: int) -> int:
    wide = int(page.widths.get(column, USUAL) * PIXELS) + PADDING
    return min(max(wide, NARROWEST), WIDEST)
