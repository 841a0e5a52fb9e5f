"""Plain pages of a workbook: names, columns, cells, and how formulas point at them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from zhenxing.kernel.worked import Worked

Cell = str | Decimal | Worked | None
FIRST_ROW = 3  # below the title and the head
LONGEST_NAME = 31
LETTERS = 26
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\s]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: title, width in Latin characters, decimals shown (None: as they are)."""

    title: str
    width: int = 10
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of the workbook; fixed_columns stay in sight when it is moved sideways."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    fixed_columns: int = 0


def item_page_name(number: int, name: str) -> str:
    """Return a sheet's name that every spreadsheet takes and no other sheet has.

    >>> item_page_name(3, "质量/效益's [新]")
    '3 质量_效益_s__新_'
    """
    printable = "".join(each if each.isprintable() else "_" for each in name)
    return f"{number} {_NOT_IN_NAMES.sub('_', printable)}"[:LONGEST_NAME].rstrip()


def letter(place: int) -> str:
    """Return a column's letters, the first column being 0.

    >>> letter(0), letter(25), letter(26), letter(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    high, low = divmod(place, LETTERS)
    return (letter(high - 1) if high else "") + chr(ord("A") + low)


def cell_name(place: int, row: int) -> str:
    """Return a cell's name; row counts from 0 below the head.

    >>> cell_name(1, 0)
    'B3'
    """
    return f"{letter(place)}{row + FIRST_ROW}"


def value_of(cell: Cell) -> Decimal | None:
    """Return a cell's figure; None where it holds none.

    >>> value_of(Worked("A1", Decimal(3))), value_of(Decimal(2)), value_of("暂缺")
    (Decimal('3'), Decimal('2'), None)
    """
    if isinstance(cell, Worked):
        return cell.value
    return cell if isinstance(cell, Decimal) else None
