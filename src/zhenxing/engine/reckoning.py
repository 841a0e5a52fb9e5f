"""From recorded figures to the numbers of one period: value, growth, completion, rank score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhenxing.engine.accumulate import Reading, ToDate, year_to_date
from zhenxing.engine.facts import FigureFact, IndicatorDef, TargetFact
from zhenxing.engine.growth import NOT_COUNTED, Growth, computed, counting_growth, given
from zhenxing.engine.progress import completion, lead, time_progress
from zhenxing.engine.standing import counting
from zhenxing.kernel.periods import Period
from zhenxing.kernel.values import Value, is_known


class Ledger:
    """The counting figure of each unit, indicator and closing month, found once.

    Only figures known on `today` (by business date) of the year asked for and the one before are
    kept. A figure belongs to the month it closes with, whatever its period is called: some offices
    file a third quarter under September. For figures that are added up a longer period than the
    release calendar knows is left out, for it would count its months twice.
    """

    def __init__(
        self,
        figures: Iterable[FigureFact],
        indicators: Iterable[IndicatorDef],
        year: int,
        today: date,
    ) -> None:
        """Group the figures in one pass."""
        told: dict[tuple[str, str, int, int], list[FigureFact]] = {}
        years = (year - 1, year)
        too_long = {(each.code, *span) for each in indicators for span in _foreign_spans(each)}
        for figure in figures:
            period = figure.period
            if period.year not in years or figure.business_date > today:
                continue
            if period.span > 1 and (figure.indicator, period.last_month, period.span) in too_long:
                continue
            key = (figure.unit, figure.indicator, period.year, period.last_month)
            told.setdefault(key, []).append(figure)
        counted = {key: counting(of_one) for key, of_one in told.items()}
        self._held = {key: figure for key, figure in counted.items() if figure is not None}

    def figure(self, unit: str, indicator: str, year: int, month: int) -> FigureFact | None:
        """Return the counting figure that closes with a month, or None."""
        return self._held.get((unit, indicator, year, month))

    def closing(
        self, unit: str, indicator: IndicatorDef, year: int, periods: Sequence[Period]
    ) -> dict[int, FigureFact]:
        """Return the figures a year to date is made of, by closing month, earliest first.

        periods: those of the year so far; their months are looked up in the given year.
        """
        parts = periods if indicator.reading is Reading.CURRENT else periods[-1:]
        found = {}
        for period in parts:
            figure = self._held.get((unit, indicator.code, year, period.last_month))
            if figure is not None:
                found[period.last_month] = figure
        return found


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The numbers of one unit and indicator at the end of one period.

    value: None where the year has no published period yet. due: time progress in percent. lead: of
    a level target that is no ceiling, in points. The rest as in `rows.Row`.
    """

    value: Value | None
    missing: tuple[Period, ...]
    figures: tuple[FigureFact, ...]
    growth_given: Growth
    growth_computed: Growth
    growth: Growth | None
    completion: Decimal | None
    due: Decimal | None
    lead: Decimal | None


def unreckoned(indicator: IndicatorDef) -> Reckoned:
    """Return the numbers of an indicator of which nothing is published yet this year."""
    by_office = given(None)
    by_us = NOT_COUNTED if indicator.growth == "none" else computed(None, None)
    growth = counting_growth(indicator.growth, by_office, by_us)
    return Reckoned(None, (), (), by_office, by_us, growth, None, None, None)


def reckon(
    ledger: Ledger,
    unit: str,
    indicator: IndicatorDef,
    periods: tuple[Period, ...],
    level: TargetFact | None,
) -> Reckoned:
    """Return the numbers at the end of the last of the periods (those of the year so far).

    level: the open level target, if there is one; its low end is what completion is held against.
    """
    last = periods[-1]
    held = ledger.closing(unit, indicator, last.year, periods)
    now = _to_date(indicator, periods, held)
    closing = held.get(last.last_month)
    by_office = given(closing.growth_given if closing else None)
    by_us = NOT_COUNTED
    if indicator.growth != "none":
        by_us = computed(now.value, _last_year(ledger, unit, indicator, periods))
    done = completed(now.value, level)
    due = time_progress(last, indicator.plan)
    is_led = level is not None and not level.target.is_ceiling
    return Reckoned(
        now.value,
        now.missing,
        tuple(held.values()),
        by_office,
        by_us,
        counting_growth(indicator.growth, by_office, by_us),
        done,
        due,
        lead(done, due) if is_led and done is not None else None,
    )


def completed(value: Value, level: TargetFact | None) -> Decimal | None:
    """Return the percent of the level target reached; None without one or without a value."""
    if level is None or level.target.value is None or not is_known(value):
        return None
    return completion(value, level.target.value)


def rank_score(indicator: IndicatorDef, reckoned: Reckoned) -> Decimal | None:
    """Return what the unit is ranked by, unrounded; None leaves it out of the ranking."""
    match indicator.rank_by:
        case "completion":
            return reckoned.completion
        case "growth":
            return reckoned.growth.value if reckoned.growth else None
        case _:
            return reckoned.value if is_known(reckoned.value) else None


def score_at(
    ledger: Ledger,
    unit: str,
    indicator: IndicatorDef,
    periods: tuple[Period, ...],
    level: TargetFact | None,
) -> Decimal | None:
    """Return the rank score at the end of the last of the periods, and reckon nothing else."""
    if indicator.rank_by == "growth":
        return rank_score(indicator, reckon(ledger, unit, indicator, periods, level))
    held = ledger.closing(unit, indicator, periods[-1].year, periods)
    value = _to_date(indicator, periods, held).value
    if indicator.rank_by == "completion":
        return completed(value, level)
    return value if is_known(value) else None


def _to_date(
    indicator: IndicatorDef, periods: tuple[Period, ...], held: Mapping[int, FigureFact]
) -> ToDate:
    values = {month: figure.value for month, figure in held.items()}
    return year_to_date(indicator.reading, periods, values)


def _last_year(
    ledger: Ledger, unit: str, indicator: IndicatorDef, periods: tuple[Period, ...]
) -> Value:
    held = ledger.closing(unit, indicator, periods[-1].year - 1, periods)
    return _to_date(indicator, periods, held).value


def _foreign_spans(indicator: IndicatorDef) -> Iterable[tuple[int, int]]:
    if indicator.reading is not Reading.CURRENT:
        return
    for period in indicator.release.periods(2000):
        yield from ((period.last_month, span) for span in (2, 3, 6, 12) if span > period.span)
