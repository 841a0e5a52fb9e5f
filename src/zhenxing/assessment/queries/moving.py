"""Why a rank moved: two results held against each other, as a fall from one total to the next."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.engine import schemes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenxing.assessment.models import Run
    from zhenxing.engine.schemes import Move

ZERO = Decimal(0)
SHOWN = 6
CAUSES: Mapping[str, str] = {
    "rules": "方案变动",
    "revised": "数据更正",
    "own": "自身变化",
    "others": "别人变化",
}
LEFT, WIDE, GAP, HIGH, TOP = 4, 34, 10, 132, 26
WORD = 3  # signs of an item's name that fit under a bar, on each of two lines


@dataclass(frozen=True)
class Bar:
    """One bar of the picture: where it stands, what it says."""

    x: int
    y: Decimal
    height: Decimal
    css: str
    value: str
    words: tuple[str, ...]

    @property
    def middle(self) -> int:
        """Where its words stand."""
        return self.x + WIDE // 2

    @property
    def above(self) -> Decimal:
        """Where its number stands."""
        return self.y - 5


@dataclass(frozen=True)
class Story:
    """A unit's move: from where to where, by which causes, item by item."""

    move: Move
    before: str
    after: str
    bars: tuple[Bar, ...]
    floor: Decimal
    steps: tuple[tuple[str, Decimal, str], ...]

    @property
    def causes(self) -> list[tuple[str, int, Decimal]]:
        """Each cause with the places and points it brought; those that did nothing left out."""
        return [
            (words, self.move.parts[key], self.move.points[key])
            for key, words in CAUSES.items()
            if self.move.parts[key] or self.move.points[key]
        ]

    @property
    def width(self) -> int:
        """How wide the picture is."""
        return LEFT + len(self.bars) * (WIDE + GAP)


def story(old: Run, new: Run, code: str, names: Mapping[str, str]) -> Story | None:
    """Tell why one unit's rank moved between two runs; None where it was not ranked in both."""
    moves = schemes.compare(old.read(), new.read())
    move = next((each for each in moves if each.unit == code), None)
    if move is None:
        return None
    changed = sorted(
        (each for each in move.items if each.change), key=lambda each: -abs(each.change)
    )
    steps = [(names.get(each.item, each.item), each.change, CAUSES[each.cause])
             for each in changed[:SHOWN]]  # fmt: skip
    first, last = (Decimal(total) for total in move.totals)
    rest = last - first - sum((change for _, change, _ in steps), ZERO)
    if rest:
        steps.append(("其余", rest, "其余各项和折算"))
    bars, floor = _bars(first, last, steps)
    return Story(move, *move.totals, bars, floor, tuple(steps))


def _bars(
    first: Decimal, last: Decimal, steps: list[tuple[str, Decimal, str]]
) -> tuple[tuple[Bar, ...], Decimal]:
    """Lay the bars from the first total to the last, cut off below for the steps to be seen."""
    levels = [first]
    for _, change, _ in steps:
        levels.append(levels[-1] + change)
    low, high = min(*levels, last), max(*levels, last)
    span = (high - low) or Decimal(1)
    floor = max(ZERO, (low - span * Decimal("0.35")).quantize(Decimal(1)))
    scale = Decimal(HIGH) / ((high - floor) or Decimal(1))

    def bar(place: int, top: Decimal, bottom: Decimal, css: str, value: str, name: str) -> Bar:
        y = TOP + (high - top) * scale
        height = max((top - bottom) * scale, Decimal("1.5"))
        words = tuple(part for part in (name[:WORD], name[WORD : 2 * WORD]) if part)
        return Bar(LEFT + place * (WIDE + GAP), y.quantize(Decimal("0.1")),
                   height.quantize(Decimal("0.1")), css, value, words)  # fmt: skip

    bars = [bar(0, first, floor, "total", f"{first:f}", "上次")]
    for place, (name, change, _) in enumerate(steps, start=1):
        ends = sorted((levels[place - 1], levels[place]))
        sign = "+" if change > 0 else "−"
        css = "up" if change > 0 else "down"
        shown = f"{sign}{abs(change).quantize(Decimal('0.01')):f}"
        bars.append(bar(place, ends[1], ends[0], css, shown, name))
    bars.append(bar(len(steps) + 1, last, floor, "total", f"{last:f}", "本次"))
    return tuple(bars), floor
