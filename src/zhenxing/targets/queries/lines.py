"""Who answers for what: the stated lines, else what follows from the working groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from zhenxing.indicators.models import Charge, Indicator
from zhenxing.organisation.choices import GroupRole
from zhenxing.organisation.models import Membership
from zhenxing.targets.models import ResponsibilityLine

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from django.db.models import QuerySet

    from zhenxing.accounts.models import User
    from zhenxing.organisation.models import Unit, WorkingGroup

# Who of a group answers in which place where no line is stated.
WHOLE = (GroupRole.LEADER,)
FIRST = (GroupRole.OFFICE_HEAD, GroupRole.DEPUTY)
DIRECT = (GroupRole.LIAISON, GroupRole.MEMBER)


@dataclass(frozen=True)
class Line:
    """Who answers for one indicator of a unit; `stated` or derived from its group."""

    whole: User | None = None
    first: User | None = None
    direct: User | None = None
    group: WorkingGroup | None = None
    stated: ResponsibilityLine | None = None

    @property
    def people(self) -> list[User]:
        """Everybody named, the one who answers in whole first."""
        return [person for person in (self.whole, self.first, self.direct) if person]


def lines_of(unit: Unit, codes: Collection[str], day: date) -> dict[str, Line]:
    """Give a unit's line for each indicator on the day; three queries."""
    stated = _stated(unit, day).filter(indicator__code__in=codes)
    known = {row.indicator.code: row for row in stated}
    derived = _derived(unit, codes, day)
    return {
        code: _of_row(known[code]) if code in known else derived.get(code, Line()) for code in codes
    }


def charges_of(person: User, day: date) -> list[tuple[Unit, str]]:
    """Give the indicators a person answers for in whole, with their unit."""
    units: dict[int, Unit] = {}
    lines = ResponsibilityLine.objects.valid_on(day).select_related("unit")
    for row in lines.filter(Q(whole=person) | Q(first=person) | Q(direct=person)):
        units[row.unit_id] = row.unit
    groups = Membership.objects.filter(person=person).valid_on(day).select_related("group__unit")
    for each in groups:
        units[each.group.unit_id] = each.group.unit
    found = []
    for unit in sorted(units.values(), key=lambda unit: unit.code):
        codes = list(Indicator.objects.values_list("code", flat=True))
        lines_here = lines_of(unit, codes, day)
        found += [(unit, code) for code, line in lines_here.items() if line.whole == person]
    return found


def _stated(unit: Unit, day: date) -> QuerySet[ResponsibilityLine]:
    rows = ResponsibilityLine.objects.valid_on(day).filter(unit=unit)
    return rows.select_related("indicator", "whole", "first", "direct", "group")


def _of_row(row: ResponsibilityLine) -> Line:
    return Line(row.whole, row.first, row.direct, row.group, row)


def _derived(unit: Unit, codes: Collection[str], day: date) -> dict[str, Line]:
    charges = Charge.objects.filter(group__unit=unit, indicator__code__in=codes)
    groups = {
        row.indicator.code: row.group
        for row in charges.order_by("-group__code").select_related("indicator", "group")
    }
    members: dict[int, dict[str, User]] = {}
    seats = Membership.objects.filter(group__unit=unit).valid_on(day).order_by("-pk")
    for seat in seats.select_related("person"):
        members.setdefault(seat.group_id, {})[seat.role] = seat.person
    return {code: _of_group(group, members.get(group.pk, {})) for code, group in groups.items()}


def _of_group(group: WorkingGroup, members: dict[str, User]) -> Line:
    def holder(roles: Iterable[str]) -> User | None:
        return next((members[role] for role in roles if role in members), None)

    return Line(holder(WHOLE), holder(FIRST), holder(DIRECT), group)
