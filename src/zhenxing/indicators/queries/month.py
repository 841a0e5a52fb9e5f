"""A month of several units: the rows of the database handed to the engine's one computation."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db.models import Q

from zhenxing.engine.accumulate import Reading
from zhenxing.engine.facts import Facts, FigureFact, IndicatorDef, TargetFact
from zhenxing.engine.month import assess
from zhenxing.engine.standing import Standing, Vintage
from zhenxing.engine.targets import Target as Aim
from zhenxing.indicators.choices import Absent
from zhenxing.indicators.models import Figure, Target
from zhenxing.indicators.queries.dictionary import definitions, rule_book
from zhenxing.kernel.periods import Period
from zhenxing.kernel.values import MASKED, MISSING
from zhenxing.organisation import queries as organisation_queries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from zhenxing.engine.rows import Month
    from zhenxing.engine.targets import Comparator, TargetKind
    from zhenxing.indicators.models import FigureQuerySet, TargetQuerySet
    from zhenxing.kernel.values import Value

STANDINGS = {standing.value: standing for standing in Standing}
VINTAGES = {vintage.value: vintage for vintage in Vintage}
ABSENCES: Mapping[str, Value] = {
    Absent.MISSING: MISSING,
    Absent.MASKED: MASKED,
    Absent.RECALLED: MISSING,
}
FACT_COLUMNS = (
    "unit__code", "indicator__code", "period", "value", "absent", "standing", "vintage",
    "recorded", "business_date", "growth_given", "pk",
)  # fmt: skip


def class_of(unit: str, today: date) -> Mapping[str, str | None]:
    """Give the units ranked with this one, itself among them, each with its class.

    A unit without a class (the county) stands alone and is not ranked.
    """
    classes = organisation_queries.classes_on(today)
    own = classes.get(unit)
    if own is None:
        return {unit: None}
    return {code: name for code, name in classes.items() if name == own}


def month(
    asked: Period,
    today: date,
    *,
    peers: Mapping[str, str | None],
    units: Collection[str] | None = None,
    codes: Collection[str] | None = None,
) -> Month:
    """Reckon the month as known on a business date; four queries however many units.

    `peers` are ranked among each other inside their class; rows come for `units` of them (all by
    default) and the indicators of `codes` (all by default). Scope is the caller's: hand over only
    units and codes the person may read; peers count for the ranks alone.
    """
    indicators = definitions(codes)
    figures = _figures(indicators, asked, today).filter(unit__code__in=peers)
    targets = Target.objects.filter(
        year=asked.year, unit__code__in=peers, indicator__code__in=[i.code for i in indicators]
    )
    facts = Facts(
        indicators=indicators,
        peers=peers,
        figures=figure_facts(figures),
        targets=target_facts(targets),
        rules=rule_book(today),
    )
    return assess(facts, asked=asked, today=today, units=units)


def figure_facts(figures: FigureQuerySet) -> Iterator[FigureFact]:
    """Turn figures into the engine's facts; each `ref` is the figure's key."""
    periods: dict[str, Period] = {}
    for (
        unit,
        code,
        key,
        value,
        absent,
        standing,
        vintage,
        recorded,
        day,
        growth,
        pk,
    ) in figures.order_by().values_list(*FACT_COLUMNS):
        period = periods.get(key) or periods.setdefault(key, Period.parse(key))
        yield FigureFact(
            unit,
            code,
            period,
            ABSENCES[absent] if absent else value,
            STANDINGS[standing],
            VINTAGES[vintage],
            recorded,
            day,
            growth,
            pk,
            absent == Absent.RECALLED,
        )


def target_facts(targets: TargetQuerySet) -> Iterator[TargetFact]:
    """Turn issued targets into the engine's facts."""
    for row in targets.select_related("unit", "indicator"):
        aim = Aim(
            kind=cast("TargetKind", row.kind),
            comparator=cast("Comparator", row.comparator),
            value=row.value,
            high=row.high,
            masked=row.masked,
            no_task=row.no_task,
            text=row.text,
        )
        yield TargetFact(
            row.unit.code,
            row.indicator.code,
            row.year,
            aim,
            row.document,
            row.issued,
            row.version,
        )


def _figures(indicators: list[IndicatorDef], asked: Period, today: date) -> FigureQuerySet:
    """Ask only for the periods the month is made of: whole years only where months are summed."""
    summed = [i.code for i in indicators if i.reading is Reading.CURRENT]
    pointed = [i for i in indicators if i.reading is not Reading.CURRENT]
    keys = {key for indicator in pointed for key in _keys(indicator, asked, today)}
    years = Q(period__startswith=str(asked.year)) | Q(period__startswith=str(asked.year - 1))
    wanted = Q(period__in=keys, indicator__code__in=[i.code for i in pointed])
    return Figure.objects.known_on(today).filter(wanted | (Q(indicator__code__in=summed) & years))


def _keys(indicator: IndicatorDef, asked: Period, today: date) -> set[str]:
    """Give the keys of the two latest published periods, what is awaited, and last year's."""
    release = indicator.release
    closed = [p for p in release.periods(asked.year) if p.last_month <= asked.last_month]
    published = [p for p in closed if release.published_on(p) <= today]
    awaited = closed[len(published) :]
    wanted = [*published[-2:], *awaited]
    # An office may file a quarter under its closing month; the engine reads it by the month.
    spans = {p for q in wanted for p in (q, Period.month(q.year, q.last_month))}
    return {str(p) for q in spans for p in (q, q.last_year)}
