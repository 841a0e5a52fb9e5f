"""The arithmetic of a made-up year: spreading a total over months, walking between known levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise
from random import Random

from zhenxing.kernel.rounding import divide, half_up

HUNDRED = Decimal(100)
_STEPS = 1000


class Dice:
    """Chance that is the same on every machine: whole numbers drawn for one subject.

    >>> Dice("heshan", "fai", "T01").between(Decimal(0), Decimal(10)) == Dice(
    ...     "heshan", "fai", "T01"
    ... ).between(Decimal(0), Decimal(10))
    True
    """

    def __init__(self, *subject: str) -> None:
        """Seed the draws with what they are for, so that one indicator moves no other."""
        self._random = Random("/".join(subject))  # noqa: S311  # made-up figures, no secret

    def between(self, low: Decimal, high: Decimal) -> Decimal:
        """Draw a number in steps of a thousandth of the span, both ends included."""
        return low + (high - low) * self._random.randint(0, _STEPS) / _STEPS

    def around(self, spread: Decimal) -> Decimal:
        """Draw a factor around 1, at most so many percent away."""
        return 1 + self.between(-spread, spread) / HUNDRED

    def one_in(self, count: int) -> bool:
        """Say yes once in so many times."""
        return self._random.randint(1, count) == 1

    def pick(self, items: Sequence[str]) -> str:
        """Take one of the items."""
        return items[self._random.randint(0, len(items) - 1)]


def cumulated(weights: Sequence[Decimal], anchors: Mapping[int, Decimal]) -> list[Decimal]:
    """Spread a year over its months so that each anchored month ends at its value.

    weights: one for each month, not negative. anchors: values by month (1 is January), rising.
    Between two anchors the rise follows the weights; where they are all zero it comes at the end.
    Returns the running totals up to the last anchor.

    >>> weights = [Decimal(1), Decimal(3), Decimal(0)]
    >>> [str(each) for each in cumulated(weights, {2: Decimal(8), 3: Decimal(9)})]
    ['2', '8', '9']
    """
    path: list[Decimal] = []
    for (start, low), (end, high) in pairwise([(0, Decimal(0)), *sorted(anchors.items())]):
        parts = weights[start:end]
        if not any(parts):
            parts = [Decimal(0)] * (end - start - 1) + [Decimal(1)]
        whole = sum(parts, Decimal(0))
        path += [low + divide((high - low) * part, whole) for part in accumulate(parts)]
    return path


def walked(anchors: Mapping[int, Decimal], sway: Sequence[Decimal]) -> list[Decimal]:
    """Walk straight from level to level, swaying in between by the given factors.

    anchors: levels by month; the first must be month 1. sway: a factor for each month, used where
    no level is anchored. Returns the levels up to the last anchor.

    >>> [str(each) for each in walked({1: Decimal(2), 3: Decimal(4)}, [Decimal(1)] * 3)]
    ['2', '3', '4']
    """
    path: list[Decimal] = []
    points = sorted(anchors.items())
    for (start, low), (end, high) in pairwise(points):
        rise = divide(high - low, Decimal(end - start))
        path += [
            (low + rise * (month - start)) * (1 if month == start else sway[month - 1])
            for month in range(start, end)
        ]
    return [*path, points[-1][1]]


def round_number(value: Decimal) -> Decimal:
    """Round to what an office would set as a target: three leading digits, at least 1.

    >>> [str(round_number(Decimal(each))) for each in ("8613", "17.4", "0.2")]
    ['8610', '17', '1']
    """
    step = Decimal(1)
    while value / step >= 1000:  # noqa: PLR2004  # three leading digits are kept
        step *= 10
    return max(half_up(value / step, 0) * step, Decimal(1))
