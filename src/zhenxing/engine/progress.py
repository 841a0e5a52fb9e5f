"""Completion, time progress and the lead in percentage points.

Source of the rules: 序时进度 as counties use it. Completion % minus the elapsed share of the year,
in percentage points. All results are unrounded; `kernel.wording` rounds when it shows them.
"""

from __future__ import annotations

from decimal import Decimal

from zhenxing.engine.curves import LINEAR, Curve
from zhenxing.kernel.periods import Period
from zhenxing.kernel.rounding import WIDE

HUNDRED = Decimal(100)


def completion(value: Decimal, target: Decimal) -> Decimal | None:
    """Return the percent of the target reached; None where the target is not above zero.

    value and target are in the same measure. Under 0 and over 100 are kept.

    >>> round(completion(Decimal(1005136), Decimal(800000)), 2)
    Decimal('125.64')
    >>> completion(Decimal(3), Decimal(0)) is None
    True
    """
    if target <= 0:
        return None
    return WIDE.divide(WIDE.multiply(value, HUNDRED), target)


def over(value: Decimal, ceiling: Decimal) -> Decimal:
    """Return by how many percent a value lies over its ceiling (negative: below it).

    A ceiling of zero (no accident) has no percent: any value above it is 100 over, none is 0.
    Raises ValueError for a ceiling below zero.

    >>> over(Decimal(6), Decimal(5)), over(Decimal(1), Decimal(0)), over(Decimal(0), Decimal(0))
    (Decimal('20'), Decimal('100'), Decimal('0'))
    """
    if ceiling < 0:
        raise ValueError("a ceiling below zero has no percent over it")
    excess = WIDE.subtract(value, ceiling)
    if ceiling > 0:
        return WIDE.divide(WIDE.multiply(excess, HUNDRED), ceiling)
    return HUNDRED if excess > 0 else Decimal(0)


def time_progress(period: Period, curve: Curve = LINEAR) -> Decimal:
    """Return the percent of the year's task due by the end of the period.

    >>> round(time_progress(Period.parse("2023-10")), 2), time_progress(Period.parse("2023-Q2"))
    (Decimal('83.33'), Decimal('50'))
    """
    return curve.at(period.last_month)


def lead(completed: Decimal, due: Decimal) -> Decimal:
    """Return the lead over time progress in percentage points; negative is a lag.

    Both arguments are percents.

    >>> done = completion(Decimal(1005136), Decimal(800000))
    >>> round(lead(done, time_progress(Period.parse("2023-10"))), 2)
    Decimal('42.31')
    """
    return WIDE.subtract(completed, due)
