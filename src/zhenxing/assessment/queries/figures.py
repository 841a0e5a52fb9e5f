"""The figures a scheme reads: one read of what counts, months read as the scheme reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from zhenxing.engine.accumulate import Reading, year_to_date
from zhenxing.engine.standing import Standing, counting
from zhenxing.indicators import queries as indicator_queries
from zhenxing.indicators.models import Charge
from zhenxing.indicators.models import Figure as Stored
from zhenxing.indicators.queries.month import figure_facts
from zhenxing.kernel.periods import Kind, Period
from zhenxing.kernel.rounding import WIDE
from zhenxing.kernel.values import MASKED, is_known
from zhenxing.kernel.wording import chinese_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from zhenxing.assessment.queries.rows import Figure
    from zhenxing.assessment.queries.subjects import Subject
    from zhenxing.engine.facts import FigureFact, IndicatorDef
    from zhenxing.engine.schemes import Scheme

MONTHS = 12
GROWTH = "_growth"
FEBRUARY = 2
OWN = {Standing.SUBMITTED, Standing.SIGNED}  # a town's own return, as against what was added later
NOT_DUE, NOT_OF_THIS = "未到公布期", "这一期没有数"
MASKED_WORDS, ABSENT_WORDS = "数未公开（*）", "报的是缺数"
Spots = dict[int, "FigureFact"]  # what counts, by closing month counted from year 0


@dataclass(frozen=True)
class Window:
    """The months a scheme scores up to `cut`, as known on a day."""

    scheme: Scheme
    cut: int
    as_of: date

    @cached_property
    def cuts(self) -> frozenset[int]:
        """The closing months whose figure may be asked for.

        Without a due day and with figures cumulated from January the ends alone are read.
        """
        first, months = self.scheme.first, range(self.scheme.first, self.cut + 1)
        ends = {m for m in months if m % MONTHS == MONTHS - 1} | {self.cut, first - 1}
        if self.scheme.monthly_is_current:
            ends |= {*months}
        both = ends | {end - MONTHS for end in ends}
        return frozenset(both | ({*months} if self.scheme.due else set()))

    @cached_property
    def whole(self) -> frozenset[int]:
        """All months from January of the earliest year that is read, for figures to be added."""
        first = min(self.cuts) // MONTHS * MONTHS
        return frozenset(range(first - 1, max(self.cuts) + 1))


@dataclass(frozen=True)
class Read:
    """Whose figures and targets stand for whom: by the unit they are stored under."""

    stands: Mapping[str, list[tuple[str, frozenset[str] | None]]]

    def whom(self, unit: str, indicator: str) -> Iterator[tuple[str, bool]]:
        """Give who takes a unit's figure, and whether the indicator is its task."""
        for code, charged in self.stands.get(unit, ()):
            yield code, charged is None or indicator in charged


def indicators(wanted: Collection[str]) -> list[IndicatorDef]:
    """Give the indicators behind the names a scheme uses, by their codes."""
    bases = {name.removesuffix(GROWTH) for name in wanted}
    found = indicator_queries.definitions({*wanted, *bases})
    return sorted(found, key=lambda each: each.code)


def rows(
    window: Window,
    subjects: Iterable[Subject],
    known: Collection[IndicatorDef],
    wanted: Collection[str],
) -> tuple[Read, list[Figure]]:
    """Give every figure that is read, in one order, and who reads whose; two queries."""
    read = _read(list(subjects))
    counted, first_day = _counting(window, read, known)
    reads_current = window.scheme.monthly_is_current
    found: list[Figure] = []
    for definition in known:
        for unit in read.stands:
            spots = counted.get((unit, definition.code), {})
            lines = list(_lines(definition, spots, window, reads_current=reads_current))
            for code, is_task in read.whom(unit, definition.code):
                told: list[Figure] = []
                if is_task and definition.code in wanted:
                    told += [_row(code, definition.code, line, first_day) for line in lines]
                    told += _not_due(code, definition.code, definition, window, told)
                if is_task and f"{definition.code}{GROWTH}" in wanted:
                    growths = _growths(code, definition.code, spots, window)
                    name = f"{definition.code}{GROWTH}"
                    told += growths + _not_due(code, name, definition, window, growths)
                found += told
    found.sort(key=lambda row: row[:3])
    return read, found


