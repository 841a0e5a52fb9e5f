"""The county's records out of its rows: units, groups, people, results, calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from zhenxing.accounts.models import User
from zhenxing.organisation.choices import VILLAGE_FORM, UnitKind
from zhenxing.organisation.models import (
    CalendarDay,
    Membership,
    PastResult,
    Post,
    Site,
    UnitProfile,
    WorkingGroup,
)
from zhenxing.organisation.models import Unit as UnitRow
from zhenxing.organisation.services import CALENDAR_SOURCE
from zhenxing.packs.records import keys_of
from zhenxing.packs.sections.aims import Result
from zhenxing.packs.sections.county import (
    Group,
    Header,
    Member,
    Part,
    Person,
    Profile,
    Town,
    Unit,
    Units,
    VillageForm,
)
from zhenxing.packs.sections.county import Post as WrittenPost
from zhenxing.packs.sections.month import Calendar, Due, RestDay


def header(site: Site) -> Header:
    """Give pack.yaml."""
    return Header(
        pack=site.pack.partition(" ")[0] or site.county.code,
        name=site.name,
        county=site.county.code,
        demo=site.is_demo,
        business_date=site.business_date,
        note=site.note,
    )


def units() -> Units:
    """Give units.yaml."""
    rows: dict[str, list[UnitRow]] = defaultdict(list)
    for row in UnitRow.objects.select_related("parent").order_by("position", "code"):
        rows[row.kind].append(row)
    profiles: dict[int, list[UnitProfile]] = defaultdict(list)
    for profile in UnitProfile.objects.order_by("as_of"):
        profiles[profile.unit_id].append(profile)
    return Units(
        county=Unit(**_unit(rows[UnitKind.COUNTY][0])),
        departments=tuple(Unit(**_unit(row)) for row in rows[UnitKind.DEPARTMENT]),
        towns=tuple(_town(row, profiles[row.pk]) for row in rows[UnitKind.TOWN]),
        villages=tuple(_part(row) for row in rows[UnitKind.VILLAGE]),
        offices=tuple(_part(row) for row in rows[UnitKind.OFFICE]),
    )


def groups() -> tuple[Group, ...]:
    """Give groups.yaml: each kind of group once, as the first town has it, with all its members."""
    first: dict[str, WorkingGroup] = {}
    rows = WorkingGroup.objects.exclude(key=VILLAGE_FORM).order_by("pk")
    for row in rows.prefetch_related("charges__indicator"):
        first.setdefault(row.key, row)
    members: dict[str, dict[str, list[Member]]] = defaultdict(lambda: defaultdict(list))
    placed = Membership.objects.select_related("group__unit", "person", "home").order_by("pk")
    for membership in placed:
        group = membership.group
        members[group.key][group.unit.code].append(_member(membership))
    return tuple(_group(row, members[key]) for key, row in first.items())


def village_form() -> VillageForm | None:
    """Give villages.yaml, as the first village has its form; None where none has one."""
    rows = WorkingGroup.objects.filter(key=VILLAGE_FORM).order_by("pk")
    row = rows.prefetch_related("charges__indicator").first()
    if row is None:
        return None
    return VillageForm(name=row.name, purpose=row.purpose, indicators=_charged(row))


def people() -> tuple[Person, ...]:
    """Give people.yaml."""
    posts: dict[int, list[WrittenPost]] = defaultdict(list)
    for row in Post.objects.select_related("unit", "group").order_by("pk"):
        posts[row.person_id].append(
            WrittenPost(
                role=row.role,
                unit=row.unit.code,
                group=row.group.key if row.group else None,
                title=row.title,
                document=row.document,
                since=row.since,
                until=row.until,
            )
        )
    return tuple(
        Person(
            username=user.username,
            name=user.name,
            phone=user.phone,
            demo=user.demo_order is not None,
            demo_order=user.demo_order,
            posts=tuple(posts[user.pk]),
        )
        for user in User.objects.order_by("pk")
    )


def results() -> Iterator[Result]:
    """Give the results of earlier years."""
    for row in PastResult.objects.select_related("unit").order_by("pk"):
        yield Result(
            unit=row.unit.code,
            year=row.year,
            name=row.name,
            score=row.score,
            rank=row.rank,
            of=row.of,
            grade=row.grade,
            basis=row.basis,
        )


def calendar(site: Site) -> Calendar:
    """Give calendar.yaml: the due rule, and the days that are not from the state's notice."""
    own = CalendarDay.objects.exclude(source=CALENDAR_SOURCE).order_by("day")
    return Calendar(
        due=Due(**site.due_rule),
        exceptions=tuple(
            RestDay(day=row.day, workday=row.is_workday, name=row.name, source=row.source)
            for row in own
        ),
    )


def _unit(row: UnitRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "short": row.short,
        "pinyin": row.pinyin,
        "opened": row.opened,
        "closed": row.closed,
    }


def _part(row: UnitRow) -> Part:
    return Part(**_unit(row), parent=str(row.parent.code if row.parent else ""))


def _town(row: UnitRow, rows: list[UnitProfile]) -> Town:
    """Give a town with the class of its latest profile; others name theirs where they differ."""
    latest = rows[-1].town_class if rows else ""
    return Town(
        **_unit(row),
        town_class=latest,
        profiles=tuple(_profile(profile, latest) for profile in rows),
    )


def _profile(row: UnitProfile, latest: str) -> Profile:
    values = {key.attribute: getattr(row, key.attribute) for key in keys_of(Profile).values()}
    values["town_class"] = "" if row.town_class == latest else row.town_class
    return Profile(**values)


def _member(row: Membership) -> Member:
    return Member(
        person=row.person.username,
        role=row.role,
        home=row.home.code if row.home else None,
        since=row.since,
        until=row.until,
    )


def _group(row: WorkingGroup, members: dict[str, list[Member]]) -> Group:
    return Group(
        key=row.key,
        name=row.name,
        home=row.home,
        office=row.office,
        purpose=row.purpose,
        opened=row.opened,
        closed=row.closed,
        indicators=_charged(row),
        members={town: tuple(each) for town, each in members.items()},
    )


def _charged(row: WorkingGroup) -> tuple[str, ...]:
    charges = sorted(row.charges.all(), key=lambda charge: charge.position)
    return tuple(charge.indicator.code for charge in charges)
