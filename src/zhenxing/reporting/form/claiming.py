"""When a form says it was downloaded and finished: told beside the moment it was received."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.kernel.problems import Problem
from zhenxing.kernel.rounding import half_up
from zhenxing.reporting.form import layout

if TYPE_CHECKING:
    from zhenxing.documents.services import Cell, Sheet

WHERE = f"{layout.WORDS}!{layout.PART_TEXT}{layout.CLAIMED_ROW}"
LIKE_THIS = "请写成2023-10-24 17:30这样，或留空"
SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  # a spreadsheet knows no time zone
LATEST_SERIAL = Decimal(73050)  # the end of 2099
MINUTES = Decimal(24 * 60)
_WRITTEN = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]*"
    r"(\d{1,2})[:：时点](\d{1,2})?分?(?:[:：]\d{1,2})?"
)


def claimed(words: Sheet) -> tuple[datetime | None, list[Problem]]:
    """Read when a form says it was finished, by the clock on the wall; None where it says nothing.

    >>> from zhenxing.documents.services import Cell, Sheet
    >>> said = Sheet("四段文字", cells={"B8": Cell("B8", "text", "2023年10月24日 17时30分")})
    >>> claimed(said)
    (datetime.datetime(2023, 10, 24, 17, 30), [])
    """
    cell = words.cells.get(f"{layout.PART_TEXT}{layout.CLAIMED_ROW}")
    if cell is None or not cell.text.strip():
        return None, []
    at = _moment(cell)
    if at is None:
        what = f"{layout.CLAIMED}写的是「{cell.text.strip()[:20]}」，看不出是哪一刻"
        return None, [Problem(WHERE, what, LIKE_THIS)]
    return at, []


def made(text: str) -> datetime | None:
    """Read when a form was downloaded, as its marks say; None where they say nothing readable."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _moment(cell: Cell) -> datetime | None:
    serial = cell.number
    if serial is not None:
        if not 1 <= serial <= LATEST_SERIAL or serial == serial.to_integral_value():
            return None
        return SERIAL_ZERO + timedelta(minutes=int(half_up(serial * MINUTES, 0)))
    match = _WRITTEN.fullmatch(cell.text.strip())
    if match is None:
        return None
    try:
        return datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None
