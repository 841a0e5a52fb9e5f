"""Reporting periods: year, half, quarter, month and the merged January–February.

Statistics speak of periods, not of days, and most monthly figures are cumulative from January, so
a period is known by where it ends and how many months it spans.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
LAST_OF_YEAR = 12

_KEY = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])|(?P<merged>01\.\.02)))?"
)
_HALVES = ("上半年", "下半年")
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
_FORMS = "2023、2023-H1、2023-Q3、2023-09、2023-01..02"


class PeriodError(ValueError):
    """A text or a number that names no period; the message is Chinese and says what to write."""


class Kind(StrEnum):
    """The five kinds of period.

    >>> [kind.value for kind in Kind]
    ['year', 'half', 'quarter', 'month', 'jan_feb']
    """

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    JAN_FEB = "jan_feb"


_SPANS = {
    Kind.YEAR: LAST_OF_YEAR,
    Kind.HALF: 6,
    Kind.QUARTER: 3,
    Kind.MONTH: 1,
    Kind.JAN_FEB: 2,
}
_KINDS = {span: kind for kind, span in _SPANS.items()}


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A reporting period; immutable, hashable, ordered by its end and then by its length.

    A month comes before the quarter, half or year that ends with it, so the greatest of several
    periods is the one that says most. Build one with `parse` or the named class methods; the plain
    constructor takes the year, the last month (1–12) and the number of months (1, 2, 3, 6, 12).

    Raises `PeriodError` for anything that is no period. Source of the kinds: the release calendar
    of official statistics (January has no investment figure: January–February are merged).

    >>> Period.parse("2023-Q3").months
    (7, 8, 9)
    >>> Period.month(2023, 9) < Period.quarter(2023, 3) < Period.month(2023, 10)
    True
    """

    year: int
    last_month: int
    span: int

    def __post_init__(self) -> None:
        """Refuse what is no period."""
        kind = _KINDS.get(self.span)
        if not EARLIEST_YEAR <= self.year <= LATEST_YEAR:
            raise PeriodError(
                f"年份{self.year}不在{EARLIEST_YEAR}—{LATEST_YEAR}之间；请核对期别的年份。"
            )
        if kind is None or not _ends_well(kind, self.last_month, self.span):
            raise PeriodError(
                f"没有以{self.last_month}月为末、共{self.span}个月的期别；请写成{_FORMS}之一。"
            )

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period key; raises `PeriodError` with a Chinese message for any other text.

        >>> str(Period.parse("2023-01..02"))
        '2023-01..02'
        >>> Period.parse("2023年9月")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        zhenxing.kernel.periods.PeriodError: 期别「2023年9月」不认识；请写成2023、2023-H1、...之一。
        """
        return _parsed(text)

    @classmethod
    def whole_year(cls, year: int) -> Period:
        """Return the calendar year (named so because `.year` is the number).

        >>> str(Period.whole_year(2023))
        '2023'
        """
        return cls(year, LAST_OF_YEAR, _SPANS[Kind.YEAR])

    @classmethod
    def half(cls, year: int, half: int) -> Period:
        """Return half-year 1 or 2.

        >>> Period.half(2023, 1).label
        '2023年上半年'
        """
        return cls(year, half * _SPANS[Kind.HALF], _SPANS[Kind.HALF])

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """Return quarter 1–4.

        >>> Period.quarter(2023, 3).last_month
        9
        """
        return cls(year, quarter * _SPANS[Kind.QUARTER], _SPANS[Kind.QUARTER])

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """Return month 1–12.

        >>> Period.month(2023, 9).first_day
        datetime.date(2023, 9, 1)
        """
        return cls(year, month, _SPANS[Kind.MONTH])

    @classmethod
    def jan_feb(cls, year: int) -> Period:
        """Return the merged January–February.

        >>> Period.jan_feb(2023).label
        '2023年1—2月'
        """
        return cls(year, 2, _SPANS[Kind.JAN_FEB])

    @classmethod
    def month_of(cls, day: date) -> Period:
        """Return the month a day lies in.

        >>> str(Period.month_of(date(2023, 10, 20)))
        '2023-10'
        """
        return cls.month(day.year, day.month)

    def __str__(self) -> str:
        """Give back the key that `parse` reads."""
        match self.kind:
            case Kind.YEAR:
                return f"{self.year}"
            case Kind.JAN_FEB:
                return f"{self.year}-01..02"
            case Kind.MONTH:
                return f"{self.year}-{self.last_month:02}"
            case _:
                letter = "H" if self.kind is Kind.HALF else "Q"
                return f"{self.year}-{letter}{self.last_month // self.span}"

    @property
    def kind(self) -> Kind:
        """The kind of the period."""
        return _KINDS[self.span]

    @property
    def first_day(self) -> date:
        """The first day of the period."""
        return date(self.year, self.last_month - self.span + 1, 1)

    @property
    def last_day(self) -> date:
        """The last day of the period.

        >>> Period.parse("2024-02").last_day
        datetime.date(2024, 2, 29)
        """
        return date(self.year, self.last_month, monthrange(self.year, self.last_month)[1])

    @property
    def months(self) -> tuple[int, ...]:
        """The month numbers (1–12) of the period, in order."""
        return tuple(range(self.last_month - self.span + 1, self.last_month + 1))

    @property
    def label(self) -> str:
        """The name readers know.

        >>> [Period.parse(key).label for key in ("2023-09", "2023-Q3", "2023")]
        ['2023年9月', '2023年三季度', '2023年']
        """
        return f"{self.year}年{self.label_in_year}"

    @property
    def label_in_year(self) -> str:
        """The name without its year; empty for a whole year.

        >>> Period.parse("2023-Q3").label_in_year
        '三季度'
        """
        match self.kind:
            case Kind.YEAR:
                return ""
            case Kind.HALF:
                return _HALVES[self.last_month // self.span - 1]
            case Kind.QUARTER:
                return _QUARTERS[self.last_month // self.span - 1]
            case Kind.MONTH:
                return f"{self.last_month}月"
            case _:
                return "1—2月"

    @property
    def to_date_label(self) -> str:
        """The name of the stretch from January to the end of the period.

        >>> [Period.parse(key).to_date_label for key in ("2023-09", "2023-Q3", "2023-01", "2023")]
        ['2023年1—9月', '2023年1—9月', '2023年1月', '2023年']
        """
        if self.kind is Kind.YEAR:
            return self.label
        months = "1月" if self.last_month == 1 else f"1—{self.last_month}月"
        return f"{self.year}年{months}"

    @property
    def previous(self) -> Period:
        """The period of the same kind that ends the day before this one begins.

        January–February stands among months: December comes before it.

        >>> str(Period.parse("2023-Q1").previous), str(Period.jan_feb(2023).previous)
        ('2022-Q4', '2022-12')
        """
        if self.kind is Kind.JAN_FEB:
            return Period.month(self.year - 1, LAST_OF_YEAR)
        return self._moved(-self.span)

    @property
    def next(self) -> Period:
        """The period of the same kind that begins the day after this one ends.

        >>> str(Period.parse("2023-12").next), str(Period.jan_feb(2023).next)
        ('2024-01', '2023-03')
        """
        if self.kind is Kind.JAN_FEB:
            return Period.month(self.year, self.last_month + 1)
        return self._moved(self.span)

    @property
    def last_year(self) -> Period:
        """The same period one year before.

        >>> str(Period.parse("2023-H1").last_year)
        '2022-H1'
        """
        return Period(self.year - 1, self.last_month, self.span)

    def contains(self, day: date) -> bool:
        """Say whether the day lies in the period, both ends included.

        >>> Period.parse("2023-Q3").contains(date(2023, 9, 30))
        True
        """
        return self.first_day <= day <= self.last_day

    def is_over(self, today: date) -> bool:
        """Say whether the last day has gone by; a figure given earlier can only be a flash.

        >>> Period.parse("2023-10").is_over(date(2023, 10, 31))
        False
        """
        return today > self.last_day

    def _moved(self, months: int) -> Period:
        year, month = divmod(self.year * LAST_OF_YEAR + self.last_month - 1 + months, LAST_OF_YEAR)
        return Period(year, month + 1, self.span)


@lru_cache(maxsize=1024)  # a county's forty thousand figures carry a few dozen keys
def _parsed(text: str) -> Period:
    match = _KEY.fullmatch(text)
    if match is None:
        raise PeriodError(f"期别「{text}」不认识；请写成{_FORMS}之一。")
    year = int(match["year"])
    if match["merged"]:
        return Period.jan_feb(year)
    named = (("half", Period.half), ("quarter", Period.quarter), ("month", Period.month))
    for name, build in named:
        if match[name]:
            return build(year, int(match[name]))
    return Period.whole_year(year)


def _ends_well(kind: Kind, last_month: int, span: int) -> bool:
    if kind is Kind.JAN_FEB:
        return last_month == span
    return 1 <= last_month <= LAST_OF_YEAR and last_month % span == 0
