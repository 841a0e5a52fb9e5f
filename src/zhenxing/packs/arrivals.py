"""Which figures a pack brings: each with who stands behind it and since when it is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhenxing.engine.releases import Release
from zhenxing.indicators.choices import StandingChoice, VintageChoice
from zhenxing.kernel.periods import LAST_OF_YEAR, Period
from zhenxing.packs.checks.history import what_counts
from zhenxing.packs.figures import calendars_of
from zhenxing.packs.pack import Pack
from zhenxing.packs.sections.numbers import Told, Vintage

DEMO_MARK = "演示数据"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One figure to be: what is told, by whom (empty for the importer), on what ground, from when.

    business_date: the day from which the site knows it, for a table's figure the day on which the
    release calendar publishes it, so that "as known on day D" holds for imported years too.
    """

    told: Told
    growth: Decimal | None
    standing: str
    vintage: str
    business_date: date
    by: str
    document: str
    reason: str


def arrivals(pack: Pack) -> Iterator[Arrival]:
    """Give a pack's figures: tables and totals first, then each history in its order.

    Where a history is told, it stands in for the table's cell, which it ends in; the growth rate
    given beside that cell goes with the line that counts.
    """
    stories: dict[tuple[str, str, str], list[Vintage]] = {}
    for line in pack.history:
        stories.setdefault(line.told.about, []).append(line)
    growths = {told.about: told.value for told in pack.growths}
    calendars = calendars_of(pack.dictionary)
    mark = DEMO_MARK if pack.header.demo else ""
    for told in pack.figures:
        if told.about not in stories:
            growth = growths.get(told.about)
            day = published(told, calendars[told.indicator])
            yield _imported(told, growth if isinstance(growth, Decimal) else None, day, mark)
    for told in pack.totals:
        day = published(told, calendars[told.indicator])
        yield _imported(told, told.growth, day, told.note)
    for about, lines in stories.items():
        last = what_counts(lines)
        for line in lines:
            growth = growths.get(about) if line is last else None
            yield _told(line, growth if isinstance(growth, Decimal) else line.growth)


def published(told: Told, calendar: Release) -> date:
    """Give the day a figure came out; a year's total comes out with the figure that closes it."""
    period = Period.parse(told.period)
    if not calendar.exists(period):
        december = Period.month(period.year, LAST_OF_YEAR)
        period = calendar.latest_ending(december) or period
    return calendar.published_on(period)


def _imported(told: Told, growth: Decimal | None, day: date, document: str) -> Arrival:
    return Arrival(
        told, growth, StandingChoice.IMPORTED, VintageChoice.FINAL, day, "", document, ""
    )


def _told(line: Vintage, growth: Decimal | None) -> Arrival:
    return Arrival(
        line.told,
        growth,
        line.standing,
        line.vintage,
        line.business_date,
        line.by,
        line.document,
        line.reason,
    )
