"""How dates and numbers are written for Chinese readers. Rounding happens here, last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from zhenxing.kernel.rounding import half_up

MINUS = "\N{MINUS SIGN}"
_WEEKDAYS = "一二三四五六日"


def chinese_date(day: date) -> str:
    """Write a date with its weekday.

    >>> chinese_date(date(2023, 10, 25))
    '2023年10月25日（周三）'
    """
    return f"{day.year}年{short_date(day)}"


def short_date(day: date) -> str:
    """Write a date with its weekday and without its year.

    >>> short_date(date(2023, 10, 25))
    '10月25日（周三）'
    """
    return f"{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def months_of_year(months: Iterable[int]) -> str:
    """Write month numbers (1–12, any order), neighbours drawn together.

    >>> months_of_year([5, 1, 3, 2])
    '1—3月、5月'
    """
    runs: list[list[int]] = []
    for month in sorted(set(months)):
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return "、".join(f"{run[0]}月" if len(run) == 1 else f"{run[0]}—{run[-1]}月" for run in runs)


def number(value: Decimal, places: int | None = None) -> str:
    """Write a number with thousands commas and a true minus sign.

    With `places` it is rounded half up to that many decimals; without, it is written as it is, less
    its trailing zeros.

    >>> number(Decimal("1900")), number(Decimal("-1234.50")), number(Decimal("0.125"), 2)
    ('1,900', '−1,234.5', '0.13')
    """
    shown = value if places is None else half_up(value, places)
    digits = f"{shown.copy_abs():,f}"
    if places is None and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f"{MINUS}{digits}" if shown < 0 else digits


def signed(value: Decimal, places: int = 2) -> str:
    """Write a number with its sign; zero, and what rounds to it, carries none.

    >>> signed(Decimal("42.3087")), signed(Decimal("-12.92")), signed(Decimal("-0.001"))
    ('+42.31', '−12.92', '0.00')
    """
    shown = half_up(value, places)
    return f"+{number(shown, places)}" if shown > 0 else number(shown, places)


def percent(value: Decimal, places: int = 2) -> str:
    """Write a percentage; 100 is the whole.

    >>> percent(Decimal("125.642"))
    '125.64%'
    """
    return f"{number(value, places)}%"


def points(value: Decimal, places: int = 2) -> str:
    """Write a difference of two percentages, signed.

    >>> points(Decimal("-12.9233"))
    '−12.92个百分点'
    """
    return f"{signed(value, places)}个百分点"
