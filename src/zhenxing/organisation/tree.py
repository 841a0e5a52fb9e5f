"""The tree of units as the page lists it: sections of rows, and a group with its people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.organisation.choices import GroupRole, UnitKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhenxing.organisation.models import Membership, Unit, UnitProfile, WorkingGroup


@dataclass(frozen=True)
class UnitRow:
    """One unit in a list, with what lies below it."""

    unit: Unit
    profile: UnitProfile | None
    below: Counter[str]
    groups: int

    @property
    def villages(self) -> int:
        """How many villages are entered; the profile may speak of more."""
        return self.below[UnitKind.VILLAGE]

    @property
    def offices(self) -> int:
        """How many offices are entered."""
        return self.below[UnitKind.OFFICE]


@dataclass(frozen=True)
class Section:
    """Units that stand together: a kind, or a class of towns."""

    title: str
    kind: str
    rows: list[UnitRow]


@dataclass(frozen=True)
class GroupCard:
    """A working group with its people by role."""

    group: WorkingGroup
    places: list[tuple[str, list[Membership]]]


def sections(
    units: Sequence[Unit],
    profiles: Mapping[int, UnitProfile],
    groups: Mapping[int, int],
    wanted: str,
) -> list[Section]:
    """Sort units into sections; with a search only what fits it, down to the villages.

    Without one, a village or office is listed only where its town is not: the town's page has it.
    """
    listed = {unit.pk for unit in units}
    below: dict[int, Counter[str]] = {}
    for unit in units:
        if unit.parent_id:
            below.setdefault(unit.parent_id, Counter())[unit.kind] += 1
    found: dict[tuple[str, str], Section] = {}
    for unit in units:
        if not (fits(unit, wanted) if wanted else _stands_alone(unit, listed)):
            continue
        profile = profiles.get(unit.pk)
        title = profile.town_class if profile and profile.town_class else _title(unit)
        section = found.setdefault((unit.kind, title), Section(title, unit.kind, []))
        row = UnitRow(unit, profile, below.get(unit.pk, Counter()), groups.get(unit.pk, 0))
        section.rows.append(row)
    order = UnitKind.values
    return sorted(found.values(), key=lambda section: order.index(section.kind))


def fits(unit: Unit, wanted: str) -> bool:
    """Whether a search means this unit: part of name, short name, code or pinyin."""
    words = (unit.name, unit.short, unit.code, unit.pinyin)
    return any(wanted.casefold() in word.casefold() for word in words)


def cards(groups: Iterable[WorkingGroup], memberships: Iterable[Membership]) -> list[GroupCard]:
    """Line each group's people up by role, the leader first."""
    places: dict[tuple[int, str], list[Membership]] = {}
    for membership in memberships:
        places.setdefault((membership.group_id, membership.role), []).append(membership)
    return [
        GroupCard(
            group,
            [
                (role, places[group.pk, role])
                for role in GroupRole.values
                if (group.pk, role) in places
            ],
        )
        for group in groups
    ]


def _stands_alone(unit: Unit, listed: set[int]) -> bool:
    small = unit.kind in {UnitKind.VILLAGE, UnitKind.OFFICE}
    return not (small and unit.parent_id in listed)


def _title(unit: Unit) -> str:
    return {
        UnitKind.COUNTY.value: "县",
        UnitKind.DEPARTMENT.value: "县级部门",
        UnitKind.TOWN.value: "镇（未分类）",
        UnitKind.VILLAGE.value: "村",
        UnitKind.OFFICE.value: "站所",
    }[unit.kind]
