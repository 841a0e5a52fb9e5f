"""FACTS as values: units, figures, targets, events, ratings, each knowing its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from zhenxing.kernel.problems import Problem

NO_TASK = "/"
MASKED = "*"
LARGEST = Decimal(10) ** 15


class Cell(NamedTuple):
    """A value and its place. value None: missing; lack then says why, for readers.

    A tuple, because facts hold tens of thousands of them.
    """

    value: Decimal | None
    where: str
    lack: str = ""
    reported: date | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; its attributes as written."""

    code: str
    name: str
    parent: str
    attributes: Mapping[str, str]
    where: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, with its amount if it has one."""

    id: str
    unit: str
    event: str
    day: date
    amount: Decimal | None
    where: str


@dataclass(frozen=True, slots=True)
class Rating:
    """A mark of one rater: a number or a word."""

    unit: str
    item: str
    rater: str
    rater_class: str
    value: str
    where: str


@dataclass(slots=True)
class Facts:
    """What FACTS holds, and what is wrong with it.

    figures and targets: by unit and indicator, then by cut-off (months from year 0) and whether the
    period was a month. attributes: names of the units' other columns.
    """

    units: dict[str, Unit] = field(default_factory=dict)
    figures: dict[tuple[str, str], dict[tuple[int, bool], Cell]] = field(default_factory=dict)
    targets: dict[tuple[str, str], dict[tuple[int, bool], Cell]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    attributes: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def parents(self) -> set[str]:
        """The units that others belong to; they hold their own figures and are not scored."""
        return {unit.parent for unit in self.units.values() if unit.parent}

    @property
    def scored(self) -> list[Unit]:
        """The units that are scored, in the order of their codes."""
        parents = self.parents
        return [self.units[code] for code in sorted(self.units) if code not in parents]

    @property
    def words(self) -> set[str]:
        """The attributes that hold a word for some scored unit; the others are numbers."""
        scored = self.scored
        return {
            name
            for name in self.attributes
            if any(
                unit.attributes[name] and number_of(unit.attributes[name]) is None
                for unit in scored
            )
        }

    @property
    def indicators(self) -> set[str]:
        """The indicators there are figures of."""
        return {indicator for _, indicator in self.figures}


def number_of(text: str) -> Decimal | None:
    """Read an attribute that may be a number.

    >>> number_of("1.50"), number_of("山区镇")
    (Decimal('1.50'), None)
    """
    digits = text.removeprefix("-")
    is_plain = digits.replace(".", "", 1).isdigit() and digits.isascii() and digits[:1].isdigit()
    return Decimal(text) if is_plain and digits[-1].isdigit() else None
