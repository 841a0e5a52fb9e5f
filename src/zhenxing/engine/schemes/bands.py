"""Holes, overlaps and unreachable bands of a measure, told with their exact stretch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhenxing.engine.schemes.scheme import Band

# An end of a stretch: the number, and 0 before it, 1 after it; None is without end.
Point = tuple[Decimal, int]
_LOW: Point = (Decimal("-Infinity"), 0)
_HIGH: Point = (Decimal("Infinity"), 1)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the bands; band: its index, None where no band is at fault."""

    band: int | None
    what: str
    next: str
    is_error: bool


def faults(bands: Sequence[Band], *, covered: bool) -> list[Fault]:
    """Report bands that nothing can reach, that overlap, and holes (unless `covered` by an else).

    The first band that holds gives the points, so `at_least: 100, at_least: 80` is no overlap: a
    later band that is open towards the earlier one means the rest.

    >>> from zhenxing.engine.schemes.reading import SchemeText
    >>> from zhenxing.engine.schemes.rule_loading import read_rule
    >>> text = SchemeText("a.yaml")
    >>> bands = "{tiers: {bands: [{at_least: 90, points: 5}, {below: 80, points: 0}]}}"
    >>> [fault.what for fault in faults(read_rule(text, text.open(bands)).bands, covered=False)]
    ['80（含）至90（不含）没有一档管']
    """
    found: list[Fault] = []
    free: list[tuple[Point, Point]] = [(_LOW, _HIGH)]
    for index, band in enumerate(bands):
        low, high = _ends(band)
        rest = [piece for whole in free for piece in _without(whole, low, high)]
        if rest == free:
            found.append(
                Fault(
                    index,
                    "这一档永远轮不到，前面的档已经管住",
                    "请删去，或核对界限和次序",
                    is_error=True,
                )
            )
        else:
            found += _overlaps(bands, index)
        free = rest
    if not covered:
        found += [
            Fault(None, f"{_words(*hole)}没有一档管", "请补一档，或写else", is_error=False)
            for hole in free
        ]
    return found


def _overlaps(bands: Sequence[Band], index: int) -> list[Fault]:
    band = bands[index]
    low, high = _ends(band)
    found = []
    for earlier, other in enumerate(bands[:index]):
        other_low, other_high = _ends(other)
        shared = max(low, other_low), min(high, other_high)
        # Both bands stop inside each other: neither can be read as "the rest".
        crossing = other_low <= high < other_high and band.high is not None and low < other_low
        mirrored = other_low < low <= other_high and band.low is not None and high > other_high
        if shared[0] < shared[1] and (crossing or mirrored):
            what = f"与第{earlier + 1}档重叠：{_words(*shared)}，按前一档计"
            found.append(Fault(index, what, "请改一处界限，如at_most改为below", is_error=False))
    return found


def _ends(band: Band) -> tuple[Point, Point]:
    low = _LOW if band.low is None else (band.low, int(band.low_open))
    high = _HIGH if band.high is None else (band.high, int(not band.high_open))
    return low, high


def _without(whole: tuple[Point, Point], low: Point, high: Point) -> list[tuple[Point, Point]]:
    start, end = whole
    pieces = [(start, min(end, low)), (max(start, high), end)]
    return [(first, last) for first, last in pieces if first < last]


def _words(low: Point, high: Point) -> str:
    start = f"{low[0]}（{'不含' if low[1] else '含'}）"
    end = f"{high[0]}（{'含' if high[1] else '不含'}）"
    if low == _LOW:
        return f"{end}以下" if high[1] else f"低于{high[0]}的数"
    if high == _HIGH:
        return f"高于{low[0]}的数" if low[1] else f"{start}以上"
    return f"{low[0]}" if low[0] == high[0] else f"{start}至{end}"
