"""Which month a page is asked for, and as known on which day: read from the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from zhenxing.kernel.periods import Period, PeriodError
from zhenxing.web.errors import Refusal

if TYPE_CHECKING:
    from zhenxing.web.http import Request

# Pages look a year back and a month ahead of what they are asked for.
EARLIEST, LATEST = 2000, 2099


@dataclass(frozen=True)
class Asked:
    """A month, and the business day whose knowledge counts; `is_past` when that day was chosen."""

    month: Period
    day: date
    is_past: bool

    @property
    def keep(self) -> str:
        """The part of an address that carries the same question to another page."""
        words = {"period": str(self.month)} | ({"as_of": str(self.day)} if self.is_past else {})
        return urlencode(words)

    def at(self, month: Period) -> str:
        """Give the same address part for another month."""
        return Asked(month, self.day, self.is_past).keep

    @property
    def earlier(self) -> str:
        """The address part of the month before."""
        return self.at(self.month.previous)

    @property
    def later(self) -> str:
        """The address part of the month after."""
        return self.at(self.month.next)


def asked(request: Request) -> Asked:
    """Read `period` and `as_of`; the last month that is over and today where they are left out.

    A day after the business date is refused: nothing can be known of it.
    """
    today = request.moment.business_date
    day = _day(request.GET.get("as_of", ""), today)
    text = request.GET.get("period", "").strip()
    if not text:
        return Asked(Period.month_of(day).previous, day, day != today)
    return Asked(month_named(text), day, day != today)


def month_named(text: str) -> Period:
    """Read a month's key; a longer period is taken by the month it closes with."""
    try:
        period = Period.parse(text)
    except PeriodError as error:
        raise Refusal(400, "期间看不懂", str(error).rstrip("。"), "请写成2023-09这样") from error
    if not EARLIEST <= period.year <= LATEST:
        raise _out_of_range("期间", text)
    return Period.month(period.year, period.last_month)


def _day(text: str, today: date) -> date:
    if not text.strip():
        return today
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise Refusal(400, "日期看不懂", f"「{text}」不是日期", "请写成2023-09-30这样") from error
    if day > today:
        raise Refusal(
            400,
            "这一天还没有到",
            f"业务日期是{today}，{day}的情况还无从知道",
            "请选今天或更早的一天",
        )
    if day.year < EARLIEST:
        raise _out_of_range("日期", text)
    return day


def _out_of_range(what: str, text: str) -> Refusal:
    why = f"「{text}」不在{EARLIEST}年至{LATEST}年之间"
    return Refusal(400, f"{what}超出范围", why, f"请改{what}")