def _read(subjects: list[Subject]) -> Read:
    """A working group takes its town's figures of the indicators it is charged with."""
    groups = [each.code for each in subjects if each.is_group]
    charged: dict[str, set[str]] = {code: set() for code in groups}
    if groups:
        rows = Charge.objects.filter(group__code__in=groups).order_by()
        for group, code in rows.values_list("group__code", "indicator__code"):
            charged[group].add(code)
    stands: dict[str, list[tuple[str, frozenset[str] | None]]] = {}
    for each in sorted(subjects, key=lambda each: each.code):
        own = frozenset(charged[each.code]) if each.is_group else None
        stands.setdefault(each.unit.code, []).append((each.code, own))
    for above in sorted({each.above for each in subjects if each.above}):
        stands.setdefault(above, []).append((above, None))
    return Read(stands)


@dataclass(frozen=True)
class _Line:
    """One figure as the scheme reads it: the period, its value, the figures it was made of."""

    period: Period
    value: Decimal | None
    made_of: tuple[FigureFact, ...]
    lack: str = ""


def _counting(
    window: Window, read: Read, known: Collection[IndicatorDef]
) -> tuple[dict[tuple[str, str], Spots], dict[tuple[str, str, str], date]]:
    """Read the figures once; keep what counts by closing month, and when each first came in."""
    adds = _adding(window, known)
    keys = {key for cut in window.cuts for key in _keys(cut)}
    months = {str(_month(cut)) for cut in window.whole} | keys if adds else keys
    stored = Stored.objects.known_on(window.as_of).filter(
        indicator__code__in=[each.code for each in known],
        unit__code__in=list(read.stands),
        period__in=keys | months,
    )
    heaps: dict[tuple[str, str, int], list[FigureFact]] = {}
    first: dict[tuple[str, str, str], date] = {}
    for fact in figure_facts(stored):
        cut = fact.period.year * MONTHS + fact.period.last_month - 1
        if fact.indicator in adds and fact.period.kind is not Kind.MONTH and not _spans(fact):
            continue
        if fact.indicator not in adds and cut not in window.cuts:
            continue
        heaps.setdefault((fact.unit, fact.indicator, cut), []).append(fact)
        if fact.standing in OWN:
            place = (fact.unit, fact.indicator, str(fact.period))
            first[place] = min(first.get(place, fact.business_date), fact.business_date)
    found: dict[tuple[str, str], Spots] = {}
    for (unit, code, cut), heap in heaps.items():
        best = counting(heap)
        if best is not None:
            found.setdefault((unit, code), {})[cut] = best
    return found, first


def _adding(window: Window, known: Collection[IndicatorDef]) -> frozenset[str]:
    """Name the indicators whose months must be added up, or taken apart, to be read."""
    apart = Reading.CUMULATIVE if window.scheme.monthly_is_current else Reading.CURRENT
    return frozenset(each.code for each in known if each.reading is apart)


def _lines(
    definition: IndicatorDef, spots: Spots, window: Window, *, reads_current: bool
) -> Iterator[_Line]:
    cuts = sorted(window.cuts)
    if definition.reading is Reading.CURRENT and not reads_current:
        yield from (line for cut in cuts if (line := _summed(definition, spots, cut)))
    elif definition.reading is Reading.CUMULATIVE and reads_current:
        yield from (line for cut in cuts if (line := _parted(spots, cut)))
    else:
        yield from (_as_it_is(spots[cut]) for cut in cuts if cut in spots)


def _as_it_is(fact: FigureFact) -> _Line:
    if is_known(fact.value):
        return _Line(fact.period, fact.value, (fact,))
    return _Line(fact.period, None, (fact,), _why(fact))


