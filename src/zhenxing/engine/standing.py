"""Which of several figures for one period counts, and how far a figure is from final.

Source of the rule: confirmed by the lead department; the latest correction; signed submission;
submitted; register roll-up; flash. What the first load brought in counts like a confirmed figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import Protocol, TypeVar

from zhenxing.kernel.values import MISSING, Absence

_STANDINGS = {
    "confirmed": ("核定", 6),
    "imported": ("初始导入", 6),
    "correction": ("更正", 5),
    "signed": ("签发", 4),
    "submitted": ("提交", 3),
    "rollup": ("台账", 2),
    "flash": ("快报", 1),
}
_VINTAGES = {"flash": ("快报", 1), "preliminary": ("初步", 2), "final": ("终值", 3)}


class Standing(Enum):
    """Who stands behind a figure; the greater weight counts.

    >>> [standing.label for standing in Standing]
    ['核定', '初始导入', '更正', '签发', '提交', '台账', '快报']
    >>> Standing("correction").outweighs(Standing.SIGNED)
    True
    """

    CONFIRMED = "confirmed"
    IMPORTED = "imported"
    CORRECTION = "correction"
    SIGNED = "signed"
    SUBMITTED = "submitted"
    ROLLUP = "rollup"
    FLASH = "flash"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _STANDINGS[self.value][0]

    @property
    def weight(self) -> int:
        """How much it counts, 6 most."""
        return _STANDINGS[self.value][1]

    def outweighs(self, other: Standing) -> bool:
        """Say whether a figure of this standing counts before one of the other."""
        return self.weight > other.weight


class Vintage(Enum):
    """How far a figure is from final; a figure for a month that is not over is a flash.

    >>> [vintage.label for vintage in Vintage]
    ['快报', '初步', '终值']
    """

    FLASH = "flash"
    PRELIMINARY = "preliminary"
    FINAL = "final"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _VINTAGES[self.value][0]

    @property
    def order(self) -> int:
        """How near to final, 3 is final."""
        return _VINTAGES[self.value][1]


class Countable(Protocol):
    """What `counting` needs to know of a figure."""

    @property
    def value(self) -> object:
        """A Decimal or an absence."""

    @property
    def standing(self) -> Standing:
        """Who stands behind it."""

    @property
    def vintage(self) -> Vintage:
        """How far it is from final."""

    @property
    def recorded(self) -> datetime:
        """The real moment it was written down."""

    @property
    def business_date(self) -> date:
        """The business date of that moment."""

    @property
    def withdraws(self) -> bool:
        """Whether it only takes back what the same standing said before it."""


Figure = TypeVar("Figure", bound=Countable)


def counts_before(one: Countable, other: Countable) -> bool:
    """Say whether `one` counts rather than `other`, both for the same unit, indicator and period.

    A figure that is there comes before one marked missing, whoever stands behind the mark: nobody
    confirms a number by saying that there is none. Then standing, then the later record; what is
    still equal is put in a fixed order, so that the order of rows decides nothing.
    """
    if (one.value is MISSING) is not (other.value is MISSING):
        return other.value is MISSING
    if one.standing is not other.standing and one.standing.weight != other.standing.weight:
        return one.standing.outweighs(other.standing)
    return _lateness(one) > _lateness(other)


def upheld(figures: Iterable[Figure]) -> list[Figure]:
    """Leave out what was taken back, and the marks that took it back.

    All of one unit, indicator and period. A mark takes back everything that its own standing said
    up to it: a return after the signing takes the signed value back, what was submitted stays, and
    a later signing counts again.
    """
    told = list(figures)
    marks: dict[Standing, tuple[datetime, date]] = {}
    for figure in told:
        if figure.withdraws:
            when = (figure.recorded, figure.business_date)
            marks[figure.standing] = max(when, marks.get(figure.standing, when))
    return [
        figure
        for figure in told
        if not figure.withdraws
        and (
            figure.standing not in marks
            or (figure.recorded, figure.business_date) > marks[figure.standing]
        )
    ]


def counting(figures: Iterable[Figure]) -> Figure | None:
    """Return the figure that counts; None where there is none.

    All of one unit, indicator and period.
    """
    told = list(figures)
    best: Figure | None = None
    for figure in upheld(told) if any(each.withdraws for each in told) else told:
        if best is None or counts_before(figure, best):
            best = figure
    return best


def _lateness(figure: Countable) -> tuple[datetime, date, int, int, str]:
    spelled = figure.value.value if isinstance(figure.value, Absence) else str(figure.value)
    return (
        figure.recorded,
        figure.business_date,
        figure.vintage.order,
        -list(Standing).index(figure.standing),
        spelled,
    )
