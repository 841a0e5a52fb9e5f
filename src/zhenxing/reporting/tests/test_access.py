"""Who hands in: the reporter of that very group and nobody else; the month is the assessors'."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.audit.models import Entry
from zhenxing.organisation.tests import make as make_posts
from zhenxing.reporting import access, services
from zhenxing.reporting.models import Submission
from zhenxing.reporting.tests import make
from zhenxing.web.scope import NOBODY, Scope

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

NOT_THE_REPORTER = [letter for letter in Role.values if letter != "F"]


def test_both_reporters_of_a_group_hand_in_for_it(county: cast.County) -> None:
    for person in (county.reporter, county.colleague):
        assert access.may_submit(cast.scope(person), "T01-G3")


@pytest.mark.parametrize("letter", NOT_THE_REPORTER)
def test_no_other_role_hands_in(county: cast.County, letter: str) -> None:
    assert not access.may_submit(cast.scope(county.of_role(letter)), "T01-G3")


@pytest.mark.parametrize("group", ["T01-G2", "T02-G3", "", "T01"])
def test_a_reporter_hands_in_for_no_other_group(county: cast.County, group: str) -> None:
    assert not access.may_submit(cast.scope(county.reporter), group)


def test_the_rivals_reporter_does_not_hand_in_for_us(county: cast.County) -> None:
    assert not access.may_submit(cast.scope(county.stranger), "T01-G3")


@pytest.mark.parametrize("letter", ["L", "A", "X"])
def test_who_signs_or_audits_hands_in_nothing_even_with_a_reporters_post(letter: str) -> None:
    both = Scope(username="x", roles=frozenset({"F", letter}), reports=frozenset({"T01-G3"}))
    assert not access.may_submit(both, "T01-G3")


def test_who_leads_a_group_hands_in_for_another_but_not_for_his_own() -> None:
    person = Scope(
        username="x",
        roles=frozenset({"F", "G"}),
        reports=frozenset({"T01-G3", "T01-G2"}),
        leads=frozenset({"T01-G3"}),
    )
    assert not access.may_submit(person, "T01-G3")
    assert access.may_submit(person, "T01-G2")


def test_a_visitor_does_nothing() -> None:
    assert not access.may_submit(NOBODY, "T01-G3")
    assert not access.may_run_calls(NOBODY)


@pytest.mark.parametrize("letter", Role.values)
def test_only_the_assessment_office_runs_the_months(county: cast.County, letter: str) -> None:
    assert access.may_run_calls(cast.scope(county.of_role(letter))) is (letter == "K")


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.ADMINISTRATOR])
def test_a_county_post_opens_no_other_towns_returns(
    month: make.Month, client: Client, role: Role
) -> None:
    """The county roles that read no returns lend nothing to a post in one town."""
    county = month.county
    unit = county.statistics if role == Role.DEPARTMENT else county.county
    make_posts.post(county.stranger, role, unit)
    scope = cast.scope(county.stranger)
    seen = Submission.objects.visible_to(scope).values_list("group__unit__code", flat=True)
    assert set(seen) == {"T02"}
    receipt = make.handed_in(month, county.reporter).receipt
    cast.sign_in(client, county.stranger)
    assert client.get("/returns/2023-10/T02-G3/").status_code == 200
    for foreign in (
        "/returns/2023-10/T01-G3/",
        f"/receipts/{receipt}/",
        f"/receipts/{receipt}.json",
    ):
        assert client.get(foreign).status_code == 404
    assert "青溪镇" not in client.get("/returns/").content.decode()


def test_who_reads_every_figure_reads_every_return(month: make.Month) -> None:
    for letter in "KX":
        scope = cast.scope(month.county.of_role(letter))
        assert Submission.objects.visible_to(scope).count() == Submission.objects.count()


def test_the_ledger_says_whether_it_came_by_a_page_or_by_the_servers_console(
    month: make.Month,
) -> None:
    make.handed_in(month, month.county.reporter)
    form = make.filled(make.blank(month.submission()), make.values(works=9070))
    services.submit_file(form, name=make.NAME, username="t01-g3-second", moment=cast.moment())
    told = Entry.objects.filter(action="reporting.submission.submitted").order_by("sequence")
    ways = [json.loads(entry.details)["way"] for entry in told]
    assert ways == ["page", "command"]
