"""From figures as they are given to the year to date.

Source of the rule: most monthly figures are cumulative from January; some are the month's own and
must be added up; stocks and rates stand as they are. A missing month makes the sum missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import reduce

from zhenxing.kernel.periods import Period
from zhenxing.kernel.rounding import WIDE
from zhenxing.kernel.values import MASKED, MISSING, Absence, Value, is_known


class Reading(StrEnum):
    """What a figure says of its period.

    >>> [reading.label for reading in Reading]
    ['当年累计', '当期', '期末']
    """

    CUMULATIVE = "cumulative"
    CURRENT = "current"
    AS_IS = "as_is"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _LABELS[self]


_LABELS = {Reading.CUMULATIVE: "当年累计", Reading.CURRENT: "当期", Reading.AS_IS: "期末"}


@dataclass(frozen=True, slots=True)
class ToDate:
    """The year to date: its value and the periods that are missing from it."""

    value: Value
    missing: tuple[Period, ...] = ()


def year_to_date(
    reading: Reading, periods: Sequence[Period], values: Mapping[int, Decimal | Absence]
) -> ToDate:
    """Return the year to date at the end of the last of the periods.

    periods: those of one year that should have a figure, in order, up to the one asked. values: by
    closing month (1–12); an absent key is missing. Cumulative and as-is figures speak for
    themselves, so an earlier hole does not matter; current ones are added, and every hole is named.
    A masked part makes the sum masked, unless something is missing as well.

    Raises ValueError without periods.

    >>> months = [Period.parse(f"2023-0{n}") for n in (1, 2, 3)]
    >>> year_to_date(Reading.CURRENT, months, {1: Decimal(3), 2: Decimal(4), 3: Decimal(5)}).value
    Decimal('12')
    >>> [str(p) for p in year_to_date(Reading.CURRENT, months, {1: Decimal(3)}).missing]
    ['2023-02', '2023-03']
    """
    if not periods:
        raise ValueError("a year to date needs at least one period")
    if reading is not Reading.CURRENT:
        last = values.get(periods[-1].last_month, MISSING)
        return ToDate(last, (periods[-1],) if last is MISSING else ())
    parts = [values.get(period.last_month, MISSING) for period in periods]
    missing = tuple(p for p, part in zip(periods, parts, strict=True) if part is MISSING)
    if missing:
        return ToDate(MISSING, missing)
    known = [part for part in parts if is_known(part)]
    if len(known) < len(parts):
        return ToDate(MASKED)
    return ToDate(reduce(WIDE.add, known))
