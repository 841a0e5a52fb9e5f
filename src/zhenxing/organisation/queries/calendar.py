"""Which days are worked, by when calls are due, what is proposed to change about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from zhenxing.kernel.periods import Period
from zhenxing.kernel.workdays import DueRule, WorkCalendar
from zhenxing.organisation.models import CalendarDay, CalendarProposal, CalendarYear, Site

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def work_calendar() -> WorkCalendar:
    """Give the county's calendar of working days."""
    return WorkCalendar(
        dict(CalendarDay.objects.values_list("day", "is_workday")),
        frozenset(CalendarYear.objects.filter(announced=True).values_list("year", flat=True)),
    )


class DueRuleSet(NamedTuple):
    """The site's due rule, the document it stands on, and the day of the month a call opens."""

    rule: DueRule
    basis: str
    opens_day: int


OPENS_DAY = 15


def due_rule() -> DueRuleSet:
    """Give the rule by which the next calls fall due; by the 25th where none was entered."""
    stored = Site.objects.values_list("due_rule", flat=True).first() or {}
    rule = DueRule(
        day=stored.get("day", DueRule().day),
        inclusive=stored.get("inclusive", True),
        on_rest_day=stored.get("on_rest_day", "next"),
        months_after=stored.get("months_after", 0),
    )
    return DueRuleSet(rule, stored.get("basis", ""), stored.get("opens", OPENS_DAY))


def is_announced(year: int) -> bool:
    """Whether the year's holidays are known: else a due day in it is reckoned by weekdays alone."""
    return CalendarYear.objects.filter(year=year, announced=True).exists()


@dataclass(frozen=True)
class Year:
    """A year of the calendar as its page shows it."""

    number: int
    announced: bool
    basis: str
    days: Sequence[CalendarDay]

    @property
    def rests(self) -> int:
        """How many working days are off."""
        return self._counted[False]

    @property
    def worked(self) -> int:
        """How many weekend days are worked."""
        return self._counted[True]

    @property
    def _counted(self) -> Counter[bool]:
        return Counter(day.is_workday for day in self.days)

    @property
    def lines(self) -> str:
        """The year as its form takes it: a day, whether it is worked, its name, a line each."""
        return "\n".join(
            f"{day.day} {'上班' if day.is_workday else '放假'} {day.name}" for day in self.days
        )


def calendar_year(number: int) -> Year:
    """Give one year's exceptions, and whether and by what they were announced."""
    row = CalendarYear.objects.filter(year=number).first()
    days = list(CalendarDay.objects.filter(day__year=number))
    return Year(number, bool(row and row.announced), row.basis if row else "", days)


def calendar_years(today: date) -> list[int]:
    """Give the years there are, and those somebody may want to enter."""
    known = set(CalendarYear.objects.values_list("year", flat=True))
    return sorted(known | {today.year, today.year + 1})


def due_days(year: int, due: DueRuleSet) -> list[tuple[Period, date, bool]]:
    """Give each month's due day by the rule, and whether the holidays of its year are known."""
    calendar = work_calendar()
    months = [Period.parse(f"{year}-{month:02}") for month in range(1, 13)]
    days = [calendar.due_day(month, due.rule) for month in months]
    return [
        (month, day, calendar.is_announced(day.year))
        for month, day in zip(months, days, strict=True)
    ]


def calendar_proposals() -> list[CalendarProposal]:
    """Give what was proposed about the calendar, the latest first."""
    rows = CalendarProposal.objects.select_related("proposed_by", "decided_by")
    return list(rows.order_by("-pk")[:20])
