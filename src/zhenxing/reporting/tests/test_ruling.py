"""A form filled offline and received late: the office rules in the open, the version stays."""

from __future__ import annotations

from datetime import date

import pytest

from tests import cast
from zhenxing.kernel.problems import Problem
from zhenxing.reporting import services
from zhenxing.reporting.models import Ruling, Upload, Version
from zhenxing.reporting.tests import make, make_calls

pytestmark = pytest.mark.django_db

LATE = date(2023, 10, 27)
CLAIMED = cast.moment(date(2023, 10, 25), 22, 10).at


def late_version(month: make.Month, claimed: object = CLAIMED) -> Version:
    """Hand in two days late a form that claims a moment."""
    by = month.county.reporter
    upload = make.uploaded(month, by, moment=cast.moment(LATE))
    if claimed:
        Upload.objects.filter(pk=upload.pk).update(told={"claimed_at": str(claimed)})
    done = services.submit(
        token=upload.token, scope=cast.scope(by), moment=cast.moment(LATE), base_version=0
    )
    assert isinstance(done, services.Handed)
    return Version.objects.select_related("submission__call").get(pk=done.version.pk)


def ruled(
    version: Version,
    month: make.Month,
    letter: str = "K",
    *,
    yes: bool = True,
    reason: str = "断网",
) -> Ruling | Problem:
    return services.rule_on_lateness(
        version=version,
        counts_as_on_time=yes,
        reason=reason,
        scope=cast.scope(month.county.of_role(letter)),
        moment=cast.moment(LATE),
    )


@pytest.mark.both_engines
def test_a_ruling_stands_beside_the_version_and_changes_nothing_of_it(month: make.Month) -> None:
    version = late_version(month)
    assert (version.on_time, version.claimed_at) == (False, CLAIMED)
    ruling = ruled(version, month)
    assert isinstance(ruling, Ruling)
    assert (ruling.counts_as_on_time, ruling.role) == (True, "K")
    assert Version.objects.get(pk=version.pk).on_time is False


def test_it_is_ruled_once(month: make.Month) -> None:
    version = late_version(month)
    assert isinstance(ruled(version, month, yes=False), Ruling)
    again = ruled(version, month)
    assert isinstance(again, Problem)
    assert "已经认定过" in again.what


@pytest.mark.parametrize("letter", [*"ADLGFVCSX"])
def test_nobody_else_rules(month: make.Month, letter: str) -> None:
    assert isinstance(ruled(late_version(month), month, letter), Problem)
    assert not Ruling.objects.exists()


def test_what_claims_nothing_or_was_in_time_has_no_ruling(month: make.Month) -> None:
    silent = ruled(late_version(month, claimed=None), month)
    assert isinstance(silent, Problem)
    assert "没有自称" in silent.what
    assert not services.may_be_on_time(Version.objects.get())


def test_a_version_in_time_has_none(month: make.Month) -> None:
    handed = make.handed_in(month, month.county.reporter)
    done = ruled(handed.version, month)
    assert isinstance(done, Problem)
    assert "按时" in done.what


def test_a_claim_after_the_day_is_late_whatever_is_wished(month: make.Month) -> None:
    version = late_version(month, cast.moment(date(2023, 10, 26), 0, 1).at)
    refused = ruled(version, month)
    assert isinstance(refused, Problem)
    assert "也在截止之后" in refused.what
    assert isinstance(ruled(version, month, yes=False), Ruling)


@pytest.mark.parametrize("reason", ["", " ", "长" * 201])
def test_it_says_why(month: make.Month, reason: str) -> None:
    refused = ruled(late_version(month), month, reason=reason)
    assert isinstance(refused, Problem)
    assert make_calls.fresh(month.submission()).latest == 1
