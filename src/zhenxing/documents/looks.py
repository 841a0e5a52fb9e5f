"""How a foreign form looks: enough to draw it on a page and to say what each cell may take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Literal, get_args

from zhenxing.documents.cells import Cell, CellKind, Shown, position, reference

Align = Literal["", "left", "center", "right"]
LookKind = CellKind | Literal["blank"]
ALIGNS = get_args(Align)
LOOK_KINDS = (*get_args(CellKind), "blank")
LAST_ROW = 300
LAST_COLUMN = 60
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
LATEST_SERIAL = 2_958_465  # 9999-12-31


@dataclass(frozen=True)
class LookCell:
    """One cell of a form, with content or with a border or a colour of its own."""

    reference: str
    kind: LookKind
    text: str
    shown: Shown = "plain"
    formula: bool = False
    align: Align = ""
    bold: bool = False
    filled: bool = False

    @property
    def words(self) -> str:
        """What a reader sees in the cell, near enough: percents and dates as they are shown."""
        if self.kind == "blank":
            return ""
        number = Cell(self.reference, self.kind, self.text).number
        if number is None:
            return self.text.strip()
        if self.shown == "date":
            return day_of(number)
        return f"{number * 100:f}%" if self.shown == "percent" else f"{number:f}"


@dataclass(frozen=True)
class SheetLook:
    """One sheet: its cells by reference, merged ranges, widths of columns in letters.

    `cut` says that cells beyond `LAST_ROW` or `LAST_COLUMN` are there and not shown.
    """

    name: str
    hidden: bool = False
    cells: Mapping[str, LookCell] = field(default_factory=dict)
    merged: tuple[str, ...] = ()
    widths: Mapping[int, Decimal] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    arrays: tuple[str, ...] = ()
    protected: bool = False
    cut: bool = False

    @cached_property
    def size(self) -> tuple[int, int]:
        """How many rows and columns the form takes."""
        corners = [position(each) for each in self.cells]
        corners += [position(span.rpartition(":")[2]) for span in self.merged]
        rows, columns = zip(*corners, strict=True) if corners else ((0,), (0,))
        return min(max(rows), LAST_ROW), min(max(columns), LAST_COLUMN)

    def cell(self, where: str) -> LookCell:
        """Give the cell at a place; one that the file says nothing of is blank."""
        return self.cells.get(where) or LookCell(where, "blank", "")

    def anchor(self, where: str) -> str:
        """Give the cell that speaks for a place: the first of its merged range, or itself."""
        place = position(where)
        for (top, left), (bottom, right) in self.spans:
            if top <= place[0] <= bottom and left <= place[1] <= right:
                return reference(top, left)
        return where

    def is_computed(self, where: str) -> bool:
        """Whether the file reckons the cell itself: a formula, or a part of one over many cells."""
        place = position(where)
        return self.cell(where).formula or any(
            top <= place[0] <= bottom and left <= place[1] <= right
            for (top, left), (bottom, right) in map(corners_of, self.arrays)
        )

    @cached_property
    def spans(self) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
        """The merged ranges by their corners."""
        return tuple(map(corners_of, self.merged))


@dataclass(frozen=True)
class Look:
    """A whole form; `kept` names what stays as it is besides the cells, `doubts` what to know."""

    sheets: tuple[SheetLook, ...]
    kept: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    from_1904: bool = False

    def sheet(self, name: str) -> SheetLook | None:
        """Give the sheet of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def serial(self, day: date) -> int:
        """Give the number by which the file writes a day."""
        return (day - (EPOCH_1904 if self.from_1904 else EPOCH)).days


def corners_of(span: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Turn `A1:C2` into its first and last place; raises ValueError for what is no range."""
    first, _, last = span.partition(":")
    top, bottom = position(first), position(last or first)
    if top[0] > bottom[0] or top[1] > bottom[1]:
        raise ValueError(f"「{span}」不是一片单元格。")
    return top, bottom


def day_of(serial: Decimal) -> str:
    """Write the day a serial number stands for, or the number where it stands for none."""
    try:
        whole = int(serial)
    except (InvalidOperation, OverflowError):
        return ""
    if not 0 < whole <= LATEST_SERIAL:
        return f"{serial:f}"
    return str(EPOCH + timedelta(days=whole))
