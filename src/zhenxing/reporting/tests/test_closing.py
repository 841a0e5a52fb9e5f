"""A month is closed by two persons, once its last day is over for everybody."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.audit.models import Entry
from zhenxing.kernel.problems import Problem
from zhenxing.reporting import services
from zhenxing.reporting.choices import CallState, Status
from zhenxing.reporting.models import Call, Submission
from zhenxing.reporting.tests import make, make_calls

if TYPE_CHECKING:
    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(month: make.Month) -> User:
    """Give the office's second person."""
    return make_calls.second_assessor(month.county)


def proposed(month: make.Month, day: date = make.DAY_AFTER) -> Call | Problem:
    return services.propose_closing(
        call=month.october, scope=cast.scope(month.county.assessor), moment=cast.moment(day)
    )


def closed(month: make.Month, by: User, day: date = make.DAY_AFTER) -> Call | Problem:
    return services.close_call(call=month.october, scope=cast.scope(by), moment=cast.moment(day))


def test_closing_writes_the_root_and_who_is_missing(month: make.Month, second: User) -> None:
    make.handed_in(month, month.county.reporter)
    returned = month.submission("T02-G3")
    Submission.objects.filter(pk=returned.pk).update(status=Status.RETURNED, latest=1)
    assert isinstance(proposed(month), Call)
    call = closed(month, second)
    assert isinstance(call, Call)
    assert (call.closed_on, call.state(cast.TODAY)) == (make.DAY_AFTER, CallState.CLOSED)
    entry = Entry.objects.get(pk=call.closing_entry or 0)
    said = json.loads(entry.details)
    assert (said["versions"], len(said["missing"])) == (1, 12)
    assert (said["returned"], said["proposed_by"]) == (["T02-G3"], "assessment")
    assert "T01-G3" not in said["missing"]
    assert (entry.actor, entry.subject) == ("assessment-2", "2023年10月填报")


def test_nobody_closes_alone(month: make.Month, second: User) -> None:
    before = make.row_counts()
    alone = closed(month, month.county.assessor)
    assert isinstance(alone, Problem)
    assert "还没有人提出关闭" in alone.what
    assert make.row_counts() == before
    assert isinstance(proposed(month), Call)
    same = closed(month, month.county.assessor)
    assert isinstance(same, Problem)
    assert "不能再由您关闭" in same.what
    again = services.propose_closing(
        call=month.october, scope=cast.scope(second), moment=cast.moment(make.DAY_AFTER)
    )
    assert isinstance(again, Problem)
    assert "已经有人提出" in again.what


def test_it_is_not_closed_before_its_last_day_is_over(month: make.Month, second: User) -> None:
    before = make.row_counts()
    for day in (cast.TODAY, month.october.due):
        done = proposed(month, day)
        assert isinstance(done, Problem)
        assert "还没有过完" in done.what
    assert make.row_counts() == before


def test_it_is_not_closed_before_the_last_extension_is_over(
    month: make.Month, second: User
) -> None:
    until = month.october.due + timedelta(days=3)
    Submission.objects.filter(pk=month.submission().pk).update(extended_to=until)
    refused = proposed(month, until)
    assert isinstance(refused, Problem)
    assert "（含延期）" in refused.what
    assert isinstance(proposed(month, until + make_calls.DAY), Call)


def test_it_is_not_closed_while_somebody_waits_for_an_answer(
    month: make.Month, second: User
) -> None:
    services.ask_extension(
        submission=month.submission(),
        until=date(2023, 10, 27),
        reason="停电",
        scope=cast.scope(month.county.reporter),
        moment=cast.moment(),
    )
    refused = proposed(month, date(2023, 10, 30))
    assert isinstance(refused, Problem)
    assert "1件延期申请没有答复" in refused.what


def test_it_is_closed_once(month: make.Month, second: User) -> None:
    make_calls.closed(month.october, month.county, second, make.DAY_AFTER)
    entries = Entry.objects.count()
    for again in (closed(month, second), proposed(month)):
        assert isinstance(again, Problem)
        assert "已于2023-10-26关闭" in again.what
    assert Entry.objects.count() == entries


def test_a_temporary_call_is_not_closed_by_hand(month: make.Month, second: User) -> None:
    Call.objects.filter(pk=month.october.pk).update(kind="temporary", expires=date(2023, 11, 1))
    refused = proposed(month)
    assert isinstance(refused, Problem)
    assert "到期自行结束" in refused.what


@pytest.mark.both_engines
def test_the_closing_is_vouched_for(month: make.Month) -> None:
    second = make_calls.second_assessor(month.county)
    call = make_calls.closed(month.october, month.county, second, make.DAY_AFTER)
    seals = json.loads(Entry.objects.get(pk=call.closing_entry or 0).seals)
    assert list(seals["reporting.Call"]["state"]) == [str(call.pk)]
