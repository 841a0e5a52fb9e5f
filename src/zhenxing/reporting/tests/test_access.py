"""Who hands in: the reporter of that very group and nobody else; the month is the assessors'."""

from __future__ import annotations

import pytest

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.reporting import access
from zhenxing.web.scope import NOBODY, Scope

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
