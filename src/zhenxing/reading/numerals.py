"""Chinese numerals: 六千五百三十六, 两亿一千万, 二〇二三, and mixtures such as 1万2千."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {"零": 0, "\u3007": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6,
          "七": 7, "八": 8, "九": 9}  # fmt: skip
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
MAGNITUDES = {**SMALL, **LARGE}
NUMERAL = "零〇一二两三四五六七八九十百千万亿"


def chinese_number(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral, or None where the characters make no number.

    A row of digits alone is read by place (二〇二三). 点 makes decimals.

    >>> chinese_number("六千五百三十六"), chinese_number("两亿一千万"), chinese_number("十二点五")
    (Decimal('6536'), Decimal('210000000'), Decimal('12.5'))
    >>> chinese_number("二〇二三"), chinese_number("一万二"), chinese_number("百千")
    (Decimal('2023'), Decimal('12000'), None)
    >>> chinese_number("百亿"), chinese_number("万")
    (Decimal('10000000000'), None)
    """
    whole, _, decimals = text.partition("点")
    if decimals and not all(char in DIGITS for char in decimals):
        return None
    value = _places(whole) if all(char in DIGITS for char in whole) else _sections(whole)
    if value is None:
        return None
    tail = "".join(str(DIGITS[char]) for char in decimals)
    return Decimal(f"{value}.{tail}") if tail else Decimal(value)


def magnitude(text: str) -> int:
    """Multiply a run of magnitudes out: 万 is 10000, 百万 a million; nothing is one.

    >>> magnitude("千万"), magnitude("")
    (10000000, 1)
    """
    product = 1
    for char in text:
        product *= MAGNITUDES[char]
    return product


def _places(text: str) -> int | None:
    return int("".join(str(DIGITS[char]) for char in text)) if text else None


def _sections(text: str) -> int | None:
    """Read by 亿 and 万, each section by 千, 百, 十; sizes must fall."""
    total = section = 0
    pending: int | None = None
    last_large = 10**13
    last_small = 10**4
    for char in text:
        if char in DIGITS:
            if pending:
                return None
            pending = DIGITS[char]
        elif char in SMALL:
            size = SMALL[char]
            if size >= last_small or (
                pending is None and (section or (size > SMALL["十"] and total))
            ):
                return None
            section += (1 if pending is None else pending) * size
            pending, last_small = None, size
        elif char in LARGE:
            size = LARGE[char]
            section += pending or 0
            if size >= last_large or not section:
                return None
            total += section * size
            section, pending, last_small, last_large = 0, None, 10**4, size
        else:
            return None
    return total + section + _last(text, pending)


def _last(text: str, pending: int | None) -> int:
    """Read the last digit; 一万二 means 12000, because no 零 stands before the digit."""
    before = text[-2:-1]
    if pending and before in {"百", "千", "万", "亿"}:
        return pending * MAGNITUDES[before] // 10
    return pending or 0
