"""What the points of the rows come to, section by section and group by group."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from zhenxing.assessment.sheet import cells
from zhenxing.assessment.sheet.rows import Row, Sheet

ALL = ""


@dataclass(frozen=True)
class Total:
    """What a section's items come to: one amount, or one a group; `aim` is what it should be."""

    name: str
    amounts: tuple[tuple[str, Decimal], ...]
    aim: str = ""


def totals(sheet: Sheet) -> list[Total]:
    """Add the points up; the last line is the full mark.

    >>> from zhenxing.assessment.sheet.rows import Block, Row
    >>> rows = [Row({"points": "甲 6、乙 8"}), Row({"points": "4"})]
    >>> told = totals(Sheet({}, [Block("s0", {"name": "经济"}, rows)]))
    >>> [str(amount) for _, amount in told[0].amounts]
    ['10', '12']
    """
    groups = groups_of(sheet) or [ALL]
    found = []
    whole = dict.fromkeys(groups, Decimal(0))
    for section in sheet.sections:
        sums = {
            group: sum((_points(row, group) for row in section.rows), Decimal(0))
            for group in groups
        }
        for group, amount in sums.items():
            whole[group] += amount
        found.append(Total(section.title, _told(sums), section.cells.get("points", "")))
    return [*found, Total("满分", _told(whole))]


def groups_of(sheet: Sheet) -> list[str]:
    """Give the groups that points are written for, in the order written."""
    named: dict[str, None] = {}
    for section in sheet.sections:
        for row in section.rows:
            points = cells.POINTS.meant(row.get("points"))
            named |= dict.fromkeys(points if isinstance(points, dict) else ())
    return list(named)


def _told(sums: dict[str, Decimal]) -> tuple[tuple[str, Decimal], ...]:
    """Tell one amount where all groups have the same."""
    if len(set(sums.values())) == 1:
        return ((ALL, next(iter(sums.values()))),)
    return tuple(sums.items())


def _points(row: Row, group: str) -> Decimal:
    points = cells.POINTS.meant(row.get("points"))
    written = points.get(group, "") if isinstance(points, dict) else points
    try:
        amount = Decimal(str(written))
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() else Decimal(0)
