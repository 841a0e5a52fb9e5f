"""A unit's targets of a year: what holds, who has taken note, how far it is broken down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhenxing.indicators import queries as indicator_queries
from zhenxing.targets.choices import Axis, Step
from zhenxing.targets.models import Breakdown
from zhenxing.targets.queries.force import breakdowns_in_force, held, level, visible_targets
from zhenxing.targets.queries.lines import Line, lines_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from zhenxing.engine.facts import IndicatorDef
    from zhenxing.indicators.models import Target
    from zhenxing.organisation.models import Unit


@dataclass(frozen=True)
class Aimed:
    """One indicator of a unit with its targets in force, their acknowledgement and breakdowns."""

    indicator: IndicatorDef
    position: int
    targets: tuple[Target, ...]
    earlier: int
    broken: dict[str, Breakdown]
    waiting: int
    line: Line

    @property
    def level(self) -> Target | None:
        """The target that can be broken down."""
        return level(self.targets)

    @property
    def main(self) -> Target:
        """The target that stands for all of them in lists."""
        return self.targets[0]

    @property
    def unread(self) -> list[Target]:
        """Targets that nobody has taken note of."""
        return [row for row in self.targets if not is_acknowledged(row)]

    @property
    def is_signed(self) -> bool:
        """Whether every breakdown that holds is signed."""
        return bool(self.broken) and all(map(is_signed, self.broken.values()))

    @property
    def state(self) -> str:
        """How far it is broken down, in a word."""
        if self.level is None:
            return "不分解"
        if not self.broken:
            return "有提议" if self.waiting else "未分解"
        return "已签认" if self.is_signed else "未签认"

    @property
    def axes(self) -> str:
        """Along what it is broken down."""
        return "、".join(Axis(axis).label.removeprefix("按") for axis in self.broken)

    @property
    def words(self) -> str:
        """What a search looks at."""
        documents = " ".join(row.document for row in self.targets)
        people = " ".join(str(person) for person in self.line.people)
        return f"{self.indicator.name} {self.indicator.code} {documents} {people} {self.state}"


@dataclass
class Issued:
    """One document by which a unit was given targets: how many are acknowledged, by whom."""

    document: str
    issued: date
    targets: list[Target] = field(default_factory=list)

    @property
    def unread(self) -> list[Target]:
        """Targets that nobody has taken note of."""
        return [row for row in self.targets if not is_acknowledged(row)]

    @property
    def read(self) -> int:
        """How many targets somebody has taken note of."""
        return len(self.targets) - len(self.unread)

    @property
    def readers(self) -> str:
        """Who took note, and when."""
        said = [row.acknowledgement for row in self.targets if is_acknowledged(row)]
        told = {f"{each.by_name}，{each.business_date}": None for each in said}
        return "；".join(told)


def town_targets(unit: Unit, year: int, day: date, codes: Collection[str] | None) -> list[Aimed]:
    """Give a unit's indicators that have targets in force, in the dictionary's order."""
    rows = list(
        visible_targets([unit.code], codes)
        .filter(year=year, issued__lte=day)
        .select_related("unit", "indicator", "acknowledgement")
    )
    known = held(rows, year, day)
    aimed = {code: targets for (_, code), targets in known.items()}
    indicators = indicator_queries.definitions(list(aimed))
    current = [row for targets in aimed.values() for row in targets]
    broken = _by_target(current)
    waiting = _waiting(current)
    lines = lines_of(unit, list(aimed), day)
    return [
        Aimed(
            indicator=each,
            position=position,
            targets=aimed[each.code],
            earlier=sum(row.indicator.code == each.code for row in rows) - len(aimed[each.code]),
            broken=_joined(broken, aimed[each.code]),
            waiting=sum(waiting.get(row.pk, 0) for row in aimed[each.code]),
            line=lines[each.code],
        )
        for position, each in enumerate(indicators)
    ]


def documents(aimed: Iterable[Aimed]) -> list[Issued]:
    """Group the targets in force by the document that issued them, the latest first."""
    found: dict[tuple[str, date], Issued] = {}
    for each in aimed:
        for row in each.targets:
            key = (row.document, row.issued)
            found.setdefault(key, Issued(*key)).targets.append(row)
    return sorted(found.values(), key=lambda each: (each.issued, each.document), reverse=True)


def is_acknowledged(row: Target) -> bool:
    """Whether somebody has taken note of a target; ask with `acknowledgement` selected."""
    return hasattr(row, "acknowledgement")


def is_signed(breakdown: Breakdown) -> bool:
    """Whether the leader has signed a breakdown; ask with `steps` prefetched."""
    return any(each.step == Step.SIGNED for each in breakdown.steps.all())


def _by_target(targets: Sequence[Target]) -> dict[int, dict[str, Breakdown]]:
    broken: dict[int, dict[str, Breakdown]] = {}
    for (target, axis), row in breakdowns_in_force(targets).items():
        broken.setdefault(target, {})[axis] = row
    return broken


def _joined(
    broken: dict[int, dict[str, Breakdown]], targets: Iterable[Target]
) -> dict[str, Breakdown]:
    made: dict[str, Breakdown] = {}
    for row in targets:
        made |= broken.get(row.pk, {})
    return {axis: made[axis] for axis in Axis.values if axis in made}


def _waiting(targets: Iterable[Target]) -> dict[int, int]:
    """Count the proposals that nobody has adopted or returned, by target."""
    open_ones = Breakdown.objects.filter(
        target__in=[row.pk for row in targets], proposed=True, steps__isnull=True
    )
    counts: dict[int, int] = {}
    for target in open_ones.values_list("target", flat=True):
        counts[target] = counts.get(target, 0) + 1
    return counts
