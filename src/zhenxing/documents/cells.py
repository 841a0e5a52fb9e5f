"""A workbook as it was read: sheets of cells that still carry the very text the file holds.

Excel keeps a number as a binary double and writes up to 17 digits of it, of which 15 are what a
person can have typed. The rule of this part: a stored number is read to 15 significant digits. If
the double is the one that typing those 15 digits gives, nothing was lost (8.1300000000000008 is
8.13); if not, arithmetic left a remainder (0.1+0.2 is stored as 0.30000000000000004) and
`Cell.has_remainder` says so, so that whoever shows the number can show the rounding too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from functools import cached_property
from typing import Literal, get_args

CellKind = Literal["number", "text", "boolean", "error", "uncomputed"]
Shown = Literal["plain", "percent", "date"]

KINDS = get_args(CellKind)
SHOWN = get_args(Shown)
DIGITS = Context(prec=15, rounding=ROUND_HALF_EVEN, Emin=-400, Emax=400)
LONGEST_NUMBER = 60
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LETTERS = 26


@dataclass(frozen=True)
class Cell:
    """One cell with content.

    `text` is what the file holds: the digits of a number, the words of a text. `shown` is how the
    sheet displays a number; `formula` says that Excel computed it. An `uncomputed` cell holds a
    formula whose result was never stored.
    """

    reference: str
    kind: CellKind
    text: str
    shown: Shown = "plain"
    formula: bool = False

    @cached_property
    def number(self) -> Decimal | None:
        """The number to 15 significant digits; None where the cell holds none."""
        stored = self._stored
        return None if stored is None else _plain(DIGITS.plus(stored))

    @property
    def has_remainder(self) -> bool:
        """Whether the stored double is not the one that typing the number gives."""
        stored, number = self._stored, self.number
        return stored is not None and number is not None and float(stored) != float(number)

    @property
    def _stored(self) -> Decimal | None:
        if self.kind != "number" or len(self.text) > LONGEST_NUMBER:
            return None
        try:
            stored = Decimal(self.text)
        except InvalidOperation:
            return None
        return stored if stored.is_finite() and abs(stored.adjusted()) < DIGITS.Emax else None


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells by reference (`F6`), its merged ranges (`A1:I1`)."""

    name: str
    hidden: bool = False
    cells: Mapping[str, Cell] = field(default_factory=dict)
    merged: tuple[str, ...] = ()

    def text(self, reference: str) -> str:
        """Give a cell's text without the blanks around it; an empty cell has none."""
        cell = self.cells.get(reference)
        return cell.text.strip() if cell else ""

    def covered(self, reference: str) -> str | None:
        """Give the merged range a cell lies in, if any."""
        place = position(reference)
        return next((span for span in self.merged if _holds(span, place)), None)


@dataclass(frozen=True)
class Workbook:
    """All sheets of a file, in its order."""

    sheets: tuple[Sheet, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """Give the sheet of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def position(reference: str) -> tuple[int, int]:
    """Turn `F6` into row 6, column 6; raises ValueError for what is no reference."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(f"「{reference}」不是单元格。")
    column = 0
    for letter in match[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(match[2]), column


def reference(row: int, column: int) -> str:
    """Turn row 6, column 6 into `F6`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def _holds(span: str, place: tuple[int, int]) -> bool:
    first, _, last = span.partition(":")
    try:
        top, bottom = position(first), position(last or first)
    except ValueError:
        return False
    return all(low <= here <= high for low, here, high in zip(top, place, bottom, strict=True))


def _plain(number: Decimal) -> Decimal:
    """Drop the exponent and the zeros after the point, and the sign of a zero."""
    plain = number.normalize(DIGITS)
    if not plain:
        return Decimal(0)
    exponent = plain.as_tuple().exponent
    return plain.quantize(Decimal(1), context=Context(prec=450)) if int(exponent) > 0 else plain
