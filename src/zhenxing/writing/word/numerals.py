"""The numerals of headings, counted as the paper goes on."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_LAST = 99


def chinese(number: int) -> str:
    """Write 1 to 99 as the standard's ordinals do; beyond, in Arabic figures.

    >>> [chinese(number) for number in (1, 10, 11, 20, 42, 100)]
    ['一', '十', '十一', '二十', '四十二', '100']
    """
    if number > _LAST:
        return str(number)
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")


class Numerals:
    """A count for each level; a heading starts the levels below it anew.

    >>> numerals = Numerals()
    >>> [numerals.next(level) for level in (1, 2, 2, 3, 4, 1, 2)]
    ['一、', '（一）', '（二）', '1.', '（1）', '二、', '（一）']
    """

    def __init__(self) -> None:
        self._counts = [0, 0, 0, 0]

    def next(self, level: int) -> str:
        """Count one heading of a level and return its numeral with its punctuation."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        count = self._counts[level - 1]
        return {1: f"{chinese(count)}、", 2: f"（{chinese(count)}）", 3: f"{count}."}.get(
            level, f"（{count}）"
        )
