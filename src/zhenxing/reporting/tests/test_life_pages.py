"""The pages of the life: steps, differences before the button, returns with both values, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.indicators.choices import Evidence
from zhenxing.indicators.models import Figure, Indicator
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.tests import make as make_posts
from zhenxing.reporting import services
from zhenxing.reporting.choices import Status
from zhenxing.reporting.models import Call, Step
from zhenxing.reporting.tests import make, make_life

if TYPE_CHECKING:
    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db

PAGE = "/returns/2023-10/T01-G3/"
WAITING = "/returns/waiting/"


def signed_in(person: User) -> Client:
    client = Client()
    cast.sign_in(client, person)
    return client


def page(person: User, address: str = PAGE) -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_bar_says_who_did_what_and_what_is_next(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    make_life.review(month)
    said = page(month.county.auditor)
    bar = said[said.index('class="steps"') : said.index("</ol>", said.index('class="steps"'))]
    assert "何青（青溪镇）" in bar
    assert "石磊（青溪镇）" in bar
    assert '<li aria-current="step">签发</li>' in bar
    assert bar.index("填报") < bar.index("审核") < bar.index("签发") < bar.index("关闭")


@pytest.mark.parametrize(
    ("status", "person", "button"),
    [
        (Status.SUBMITTED, "group_leader", "审核通过"),
        (Status.REVIEWED, "leader", ">签发</button>"),
    ],
)
def test_the_button_stands_behind_the_differences_and_only_for_who_may(
    month: make.Month, status: Status, person: str, button: str
) -> None:
    make.handed_in(month, month.county.reporter)
    if status == Status.REVIEWED:
        make_life.review(month)
    said = page(getattr(month.county, person))
    assert said.index("逐项核对") < said.index(button)
    for other in ("reporter", "town_office", "supervisor", "auditor", "assessor"):
        assert button not in page(getattr(month.county, other)), other


def test_the_group_leader_reviews_on_the_page(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    client = signed_in(month.county.group_leader)
    answer = client.post(f"{PAGE}review/", {"base_version": "1", "text": "已核对"}, follow=True)
    assert "第1版已审核" in answer.content.decode()
    assert Step.objects.get().text == "已核对"


def test_the_leader_signs_with_the_password_and_not_without(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    make_life.review(month)
    client = signed_in(month.county.leader)
    wrong = client.post(f"{PAGE}sign/", {"base_version": "1", "text": "同意", "password": "错"})
    assert wrong.status_code == 422
    assert "密码不对" in wrong.content.decode()
    assert "同意</textarea>" in wrong.content.decode()
    assert make_life.status(month) == Status.REVIEWED
    right = client.post(f"{PAGE}sign/", {"base_version": "1", "password": cast.PASSWORD})
    assert right.status_code == 302
    assert make_life.status(month) == Status.SIGNED


def test_a_return_without_words_keeps_what_was_chosen(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    client = signed_in(month.county.group_leader)
    said = {"base_version": "1", "reason": "jump", "text": " "}
    answer = client.post(f"{PAGE}return/", said)
    assert answer.status_code == 409
    assert "没有写明" in answer.content.decode()
    assert '<option value="jump" selected>' in answer.content.decode()
    assert make_life.status(month) == Status.SUBMITTED


def test_who_decided_on_an_older_version_sees_what_changed_and_keeps_the_text(
    month: make.Month,
) -> None:
    make.handed_in(month, month.county.reporter)
    new = make.filled(make.blank(month.submission()), make.values(online=205))
    make.handed_in(month, month.county.colleague, new)
    client = signed_in(month.county.group_leader)
    said = {"base_version": "1", "reason": "jump", "text": "零售额请说明"}
    answer = client.post(f"{PAGE}return/", said)
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "已换成第2版" in told
    assert "310" in told
    assert "205" in told
    assert "零售额请说明</textarea>" in told


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30])
def test_a_form_that_names_no_version_is_not_understood(month: make.Month, number: str) -> None:
    make.handed_in(month, month.county.reporter)
    client = signed_in(month.county.group_leader)
    assert client.post(f"{PAGE}review/", {"base_version": number}).status_code == 400


def test_the_reporter_sees_why_it_came_back_and_may_fill_again(month: make.Month) -> None:
    make_life.signed(month)
    assert "先退回再改" in page(month.county.reporter)
    make_life.send_back(month, month.county.leader)
    said = page(month.county.reporter)
    assert "已退回修改" in said
    assert make_life.WHY in said
    assert "与佐证不符" in said
    assert "去修改" in said


def test_after_a_return_both_values_stand_side_by_side(month: make.Month) -> None:
    make_life.signed(month)
    make_life.send_back(month, month.county.leader)
    new = make.filled(make.blank(month.submission()), make.values(online=205))
    make.handed_in(month, month.county.reporter, new)
    said = page(month.county.leader)
    check = said[said.index('id="check"') :]
    row = check[check.index("网络零售额") :]
    assert "<b>205</b>" in row[:900]
    assert 'class="num old">310' in row[:900]


def test_the_departments_value_stands_beside_the_towns(month: make.Month) -> None:
    make_life.signed(month)
    make_life.confirm(month, make_life.verdicts(month, online=(315, "部门台账")))
    said = page(month.county.leader)
    row = said[said.index('id="check"') :]
    row = row[row.index("网络零售额") :][:1200]
    assert "<b>310</b>" in row
    assert '<b class="missing">315</b>' in row
    assert "部门台账" in row


def test_who_holds_two_posts_is_told_why_there_is_no_button(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    person = month.county.reporter
    person.posts.all().delete()
    group = month.county.groups["T01-G3"]
    make_posts.post(person, Role.GROUP_LEADER, month.county.town, group)
    said = page(person)
    assert "您填报过这份表，不能再审核" in said
    assert "审核通过" not in said


def test_a_closed_month_offers_nothing(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    Call.objects.filter(pk=month.october.pk).update(closed_on=make.DAY_AFTER)
    said = page(month.county.group_leader)
    assert "审核通过" not in said
    assert "更正单" in said


def test_the_group_leaders_list_has_the_form_with_its_differences(month: make.Month) -> None:
    assert "没有等您审核、签发的表" in page(month.county.group_leader, WAITING)
    make.handed_in(month, month.county.reporter)
    said = page(month.county.group_leader, WAITING)
    assert "网络零售额" in said
    assert "审核通过" in said
    assert "没有等您审核、签发的表" in page(month.county.leader, WAITING)


def test_the_leader_signs_what_is_ticked_with_one_password(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    make_life.review(month)
    client = signed_in(month.county.leader)
    ticked = {"form": ["2023-10/T01-G3/1"], "password": "错"}
    wrong = client.post(f"{WAITING}sign/", ticked)
    assert wrong.status_code == 422
    assert 'value="2023-10/T01-G3/1" checked' in wrong.content.decode()
    done = client.post(f"{WAITING}sign/", ticked | {"password": cast.PASSWORD}, follow=True)
    assert "2023-10/T01-G3第1版已签发" in done.content.decode()
    assert make_life.status(month) == Status.SIGNED


@pytest.mark.parametrize(
    ("form", "status"),
    [([], 422), (["2023-10/T01-G3/7"], 409), (["2023-10/T02-G3/1"], 409), (["x"], 400)],
)
def test_what_was_not_shown_is_not_signed(month: make.Month, form: list[str], status: int) -> None:
    make.handed_in(month, month.county.reporter)
    make_life.review(month)
    before = Figure.objects.count()
    client = signed_in(month.county.leader)
    answer = client.post(f"{WAITING}sign/", {"form": form, "password": cast.PASSWORD})
    assert answer.status_code == status
    assert Figure.objects.count() == before


def test_an_unchanged_form_says_so_and_shows_the_receipt_that_stands(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    upload = make.uploaded(month, month.county.reporter)
    client = signed_in(month.county.reporter)
    answer = client.post(f"/uploads/{upload.token}/submit/", {"base_version": "1"}, follow=True)
    assert "与第1版一样，没有另记一版" in answer.content.decode()
    assert "T01-202310-G3-0001" in answer.content.decode()


def test_a_number_without_its_paper_is_not_reviewed_unless_something_is_said(
    month: make.Month,
) -> None:
    Indicator.objects.filter(code="online").update(evidence=Evidence.REQUIRED)
    make.handed_in(month, month.county.reporter)
    done = make_life.review(month)
    assert isinstance(done, Problem)
    assert "网络零售额必须附佐证" in done.what
    said = page(month.county.group_leader)
    assert "还不能审核" in said
    assert "审核通过" not in said
    assert "还不能审核" in page(month.county.group_leader, WAITING)
    note = {f"I{make.ROWS['online']}": "平台次月5日出账单"}
    form = make.filled(make.blank(month.submission()), make.values() | note)
    make.handed_in(month, month.county.reporter, form)
    assert isinstance(make_life.review(month), services.Done)


def test_a_version_nobody_ever_saw_is_told_without_differences(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    client = signed_in(month.county.group_leader)
    answer = client.post(f"{PAGE}review/", {"base_version": "7"})
    assert answer.status_code == 409
    assert "已换成第1版" in answer.content.decode()


def test_a_return_answered_and_confirmations_one_by_one_stand_in_the_history(
    month: make.Month,
) -> None:
    make_life.signed(month)
    make_life.confirm(month, make_life.verdicts(month)[:2])
    make_life.send_back(month, month.county.leader)
    blank = make.filled(make.blank(month.submission()), make.values(online=None))
    make.handed_in(month, month.county.reporter, blank)
    said = page(month.county.leader)
    history = said[said.index("办理记录") :]
    for event in ("提交第2版", "退回第1版", "核定2个数", "签发第1版", "审核第1版", "提交第1版"):
        assert event in history
    assert history.index("提交第2版") < history.index("退回第1版") < history.index("提交第1版")
    assert "未填" in said
    last = page(month.county.group_leader, WAITING)
    assert "上次退回" in last
