"""The release calendar: for which periods an indicator has figures, and when they are published.

Source of the rule: GDP is quarterly, rural income is a quarterly sample, grain comes by harvest,
fixed investment has no January figure (January–February are merged). A figure that is not due yet
is not published, never behind.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal, get_args

from zhenxing.kernel.periods import LAST_OF_YEAR, Period, PeriodError
from zhenxing.kernel.problems import Problem

Frequency = Literal["month", "quarter", "half", "year", "harvest"]

FREQUENCIES: Final[tuple[Frequency, ...]] = get_args(Frequency)
_FREQUENCY_LABELS: Mapping[str, str] = {
    "month": "月度", "quarter": "季度", "half": "半年", "year": "年度", "harvest": "按收获季节",
}  # fmt: skip
_LONGEST_MONTH = 31
_YEARS_BACK = 2  # a yearly figure published a year late is still found
_KEYS = ("frequency", "months", "lag", "day", "january_merged", "fixed")
_WHOLE = re.compile(r"[0-9]{1,3}")


class ReleaseError(ValueError):
    """A calendar that cannot be, or a period that has no figure; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Release:
    """When an indicator's figures exist and appear.

    frequency: how often there is one. months: the closing months (1–12) for which a figure exists;
    needed for "harvest", narrows the others. lag_months, day: published on that day (cut to the
    month's length) so many months after the period's last month. january_merged: January has no
    figure of its own, February's is January–February's. fixed: announced dates by period key.

    Raises `ReleaseError` for a month, day or key that does not exist.

    >>> gdp = Release("quarter", day=20, fixed={"2023-Q3": date(2023, 10, 24)})
    >>> gdp.published_on(Period.parse("2023-Q3")), gdp.published_on(Period.parse("2023-Q2"))
    (datetime.date(2023, 10, 24), datetime.date(2023, 7, 20))
    >>> str(gdp.speaks_for(Period.parse("2023-10"), date(2023, 10, 20)))
    '2023-Q2'
    """

    frequency: Frequency
    months: tuple[int, ...] = ()
    lag_months: int = 1
    day: int = 20
    january_merged: bool = False
    fixed: Mapping[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a calendar that cannot be, and keep our own copy of the dates."""
        faults = _faults(self)
        if faults:
            raise ReleaseError(f"发布日历{'，'.join(faults)}；请核对频率、月份、滞后月数和日。")
        object.__setattr__(self, "fixed", MappingProxyType(dict(self.fixed)))

    @property
    def label(self) -> str:
        """How often, in a Chinese word."""
        return _FREQUENCY_LABELS[self.frequency]

    def periods(self, year: int) -> tuple[Period, ...]:
        """Return the periods of the year that have a figure, in order.

        >>> [str(p) for p in Release("month", january_merged=True).periods(2023)][:2]
        ['2023-01..02', '2023-03']
        """
        return _periods(self.frequency, self.months, year, merged=self.january_merged)

    def exists(self, period: Period) -> bool:
        """Say whether there is a figure for exactly this period.

        >>> Release("month", january_merged=True).exists(Period.parse("2023-01"))
        False
        """
        return period in self.periods(period.year)

    def ending_in(self, month: Period) -> Period | None:
        """Return the period with a figure that closes in the given period's last month, or None.

        >>> str(Release("quarter").ending_in(Period.parse("2023-09")))
        '2023-Q3'
        >>> Release("quarter").ending_in(Period.parse("2023-08")) is None
        True
        """
        latest = self.latest_ending(month)
        return latest if latest and latest.last_month == month.last_month else None

    def latest_ending(self, asked: Period) -> Period | None:
        """Return the year's latest period with a figure that closes by `asked`, published or not.

        >>> str(Release("quarter").latest_ending(Period.parse("2023-10")))
        '2023-Q3'
        """
        closed = [p for p in self.periods(asked.year) if p.last_month <= asked.last_month]
        return closed[-1] if closed else None

    def next_after(self, asked: Period) -> Period:
        """Return the first period with a figure that closes after `asked`.

        >>> str(Release("year").next_after(Period.parse("2023-10")))
        '2023'
        """
        later = [p for p in self.periods(asked.year) if p.last_month > asked.last_month]
        return later[0] if later else self.periods(asked.year + 1)[0]

    def published_on(self, period: Period) -> date:
        """Return the day the period's figure is published.

        Raises `ReleaseError` for a period without a figure.
        """
        if not self.exists(period):
            raise ReleaseError(f"{self.label}指标没有{period.label}的数；请改问有数的期别。")
        announced = self.fixed.get(str(period))
        if announced is not None:
            return announced
        years, month = divmod(period.last_month - 1 + self.lag_months, LAST_OF_YEAR)
        year, month = period.year + years, month + 1
        return date(year, month, min(self.day, monthrange(year, month)[1]))

    def speaks_for(self, asked: Period, today: date) -> Period | None:
        """Return the latest period closing by `asked` whose figure is out on `today`, or None.

        It may lie in an earlier year: in May a yearly figure speaks of the year before.
        """
        for year in range(asked.year, asked.year - _YEARS_BACK - 1, -1):
            for period in reversed(self.periods(year)):
                closes = year < asked.year or period.last_month <= asked.last_month
                if closes and self.published_on(period) <= today:
                    return period
        return None


def read_release(data: Mapping[str, object], where: str) -> tuple[Release | None, list[Problem]]:
    """Read a release calendar as a pack or a database row holds it.

    data: frequency, months, lag, day, january_merged, fixed (period key → date or ISO text); all
    but the frequency may be left out, numbers may be text. Returns the calendar, or None with all
    its problems.

    >>> release, problems = read_release({"frequency": "month", "lag": "1", "day": 18}, "甲")
    >>> release.published_on(Period.parse("2023-09")), problems
    (datetime.date(2023, 10, 18), [])
    >>> read_release({"frequency": "weekly", "dya": 3}, "甲")[1][0].sentence
    '甲：发布日历有不认识的项「dya」；请改用frequency、months、lag、day、january_merged、fixed。'
    """
    problems = [
        Problem(where, f"发布日历有不认识的项「{key}」", f"请改用{'、'.join(_KEYS)}")
        for key in data
        if key not in _KEYS
    ]

    def complain(what: str, next_: str) -> None:
        problems.append(Problem(where, f"发布日历{what}", next_))

    frequency = _frequency(data.get("frequency"))
    if frequency is None:
        complain("缺少频率或频率不认识", f"请把frequency写成{'、'.join(FREQUENCIES)}之一")
    months = _months(data.get("months", ()))
    lag, day = _whole(data.get("lag", 1)), _whole(data.get("day", 20))
    merged = _flag(data.get("january_merged", False))
    fixed = _dates(data.get("fixed", {}))
    if months is None or lag is None or day is None:
        complain("的months、lag或day不是整数", "请写阿拉伯数字，months写成列表")
    if merged is None:
        complain("的january_merged不是真假值", "请写true或false")
    if fixed is None:
        complain("的fixed不是“期别: 日期”", "请写成2023-Q3: 2023-10-24这样")
    if problems:
        return None, problems
    try:
        parts = (frequency, months, lag, day, merged, fixed)
        return Release(*parts), []  # type: ignore[arg-type]  # none is None once no problem is told
    except ReleaseError as error:
        what, _, next_ = str(error).rstrip("。").partition("；")
        return None, [Problem(where, what, next_)]


@lru_cache(maxsize=1024)  # a county page asks some thousand times about a dozen calendars
def _periods(
    frequency: Frequency, months: tuple[int, ...], year: int, *, merged: bool
) -> tuple[Period, ...]:
    match frequency:
        case "year":
            every = [Period.whole_year(year)]
        case "half":
            every = [Period.half(year, half) for half in (1, 2)]
        case "quarter":
            every = [Period.quarter(year, quarter) for quarter in (1, 2, 3, 4)]
        case _:
            every = [Period.month(year, month) for month in range(1, LAST_OF_YEAR + 1)]
    if merged and frequency == "month":
        every[:2] = [Period.jan_feb(year)]
    return tuple(p for p in every if not months or p.last_month in months)


def _faults(release: Release) -> list[str]:
    faults = []
    if release.frequency not in FREQUENCIES:
        faults.append(f"频率「{release.frequency}」不认识")
    if release.frequency == "harvest" and not release.months:
        faults.append("按收获季节却没有写月份")
    if any(not 1 <= month <= LAST_OF_YEAR for month in release.months):
        faults.append("月份不在1—12之间")
    if not 1 <= release.day <= _LONGEST_MONTH or release.lag_months < 0:
        faults.append("日不在1—31之间或滞后月数为负")
    if not faults and not release.periods(2000):
        faults.append("的月份里没有一个有数的期别")
    return faults + [f"的日期「{key}」不是期别" for key in release.fixed if not _is_key(key)]


def _is_key(text: str) -> bool:
    try:
        Period.parse(text)
    except PeriodError:
        return False
    return True


def _frequency(value: object) -> Frequency | None:
    return next((known for known in FREQUENCIES if known == value), None)


def _whole(value: object) -> int | None:
    text = "" if isinstance(value, bool) else str(value)
    return int(text) if _WHOLE.fullmatch(text) else None


def _months(value: object) -> tuple[int, ...] | None:
    if not isinstance(value, list | tuple):
        return None
    months = [_whole(each) for each in value]
    known = tuple(month for month in months if month is not None)
    return known if len(known) == len(months) else None


def _flag(value: object) -> bool | None:
    return {"true": True, "false": False}.get(str(value).lower())


def _dates(value: object) -> dict[str, date] | None:
    if not isinstance(value, Mapping):
        return None
    try:
        return {
            str(key): day if isinstance(day, date) else date.fromisoformat(str(day))
            for key, day in value.items()
        }
    except ValueError:
        return None
