"""The figures of a site as a pack tells them: tables, totals, growth rates, told histories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zhenxing.engine.releases import Release
from zhenxing.indicators.choices import StandingChoice, VintageChoice
from zhenxing.indicators.models import Figure
from zhenxing.kernel.periods import Period
from zhenxing.kernel.values import Absence
from zhenxing.packs.arrivals import published
from zhenxing.packs.checks.history import what_counts
from zhenxing.packs.folders import kind_of
from zhenxing.packs.sections.numbers import Told, Vintage

COLUMNS = (
    "unit__code", "indicator__code", "period", "value", "absent", "growth_given", "standing",
    "vintage", "business_date", "by", "document", "reason", "file__name",
)  # fmt: skip


@dataclass(slots=True)
class Tables:
    """The figures sorted into the tables of a pack."""

    wide: list[Told] = field(default_factory=list)
    growths: list[Told] = field(default_factory=list)
    totals: list[Told] = field(default_factory=list)
    history: list[Vintage] = field(default_factory=list)


def tables(calendars: Mapping[str, Release], today: date, mark: str) -> Tables:
    """Sort every figure of the site.

    mark: the ground that figures of a table carry. A figure that came as a table's cell goes back
    into the table; what has more to tell goes into the history, with what counts in the table.
    """
    sorted_out = Tables()
    sorter = _Sorter(sorted_out, calendars, today, mark)
    for lines in _stories().values():
        sorter.place(lines)
    return sorted_out


@dataclass(frozen=True, slots=True)
class _Sorter:
    """Knows what a plain cell looks like, and where each figure belongs."""

    out: Tables
    calendars: Mapping[str, Release]
    today: date
    mark: str

    def place(self, lines: Sequence[tuple[Vintage, str]]) -> None:
        line, file = lines[0]
        if len(lines) == 1 and self._is_plain(line):
            if self._is_total(line, file):
                self._add_total(line)
                return
            if line.document == self.mark:
                self._add_cell(line)
                return
        self._add_story([line for line, _ in lines])

    def _is_plain(self, line: Vintage) -> bool:
        return (
            line.standing == StandingChoice.IMPORTED
            and line.vintage == VintageChoice.FINAL
            and not line.reason
            and line.business_date == published(line.told, self.calendars[line.told.indicator])
        )

    def _is_total(self, line: Vintage, file: str) -> bool:
        period = Period.parse(line.told.period)
        closes = self.calendars[line.told.indicator].exists(period)
        return kind_of(file) == "totals" or not closes

    def _add_total(self, line: Vintage) -> None:
        told = line.told
        self.out.totals.append(
            Told(told.unit, told.indicator, told.period, told.value, line.growth, line.document)
        )

    def _add_cell(self, line: Vintage) -> None:
        told = line.told
        self.out.wide.append(told)
        if line.growth is not None:
            self.out.growths.append(Told(*told.about, line.growth))

    def _add_story(self, lines: Sequence[Vintage]) -> None:
        """Tell every line; where the period is published, the table shows what counts."""
        last = what_counts(lines)
        calendar = self.calendars[last.told.indicator]
        period = Period.parse(last.told.period)
        shown = calendar.exists(period) and calendar.published_on(period) <= self.today
        for line in lines:
            in_table = shown and line is last
            self.out.history.append(_without_growth(line) if in_table else line)
        if shown:
            self._add_cell(last)


def _stories() -> Mapping[tuple[str, str, str], list[tuple[Vintage, str]]]:
    stories: dict[tuple[str, str, str], list[tuple[Vintage, str]]] = defaultdict(list)
    for line, file in _lines():
        stories[line.told.about].append((line, file))
    return stories


def _lines() -> Iterator[tuple[Vintage, str]]:
    rows = Figure.objects.order_by("recorded", "pk").values_list(*COLUMNS)
    for unit, code, period, value, absent, growth, *rest, file in rows.iterator():
        standing, vintage, day, by, document, reason = rest
        told = Told(unit, code, period, Absence(absent) if absent else value)
        yield Vintage(told, standing, vintage, day, by, growth, document, reason), file or ""


def _without_growth(line: Vintage) -> Vintage:
    return Vintage(
        line.told,
        line.standing,
        line.vintage,
        line.business_date,
        line.by,
        None,
        line.document,
        line.reason,
    )


def plain_number(value: Decimal) -> str:
    """Write a number without exponent or empty decimals.

    >>> plain_number(Decimal("1900.0000")), plain_number(Decimal("0.285"))
    ('1900', '0.285')
    """
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
