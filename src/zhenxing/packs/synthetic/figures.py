"""What a table says of a series: a running total as it is, or the month's part of it."""

from __future__ import annotations

from decimal import Decimal

from zhenxing.kernel.periods import LAST_OF_YEAR
from zhenxing.packs.synthetic.plan import About, Plan
from zhenxing.packs.synthetic.series import Series


def figure_of(plan: Plan, series: Series, about: About, month: int) -> Decimal:
    """Give the figure of a counted month as the indicator's reading asks for it."""
    values = series[about]
    value = values[month - 1]
    starts_a_year = month % LAST_OF_YEAR == 1
    if plan.rules[about[0]].is_current and not starts_a_year:
        return value - values[month - 2]
    return value
