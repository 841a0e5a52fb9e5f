"""A temporary call shows its price before it is made, needs two persons, and ends by itself."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tests import cast
from zhenxing.audit.models import Entry
from zhenxing.indicators.choices import StandingChoice
from zhenxing.indicators.models import Charge
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem
from zhenxing.reporting import queries, services
from zhenxing.reporting.choices import CallState
from zhenxing.reporting.models import Call, Submission, Upload
from zhenxing.reporting.queries.asking import weight_of
from zhenxing.reporting.services import Asking
from zhenxing.reporting.tests import make, make_calls

if TYPE_CHECKING:
    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db

OCTOBER = Period.parse("2023-10")
ASKING = Asking(
    title="招商到位资金核查",
    basis="青政办函〔2023〕41号",
    reason="迎接市里检查",
    period=OCTOBER,
    indicators=("paid_in", "reserve"),
    groups=("T01-G3", "T01-G6", "T02-G3"),
    due=date(2023, 10, 27),
    expires=date(2023, 11, 3),
)


def proposed(by: User, asking: Asking = ASKING) -> Call | Problem:
    return services.propose_call(asking, scope=cast.scope(by), moment=cast.moment())


def approved(month: make.Month, second: User, day: date = cast.TODAY) -> Call:
    call = proposed(month.county.assessor)
    assert isinstance(call, Call), call
    done = services.approve_call(call=call, scope=cast.scope(second), moment=cast.moment(day))
    assert isinstance(done, Call), done
    return done


@pytest.fixture
def second(month: make.Month) -> User:
    """Give the office's second person."""
    return make_calls.second_assessor(month.county)


def test_nobody_is_asked_before_a_second_person_approves(month: make.Month, second: User) -> None:
    call = proposed(month.county.assessor)
    assert isinstance(call, Call)
    assert (call.code, call.state(cast.TODAY)) == ("2023-10-L1", CallState.PROPOSED)
    assert not call.submissions.exists()
    own = services.approve_call(
        call=call, scope=cast.scope(month.county.assessor), moment=cast.moment()
    )
    assert isinstance(own, Problem)
    assert "不能由您答复" in own.what
    done = services.approve_call(call=call, scope=cast.scope(second), moment=cast.moment())
    assert isinstance(done, Call)
    assert (done.state(cast.TODAY), done.approved_by) == (CallState.OPEN, "assessment-2")
    assert done.submissions.count() == 3
    again = services.approve_call(call=call, scope=cast.scope(second), moment=cast.moment())
    assert isinstance(again, Problem)


@pytest.mark.parametrize("letter", [*"ADLGFVCSX"])
def test_only_the_office_approves_or_refuses(month: make.Month, letter: str) -> None:
    call = proposed(month.county.assessor)
    assert isinstance(call, Call)
    scope = cast.scope(month.county.of_role(letter))
    moment = cast.moment()
    assert isinstance(services.approve_call(call=call, scope=scope, moment=moment), Problem)
    no = services.refuse_call(call=call, reason="不必", scope=scope, moment=moment)
    assert isinstance(no, Problem)
    assert call.state(cast.TODAY) is CallState.PROPOSED


def test_a_refusal_says_why_and_asks_nobody(month: make.Month, second: User) -> None:
    call = proposed(month.county.assessor)
    assert isinstance(call, Call)
    scope, moment = cast.scope(second), cast.moment()
    silent = services.refuse_call(call=call, reason=" ", scope=scope, moment=moment)
    assert isinstance(silent, Problem)
    done = services.refuse_call(call=call, reason="月报已有", scope=scope, moment=moment)
    assert isinstance(done, Call)
    assert (done.state(cast.TODAY), done.refused) == (CallState.REFUSED, "月报已有")
    assert not Submission.objects.filter(call=done).exists()


def test_a_form_asks_only_what_the_call_names(month: make.Month, second: User) -> None:
    make.figure(month.county.town, "paid_in", "2023-10", "6720.5", StandingChoice.CONFIRMED)
    call = approved(month, second)
    submission = month.submission("T01-G6", call)
    form = queries.form_of(submission, cast.TODAY)
    assert [question.code for question in form.questions] == ["paid_in", "reserve"]
    assert form.questions[0].locked == "已核定"
    assert form.due == date(2023, 10, 27)


