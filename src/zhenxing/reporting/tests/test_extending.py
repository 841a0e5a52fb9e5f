"""More days: asked before the day, supported by the town, decided by the county, seen by all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.audit.models import Entry
from zhenxing.kernel.problems import Problem
from zhenxing.reporting import services
from zhenxing.reporting.choices import ExtensionState
from zhenxing.reporting.models import Extension
from zhenxing.reporting.tests import make, make_calls
from zhenxing.reporting.timeliness import HandIn, Timing, timing

if TYPE_CHECKING:
    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db

UNTIL = date(2023, 10, 30)


def asked(
    month: make.Month, by: User, day: date = cast.TODAY, until: date = UNTIL, reason: str = "停电"
) -> Extension | Problem:
    return services.ask_extension(
        submission=month.submission(),
        until=until,
        reason=reason,
        scope=cast.scope(by, day),
        moment=cast.moment(day),
    )


def open_one(month: make.Month, *, supported: bool = False) -> Extension:
    done = asked(month, month.county.reporter)
    assert isinstance(done, Extension), done
    if supported:
        done = services.support_extension(
            extension=done, scope=cast.scope(month.county.town_office), moment=cast.moment()
        )
        assert isinstance(done, Extension), done
    return done


def granted(extension: Extension, by: User, day: date = cast.TODAY) -> Extension | Problem:
    return services.grant_extension(
        extension=extension, answer="同意", scope=cast.scope(by, day), moment=cast.moment(day)
    )


def refused(extension: Extension, by: User, answer: str = "可先报快报") -> Extension | Problem:
    return services.refuse_extension(
        extension=extension, answer=answer, scope=cast.scope(by), moment=cast.moment()
    )


@pytest.mark.both_engines
def test_three_persons_give_the_days_step_by_step(month: make.Month) -> None:
    done = granted(open_one(month, supported=True), month.county.assessor)
    assert isinstance(done, Extension)
    submission = month.submission()
    assert (submission.extended_to, submission.due) == (UNTIL, UNTIL)
    assert "已延期：10月30日（周一）24时截止" in submission.countdown(cast.TODAY)
    assert (done.asked_by, done.proposed_by, done.decided_by) == (
        "t01-g3-reporter", "t01-office", "assessment",
    )  # fmt: skip
    acts = Entry.objects.filter(action__startswith="reporting.extension").values_list("action")
    assert [action for (action,) in acts] == [
        "reporting.extension.asked",
        "reporting.extension.supported",
        "reporting.extension.granted",
    ]


def test_what_is_handed_in_until_then_is_on_time(month: make.Month) -> None:
    granted(open_one(month, supported=True), month.county.assessor)
    upload = make.uploaded(month, month.county.reporter, moment=cast.moment(UNTIL))
    done = services.submit(
        token=upload.token,
        scope=cast.scope(month.county.reporter),
        moment=cast.moment(UNTIL, 23, 59),
        base_version=0,
    )
    assert isinstance(done, services.Handed)
    assert (done.version.on_time, done.version.due) == (True, UNTIL)


def test_it_is_asked_through_the_last_day_and_not_after(month: make.Month) -> None:
    reporter = month.county.reporter
    late = asked(month, reporter, day=make.DAY_AFTER)
    assert isinstance(late, Problem)
    assert "已过，不能再申请" in late.what
    assert not Extension.objects.exists()
    assert isinstance(asked(month, reporter, day=month.october.due), Extension)


@pytest.mark.parametrize("letter", [*"ADKLGVCSX"])
def test_only_its_reporter_asks(month: make.Month, letter: str) -> None:
    assert isinstance(asked(month, month.county.of_role(letter)), Problem)


@pytest.mark.parametrize(
    ("until", "reason", "said"),
    [
        (date(2023, 10, 25), "停电", "要在2023-10-25之后"),
        (date(2023, 11, 26), "停电", "2023-11-25之前"),
        (UNTIL, " ", "没有填写"),
        (UNTIL, "停" * 201, "超过200字"),
    ],
)
def test_a_wish_says_until_when_and_why(
    month: make.Month, until: date, reason: str, said: str
) -> None:
    wrong = asked(month, month.county.reporter, until=until, reason=reason)
    assert isinstance(wrong, Problem)
    assert said in wrong.what


def test_one_wish_at_a_time_and_none_when_handed_in(month: make.Month) -> None:
    open_one(month)
    second = asked(month, month.county.colleague)
    assert isinstance(second, Problem)
    assert "已有一件申请在办" in second.what
    refused(Extension.objects.get(), month.county.town_office)
    make.handed_in(month, month.county.reporter)
    third = asked(month, month.county.reporter)
    assert isinstance(third, Problem)
    assert "已经报送" in third.what


def test_a_closed_month_gives_no_days(month: make.Month) -> None:
    second = make_calls.second_assessor(month.county)
    extension = open_one(month, supported=True)
    month.october.closed_on = make.DAY_AFTER
    month.october.save()
    late = granted(extension, second, make.DAY_AFTER)
    assert isinstance(late, Problem)
    assert "已经关闭" in late.what
    closed = asked(month, month.county.reporter)
    assert isinstance(closed, Problem)
    assert "不在填报中" in closed.what


def test_the_town_says_its_word_first(month: make.Month) -> None:
    extension = open_one(month)
    early = granted(extension, month.county.assessor)
    assert isinstance(early, Problem)
    assert "待镇里提出意见" in early.what
    stranger = make_calls.town_office(month.county)
    for person in (stranger, month.county.leader, month.county.assessor):
        scope = cast.scope(person)
        done = services.support_extension(extension=extension, scope=scope, moment=cast.moment())
        assert isinstance(done, Problem)
    assert Extension.objects.get().state == ExtensionState.ASKED


@pytest.mark.parametrize("letter", [*"ADLGFVCSX"])
def test_only_the_county_gives_days(month: make.Month, letter: str) -> None:
    extension = open_one(month, supported=True)
    assert isinstance(granted(extension, month.county.of_role(letter)), Problem)
    assert month.submission().extended_to is None


def test_the_town_and_the_county_may_say_no_with_a_reason(month: make.Month) -> None:
    extension = open_one(month)
    empty = refused(extension, month.county.town_office, " ")
    assert isinstance(empty, Problem)
    done = refused(extension, month.county.town_office)
    assert isinstance(done, Extension)
    assert (done.state, done.answer) == (ExtensionState.REFUSED, "可先报快报")
    second = open_one(month, supported=True)
    late_word = refused(second, month.county.town_office)
    assert isinstance(late_word, Problem)
    assert isinstance(refused(second, month.county.assessor), Extension)
    assert month.submission().extended_to is None
    assert isinstance(refused(second, month.county.assessor), Problem)


@pytest.mark.parametrize("letter", [*"ADLGFVSX"])
def test_nobody_else_says_no(month: make.Month, letter: str) -> None:
    extension = open_one(month)
    assert isinstance(refused(extension, month.county.of_role(letter)), Problem)


def test_nobody_signs_twice_on_one_wish(month: make.Month) -> None:
    extension = open_one(month, supported=True)
    Extension.objects.update(proposed_by="assessment")
    done = granted(extension, month.county.assessor)
    assert isinstance(done, Problem)
    assert "由另一个人" in done.next


def test_days_given_never_make_the_last_day_earlier(month: make.Month) -> None:
    submission = month.submission()
    submission.extended_to = date(2023, 10, 27)
    submission.call.due = date(2023, 10, 30)  # the year's holidays were announced since
    assert submission.due == date(2023, 10, 30)
    assert (
        timing(HandIn(submission.call.due, submission.extended_to), date(2023, 10, 28))
        is Timing.AHEAD
    )
