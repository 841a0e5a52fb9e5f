"""The lead department confirms: its own value beside the town's, many in one act, with reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.audit import queries as audit_queries
from zhenxing.audit.models import Entry
from zhenxing.engine.standing import Standing
from zhenxing.indicators.choices import StandingChoice
from zhenxing.indicators.models import Figure, Indicator
from zhenxing.organisation.tests import make as make_posts
from zhenxing.reporting import queries, services
from zhenxing.reporting.choices import Status
from zhenxing.reporting.models import Call, Confirmation, Step, Submission
from zhenxing.reporting.services.confirming import LONGEST_REASON
from zhenxing.reporting.tests import make, make_life

if TYPE_CHECKING:
    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db

TABLE = "/confirmations/?period=2023-10"
CONFIRM = "/confirmations/confirm/?period=2023-10"
ONE = "/confirmations/2023-10/T01-G3/"


def signed_in(person: User) -> Client:
    client = Client()
    cast.sign_in(client, person)
    return client


def key(code: str) -> str:
    submission = Submission.objects.get(call__code="2023-10", group__code="T01-G3")
    return f"{submission.pk}/1/{code}/2023-10"


@pytest.mark.both_engines
def test_the_last_confirmation_moves_the_form_on(month: make.Month) -> None:
    make_life.signed(month)
    said = make_life.verdicts(month)
    first = make_life.confirm(month, said[:2])
    assert isinstance(first, services.Confirmed)
    assert first.finished == ()
    assert make_life.status(month) == Status.SIGNED
    last = make_life.confirm(month, said[2:])
    assert isinstance(last, services.Confirmed)
    assert [each.group.code for each in last.finished] == ["T01-G3"]
    assert make_life.status(month) == Status.CONFIRMED
    step = Step.objects.get(move="confirm")
    assert (step.by, step.role, step.before, step.after) == ("d01", "D", "signed", "confirmed")
    assert audit_queries.verify().first_bad is None


@pytest.mark.both_engines
def test_the_departments_own_value_counts_and_the_towns_stays(month: make.Month) -> None:
    make_life.signed(month)
    make_life.confirm(month, make_life.verdicts(month, online=(315, "部门台账")))
    fact = make_life.counts(month, "online")
    assert fact is not None
    assert (fact.standing, fact.value) == (Standing.CONFIRMED, Decimal(315))
    line = Confirmation.objects.get(indicator__code="online")
    assert (line.reported, line.value, line.reason) == (Decimal(310), Decimal(315), "部门台账")
    figure = Figure.objects.get(indicator__code="online", standing=StandingChoice.CONFIRMED)
    assert (figure.by, figure.reason, figure.vintage) == ("d01", "部门台账", "flash")
    entry = Entry.objects.order_by("sequence").last()
    assert entry is not None
    assert entry.action == "reporting.submission.confirmed"


@pytest.mark.parametrize("reason", ["", "字" * (LONGEST_REASON + 1)])
def test_another_value_says_why_in_few_words(month: make.Month, reason: str) -> None:
    make_life.signed(month)
    before = make_life.lines()
    done = make_life.confirm(month, make_life.verdicts(month, online=(315, reason)))
    assert isinstance(done, services.NotConfirmed)
    (problem,) = done.problems.values()
    assert "网络零售额" in problem.where
    assert make_life.lines() == before


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(month: make.Month) -> None:
    make_life.signed(month)
    before = make_life.lines()
    said = make_life.verdicts(month, online=(315, ""), reserve=(9, ""), works=(9061, "台账"))
    done = make_life.confirm(month, said)
    assert isinstance(done, services.NotConfirmed)
    places = {said[number].indicator for number in done.problems}
    assert places == {"online", "reserve"}
    assert make_life.lines() == before


def test_nothing_ticked_is_nothing(month: make.Month) -> None:
    make_life.signed(month)
    done = make_life.confirm(month, [])
    assert isinstance(done, services.NotConfirmed)
    assert done.problems == {}


def test_a_confirmed_value_may_be_confirmed_anew_with_a_reason(month: make.Month) -> None:
    make_life.signed(month)
    make_life.confirm(month)
    again = [each for each in make_life.verdicts(month) if each.indicator == "online"]
    same = make_life.confirm(month, again)
    bare = make_life.confirm(month, [replace(again[0], value=Decimal(312))])
    done = make_life.confirm(month, [replace(again[0], value=Decimal(312), reason="年报核对")])
    assert isinstance(same, services.NotConfirmed)
    assert isinstance(bare, services.NotConfirmed)
    assert "已核定为这个数" in same.problems[0].what
    assert "没有写原因" in bare.problems[0].what
    assert isinstance(done, services.Confirmed)
    assert make_life.status(month) == Status.CONFIRMED
    fact = make_life.counts(month, "online")
    assert fact is not None
    assert fact.value == Decimal(312)
    assert Confirmation.objects.filter(indicator__code="online").count() == 2


def test_another_department_confirms_nothing_of_it(month: make.Month) -> None:
    make_life.signed(month)
    person = month.county.department
    person.posts.all().delete()
    make_posts.post(person, Role.DEPARTMENT, month.county.farming)
    done = make_life.confirm(month)
    assert isinstance(done, services.NotConfirmed)
    assert len(done.problems) == len(make.ASKED)


def test_a_department_confirms_its_own_indicators_only(month: make.Month) -> None:
    make_life.signed(month)
    Indicator.objects.filter(code="online").update(lead=month.county.farming)
    done = make_life.confirm(month)
    assert isinstance(done, services.NotConfirmed)
    assert len(done.problems) == 1


@pytest.mark.parametrize("letter", [role for role in Role.values if role != "D"])
def test_no_other_role_confirms(month: make.Month, letter: str) -> None:
    make_life.signed(month)
    before = make_life.lines()
    done = make_life.confirm(month, by=month.county.of_role(letter))
    assert isinstance(done, services.NotConfirmed)
    assert make_life.lines() == before


def test_who_filled_does_not_confirm_from_the_department(month: make.Month) -> None:
    make_life.signed(month)
    person = month.county.reporter
    person.posts.update(until=cast.TODAY - timedelta(days=1))
    make_posts.post(person, Role.DEPARTMENT, month.county.statistics)
    done = make_life.confirm(month, by=person)
    assert isinstance(done, services.NotConfirmed)
    assert "您填报过这份表，不能再核定" in done.problems[0].what


def test_what_is_not_signed_is_not_confirmed(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    done = make_life.confirm(month)
    assert isinstance(done, services.NotConfirmed)
    assert "组长先审核" in done.problems[0].next


def test_a_version_that_was_replaced_is_not_confirmed(month: make.Month) -> None:
    make_life.signed(month)
    old = make_life.verdicts(month)
    make_life.send_back(month, month.county.leader)
    new = make.filled(make.blank(month.submission()), make.values(online=205))
    make.handed_in(month, month.county.reporter, new)
    make_life.review(month)
    make_life.sign(month)
    done = make_life.confirm(month, old)
    assert isinstance(done, services.NotConfirmed)
    assert "已换成第2版" in done.problems[0].what


def test_a_number_named_twice_or_never_reported_is_refused(month: make.Month) -> None:
    make_life.signed(month)
    said = make_life.verdicts(month)[:1]
    twice = make_life.confirm(month, [*said, *said])
    never = make_life.confirm(month, [replace(said[0], indicator="fai")])
    assert isinstance(twice, services.NotConfirmed)
    assert isinstance(never, services.NotConfirmed)
    assert list(twice.problems) == [1]


def test_after_closing_the_department_confirms_nothing_more(month: make.Month) -> None:
    make_life.signed(month)
    Call.objects.filter(pk=month.october.pk).update(closed_on=make.DAY_AFTER)
    done = make_life.confirm(month)
    assert isinstance(done, services.NotConfirmed)
    assert "更正单" in done.problems[0].next


def test_next_months_form_asks_for_the_full_month_of_a_confirmed_flash(month: make.Month) -> None:
    make_life.signed(month)
    make_life.confirm(month)
    november = Call.objects.create(
        code="2023-11", period="2023-11", opens=cast.TODAY, due=cast.TODAY + timedelta(days=36)
    )
    services.ensure_submissions(november)
    form = queries.form_of(month.submission(call=november), cast.TODAY)
    online = next(each for each in form.questions if each.code == "online")
    assert online.confirm_locked == ""
    assert online.last == Decimal(310)


def test_the_full_month_before_is_confirmed_as_a_number_of_its_own(month: make.Month) -> None:
    town = month.county.town
    make.figure(town, "paid_in", "2023-08", "5000")
    make.figure(town, "paid_in", "2022-10", "4800")
    form = make.blank(month.submission())
    full = {f"G{make.ROWS['paid_in']}": 6100}
    make.handed_in(month, month.county.reporter, make.filled(form, make.values() | full))
    make_life.review(month)
    make_life.sign(month)
    said = signed_in(month.county.department).get(TABLE).content.decode()
    assert "待核定 8" in said
    assert "2023年9月" in said
    assert "5,000" in said
    assert "4,800" in said
    make_life.confirm(month)
    assert make_life.status(month) == Status.CONFIRMED
    fact = make_life.counts(month, "paid_in", "2023-09")
    assert fact is not None
    assert (fact.standing, fact.value) == (Standing.CONFIRMED, Decimal(6100))


# the page


def test_the_table_has_the_towns_value_and_its_own_prefilled(month: make.Month) -> None:
    client = signed_in(month.county.department)
    assert "还没有镇里签发的数" in client.get(TABLE).content.decode()
    make_life.signed(month)
    said = client.get(TABLE).content.decode()
    assert f'name="value/{key("online")}" value="310"' in said
    assert "待核定 7" in said


def test_one_post_confirms_many_and_comes_back_to_the_same_list(month: make.Month) -> None:
    make_life.signed(month)
    client = signed_in(month.county.department)
    form = {
        "line": [key("online"), key("works")],
        f"value/{key('online')}": "315",
        f"reason/{key('online')}": "部门台账",
        "password": cast.PASSWORD,
    }
    answer = client.post(CONFIRM, form)
    assert answer.status_code == 302
    assert answer["Location"] == TABLE
    assert Confirmation.objects.count() == 2
    assert "已核定2个数" in client.get(TABLE).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password": "错"}, "密码不对"),
        ({"value/": "三百"}, "没有核定"),
        ({"value/": ""}, "核定的数是空的"),
        ({"reason/": ""}, "没有写原因"),
        ({"line": []}, "没有勾选"),
        ({"line": ["1/1/online/2023-10"]}, "有的数已经变了"),
    ],
)
def test_what_cannot_stand_comes_back_with_everything_typed(
    month: make.Month, change: dict[str, object], said: str
) -> None:
    make_life.signed(month)
    before = make_life.lines()
    client = signed_in(month.county.department)
    form: dict[str, object] = {
        "line": [key("online")],
        f"value/{key('online')}": "315",
        f"reason/{key('online')}": "部门台账",
        f"reason/{key('works')}": "另一行写了一半",
        "password": cast.PASSWORD,
    }
    for name, value in change.items():
        form[f"{name}{key('online')}" if name.endswith("/") else name] = value
    answer = client.post(CONFIRM, form)
    told = answer.content.decode()
    assert answer.status_code == 422
    assert said in told
    assert "另一行写了一半" in told
    assert make_life.lines() == before


def test_the_list_is_filtered_by_indicator_and_state_and_exported(month: make.Month) -> None:
    make_life.signed(month)
    make_life.confirm(month, make_life.verdicts(month)[:1])
    client = signed_in(month.county.department)
    assert "待核定 6" in client.get(TABLE).content.decode()
    done = client.get(f"{TABLE}&state=done").content.decode()
    assert done.count('name="line"') == 1
    one = client.get(f"{TABLE}&state=all&indicator=online").content.decode()
    assert one.count('name="line"') == 1
    found = client.get(f"{TABLE}&state=all&q=石泉").content.decode()
    assert "没有符合的数" in found
    sheet = client.get(f"{TABLE}&xlsx=1")
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_department_sends_one_form_back_from_its_page(month: make.Month) -> None:
    make_life.signed(month)
    client = signed_in(month.county.department)
    assert "退回" in client.get(ONE).content.decode()
    bad = client.post(f"{ONE}return/", {"base_version": "1", "reason": "", "text": "数不对"})
    assert bad.status_code == 409
    assert "数不对</textarea>" in bad.content.decode()
    stale = client.post(f"{ONE}return/", {"base_version": "9", "reason": "jump", "text": "数不对"})
    assert "已换成第1版" in stale.content.decode()
    form = {"base_version": "1", "reason": "jump", "text": "数不对"}
    assert client.post(f"{ONE}return/", form).status_code == 302
    assert make_life.status(month) == Status.RETURNED
    assert client.get(ONE).status_code == 404


def test_a_department_with_nothing_in_a_form_does_not_see_it(month: make.Month) -> None:
    make_life.signed(month)
    Indicator.objects.update(lead=month.county.farming)
    assert signed_in(month.county.department).get(ONE).status_code == 404