def test_the_price_is_shown_before_it_is_made(month: make.Month) -> None:
    make.figure(month.county.town, "paid_in", "2023-10", "6720.5", StandingChoice.CONFIRMED)
    asked = (*ASKING.indicators, "replies")
    weight = weight_of(asked, ASKING.groups, OCTOBER, cast.TODAY)
    paid_in, reserve, replies = weight.rows
    assert [group.code for group in paid_in.known] == ["T01-G3", "T01-G6"]
    assert [group.code for group in reserve.twice] == ["T01-G3", "T01-G6", "T02-G3"]
    assert reserve.by == ("每月填报（稳投资专班）",)
    assert replies.period == Period.parse("2023-Q3")
    assert (weight.entries, weight.known, weight.twice, weight.new) == (9, 2, 9, 0)


def test_what_is_asked_newly_is_counted_as_new(month: make.Month, second: User) -> None:
    groups = ("T01-G6",)
    month.county.groups["T01-G3"].charges.all().delete()
    weight = weight_of(("paid_in", "replies"), groups, Period.parse("2023-11"), cast.TODAY)
    paid_in, replies = weight.rows
    assert (paid_in.new, replies.period, replies.new) == (1, None, 0)
    assert (weight.entries, weight.new) == (1, 1)
    call = approved(month, second)
    again = weight_of(("paid_in",), groups, OCTOBER, cast.TODAY)
    assert again.rows[0].by == (f"{call.title}（稳投资专班）", f"{call.title}（招商引资专班）")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"title": " "}, "名称"),
        ({"title": "长" * 61}, "名称"),
        ({"basis": ""}, "依据文号"),
        ({"reason": ""}, "事由"),
        ({"due": cast.TODAY}, "截止日"),
        ({"expires": date(2023, 10, 26)}, "到期日"),
        ({"expires": date(2024, 3, 1)}, "到期日"),
        ({"indicators": ()}, "指标"),
        ({"indicators": ("fai",)}, "指标"),
        ({"indicators": ("nothing",)}, "指标"),
        ({"groups": ()}, "专班"),
        ({"groups": ("T09-G9",)}, "专班"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(
    month: make.Month, change: dict[str, Any], where: str
) -> None:
    done = proposed(month.county.assessor, replace(ASKING, **change))
    assert isinstance(done, Problem)
    assert done.where == where
    assert Call.objects.count() == 2


def test_a_department_asks_only_about_its_own_indicators(month: make.Month) -> None:
    assert isinstance(proposed(month.county.department), Call)
    make_calls.foreign_lead(month.county, "reserve")
    refused = proposed(month.county.department)
    assert isinstance(refused, Problem)
    assert "不由您的部门牵头" in refused.what


def test_a_town_asks_only_its_own_groups(month: make.Month) -> None:
    refused = proposed(month.county.town_office)
    assert isinstance(refused, Problem)
    assert "不属于本镇" in refused.what
    own = replace(ASKING, groups=("T01-G3",))
    assert isinstance(proposed(month.county.town_office, own), Call)


@pytest.mark.parametrize("letter", [*"ALGFVSX"])
def test_nobody_else_proposes(month: make.Month, letter: str) -> None:
    own = replace(ASKING, groups=("T01-G3",))
    assert isinstance(proposed(month.county.of_role(letter), own), Problem)


def test_it_is_not_approved_when_its_day_is_over(month: make.Month, second: User) -> None:
    call = proposed(month.county.assessor)
    assert isinstance(call, Call)
    late = services.approve_call(
        call=call, scope=cast.scope(second), moment=cast.moment(date(2023, 10, 28))
    )
    assert isinstance(late, Problem)
    assert "截止日已过" in late.what


@pytest.mark.both_engines
def test_it_ends_by_itself_and_says_who_was_missing(month: make.Month) -> None:
    call = approved(month, make_calls.second_assessor(month.county))
    assert services.expire_calls(cast.moment(date(2023, 11, 3))) == []
    (ended,) = services.expire_calls(cast.moment(date(2023, 11, 4)))
    assert (ended.pk, ended.closed_on) == (call.pk, date(2023, 11, 4))
    assert ended.state(date(2023, 11, 4)) is CallState.EXPIRED
    said = json.loads(Entry.objects.latest("sequence").details)
    assert said == {"code": call.code, "missing": ["T01-G3", "T01-G6", "T02-G3"]}
    assert services.expire_calls(cast.moment(date(2023, 11, 5))) == []
    problem = services.closed_problem(ended, cast.moment(date(2023, 11, 4)))
    assert problem
    assert "到期，不再收表" in problem.what


def test_the_second_of_a_month_has_a_number_of_its_own(month: make.Month) -> None:
    proposed(month.county.assessor)
    other = proposed(month.county.assessor)
    assert isinstance(other, Call)
    assert other.code == "2023-10-L2"
    assert queries.current_call(cast.TODAY) == month.october


def test_it_never_asks_once_more_for_numbers_of_a_closed_month(
    month: make.Month, second: User
) -> None:
    make.handed_in(month, month.county.reporter)
    day = make.DAY_AFTER
    make_calls.closed(month.october, month.county, second, day)
    asking = replace(ASKING, due=date(2023, 10, 30))
    done = services.propose_call(
        asking, scope=cast.scope(month.county.town_office, day), moment=cast.moment(day)
    )
    assert isinstance(done, Problem)
    assert "关闭" in done.what
    assert "更正单" in done.next


def test_what_no_month_asks_may_still_be_asked_of_a_closed_one(
    month: make.Month, second: User
) -> None:
    make_calls.closed(month.october, month.county, second, make.DAY_AFTER)
    Charge.objects.filter(indicator__code__in=ASKING.indicators).delete()
    assert isinstance(proposed(month.county.assessor), Call)


@pytest.mark.parametrize("step", ["approve", "submit", "review"])
def test_a_month_closed_meanwhile_ends_what_was_asked_besides(
    month: make.Month, second: User, step: str
) -> None:
    asking = replace(ASKING, groups=("T01-G3",), due=date(2023, 10, 30))
    call = proposed(month.county.assessor, asking)
    assert isinstance(call, Call)
    if step == "approve":
        make_calls.closed(month.october, month.county, second, make.DAY_AFTER)
    moment = cast.moment(make.DAY_AFTER)
    scope = cast.scope(second, make.DAY_AFTER)
    answer: object = services.approve_call(call=call, scope=scope, moment=moment)
    if step != "approve":
        assert isinstance(answer, Call)
        answer = _went_on(month, answer, second, step)
    assert isinstance(answer, Problem)
    assert "该月已于2023年10月26日" in answer.what


def _went_on(month: make.Month, call: Call, second: User, step: str) -> object:
    """Hand the temporary form in, or review it, the month being closed just before."""
    moment, county = cast.moment(make.DAY_AFTER), month.county
    form = month.submission(call=call)
    scope = cast.scope(county.reporter, make.DAY_AFTER)
    data = make.filled(make.blank(form, moment), {"F4": 7000})
    upload = services.upload(data, name=make.NAME, submission=form, scope=scope, moment=moment)
    assert isinstance(upload, Upload), upload
    close = partial(make_calls.closed, month.october, county, second, make.DAY_AFTER)
    if step == "submit":
        close()
    done = services.submit(token=upload.token, scope=scope, moment=moment, base_version=0)
    if step == "submit":
        return done
    assert isinstance(done, services.Handed)
    close()
    return services.review(
        submission=form,
        scope=cast.scope(county.group_leader, make.DAY_AFTER),
        moment=moment,
        base_version=1,
    )


def test_a_group_is_not_asked_for_what_another_of_its_town_answers_for(
    month: make.Month, second: User
) -> None:
    call = approved(month, second)
    own, other = (
        {
            question.code: question.locked
            for question in queries.form_of(
                call.submissions.get(group__code=code), cast.TODAY
            ).questions
        }
        for code in ("T01-G3", "T01-G6")
    )
    assert own["paid_in"] == ""
    assert other["paid_in"] == f"由{month.county.groups['T01-G3'].name}报"
