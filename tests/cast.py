"""The standing cast: a small county, two towns that must not see each other, one person a role.

from tests import cast

def test_it_…(county: cast.County, client: Client) -> None:      # the fixture of conftest.py
    cast.sign_in(client, county.reporter)

Everybody's password is `cast.PASSWORD`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from zhenxing.accounts.choices import Role
from zhenxing.accounts.models import User
from zhenxing.accounts.tests import make as make_accounts
from zhenxing.kernel.moments import Moment
from zhenxing.organisation import queries
from zhenxing.organisation.choices import GroupRole
from zhenxing.organisation.tests import make

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.audit.models import Actor
    from zhenxing.organisation.models import Site, Unit, WorkingGroup
    from zhenxing.web.scope import Scope

TODAY = date(2023, 10, 20)
PASSWORD = make_accounts.PASSWORD
GROUPS = {
    "G1": "综合协调专班",
    "G2": "农村经济专班",
    "G3": "稳投资专班",
    "G4": "三产服务业专班",
    "G5": "农村居民增收专班",
    "G6": "招商引资专班",
    "G7": "督查考核专班",
}


@dataclass(frozen=True)
class County:
    """Places and people; `groups` by code (`T01-G3`), people also by username in `people`."""

    site: Site
    county: Unit
    statistics: Unit  # D01, the department of most people here
    farming: Unit  # D02
    town: Unit  # T01 青溪镇, a hill town: "our" town
    rival: Unit  # T02 石泉镇, a hill town: the other one
    plain: Unit  # T03 河湾镇, a river town, with nobody in it
    village: Unit  # T01-V01
    office: Unit  # T01-O01
    groups: dict[str, WorkingGroup]
    reporter: User  # F of T01-G3
    colleague: User  # the second F of T01-G3
    farm_reporter: User  # F of T01-G2
    group_leader: User  # G of T01-G3
    leader: User  # L of T01
    town_office: User  # C of T01
    supervisor: User  # S of T01
    village_reporter: User  # V of T01-V01
    stranger: User  # F of T02-G3
    rival_leader: User  # L of T02
    department: User  # D of D01
    assessor: User  # K
    administrator: User  # A
    auditor: User  # X

    @property
    def people(self) -> dict[str, User]:
        """Everybody, by username."""
        from zhenxing.accounts.models import User  # noqa: PLC0415  # the annotation above is not one

        return {
            person.username: person for person in vars(self).values() if isinstance(person, User)
        }

    def of_role(self, letter: str) -> User:
        """Give the one of our own who stands for a role letter."""
        return {
            "A": self.administrator, "K": self.assessor, "D": self.department, "L": self.leader,
            "G": self.group_leader, "F": self.reporter, "V": self.village_reporter,
            "C": self.town_office, "S": self.supervisor, "X": self.auditor,
        }[letter]  # fmt: skip


def build(*, demo: bool = True, business_date: date = TODAY) -> County:
    """Build the county in the test's database."""
    root = make.county()
    town, rival = make.town(root, "T01", "青溪镇"), make.town(root, "T02", "石泉镇")
    statistics = make.department(root, "D01", "县统计局")
    village = make.village(town, "T01-V01", "青溪村")
    groups = {
        f"{of.code}-{key}": make.group(of, key, name)
        for of in (town, rival)
        for key, name in GROUPS.items()
    }
    places = {unit.code: unit for unit in (root, statistics, town, rival, village)}
    return County(
        site=make.site(root, demo=demo, business_date=business_date if demo else None),
        county=root,
        statistics=statistics,
        farming=make.department(root, "D02", "县农业农村局"),
        town=town,
        rival=rival,
        plain=make.town(root, "T03", "河湾镇", "川道镇"),
        village=village,
        office=make.office(town, "T01-O01", "党政办公室"),
        groups=groups,
        **_people(places, groups),
    )


def sign_in(client: Client, person: User) -> None:
    """Sign a person in without asking for a password."""
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")


def scope(person: User, day: date = TODAY) -> Scope:
    """Give what the person may see on the day."""
    return queries.scope_of(person, day)


def actor(person: User, day: date = TODAY) -> Actor:
    """Give the person as the ledger writes them."""
    return queries.actor(scope(person, day))


def moment(day: date = TODAY, hour: int = 9, minute: int = 0) -> Moment:
    """Give a moment of that business day, by the county's clock."""
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))
    return Moment(at, day)


def _people(places: dict[str, Unit], groups: dict[str, WorkingGroup]) -> dict[str, User]:
    seats = {
        "reporter": ("t01-g3-reporter", "何青", Role.REPORTER, "T01", "T01-G3"),
        "colleague": ("t01-g3-second", "梁平", Role.REPORTER, "T01", "T01-G3"),
        "farm_reporter": ("t01-g2-reporter", "田稔", Role.REPORTER, "T01", "T01-G2"),
        "group_leader": ("t01-g3-leader", "石磊", Role.GROUP_LEADER, "T01", "T01-G3"),
        "leader": ("t01-leader", "周正", Role.TOWN_LEADER, "T01", ""),
        "town_office": ("t01-office", "许文", Role.TOWN_OFFICE, "T01", ""),
        "supervisor": ("t01-supervision", "严明", Role.SUPERVISION, "T01", ""),
        "village_reporter": ("t01-v01", "江源", Role.VILLAGE_REPORTER, "T01-V01", ""),
        "stranger": ("t02-g3-reporter", "罗远", Role.REPORTER, "T02", "T02-G3"),
        "rival_leader": ("t02-leader", "曹盛", Role.TOWN_LEADER, "T02", ""),
        "department": ("d01", "沈统", Role.DEPARTMENT, "D01", ""),
        "assessor": ("assessment", "秦衡", Role.ASSESSMENT, "H00", ""),
        "administrator": ("administrator", "管源", Role.ADMINISTRATOR, "H00", ""),
        "auditor": ("auditor", "宋鉴", Role.AUDITOR, "H00", ""),
    }
    people = {}
    for part, (username, name, role, unit, group) in seats.items():
        people[part] = make_accounts.person(username, name, password=PASSWORD)
        make.post(people[part], role, places[unit], groups.get(group))
    make.member(groups["T01-G3"], people["group_leader"], GroupRole.LEADER)
    make.member(groups["T01-G3"], people["reporter"], GroupRole.LIAISON)
    return people
