"""Ranks inside a class: best first, equal values share the place, the next place is skipped.

Source of the rule: competition ranks (1, 1, 3) on unrounded values with arithmetic noise removed;
compare only inside a class; a unit without a value is not ranked and not counted.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

from zhenxing.kernel.rounding import denoise

Unit = TypeVar("Unit", bound=Hashable)


class Direction(StrEnum):
    """Which way is better.

    >>> [direction.value for direction in Direction]
    ['higher', 'lower']
    """

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a class: place 1 is best; of: how many units have one.

    move: places won since the period before (negative: lost); None where there is nothing to
    compare with.

    >>> Place(3, 10, 2).label
    '3/10 ↑2'
    """

    place: int
    of: int
    move: int | None = None

    @property
    def label(self) -> str:
        """Place, number of units, move."""
        if not self.move:
            return f"{self.place}/{self.of}" + ("" if self.move is None else " →")
        return f"{self.place}/{self.of} {'↑' if self.move > 0 else '↓'}{abs(self.move)}"


def ranked(values: Mapping[Unit, Decimal | None], direction: Direction) -> dict[Unit, Place]:
    """Rank the units of one class by their values; None is left out.

    >>> ranked({"甲": Decimal(9), "乙": Decimal(9), "丙": Decimal(7), "丁": None}, Direction.HIGHER)
    {'甲': Place(place=1, of=3, move=None), '乙': Place(place=1, of=3, move=None), \
'丙': Place(place=3, of=3, move=None)}
    """
    known = [(denoise(value), unit) for unit, value in values.items() if value is not None]
    known.sort(key=lambda pair: pair[0], reverse=direction is Direction.HIGHER)
    places: dict[Unit, Place] = {}
    for _, tied in groupby(known, key=lambda pair: pair[0]):
        place = Place(len(places) + 1, len(known))
        places.update((unit, place) for _, unit in tied)
    return places


def moved(now: Mapping[Unit, Place], before: Mapping[Unit, Place]) -> dict[Unit, Place]:
    """Return `now` with each move since `before`: the place before less the place now.

    >>> moved({"甲": Place(2, 9)}, {"甲": Place(5, 8)})["甲"].move
    3
    """
    return {
        unit: Place(place.place, place.of, before[unit].place - place.place)
        if unit in before
        else place
        for unit, place in now.items()
    }
