"""Whose post is where, which units there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

from zhenxing.accounts.choices import Role
from zhenxing.accounts.models import User
from zhenxing.audit.models import Actor
from zhenxing.organisation import tree
from zhenxing.organisation.choices import VILLAGE_FORM, UnitKind
from zhenxing.organisation.models import (
    Membership,
    Post,
    Site,
    Unit,
    UnitProfile,
    WorkingGroup,
)
from zhenxing.web.scope import NOBODY, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from zhenxing.organisation.models import UnitQuerySet

_POST_COLUMNS = (
    "pk", "role", "title", "unit__code", "unit__name", "unit__kind", "unit__parent__name",
    "group__code", "group__name", "unit__children__code",
)  # fmt: skip


def site() -> Site | None:
    """Give the site's one row with its county, or None before a county is loaded."""
    return Site.objects.select_related("county").first()


def business_date(of: Site | None, today: date) -> date:
    """Give the day the site works on: today, unless a demo has moved it."""
    if of is None or not of.is_demo or of.business_date is None:
        return today
    return of.business_date


def scope_of(user: AbstractBaseUser | AnonymousUser, day: date) -> Scope:
    """Turn the posts a person holds on the day into a scope; one query, none for a visitor."""
    if not isinstance(user, User):
        return NOBODY
    return scopes_of([user], day)[user.username]


def scopes_of(people: Sequence[User], day: date) -> dict[str, Scope]:
    """Give each person's scope on the day by username; one query for all of them."""
    building = {person.pk: _Building() for person in people}
    posts = Post.objects.filter(person__in=people).valid_on(day).order_by("pk")
    for person, *row in posts.values_list("person", *_POST_COLUMNS):
        building[person].add(*row)
    return {person.username: building[person.pk].scope(person) for person in people}


def actor(scope: Scope) -> Actor:
    """Give the person of a scope as the ledger writes them."""
    return Actor(
        username=scope.username,
        name=scope.name,
        role="".join(letter for letter in Role.values if letter in scope.roles),
        unit=scope.unit,
    )


def person(scope: Scope) -> User:
    """Give the person of a scope."""
    return User.objects.get(username=scope.username)


def towns_on(day: date) -> UnitQuerySet:
    """Give the towns that exist on the day, in the county's order."""
    return Unit.objects.towns().open_on(day)


def county_units() -> UnitQuerySet:
    """Give the county, its departments and towns, without villages and offices."""
    return Unit.objects.of_kind(UnitKind.COUNTY, UnitKind.DEPARTMENT, UnitKind.TOWN)


def classes_on(day: date) -> dict[str, str]:
    """Give each town's class by its code: from its last profile up to the day, else its first."""
    profiles = (
        UnitProfile.objects.filter(unit__kind=UnitKind.TOWN)
        .exclude(town_class="")
        .order_by("as_of")
        .values_list("unit__code", "as_of", "town_class")
    )
    classes: dict[str, str] = {}
    for code, as_of, town_class in profiles:
        if as_of <= day or code not in classes:
            classes[code] = town_class
    return classes


def sections(scope: Scope, day: date, wanted: str) -> list[tree.Section]:
    """Give the units the person may open on the day, as the page of units lists them."""
    units = list(Unit.objects.visible_to(scope).open_on(day).select_related("parent"))
    groups = WorkingGroup.objects.visible_to(scope).open_on(day)
    counts = groups.order_by().values_list("unit").annotate(Count("pk"))
    return tree.sections(units, profiles_on(day), dict(counts), wanted)


def profiles_on(day: date) -> dict[int, UnitProfile]:
    """Give each unit's last profile up to the day, else its first, by the unit's key."""
    found: dict[int, UnitProfile] = {}
    for profile in UnitProfile.objects.order_by("as_of"):
        if profile.as_of <= day or profile.unit_id not in found:
            found[profile.unit_id] = profile
    return found


def children(of: Unit, scope: Scope, day: date) -> UnitQuerySet:
    """Give the villages and offices of a unit that the person may open on the day."""
    small = Unit.objects.of_kind(UnitKind.OFFICE, UnitKind.VILLAGE).filter(parent=of)
    return small.visible_to(scope).open_on(day)


def groups_of(of: Unit, scope: Scope, day: date) -> list[tree.GroupCard]:
    """Give a unit's working groups on the day with their people."""
    groups = WorkingGroup.objects.visible_to(scope).open_on(day).filter(unit=of)
    current = Membership.objects.filter(group__unit=of).valid_on(day).order_by("pk")
    return tree.cards(groups, current.select_related("person", "home"))


def local_words() -> set[str]:
    """Give the names, short names and pinyin of all units: what passwords may not merely be."""
    rows = Unit.objects.values_list("name", "short", "pinyin")
    return {word for row in rows for word in row if word}


class _Building:
    """A scope under way: one line for each post and each unit below it."""

    def __init__(self) -> None:
        self.roles: set[str] = set()
        self.towns: set[str] = set()
        self.units: set[str] = set()
        self.departments: set[str] = set()
        self.signs: set[str] = set()
        self.groups: dict[str, set[str]] = {Role.REPORTER: set(), Role.GROUP_LEADER: set()}
        self.places: dict[int, tuple[str, str, str]] = {}

    def add(  # noqa: PLR0913, PLR0917  # one row of _POST_COLUMNS
        self,
        post: int,
        role: str,
        title: str,
        unit: str,
        name: str,
        kind: str,
        above: str | None,
        group: str | None,
        group_name: str | None,
        below: str | None,
    ) -> None:
        self.roles.add(role)
        self.units.add(unit)
        if kind == UnitKind.TOWN:
            self.towns.add(unit)
            self.units |= {below} if below else set()
        if kind == UnitKind.DEPARTMENT:
            self.departments.add(unit)
        if role == Role.TOWN_LEADER:
            self.signs.add(unit)
        if group:
            self.groups[role].add(group)
        if role == Role.VILLAGE_REPORTER:
            self.groups[Role.REPORTER].add(f"{unit}-{VILLAGE_FORM}")
        shown = f"{above}{name}" if kind == UnitKind.VILLAGE else name
        self.places.setdefault(post, (unit, shown, title or group_name or Role(role).label))

    def scope(self, person: User) -> Scope:
        places = list(self.places.values())
        unit, unit_name, _ = places[0] if places else ("", "", "")
        return Scope(
            username=person.username,
            name=person.name,
            roles=frozenset(self.roles),
            towns=frozenset(self.towns),
            units=frozenset(self.units),
            departments=frozenset(self.departments),
            reports=frozenset(self.groups[Role.REPORTER]),
            leads=frozenset(self.groups[Role.GROUP_LEADER]),
            signs=frozenset(self.signs),
            unit=unit,
            unit_name=unit_name,
            titles=tuple(title for _, _, title in places),
        )
