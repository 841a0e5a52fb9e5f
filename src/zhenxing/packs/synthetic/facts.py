"""FACTS for the towns' assessment: the made-up county once a month is closed, as five tables.

What the pack holds no figures of (events, marks, days of reporting) is drawn like everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhenxing.kernel.periods import LAST_OF_YEAR, Period
from zhenxing.kernel.rounding import half_up
from zhenxing.packs.synthetic.figures import figure_of
from zhenxing.packs.synthetic.paths import Dice
from zhenxing.packs.synthetic.plan import About, Plan
from zhenxing.packs.synthetic.series import Series
from zhenxing.packs.synthetic.texts import read_fields, read_list

NO_TASK = "/"
MASKED = "**"
GROWTH = "_growth"
FIRST_EVENT = 2
LAST_DAY = 28
IN_TIME, LATE = (18, 25), (26, 28)
TABLES: Mapping[str, tuple[str, ...]] = {
    "units": ("unit", "name", "parent", "class", "people"),
    "figures": ("unit", "indicator", "period", "value", "reported", "note"),
    "targets": ("unit", "indicator", "period", "target"),
    "events": ("id", "unit", "event", "date", "amount"),
    "ratings": ("unit", "item", "rater", "rater_class", "value"),
}
Row = tuple[str, ...]
Growths = Mapping[About, Sequence[Decimal | None]]


@dataclass(frozen=True, slots=True)
class County:
    """A made-up county: its plan and all that was made by it."""

    folder: Path
    plan: Plan
    series: Series
    growths: Growths
    targets: Mapping[About, Decimal]

    @property
    def told(self) -> Mapping[str, Any]:
        """What the plan says of FACTS."""
        told: Mapping[str, Any] = self.plan.told["facts"]
        return told

    @property
    def period(self) -> Period:
        """The month that is closed."""
        return Period.parse(self.told["period"])

    @property
    def towns(self) -> list[str]:
        """The towns, in order."""
        return [place.code for place in self.plan.places[1:]]


def facts_of(county: County) -> dict[str, tuple[Row, Iterator[Row]]]:
    """Give the headings and rows of each table by its name."""
    rows = {
        "units": _units(county), "figures": _figures(county), "targets": _targets(county),
        "events": _events(county), "ratings": _ratings(county),
    }  # fmt: skip
    return {name: (headings, rows[name]) for name, headings in TABLES.items()}


def _units(county: County) -> Iterator[Row]:
    units = read_fields(county.folder / "units.yaml")
    above = units["county"]
    yield above["code"], above["name"], "", "", ""
    for town in units["towns"]:
        people = town["profiles"][-1]["people"]
        yield town["code"], town["name"], above["code"], town["class"], people


def _figures(county: County) -> Iterator[Row]:
    growths = county.told["growths"]
    for code in county.told["indicators"]:
        for town in county.towns:
            for year in (county.plan.year, county.plan.year + 1):
                yield from _figure(county, (code, town), year)
            if code in growths:
                yield from _growth(county, (code, town))
    for town in county.towns:
        yield from _returns(county, (county.told["returned"], town))


def _figure(county: County, about: About, year: int) -> Iterator[Row]:
    """Give the figure that a department would use on the closing day, under the closed month."""
    code, town = about
    asked = Period.month(year, county.period.last_month)
    month, note = _speaking(county, code, asked)
    is_now = year > county.plan.year
    is_returned = is_now and code == county.told["returned"]
    if month is None or is_returned:
        return
    value = f"{figure_of(county.plan, county.series, about, month):f}"
    if is_now and town in county.told["absent"].get(code, ()):
        value = ""
    yield town, code, str(asked), value, "", note


def _growth(county: County, about: About) -> Iterator[Row]:
    code, town = about
    month, note = _speaking(county, code, county.period)
    rate = None if month is None else county.growths[about][month - 1]
    if rate is not None:
        yield town, f"{code}{GROWTH}", str(county.period), f"{rate:f}", "", note


def _speaking(county: County, code: str, asked: Period) -> tuple[int | None, str]:
    """Return the counted month whose figure is out on the closing day, and a note if earlier."""
    closed = date.fromisoformat(county.told["closed"])
    same_day = closed.replace(year=closed.year - county.period.year + asked.year)
    period = county.plan.rules[code].release.speaks_for(asked, same_day)
    if period is None or period.year != asked.year:
        return None, ""
    month = (period.year - county.plan.year) * LAST_OF_YEAR + period.last_month
    return month, "" if period.last_month == asked.last_month else f"沿用{period}"


def _returns(county: County, about: About) -> Iterator[Row]:
    """Give the running total of every month with the day it was handed in."""
    code, town = about
    offset = (county.period.year - county.plan.year) * LAST_OF_YEAR
    for number in range(1, county.period.last_month + 1):
        month = Period.month(county.period.year, number)
        dice = Dice(county.plan.seed, code, town, str(month), "returned")
        first, last = LATE if dice.one_in(int(county.told["late"])) else IN_TIME
        day = month.first_day.replace(day=_whole(dice, first, last))
        value = figure_of(county.plan, county.series, about, offset + number)
        yield town, code, str(month), f"{value:f}", day.isoformat(), ""


def _targets(county: County) -> Iterator[Row]:
    year = str(county.period.year)
    rates = {
        (aim["indicator"], aim["unit"]): aim["value"]
        for aim in read_list(county.folder / f"targets/{year}.yaml")
        if aim.get("kind") == "growth" and "value" in aim
    }
    for code, towns in county.plan.told["growth_targets"].items():
        rates |= {(code, town): rate for town, rate in towns.items()}
    for code in county.told["targets"]:
        for town in county.towns:
            yield town, code, year, _target(county, (code, town), rates)


def _target(county: County, about: About, rates: Mapping[About, str]) -> str:
    code, town = about
    if town in county.plan.told["no_task"].get(code, ()):
        return NO_TASK
    if town in county.plan.told["masked"].get(code, ()):
        return MASKED
    value = county.targets.get(about)
    return rates[about] if value is None else f"{value:f}"


def _events(county: County) -> Iterator[Row]:
    for told in county.told["events"]["told"]:
        yield told["id"], told["unit"], told["event"], told["date"], told.get("amount", "")
    for town in county.towns:
        yield from _entered(county, town)
        for event, how in county.told["events"]["drawn"].items():
            dice = Dice(county.plan.seed, event, town)
            if dice.one_in(int(how["one_in"])):
                day = _some_day(
                    dice, county.period, _whole(dice, FIRST_EVENT, county.period.last_month)
                )
                amount = _amount(dice, how["amount"]) if "amount" in how else ""
                yield f"{how['id']}-{town}", town, event, day, amount


def _entered(county: County, town: str) -> Iterator[Row]:
    """Give an event for every project by which the month's count rose."""
    code, event = county.told["events"]["counted"]
    offset = (county.period.year - county.plan.year) * LAST_OF_YEAR
    before = 0
    for month in range(1, county.period.last_month + 1):
        now = int(county.series[code, town][offset + month - 1])
        for number in range(before + 1, now + 1):
            dice = Dice(county.plan.seed, event, town, str(number))
            yield f"RK-{town}-{number:02}", town, event, _some_day(dice, county.period, month), ""
        before = now


def _ratings(county: County) -> Iterator[Row]:
    for item, classes in county.told["ratings"].items():
        for town in county.towns:
            for name, how in classes.items():
                low, high = how["marks"]
                for number in range(1, int(how["count"]) + 1):
                    dice = Dice(county.plan.seed, item, town, name, str(number))
                    mark = _whole(dice, int(low), int(high))
                    yield town, item, f"{name}{number}", name, str(mark)


def _some_day(dice: Dice, period: Period, month: int) -> str:
    return date(period.year, month, _whole(dice, 1, LAST_DAY)).isoformat()


def _amount(dice: Dice, limits: Sequence[str]) -> str:
    low, high = map(Decimal, limits)
    return f"{half_up(dice.between(low, high) / 100, 0) * 100:f}"


def _whole(dice: Dice, low: int, high: int) -> int:
    return int(half_up(dice.between(Decimal(low), Decimal(high)), 0))
