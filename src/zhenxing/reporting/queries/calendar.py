"""When a month's call opens and by which day it is due, and why that day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhenxing.kernel.periods import Period
from zhenxing.kernel.wording import short_date
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.models import CalendarDay
from zhenxing.reporting.choices import CallKind
from zhenxing.reporting.models import Call

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhenxing.kernel.problems import Problem
    from zhenxing.kernel.workdays import WorkCalendar
    from zhenxing.organisation.queries import DueRuleSet

_DAY = timedelta(days=1)
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Schedule:
    """One month's days: when it opens, by when it is due, in words why; a doubt if there is one."""

    period: Period
    opens: date
    due: date
    why: str
    doubt: Problem | None
    label: str
    basis: str

    @property
    def kept(self) -> dict[str, object]:
        """What the call keeps of the rule: words, basis, and whether the day may still move."""
        return {
            "label": self.label,
            "basis": self.basis,
            "why": self.why,
            "provisional": self.doubt is not None,
        }


class Reckoner:
    """The site's rule and calendar, read once for any number of months."""

    def __init__(self) -> None:
        self.rules: DueRuleSet = organisation_queries.due_rule()
        self.calendar: WorkCalendar = organisation_queries.work_calendar()
        self.names: Mapping[date, str] = dict(CalendarDay.objects.values_list("day", "name"))

    def opening(self, period: Period) -> date:
        """Give the day a month opens: the rule's day in the month it is due, never after that."""
        due = self.calendar.due_day(period, self.rules.rule)
        month = Period.month_of(self._nominal(period))
        day = _day_in(month, self.rules.opens_day)
        return day if day <= due else _day_in(month.previous, self.rules.opens_day)

    def schedule(self, period: Period, opened: date | None = None) -> Schedule:
        """Reckon a month that opens on its day, or was opened late on another.

        A month opened only after its due day keeps as many working days as it would have had: what
        could not be handed in is not late.
        """
        due, opens = self.calendar.due_day(period, self.rules.rule), self.opening(period)
        why = self._why(period, due)
        if opened is not None and opened > due:
            moved = self.calendar.add(opened, self.calendar.workdays_between(opens, due))
            why += f"；系统{short_date(opened)}才开出，按原给的工作日数顺延到{short_date(moved)}"
            due = moved
        rule = self.rules.rule
        doubt = self.calendar.unannounced(self._nominal(period), due)
        return Schedule(
            period, max(opens, opened or opens), due, why, doubt, rule.label, self.rules.basis
        )

    def _nominal(self, period: Period) -> date:
        """Give the day the rule names, before rest days move it."""
        rule = self.rules.rule
        month = Period.month(period.year, period.last_month)
        for _ in range(rule.months_after):
            month = month.next
        day = _day_in(month, rule.day)
        return day if rule.inclusive else day - _DAY

    def _why(self, period: Period, due: date) -> str:
        nominal = self._nominal(period)
        name = self.names.get(nominal, f"周{WEEKDAYS[nominal.weekday()]}")
        if due != nominal:
            moved = "顺延" if due > nominal else "提前"
            return f"{nominal.month}月{nominal.day}日遇{name}，{moved}到{short_date(due)}"
        if not self.calendar.is_workday(nominal):
            return f"{nominal.month}月{nominal.day}日遇{name}，按规则不变"
        if nominal in self.names:
            return f"{nominal.month}月{nominal.day}日{name}，照常截止"
        return f"{short_date(nominal)}为工作日"


def periods_to_open(reckoner: Reckoner, today: date) -> Iterator[Period]:
    """Give the months whose opening day has come and that nobody has opened, the oldest first.

    After the last month there is; on a site without any, the latest that can still be handed in.
    """
    last = (
        Call.objects.filter(kind=CallKind.MONTHLY)
        .order_by("-period")
        .values_list("period", flat=True)
        .first()
    )
    period = Period.parse(last).next if last else _first(reckoner, today)
    while reckoner.opening(period) <= today:
        yield period
        period = period.next


def _first(reckoner: Reckoner, today: date) -> Period:
    """Give the oldest month that is not over yet on a site that begins."""
    period = Period.month_of(today)
    for _ in range(reckoner.rules.rule.months_after + 1):
        period = period.previous
    while reckoner.calendar.due_day(period, reckoner.rules.rule) < today:
        period = period.next
    return period


def _day_in(month: Period, day: int) -> date:
    return date(month.year, month.last_month, min(day, monthrange(month.year, month.last_month)[1]))


def last_day(call: Call) -> date:
    """Give the last day on which anybody may still be in time, extensions included."""
    extended = call.submissions.filter(extended_to__isnull=False)
    days = extended.values_list("extended_to", flat=True)
    return max([call.due, *(day for day in days if day is not None)])
