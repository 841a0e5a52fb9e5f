"""What each role's posts let it see."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.audit.models import Actor
from zhenxing.organisation import queries
from zhenxing.organisation.models import Post, Unit, WorkingGroup
from zhenxing.organisation.tests import make
from zhenxing.web.scope import NOBODY

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

OWN = {"T01", "T01-V01", "T01-O01"}


def visible(county: cast.County, letter: str) -> set[str]:
    scope = cast.scope(county.of_role(letter))
    return set(Unit.objects.visible_to(scope).values_list("code", flat=True))


@pytest.mark.both_engines
@pytest.mark.parametrize("letter", "LGFCS")
def test_a_town_role_sees_its_town_with_villages_and_offices(
    county: cast.County, letter: str
) -> None:
    assert visible(county, letter) == OWN


def test_a_village_reporter_sees_the_village_alone(county: cast.County) -> None:
    assert visible(county, "V") == {"T01-V01"}
    scope = cast.scope(county.village_reporter)
    assert scope.towns == frozenset()
    assert scope.unit_name == "青溪镇青溪村"


@pytest.mark.parametrize("letter", "AKDX")
def test_a_county_role_sees_every_unit(county: cast.County, letter: str) -> None:
    assert visible(county, letter) == set(Unit.objects.values_list("code", flat=True))


def test_a_reporter_reports_for_a_group_and_leads_none(county: cast.County) -> None:
    scope = cast.scope(county.reporter)
    assert scope.reports == {"T01-G3"}
    assert scope.leads == frozenset()
    assert scope.titles == ("稳投资专班",)


def test_a_group_leader_leads_a_group_and_reports_for_none(county: cast.County) -> None:
    scope = cast.scope(county.group_leader)
    assert scope.leads == {"T01-G3"}
    assert scope.reports == frozenset()


def test_a_department_speaks_for_itself(county: cast.County) -> None:
    assert cast.scope(county.department).departments == {"D01"}
    assert cast.scope(county.assessor).departments == frozenset()


@pytest.mark.both_engines
def test_several_posts_add_up(county: cast.County) -> None:
    make.post(county.reporter, Role.REPORTER, county.rival, county.groups["T02-G1"], title="兼职")
    scope = cast.scope(county.reporter)
    assert scope.towns == {"T01", "T02"}
    assert scope.reports == {"T01-G3", "T02-G1"}
    assert (scope.unit, scope.titles) == ("T01", ("稳投资专班", "兼职"))


@pytest.mark.both_engines
@pytest.mark.parametrize(
    ("change", "days_off"),
    [
        ({"since": cast.TODAY}, -1),
        ({"until": cast.TODAY}, 1),
    ],
)
def test_a_post_counts_from_its_first_to_its_last_day(
    county: cast.County, change: dict[str, date], days_off: int
) -> None:
    Post.objects.filter(person=county.reporter).update(**change)
    assert cast.scope(county.reporter).roles == {"F"}
    assert cast.scope(county.reporter, cast.TODAY + timedelta(days=days_off)).roles == frozenset()


def test_a_post_at_a_dissolved_unit_is_over(county: cast.County) -> None:
    county.town.closed = cast.TODAY
    county.town.save()
    assert cast.scope(county.reporter).roles == frozenset()
    assert cast.scope(county.reporter, cast.TODAY - timedelta(days=1)).roles == {"F"}


def test_a_post_in_a_dissolved_group_is_over(county: cast.County) -> None:
    WorkingGroup.objects.filter(code="T01-G3").update(closed=cast.TODAY)
    assert cast.scope(county.reporter).reports == frozenset()
    assert cast.scope(county.leader).roles == {"L"}


def test_a_visitor_is_nobody(county: cast.County) -> None:
    assert queries.scope_of(AnonymousUser(), cast.TODAY) == NOBODY


def test_a_group_is_seen_by_its_own_town_and_the_county(county: cast.County) -> None:
    def groups(letter: str) -> int:
        return WorkingGroup.objects.visible_to(cast.scope(county.of_role(letter))).count()

    assert (groups("F"), groups("V"), groups("K")) == (7, 0, 14)


def test_the_ledger_names_the_person_with_roles_and_unit(county: cast.County) -> None:
    assert cast.actor(county.leader) == Actor("t01-leader", "周正", "L", "T01")


@pytest.mark.both_engines
def test_one_query_reads_the_scopes_of_everybody(
    county: cast.County, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        scopes = queries.scopes_of(list(county.people.values()), cast.TODAY)
    assert scopes["auditor"].roles == {"X"}
    assert scopes["t02-leader"].towns == {"T02"}
