"""The site's row, units, profiles, results, people, groups, posts and the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from zhenxing.accounts.models import User
from zhenxing.organisation import services as organisation
from zhenxing.organisation.choices import VILLAGE_FORM, UnitKind
from zhenxing.organisation.models import (
    CalendarDay,
    Membership,
    PastResult,
    Post,
    Site,
    Unit,
    UnitProfile,
    WorkingGroup,
)
from zhenxing.packs.pack import Pack
from zhenxing.packs.records import Record, keys_of, values_of
from zhenxing.packs.sections import county as written

STAMP = 32  # characters of the pack's hash kept beside its name


@dataclass(frozen=True, slots=True)
class County:
    """What later rows point at: units, groups and people by code."""

    units: Mapping[str, Unit]
    groups: Mapping[str, WorkingGroup]
    people: Mapping[str, User]


def stamp(pack: Pack) -> str:
    """Say which pack a site was loaded from."""
    return f"{pack.header.pack} {pack.digest[:STAMP]}"


def load_county(pack: Pack, today: date) -> County:
    """Make units, people, groups, posts and the site's row."""
    units = _units(pack.units)
    UnitProfile.objects.bulk_create(
        _profile(profile, town, units[town.code])
        for town in pack.units.towns
        for profile in town.profiles
    )
    PastResult.objects.bulk_create(
        PastResult(**dict(_plain(result), unit=units[result.unit])) for result in pack.results
    )
    people = _people(pack.people)
    groups = _groups(pack, units) | _village_groups(pack, units)
    county = County(units, groups, people)
    Membership.objects.bulk_create(_memberships(pack.groups, county))
    Post.objects.bulk_create(_posts(pack.people, county))
    _site(pack, units)
    load_calendar(pack, today)
    return county


def load_calendar(pack: Pack, today: date) -> None:
    """Fill the years the county speaks of, then the county's own exceptions."""
    years = {int(told.period[:4]) for told in (*pack.figures, *pack.totals)}
    years |= {each.year for each in pack.targets} | {today.year, today.year + 1}
    organisation.seed_calendar(range(min(years), max(years) + 1))
    for each in pack.calendar.exceptions:
        CalendarDay.objects.update_or_create(
            day=each.day,
            defaults={"is_workday": each.workday, "name": each.name, "source": each.source},
        )


def _site(pack: Pack, units: Mapping[str, Unit]) -> None:
    header = pack.header
    Site.objects.create(
        pk=1,
        name=header.name,
        county=units[header.county],
        pack=stamp(pack),
        is_demo=header.demo,
        business_date=header.business_date,
        note=header.note,
        due_rule=dict(values_of(pack.calendar.due)),
    )


def _units(units: written.Units) -> dict[str, Unit]:
    county = Unit(**_unit(units.county, UnitKind.COUNTY, 0))
    county.save()
    made = {county.code: county}
    first = 1
    for kind, each in (
        (UnitKind.DEPARTMENT, units.departments),
        (UnitKind.TOWN, units.towns),
        (UnitKind.VILLAGE, units.villages),
        (UnitKind.OFFICE, units.offices),
    ):
        rows = [
            Unit(
                **_unit(unit, kind, position),
                parent=made[unit.parent] if isinstance(unit, written.Part) else county,
            )
            for position, unit in enumerate(each, first)
        ]
        made |= {row.code: row for row in Unit.objects.bulk_create(rows)}
        first += len(rows)
    return made


def _unit(unit: written.Unit, kind: UnitKind, position: int) -> dict[str, object]:
    return {
        "code": unit.code,
        "name": unit.name,
        "short": unit.short,
        "pinyin": unit.pinyin,
        "opened": unit.opened,
        "closed": unit.closed,
        "kind": kind,
        "position": position,
    }


def _profile(profile: written.Profile, town: written.Town, unit: Unit) -> UnitProfile:
    values = _plain(profile)
    values["town_class"] = profile.town_class or town.town_class
    return UnitProfile(**values, unit=unit)


def _people(people: Iterable[written.Person]) -> dict[str, User]:
    rows = [
        User(
            username=person.username,
            name=person.name,
            phone=person.phone,
            demo_order=person.demo_order,
        )
        for person in people
    ]
    for row in rows:
        row.set_unusable_password()
    return {row.username: row for row in User.objects.bulk_create(rows)}


def _groups(pack: Pack, units: Mapping[str, Unit]) -> dict[str, WorkingGroup]:
    rows = [
        WorkingGroup(
            code=f"{town.code}-{group.key}",
            key=group.key,
            unit=units[town.code],
            name=group.name,
            purpose=group.purpose,
            home=group.home,
            office=group.office,
            opened=group.opened,
            closed=group.closed,
        )
        for town in pack.units.towns
        for group in pack.groups
    ]
    return {row.code: row for row in WorkingGroup.objects.bulk_create(rows)}


def _village_groups(pack: Pack, units: Mapping[str, Unit]) -> dict[str, WorkingGroup]:
    """Make the group that stands for each village's short form."""
    form = pack.village_form
    rows = [
        WorkingGroup(
            code=f"{village.code}-{VILLAGE_FORM}",
            key=VILLAGE_FORM,
            unit=units[village.code],
            name=form.name,
            purpose=form.purpose,
            opened=village.opened,
            closed=village.closed,
        )
        for village in pack.units.villages
        if form is not None
    ]
    return {row.code: row for row in WorkingGroup.objects.bulk_create(rows)}


def _memberships(groups: Iterable[written.Group], county: County) -> Iterator[Membership]:
    for group in groups:
        for town, members in group.members.items():
            for member in members:
                yield Membership(
                    group=county.groups[f"{town}-{group.key}"],
                    person=county.people[member.person],
                    role=member.role,
                    home=county.units[member.home] if member.home else None,
                    since=member.since,
                    until=member.until,
                )


def _posts(people: Iterable[written.Person], county: County) -> Iterator[Post]:
    for person in people:
        for post in person.posts:
            yield Post(
                person=county.people[person.username],
                role=post.role,
                unit=county.units[post.unit],
                group=county.groups[f"{post.unit}-{post.group}"] if post.group else None,
                title=post.title,
                document=post.document,
                since=post.since,
                until=post.until,
            )


def _plain(item: Record) -> dict[str, object]:
    """Give a record's values under the names of the model's fields, which are the same."""
    return {key.attribute: getattr(item, key.attribute) for key in keys_of(type(item)).values()}