def _summed(definition: IndicatorDef, spots: Spots, cut: int) -> _Line | None:
    """Add up the months' own figures of a year to date; every month that lacks is named."""
    year, last = cut // MONTHS, cut % MONTHS + 1
    periods = [each for each in definition.release.periods(year) if each.last_month <= last]
    if not periods or periods[-1].last_month != last:
        return None
    own = {cut % MONTHS + 1: fact for cut, fact in spots.items() if cut // MONTHS == year}
    made_of = tuple(own[each.last_month] for each in periods if each.last_month in own)
    if not made_of:
        return None
    to_date = year_to_date(
        Reading.CURRENT, periods, {month: fact.value for month, fact in own.items()}
    )
    if is_known(to_date.value):
        return _Line(_month(cut), to_date.value, made_of)
    lack = "、".join(str(each) for each in to_date.missing)
    return _Line(_month(cut), None, made_of, f"{lack}没有数，累计算不出" if lack else MASKED_WORDS)


def _parted(spots: Spots, cut: int) -> _Line | None:
    """Take a month out of figures cumulated from January."""
    fact, before = spots.get(cut), spots.get(cut - 1)
    if fact is None:
        return None
    if cut % MONTHS == 0 or not is_known(fact.value):
        return _as_it_is(fact)
    if before is None or not is_known(before.value):
        return _Line(_month(cut), None, (fact,), f"{_month(cut - 1)}没有数，当月算不出")
    return _Line(_month(cut), WIDE.subtract(fact.value, before.value), (fact, before))


def _growths(code: str, indicator: str, spots: Spots, window: Window) -> list[Figure]:
    """Give the growth that stands beside a figure; what is not given is no row."""
    return [
        _row(code, f"{indicator}{GROWTH}", _Line(fact.period, fact.growth_given, (fact,)), {})
        for cut, fact in sorted(spots.items())
        if cut in window.cuts and fact.growth_given is not None
    ]


def _not_due(
    unit: str, name: str, definition: IndicatorDef, window: Window, told: Collection[Figure]
) -> list[Figure]:
    """Say of a figure that cannot be there yet when it is published; nothing stands in its place.

    A figure that is overdue is no row: it is missing.
    """
    month = _month(window.cut)
    if any(Period.parse(row[2]).last_day == month.last_day for row in told):
        return []
    release = definition.release
    own = release.ending_in(month)
    period = own or release.next_after(month)
    day = release.published_on(period)
    if own is not None and day <= window.as_of:
        return []
    words = NOT_DUE if day > window.as_of else NOT_OF_THIS
    if own is None:
        words += f"，按{release.label}公布，下一期是"
    else:
        words += "，"
    lack = f"{words}{period.label}，{chinese_date(day)}公布"
    return [(unit, name, str(month), None, NOT_DUE, "", lack, None)]


def _row(unit: str, code: str, line: _Line, first: Mapping[tuple[str, str, str], date]) -> Figure:
    newest = line.made_of[-1]
    who = newest.standing.label if len(line.made_of) == 1 else f"{len(line.made_of)}个月的数"
    keys = "+".join(str(fact.ref) for fact in line.made_of)
    reported = first.get((newest.unit, newest.indicator, str(newest.period)))
    return unit, code, str(line.period), line.value, who, keys, line.lack, reported


def _why(fact: FigureFact) -> str:
    return MASKED_WORDS if fact.value is MASKED else ABSENT_WORDS


def _spans(fact: FigureFact) -> bool:
    """January and February are often published as one: for adding up they are February's."""
    return fact.period.last_month == FEBRUARY


def _month(cut: int) -> Period:
    return Period.month(cut // MONTHS, cut % MONTHS + 1)


def _keys(cut: int) -> Iterator[str]:
    """Give the keys under which a figure that closes with the month may be stored."""
    year, month = cut // MONTHS, cut % MONTHS + 1
    yield str(Period.month(year, month))
    if month == FEBRUARY:
        yield str(Period.jan_feb(year))
    if month % 3 == 0:
        yield str(Period.quarter(year, month // 3))
    if month % 6 == 0:
        yield str(Period.half(year, month // 6))
    if month == MONTHS:
        yield str(Period.whole_year(year))
