"""Builders of units, groups and posts; they write rows directly, without an act."""

from __future__ import annotations

from datetime import date

from zhenxing.accounts.choices import Role
from zhenxing.accounts.models import User
from zhenxing.organisation.choices import GroupRole, UnitKind
from zhenxing.organisation.models import (
    Membership,
    Post,
    Site,
    Unit,
    UnitProfile,
    WorkingGroup,
)

SINCE = date(2023, 1, 1)


def unit(code: str, name: str, kind: UnitKind, parent: Unit | None = None) -> Unit:
    """Make a unit; its place among its siblings follows its code."""
    return Unit.objects.create(code=code, name=name, kind=kind, parent=parent)


def county(code: str = "H00", name: str = "禾山县") -> Unit:
    """Make the county."""
    return unit(code, name, UnitKind.COUNTY)


def site(of: Unit, *, demo: bool = False, business_date: date | None = None) -> Site:
    """Make the site's one row."""
    return Site.objects.create(
        pk=1, name=of.name, county=of, is_demo=demo, business_date=business_date
    )


def department(of: Unit, code: str, name: str) -> Unit:
    """Make a department of the county."""
    return unit(code, name, UnitKind.DEPARTMENT, of)


def town(of: Unit, code: str, name: str, town_class: str = "山区镇") -> Unit:
    """Make a town with one profile."""
    made = unit(code, name, UnitKind.TOWN, of)
    UnitProfile.objects.create(unit=made, as_of=date(2022, 12, 31), town_class=town_class)
    return made


def village(of: Unit, code: str, name: str) -> Unit:
    """Make a village of a town."""
    return unit(code, name, UnitKind.VILLAGE, of)


def office(of: Unit, code: str, name: str) -> Unit:
    """Make an office of a town."""
    return unit(code, name, UnitKind.OFFICE, of)


def group(of: Unit, key: str, name: str) -> WorkingGroup:
    """Make a working group of a town."""
    return WorkingGroup.objects.create(code=f"{of.code}-{key}", key=key, unit=of, name=name)


def member(of: WorkingGroup, person: User, role: GroupRole = GroupRole.MEMBER) -> Membership:
    """Put a person into a group."""
    return Membership.objects.create(group=of, person=person, role=role)


def post(
    person: User,
    role: Role,
    at: Unit,
    group: WorkingGroup | None = None,
    *,
    title: str = "",
    since: date | None = SINCE,
) -> Post:
    """Give a person a post, without asking the hard rules."""
    return Post.objects.create(
        person=person, role=role, unit=at, group=group, title=title, since=since
    )
