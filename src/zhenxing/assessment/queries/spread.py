"""The marks of a closed panel side by side: what counts, how far apart, what looks odd.

Nobody reads these before the panel is closed: until then there is no sheet to give.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.assessment.models import Mark, Rater
from zhenxing.engine.schemes.counting import FEWEST_TO_TRIM
from zhenxing.kernel.rounding import divide

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhenxing.assessment.models import Panel
    from zhenxing.assessment.queries.marks import Rated
    from zhenxing.assessment.queries.subjects import Subject

FAR = 5  # a fifth of the scale from all the others, who agree within a fifth
FEWEST_OTHERS, FEWEST_UNITS = 2, 3


@dataclass(frozen=True)
class Cell:
    """One mark: as written, what it counts for, why, and whether it is left out as an extreme."""

    value: str
    number: Decimal
    note: str
    is_left_out: bool = False


@dataclass(frozen=True)
class SheetRow:
    """What every rater gave one unit; `means` by class of rater, extremes left out."""

    subject: Subject
    cells: tuple[Cell | None, ...]
    means: tuple[tuple[str, Decimal], ...]

    @property
    def numbers(self) -> list[Decimal]:
        """What was given, from the lowest."""
        return sorted(cell.number for cell in self.cells if cell)

    @property
    def low(self) -> Decimal | None:
        """The lowest mark."""
        return min(self.numbers, default=None)

    @property
    def high(self) -> Decimal | None:
        """The highest mark."""
        return max(self.numbers, default=None)

    @property
    def range(self) -> Decimal | None:
        """How far the raters are apart."""
        return None if self.low is None or self.high is None else self.high - self.low


@dataclass(frozen=True)
class Sheet:
    """Every mark of a panel. `doubts` are words for readers: they change nothing."""

    raters: tuple[Rater, ...]
    absent: tuple[Rater, ...]
    rows: tuple[SheetRow, ...]
    doubts: tuple[str, ...]


def sheet_of(panel: Panel, rated: Rated, subjects: Sequence[Subject]) -> Sheet | None:
    """Give all marks that were handed in to a closed panel; None while it is open."""
    if panel.closed is None:
        return None
    seats = Rater.objects.filter(panel=panel).select_related("person", "sheet").order_by("pk")
    raters = tuple(each for each in seats if hasattr(each, "sheet"))
    absent = tuple(each for each in seats if not hasattr(each, "sheet"))
    latest: dict[tuple[int, str], Mark] = {}
    for mark in Mark.objects.filter(rater__in=raters).order_by("version"):
        latest[mark.rater_id, mark.code] = mark
    rows = tuple(_row(each, raters, latest, rated) for each in subjects)
    return Sheet(raters, absent, rows, (*_far(rows, raters, rated), *_same(rows, raters)))


def _row(
    subject: Subject,
    raters: Sequence[Rater],
    latest: Mapping[tuple[int, str], Mark],
    rated: Rated,
) -> SheetRow:
    given: list[tuple[Rater, Mark, Decimal] | None] = []
    for rater in raters:
        mark = latest.get((rater.pk, subject.code))
        number = rated.number(mark.value) if mark and subject.code not in rater.recused else None
        given.append((rater, mark, number) if mark and number is not None else None)
    out = _left_out([each for each in given if each], rated)
    cells = tuple(
        Cell(each[1].value, each[2], each[1].note, each[0].pk in out) if each else None
        for each in given
    )
    means = []
    for rater_class in rated.classes or ("",):
        counted = [
            each[2]
            for each in given
            if each and each[0].pk not in out and rater_class in {"", each[0].rater_class}
        ]
        if counted:
            mean = divide(sum(counted, Decimal(0)), Decimal(len(counted)))
            means.append((rater_class, mean))
    return SheetRow(subject, cells, tuple(means))


def _left_out(given: Sequence[tuple[Rater, Mark, Decimal]], rated: Rated) -> set[int]:
    """Give the raters whose mark is the one highest or lowest of their class."""
    out: set[int] = set()
    for rater_class in rated.classes if rated.is_trimmed else ():
        own = sorted(
            (each for each in given if each[0].rater_class == rater_class),
            key=lambda each: (each[2], each[0].pk),
        )
        if len(own) >= FEWEST_TO_TRIM:
            out |= {own[0][0].pk, own[-1][0].pk}
    return out


def _far(rows: Iterable[SheetRow], raters: Sequence[Rater], rated: Rated) -> list[str]:
    """Say where one rater stands far from others who agree."""
    told = []
    for row in rows:
        for index, rater in enumerate(raters):
            cell = row.cells[index]
            others = [each.number for at, each in enumerate(row.cells) if each and at != index]
            if cell is None or len(others) < FEWEST_OTHERS:
                continue
            low, high = min(others), max(others)
            away = max(low - cell.number, cell.number - high)
            if (high - low) * FAR <= rated.scale and away * FAR > rated.scale:
                told.append(
                    f"{rater.person.name}给{row.subject.name}{cell.value}，"
                    f"其余{len(others)}人在{low}—{high}之间"
                )
    return told


def _same(rows: Sequence[SheetRow], raters: Sequence[Rater]) -> list[str]:
    """Say who gave everybody the same."""
    told = []
    for index, rater in enumerate(raters):
        values = [cell.value for row in rows if (cell := row.cells[index])]
        if len(values) >= FEWEST_UNITS and len(set(values)) == 1:
            told.append(f"{rater.person.name}给{len(values)}个单位都评了{values[0]}，没有拉开")
    return told
