"""Working days: the State Council's yearly arrangement (放假调休) as editable exceptions.

Without an exception Monday to Friday are working days. A year whose arrangement is not announced
yet is reckoned by weekdays alone; `unannounced` says so, and whoever shows a day shows that too.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from zhenxing.kernel.periods import LAST_OF_YEAR, Period
from zhenxing.kernel.problems import Problem

OnRestDay = Literal["next", "previous", "keep"]

_DAY = timedelta(days=1)
_SATURDAY = 5
_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class DueRule:
    """By which day something is due in (or after) a period's last month.

    day: 1–31, cut to the month's length. inclusive: whether that day still counts (25日前，含25日);
    otherwise the last good day is the one before. on_rest_day: where a due day that is no working
    day goes. months_after: 0 for the period's own last month, 1 for the next one (次月5日前).

    Raises ValueError for a day outside 1–31 or a negative number of months.

    >>> DueRule().label
    '当月25日前（含当日），逢休息日顺延到下一工作日'
    """

    day: int = 25
    inclusive: bool = True
    on_rest_day: OnRestDay = "next"
    months_after: int = 0

    def __post_init__(self) -> None:
        """Refuse a day that no month has."""
        if not 1 <= self.day <= _LONGEST_MONTH or self.months_after < 0:
            raise ValueError(f"截止日{self.day}日（后推{self.months_after}个月）不对；请写1—31日。")

    @property
    def label(self) -> str:
        """The rule in Chinese words."""
        month = (
            ("当月", "次月")[self.months_after]
            if self.months_after <= 1
            else (f"{self.months_after}个月后")
        )
        counts = "含当日" if self.inclusive else "不含当日"
        rest = {
            "next": "逢休息日顺延到下一工作日",
            "previous": "逢休息日提前到上一工作日",
            "keep": "逢休息日不变",
        }[self.on_rest_day]
        return f"{month}{self.day}日前（{counts}），{rest}"


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """A calendar of working days.

    days: the exceptions; True is a weekend day worked to make up (调休上班), False a holiday.
    announced: the years whose arrangement has been published.
    Source of the rule: the yearly holiday notice of the State Council's general office.

    >>> calendar = WorkCalendar({date(2023, 9, 29): False, date(2023, 10, 7): True}, {2023})
    >>> calendar.is_workday(date(2023, 10, 7)), calendar.is_workday(date(2023, 9, 29))
    (True, False)
    """

    days: Mapping[date, bool] = field(default_factory=dict)
    announced: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Keep our own copies, so that a later change outside moves no deadline."""
        object.__setattr__(self, "days", MappingProxyType(dict(self.days)))
        object.__setattr__(self, "announced", frozenset(self.announced))

    def is_workday(self, day: date) -> bool:
        """Say whether people work that day.

        >>> WorkCalendar().is_workday(date(2023, 10, 21))
        False
        """
        return self.days.get(day, day.weekday() < _SATURDAY)

    def workdays_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`.

        Negative when `end` lies before `start`: minus the working days gone by since.

        >>> WorkCalendar().workdays_between(date(2023, 10, 20), date(2023, 10, 25))
        3
        >>> WorkCalendar().workdays_between(date(2023, 10, 25), date(2023, 10, 20))
        -3
        """
        if end < start:
            return -self.workdays_between(end, start)
        span = (end - start).days
        return sum(self.is_workday(start + _DAY * step) for step in range(1, span + 1))

    def add(self, day: date, workdays: int) -> date:
        """Return the n-th working day after `day` (before it for a negative n; itself for 0).

        >>> WorkCalendar().add(date(2023, 10, 20), 1)
        datetime.date(2023, 10, 23)
        """
        step = _DAY if workdays > 0 else -_DAY
        for _ in range(abs(workdays)):
            day = self._nearest(day + step, step)
        return day

    def is_announced(self, year: int) -> bool:
        """Say whether the year's arrangement has been published.

        >>> WorkCalendar(announced=frozenset({2023})).is_announced(2024)
        False
        """
        return year in self.announced

    def unannounced(self, start: date, end: date) -> Problem | None:
        """Return a warning when the stretch touches a year without an arrangement, else None.

        >>> WorkCalendar().unannounced(date(2023, 12, 28), date(2024, 1, 3)).sentence
        '工作日历：2023、2024年放假安排尚未录入，只按周一至周五推算；请在公布后录入放假安排，再核对截止日。'
        """
        first, last = sorted((start.year, end.year))
        years = [str(year) for year in range(first, last + 1) if not self.is_announced(year)]
        if not years:
            return None
        return Problem(
            "工作日历",
            f"{'、'.join(years)}年放假安排尚未录入，只按周一至周五推算",
            "请在公布后录入放假安排，再核对截止日",
            "warning",
        )

    def due_day(self, period: Period, rule: DueRule) -> date:
        """Return the last day on which something for the period is in time.

        >>> WorkCalendar().due_day(Period.parse("2023-11"), DueRule(day=25))
        datetime.date(2023, 11, 27)
        """
        years, month = divmod(period.last_month - 1 + rule.months_after, LAST_OF_YEAR)
        year, month = period.year + years, month + 1
        due = date(year, month, min(rule.day, monthrange(year, month)[1]))
        if not rule.inclusive:
            due -= _DAY
        if rule.on_rest_day == "keep":
            return due
        return self._nearest(due, _DAY if rule.on_rest_day == "next" else -_DAY)

    def _nearest(self, day: date, step: timedelta) -> date:
        while not self.is_workday(day):
            day += step
        return day
