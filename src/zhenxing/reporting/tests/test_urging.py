"""An office urges; the ledger keeps that it did, and whether it arrived."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.audit.models import Entry
from zhenxing.kernel.problems import Problem
from zhenxing.reporting import services
from zhenxing.reporting.models import Urging, UrgingRead
from zhenxing.reporting.tests import make, make_calls

if TYPE_CHECKING:
    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db


def urged(
    month: make.Month, by: User, *groups: str, text: str = ""
) -> tuple[Urging, ...] | Problem:
    return services.urge(
        call=month.october,
        groups=groups or ("T01-G3",),
        text=text,
        scope=cast.scope(by),
        moment=cast.moment(),
    )


@pytest.mark.both_engines
def test_the_town_urges_its_own_and_the_ledger_keeps_it(month: make.Month) -> None:
    done = urged(month, month.county.town_office, "T01-G3", "T01-G2")
    assert isinstance(done, tuple)
    assert {each.submission.group.code for each in done} == {"T01-G3", "T01-G2"}
    assert done[0].text == "2023年10月填报：10月25日（周三）24时截止，还有5天，请尽快报送"
    entry = Entry.objects.latest("sequence")
    assert (entry.action, entry.actor) == ("reporting.submission.urged", "t01-office")
    assert sorted(json.loads(entry.details)["groups"]) == ["T01-G2", "T01-G3"]
    assert (done[0].role, done[0].sealed_by) == ("C", entry.sequence)


def test_the_county_urges_all(month: make.Month) -> None:
    done = urged(month, month.county.assessor, "T01-G3", "T02-G3", text="请今天报齐。")
    assert isinstance(done, tuple)
    assert {(each.text, each.role) for each in done} == {("请今天报齐。", "K")}


def test_a_town_does_not_urge_another(month: make.Month) -> None:
    refused = urged(month, month.county.town_office, "T02-G3")
    assert isinstance(refused, Problem)
    assert "不归您催报" in refused.what
    assert not Urging.objects.exists()


@pytest.mark.parametrize("letter", [*"ADLGFVSX"])
def test_nobody_else_urges(month: make.Month, letter: str) -> None:
    assert isinstance(urged(month, month.county.of_role(letter)), Problem)


def test_who_has_handed_in_is_not_urged(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    refused = urged(month, month.county.town_office)
    assert isinstance(refused, Problem)
    assert "都已报送" in refused.what


def test_it_urges_once_a_day(month: make.Month) -> None:
    office = month.county.town_office
    assert isinstance(urged(month, office), tuple)
    assert isinstance(urged(month, office), Problem)
    both = urged(month, office, "T01-G3", "T01-G2")
    assert isinstance(both, tuple)
    assert [each.submission.group.code for each in both] == ["T01-G2"]
    assert isinstance(urged(month, month.county.assessor), tuple)


def test_it_urges_only_for_an_open_month(month: make.Month) -> None:
    refused = services.urge(
        call=month.september,
        groups=["T01-G3"],
        text="",
        scope=cast.scope(month.county.town_office),
        moment=cast.moment(),
    )
    assert isinstance(refused, Problem)
    assert "不在填报中" in refused.what


def test_it_does_not_cut_what_somebody_wrote(month: make.Month) -> None:
    refused = urged(month, month.county.town_office, text="快" * 201)
    assert isinstance(refused, Problem)
    assert "201字" in refused.what


def test_its_reporter_says_that_it_arrived_once(month: make.Month) -> None:
    done = urged(month, month.county.town_office)
    assert isinstance(done, tuple)
    scope = cast.scope(month.county.reporter)
    first = services.read_urging(urging=done[0], scope=scope, moment=cast.moment())
    again = services.read_urging(urging=done[0], scope=scope, moment=cast.moment())
    assert isinstance(first, UrgingRead)
    assert again == first
    assert Entry.objects.filter(action="reporting.urging.read").count() == 1
    colleague = cast.scope(month.county.colleague)
    also = services.read_urging(urging=done[0], scope=colleague, moment=cast.moment())
    assert isinstance(also, UrgingRead)
    assert UrgingRead.objects.count() == 2


@pytest.mark.parametrize("letter", [*"ADKLGVCSX"])
def test_nobody_else_says_so(month: make.Month, letter: str) -> None:
    done = urged(month, month.county.town_office)
    assert isinstance(done, tuple)
    scope = cast.scope(month.county.of_role(letter))
    refused = services.read_urging(urging=done[0], scope=scope, moment=cast.moment())
    assert isinstance(refused, Problem)
    assert make_calls.fresh(done[0].submission).urgings.count() == 1
    assert not UrgingRead.objects.exists()
