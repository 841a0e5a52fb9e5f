"""Earlier vintages: the flash of the 25th, the full month, a correction, the department's word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from zhenxing.kernel.periods import Period
from zhenxing.kernel.rounding import half_up
from zhenxing.packs.synthetic.figures import figure_of
from zhenxing.packs.synthetic.paths import Dice
from zhenxing.packs.synthetic.plan import Plan
from zhenxing.packs.synthetic.series import Series

HEADINGS = (
    "unit", "indicator", "period", "value", "standing", "vintage", "business_date", "by",
    "document", "reason",
)  # fmt: skip
FLASH_DAYS = (23, 25)
SIGNED_DAY, CORRECTED_DAY, CONFIRMED_DAY = 9, 12, 16
FLASH_REASON = "25日前报送，当月未结束"
CONFIRMED_REASON = "主管部门核对后认定"
_FRIDAY = 4
_ONE_IN_CORRECTED = 3


def history_rows(plan: Plan, series: Series) -> Iterator[tuple[str, ...]]:
    """Give the told lines, then those made for every story's months, oldest first in each."""
    told = plan.told["history"]["told"]
    for line in told:
        yield tuple(line.get(heading, "") for heading in HEADINGS)
    fixed = {(line["indicator"], line["unit"], line["period"]) for line in told}
    for number, story in enumerate(plan.told["history"]["stories"]):
        for key in plan.told["history"]["months"][story["unit"]]:
            if (story["indicator"], story["unit"], key) not in fixed:
                yield from _month(plan, series, story, key, number)


def _month(
    plan: Plan, series: Series, story: Any, key: str, number: int
) -> Iterator[tuple[str, ...]]:
    about = (story["indicator"], story["unit"])
    period = Period.parse(key)
    counted = (period.year - plan.year) * 12 + period.last_month
    dice = Dice(plan.seed, *about, key, "history")
    decimals = plan.rules[about[0]].decimals
    final = figure_of(plan, series, about, counted)
    month = final - figure_of(plan, series, about, counted - 1)

    def off(low: int, high: int) -> Decimal:
        return half_up(final - month * dice.between(Decimal(low), Decimal(high)) / 100, decimals)

    def line(value: Decimal, standing: str, vintage: str, day: date, *rest: str) -> tuple[str, ...]:
        return (about[1], about[0], key, f"{value:f}", standing, vintage, day.isoformat(), *rest)

    reasons = plan.told["history"]["reasons"]
    flash_day = _weekday(period.last_day.replace(day=int(dice.between(*map(Decimal, FLASH_DAYS)))), -1)
    yield line(off(6, 22), "flash", "flash", flash_day, story["by"], "", FLASH_REASON)
    after = period.next.first_day
    corrected = dice.one_in(_ONE_IN_CORRECTED)
    draft = off(-9, 9) if corrected else final
    signed_day = _weekday(after.replace(day=SIGNED_DAY), 1)
    yield line(draft, "signed", "preliminary", signed_day, story["by"], "", reasons[0])
    if corrected:
        slip = f"更正单 QX-G-{period.last_month:02}{number:02}"
        day = _weekday(after.replace(day=CORRECTED_DAY), 1)
        yield line(final, "correction", "preliminary", day, story["by"], slip, dice.pick(reasons[1:]))
    paper = f"{story['paper']}{period.last_month * 3 + number}号"
    day = _weekday(after.replace(day=CONFIRMED_DAY), 1)
    yield line(final, "confirmed", "final", day, story["officer"], paper, CONFIRMED_REASON)


def _weekday(day: date, step: int) -> date:
    while day.weekday() > _FRIDAY:
        day += timedelta(days=step)
    return day
