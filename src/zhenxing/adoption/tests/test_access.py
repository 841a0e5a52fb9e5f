"""Who registers, decides, writes on and teaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.adoption import access
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.targets.access import Seats


def seats(of: User) -> Seats:
    return target_queries.seats(cast.scope(of), cast.TODAY)


@pytest.mark.parametrize(
    ("who", "own", "of_county", "anywhere"),
    [
        ("assessor", False, True, True),
        ("town_office", True, False, True),
        ("group_leader", True, False, True),
        ("reporter", True, False, True),
        ("department", False, False, True),
        ("leader", False, False, False),
        ("supervisor", False, False, False),
        ("village_reporter", False, False, False),
        ("auditor", False, False, False),
        ("administrator", False, False, False),
        ("stranger", False, False, True),
    ],
)
def test_a_register_is_kept_by_its_own_people(
    county: cast.County,
    who: str,
    own: bool,  # noqa: FBT001  # a row of the table
    of_county: bool,  # noqa: FBT001  # a row of the table
    anywhere: bool,  # noqa: FBT001  # a row of the table
) -> None:
    posts = seats(getattr(county, who))
    assert access.registers(posts, "T01", is_countys=False) is own
    assert access.registers(posts, "H00", is_countys=True) is of_county
    assert access.registers_anywhere(posts) is anywhere


def test_a_department_keeps_its_own_register(county: cast.County) -> None:
    assert access.registers(seats(county.department), "D01", is_countys=False)
    assert not access.registers(seats(county.department), "D02", is_countys=False)


def test_the_office_decides_about_every_paper_and_a_stranger_about_none(
    county: cast.County,
) -> None:
    assert access.decides(seats(county.assessor), "T01", is_countys=False)
    assert access.decides(seats(county.reporter), "T01", is_countys=False)
    assert not access.decides(seats(county.stranger), "T01", is_countys=False)
    assert not access.decides(seats(county.auditor), "T01", is_countys=False)


def test_targets_are_drafted_by_the_office_and_departments(county: cast.County) -> None:
    allowed = {name for name, of in county.people.items() if access.places_targets(seats(of))}
    assert allowed == {county.assessor.username, county.department.username}


def test_names_are_taught_by_the_office_and_the_lead_department(county: cast.County) -> None:
    assert access.teaches(seats(county.assessor), "D02")
    assert access.teaches(seats(county.department), "D01")
    assert not access.teaches(seats(county.department), "D02")
    assert not access.teaches(seats(county.town_office), "D01")
    assert not access.teaches(seats(county.auditor), "D01")
