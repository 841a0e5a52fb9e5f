"""Targets broken down (分解) over months, quarters, units, groups, persons; the rest is shown.

Source of the rule: the first source document lets each group break its indicators into month and
quarter tasks. Parts are rounded half up one by one at the indicator's decimals; what is left over
is a line of its own, never hidden and never spread over the parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from itertools import accumulate, pairwise
from typing import Final, Literal

from zhenxing.engine.curves import LINEAR, Curve
from zhenxing.kernel.rounding import WIDE, half_up

Manner = Literal["sum", "path", "each"]
"""How parts make up a target: they add up, they lead up to it, or each is held to it alone."""

QUARTERS: Final = 4
MONTHS_OF_A_QUARTER: Final = 3
_ZERO = Decimal(0)


class SplitError(ValueError):
    """Weights that split nothing; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of a target in the order of their weights, and what they leave over.

    The sum of parts and remainder is the target to the last digit. The remainder is negative where
    rounding gave out more than there is.
    """

    parts: tuple[Decimal, ...]
    remainder: Decimal


def split(whole: Decimal, weights: Sequence[Decimal], places: int) -> Split:
    """Split a target by weights (any scale, none negative), each part half up to `places`.

    Raises `SplitError` for weights that are negative or come to nothing.

    >>> split(Decimal(100), [Decimal(1)] * 3, 0)
    Split(parts=(Decimal('33'), Decimal('33'), Decimal('33')), remainder=Decimal('1'))
    """
    total = added(weights)
    if total <= 0 or min(weights) < 0:
        raise SplitError("分解的份额合计为零或有负数；请至少给一处写上正的份额。")
    shares = (WIDE.divide(WIDE.multiply(whole, weight), total) for weight in weights)
    parts = tuple(half_up(share, places) for share in shares)
    return Split(parts, remainder(whole, parts))


def by_curve(whole: Decimal, places: int, curve: Curve = LINEAR) -> Split:
    """Split a year's target over its twelve months as the plan curve goes.

    >>> by_curve(Decimal(1900), 0).parts[:3], by_curve(Decimal(1900), 0).remainder
    ((Decimal('158'), Decimal('158'), Decimal('158')), Decimal('4'))
    """
    steps = pairwise((_ZERO, *curve.shares))
    return split(whole, [WIDE.subtract(late, early) for early, late in steps], places)


def path(whole: Decimal, places: int, curve: Curve = LINEAR) -> Split:
    """Give the level to be reached by each month's end, for what is no flow; the last is the aim.

    The remainder is what the last level still lacks, from rounding alone.

    >>> path(Decimal(90000), 0).parts[5], path(Decimal(90000), 0).remainder
    (Decimal('45000'), Decimal('0'))
    """
    shares = (WIDE.divide(WIDE.multiply(whole, share), Decimal(100)) for share in curve.shares)
    levels = tuple(half_up(share, places) for share in shares)
    return Split(levels, WIDE.subtract(whole, levels[-1]))


def added(parts: Iterable[Decimal]) -> Decimal:
    """Add exactly, whatever the caller's decimal context is.

    >>> added([Decimal("0.1"), Decimal("0.2")])
    Decimal('0.3')
    """
    return reduce(WIDE.add, parts, _ZERO)


def remainder(whole: Decimal, parts: Iterable[Decimal]) -> Decimal:
    """Return what parts that add up leave of the target; negative where they exceed it.

    >>> remainder(Decimal(10000), [Decimal(4000), Decimal(6500)])
    Decimal('-500')
    """
    return WIDE.subtract(whole, added(parts))


def left_over(manner: Manner, whole: Decimal, parts: Sequence[Decimal]) -> Decimal | None:
    """Return what parts leave of a target in their manner; None where nothing can be left.

    Parts on a path leave what their last one lacks; parts that each stand alone leave nothing.

    >>> [left_over(m, Decimal(10), [Decimal(4), Decimal(9)]) for m in ("sum", "path", "each")]
    [Decimal('-3'), Decimal('1'), None]
    """
    if manner == "sum":
        return remainder(whole, parts)
    if manner == "path":
        return WIDE.subtract(whole, parts[-1] if parts else _ZERO)
    return None


def to_date(manner: Manner, months: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return what is due by each month's end: sums of months that add up, else the levels.

    >>> to_date("sum", [Decimal(3), Decimal(4)]), to_date("path", [Decimal(3), Decimal(4)])
    ((Decimal('3'), Decimal('7')), (Decimal('3'), Decimal('4')))
    """
    if manner == "sum":
        return tuple(accumulate(months, WIDE.add))
    return tuple(months)


def quarters(manner: Manner, months: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return the four quarters that twelve months make: their sums, or their last levels.

    >>> quarters("sum", [Decimal(1)] * 12), quarters("path", list(map(Decimal, range(1, 13))))[:2]
    ((Decimal('3'), Decimal('3'), Decimal('3'), Decimal('3')), (Decimal('3'), Decimal('6')))
    """
    starts = range(0, QUARTERS * MONTHS_OF_A_QUARTER, MONTHS_OF_A_QUARTER)
    threes = [months[start : start + MONTHS_OF_A_QUARTER] for start in starts]
    return tuple(added(three) if manner == "sum" else three[-1] for three in threes)
