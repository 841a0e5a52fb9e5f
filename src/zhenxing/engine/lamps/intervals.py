"""Stretches of a measure with open or closed ends, exactly, on real or whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from zhenxing.kernel.wording import number

INFINITY = Decimal("Infinity")
ONE = Decimal(1)

Cut = tuple[Decimal, int]  # a number and the side of it: 0 just before, 1 just after


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The numbers between two cuts; empty unless low lies before high.

    >>> Interval.of(above=Decimal(-10), below=Decimal(0)).words()
    '大于−10且小于0'
    >>> Interval.of(above=Decimal(0), below=Decimal(3), whole=True).words(whole=True)
    '为1至2'
    """

    low: Cut
    high: Cut

    @classmethod
    def of(
        cls,
        *,
        at_least: Decimal | None = None,
        above: Decimal | None = None,
        at_most: Decimal | None = None,
        below: Decimal | None = None,
        whole: bool = False,
    ) -> Interval:
        """Build an interval from its bounds, one low and one high at most; none is unbounded.

        whole: only whole numbers are meant, so 大于0 begins at 1.
        """
        low: Cut = (-INFINITY, 0)
        high: Cut = (INFINITY, 1)
        if at_least is not None:
            low = (at_least, 0)
        elif above is not None:
            low = (above, 1)
        if at_most is not None:
            high = (at_most, 1)
        elif below is not None:
            high = (below, 0)
        return cls(_whole_cut(low), _whole_cut(high)) if whole else cls(low, high)

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        return self.low >= self.high

    def holds(self, value: Decimal) -> bool:
        """Say whether the number lies in it.

        >>> Interval.of(at_least=Decimal(0)).holds(Decimal(0))
        True
        """
        return self.low <= (value, 0) < self.high

    def common(self, other: Interval) -> Interval:
        """Return what lies in both; it may be empty."""
        return Interval(max(self.low, other.low), min(self.high, other.high))

    def words(self, *, whole: bool = False) -> str:
        """Say the interval exactly, in Chinese."""
        return _whole_words(self) if whole else _real_words(self)


def holes(domain: Interval, bands: Iterable[Interval]) -> list[Interval]:
    """Return the stretches of the domain that no band covers, in order.

    >>> upper, lower = Interval.of(at_least=Decimal(0)), Interval.of(at_most=Decimal(-10))
    >>> [hole.words() for hole in holes(Interval.of(), [upper, lower])]
    ['大于−10且小于0']
    """
    found = []
    reached = domain.low
    for band in sorted(band.common(domain) for band in bands):
        gap = Interval(reached, band.low)
        if not band.is_empty and not gap.is_empty:
            found.append(gap)
        reached = max(reached, band.high) if not band.is_empty else reached
    rest = Interval(reached, domain.high)
    return found if rest.is_empty else [*found, rest]


def overlaps(domain: Interval, bands: Sequence[Interval]) -> list[tuple[int, int, Interval]]:
    """Return each pair of bands (by number) that share a stretch of the domain, and the stretch.

    >>> low, high = Interval.of(at_most=Decimal(3)), Interval.of(at_least=Decimal(3))
    >>> [(i, j, shared.words()) for i, j, shared in overlaps(Interval.of(), [low, high])]
    [(0, 1, '等于3')]
    """
    pairs = []
    for first, band in enumerate(bands):
        for second in range(first + 1, len(bands)):
            shared = band.common(bands[second]).common(domain)
            if not shared.is_empty:
                pairs.append((first, second, shared))
    return pairs


def _whole_cut(cut: Cut) -> Cut:
    value, after = cut
    if not value.is_finite():
        return value, 0
    if after:
        return value.to_integral_value(ROUND_FLOOR) + ONE, 0
    return value.to_integral_value(ROUND_CEILING), 0


def _real_words(interval: Interval) -> str:
    (low, after_low), (high, after_high) = interval.low, interval.high
    if low == high:
        return f"等于{number(low)}"
    parts = []
    if low.is_finite():
        parts.append(f"{'大于' if after_low else '不小于'}{number(low)}")
    if high.is_finite():
        parts.append(f"{'不大于' if after_high else '小于'}{number(high)}")
    return "且".join(parts) or "为任何数"


def _whole_words(interval: Interval) -> str:
    low, last = interval.low[0], interval.high[0] - ONE
    if low == last:
        return f"为{number(low)}"
    if low.is_finite() and last.is_finite():
        return f"为{number(low)}至{number(last)}"
    if low.is_finite():
        return f"为{number(low)}及以上"
    return f"为{number(last)}及以下" if last.is_finite() else "为任何整数"
