"""pack.yaml, units.yaml, groups.yaml, people.yaml: which county, its units, 专班 and people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from zhenxing.accounts.choices import Role
from zhenxing.organisation.choices import GroupRole
from zhenxing.packs import shapes
from zhenxing.packs.records import Nested, Record, record, written

UNIT_CODE = shapes.code(20)
GROUP_KEY = shapes.code(10)
USERNAME = shapes.code(60)


@record
class Header(Record):
    """pack.yaml: the pack itself."""

    pack: str = written(shapes.code(20))
    name: str = written(shapes.text(80))
    county: str = written(UNIT_CODE)
    demo: bool = written(shapes.flag, default=False)
    business_date: date | None = written(shapes.day, default=None)
    note: str = written(shapes.text(200), default="")


@record
class Unit(Record):
    """The county or one of its departments."""

    code: str = written(UNIT_CODE)
    name: str = written(shapes.text(60))
    short: str = written(shapes.text(30), default="")
    pinyin: str = written(shapes.text(60), default="")
    opened: date | None = written(shapes.day, default=None)
    closed: date | None = written(shapes.day, default=None)


@record
class Profile(Record):
    """What a town looked like on a day; areas of land in 亩."""

    as_of: date = written(shapes.day)
    people: int | None = written(shapes.whole(), default=None)
    households: int | None = written(shapes.whole(), default=None)
    area_km2: Decimal | None = written(shapes.decimal, default=None)
    cultivated_mu: Decimal | None = written(shapes.decimal, default=None)
    paddy_mu: Decimal | None = written(shapes.decimal, default=None)
    dryland_mu: Decimal | None = written(shapes.decimal, default=None)
    forest_mu: Decimal | None = written(shapes.decimal, default=None)
    villages: int | None = written(shapes.whole(highest=9999), default=None)
    village_groups: int | None = written(shapes.whole(highest=9999), default=None)
    terrain: str = written(shapes.text(40), default="")
    distance_km: Decimal | None = written(shapes.decimal, default=None)
    town_class: str = written(shapes.text(20), name="class", default="")
    note: str = written(shapes.text(200), default="")


@record
class Town(Unit):
    """A town: its class, and its profiles from the oldest to the newest."""

    town_class: str = written(shapes.text(20), name="class")
    profiles: tuple[Profile, ...] = written(shapes.Each(Nested(Profile)))


@record
class Part(Unit):
    """A village or an office of a town."""

    parent: str = written(UNIT_CODE)


@record
class Units(Record):
    """units.yaml."""

    county: Unit = written(Nested(Unit))
    departments: tuple[Unit, ...] = written(shapes.Each(Nested(Unit)), default=())
    towns: tuple[Town, ...] = written(shapes.Each(Nested(Town)))
    villages: tuple[Part, ...] = written(shapes.Each(Nested(Part)), default=())
    offices: tuple[Part, ...] = written(shapes.Each(Nested(Part)), default=())

    @property
    def all(self) -> tuple[Unit, ...]:
        """Every unit, the county first."""
        return (self.county, *self.departments, *self.towns, *self.villages, *self.offices)


@record
class Member(Record):
    """A person's place inside a working group."""

    person: str = written(USERNAME)
    role: str = written(shapes.one_of(GroupRole.values))
    home: str | None = written(UNIT_CODE, default=None)
    since: date | None = written(shapes.day, name="from", default=None)
    until: date | None = written(shapes.day, default=None)


@record
class Group(Record):
    """A 专班 that every town has; the town's one carries the code `<town>-<key>`."""

    key: str = written(GROUP_KEY)
    name: str = written(shapes.text(60))
    home: str = written(shapes.text(60), default="")
    office: str = written(shapes.text(60), default="")
    purpose: str = written(shapes.text(300), default="")
    opened: date | None = written(shapes.day, default=None)
    closed: date | None = written(shapes.day, default=None)
    indicators: tuple[str, ...] = written(shapes.Each(shapes.code()), default=())
    members: Mapping[str, tuple[Member, ...]] = written(
        shapes.Under(UNIT_CODE, shapes.Each(Nested(Member))), default={}
    )


@record
class VillageForm(Record):
    """villages.yaml: the short form every village fills in; its group is `<village>-GV`."""

    name: str = written(shapes.text(60))
    purpose: str = written(shapes.text(300), default="")
    indicators: tuple[str, ...] = written(shapes.Each(shapes.code()))


@record
class Post(Record):
    """What a person may do, and where."""

    role: str = written(shapes.one_of(Role.values))
    unit: str = written(UNIT_CODE)
    group: str | None = written(GROUP_KEY, default=None)
    title: str = written(shapes.text(60), default="")
    document: str = written(shapes.text(60), default="")
    since: date | None = written(shapes.day, name="from", default=None)
    until: date | None = written(shapes.day, default=None)


@record
class Person(Record):
    """Somebody who signs in, or who only sits in a group."""

    username: str = written(USERNAME)
    name: str = written(shapes.text(40))
    phone: str = written(shapes.text(30), default="")
    demo: bool = written(shapes.flag, default=False)
    demo_order: int | None = written(shapes.whole(1, 999), default=None)
    posts: tuple[Post, ...] = written(shapes.Each(Nested(Post)), default=())
