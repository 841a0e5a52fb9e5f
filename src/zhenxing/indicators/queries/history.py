"""One indicator of one unit: its trajectory, every vintage of every period, its peers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.engine.curves import LINEAR
from zhenxing.engine.facts import Facts
from zhenxing.engine.judging import level_of
from zhenxing.engine.month import assess
from zhenxing.engine.standing import counting
from zhenxing.indicators.models import Figure, Target
from zhenxing.indicators.queries.dictionary import definition, rule_book
from zhenxing.indicators.queries.month import class_of, figure_facts, target_facts
from zhenxing.kernel.periods import LAST_OF_YEAR, Period
from zhenxing.kernel.values import is_known

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from zhenxing.engine.facts import FigureFact, IndicatorDef
    from zhenxing.engine.rows import Row
    from zhenxing.indicators.models import FigureQuerySet, Indicator
    from zhenxing.organisation.models import Unit


@dataclass(frozen=True)
class Vintages:
    """All figures of one period, newest first, and the one that counts."""

    period: Period
    figures: tuple[Figure, ...]
    counting: int

    def steps(self) -> list[tuple[Figure, Decimal | None]]:
        """Give each figure with its difference to the one it came after."""
        earlier = [*self.figures[1:], None]
        return [
            (
                figure,
                figure.value - before.value
                if before and figure.value is not None and before.value is not None
                else None,
            )
            for figure, before in zip(self.figures, earlier, strict=True)
        ]


@dataclass(frozen=True)
class History:
    """What one indicator's page says: the month's row, the year's course, peers, vintages."""

    indicator: Indicator
    definition: IndicatorDef
    unit: Unit
    row: Row
    peers: tuple[Row, ...]
    actual: tuple[tuple[int, Decimal], ...]
    last_year: tuple[tuple[int, Decimal], ...]
    plan: tuple[tuple[int, Decimal], ...]
    vintages: tuple[Vintages, ...]


def history(indicator: Indicator, unit: Unit, asked: Period, day: date) -> History:
    """Tell one indicator of one unit as known on a business date.

    Peers are the units of the class with the same month's published numbers. Later figures, later
    releases and later targets are left out everywhere, so that an old day gives that day's page.
    """
    peers = class_of(unit.code, day)
    known = definition(indicator)
    figures = Figure.objects.known_on(day).filter(indicator=indicator, unit__code__in=peers)
    targets = Target.objects.filter(indicator=indicator, unit__code__in=peers)
    told = tuple(figure_facts(figures))
    facts = Facts(
        indicators=[known],
        peers=peers,
        figures=told,
        targets=tuple(target_facts(targets)),
        rules=rule_book(day),
    )
    rows = assess(facts, asked=asked, today=day).rows
    own = next(row for row in rows if row.unit == unit.code)
    return History(
        indicator=indicator,
        definition=known,
        unit=unit,
        row=own,
        peers=tuple(sorted(rows, key=_by_place)),
        actual=_course(facts, unit.code, asked, day),
        last_year=_course(facts, unit.code, Period.month(asked.year - 1, LAST_OF_YEAR), day),
        plan=_plan(own),
        vintages=_vintages(figures.filter(unit=unit), told, unit.code),
    )


def _by_place(row: Row) -> tuple[bool, int, str]:
    return (row.place is None, row.place.place if row.place else 0, row.unit)


def _course(facts: Facts, unit: str, to: Period, day: date) -> tuple[tuple[int, Decimal], ...]:
    """Give the year to date at each month up to one, where a figure was out."""
    course: list[tuple[int, Decimal]] = []
    seen: Period | None = None
    for number in range(1, to.last_month + 1):
        asked = Period.month(to.year, number)
        row = assess(facts, asked=asked, today=day, units=[unit]).rows[0]
        if row.period is not None and row.period != seen and is_known(row.value):
            course.append((row.period.last_month, row.value))
            seen = row.period
    return tuple(course)


def _plan(row: Row) -> tuple[tuple[int, Decimal], ...]:
    """Give what the level target asks for at each month's end."""
    level = level_of(tuple(each.target for each in row.judgements))
    aim = level.target.value if level else None
    if aim is None or row.indicator.kind == "rate":
        return ()
    curve = row.indicator.curve or LINEAR
    return tuple((n, aim * curve.at(n) / 100) for n in range(1, LAST_OF_YEAR + 1))


def _vintages(
    figures: FigureQuerySet, facts: Sequence[FigureFact], unit: str
) -> tuple[Vintages, ...]:
    """Group a unit's figures by period, the newest period and the newest figure first."""
    by_period: dict[str, list[Figure]] = {}
    for figure in figures.select_related("file").order_by("-business_date", "-recorded", "-pk"):
        by_period.setdefault(figure.period, []).append(figure)
    counted = {
        period: counting([f for f in facts if f.unit == unit and f.period == period])
        for period in map(Period.parse, by_period)
    }
    return tuple(
        Vintages(period, tuple(by_period[str(period)]), _key(counted[period]))
        for period in sorted(counted, reverse=True)
    )


def _key(fact: FigureFact | None) -> int:
    return fact.ref if fact is not None and isinstance(fact.ref, int) else 0
