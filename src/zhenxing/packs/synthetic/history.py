"""Earlier vintages: the flash of the 25th, the full month, a correction, the department's word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from zhenxing.kernel.periods import LAST_OF_YEAR, Period
from zhenxing.kernel.rounding import half_up
from zhenxing.packs.synthetic.figures import figure_of
from zhenxing.packs.synthetic.paths import HUNDRED, Dice
from zhenxing.packs.synthetic.plan import About, Plan
from zhenxing.packs.synthetic.series import Series

HEADINGS = (
    "unit", "indicator", "period", "value", "standing", "vintage", "business_date", "by",
    "document", "reason",
)  # fmt: skip
FLASH_DAY = 21
DAYS = {"signed": 9, "correction": 12, "confirmed": 16}
VINTAGES = {
    "flash": "flash", "signed": "preliminary", "correction": "preliminary", "confirmed": "final",
}  # fmt: skip
FLASH_SHORT = (Decimal(6), Decimal(22))
SIGNED_SHORT = (Decimal(-9), Decimal(9))
FLASH_REASON = "25日前报送，当月未结束"
SIGNED_REASON = "按全月确认"
CONFIRMED_REASON = "主管部门核对后认定"
ONE_IN_CORRECTED = 3
_FRIDAY = 4


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
    plan: Plan, series: Series, story: Mapping[str, str], key: str, number: int
) -> Iterator[tuple[str, ...]]:
    about = (story["indicator"], story["unit"])
    period = Period.parse(key)
    dice = Dice(plan.seed, *about, key, "history")
    drafts = _drafts(plan, series, about, period, dice)
    slip = f"更正单 QX-G-{period.last_month:02}{number:02}"
    paper = f"{story['paper']}{period.last_month * 3 + number}号"
    said = {
        "flash": (story["by"], "", FLASH_REASON),
        "signed": (story["by"], "", SIGNED_REASON),
        "correction": (story["by"], slip, dice.pick(plan.told["history"]["reasons"])),
        "confirmed": (story["officer"], paper, CONFIRMED_REASON),
    }
    for standing, value in drafts.items():
        day = _day_of(standing, period).isoformat()
        vintage = VINTAGES[standing]
        yield (about[1], about[0], key, f"{value:f}", standing, vintage, day, *said[standing])


def _drafts(
    plan: Plan, series: Series, about: About, period: Period, dice: Dice
) -> dict[str, Decimal]:
    """Give the value of each standing: some of the month is missing in the flash."""
    counted = (period.year - plan.year) * LAST_OF_YEAR + period.last_month
    final = figure_of(plan, series, about, counted)
    month = final - figure_of(plan, series, about, counted - 1)
    decimals = plan.rules[about[0]].decimals

    def short_by(low: Decimal, high: Decimal) -> Decimal:
        return half_up(final - month * dice.between(low, high) / HUNDRED, decimals)

    flash = short_by(*FLASH_SHORT)
    if not dice.one_in(ONE_IN_CORRECTED):
        return {"flash": flash, "signed": final, "confirmed": final}
    signed = short_by(*SIGNED_SHORT)
    return {"flash": flash, "signed": signed, "correction": final, "confirmed": final}


def _day_of(standing: str, period: Period) -> date:
    """Give a working weekday: the flash before the 25th of the month, the others in the next."""
    if standing == "flash":
        return _weekday(period.last_day.replace(day=FLASH_DAY), -1)
    return _weekday(period.next.first_day.replace(day=DAYS[standing]), 1)


def _weekday(day: date, step: int) -> date:
    while day.weekday() > _FRIDAY:
        day += timedelta(days=step)
    return day
