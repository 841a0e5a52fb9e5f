"""The people of the county on pages: who sees what, and what an administrator does there."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.test import Client

from tests import cast
from zhenxing.accounts.models import User
from zhenxing.audit.models import Entry
from zhenxing.organisation.models import Post, PostRequest

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

REASON = {"reason": "调离"}


@pytest.fixture
def office(county: cast.County, client: Client) -> Client:
    """Give the administrator's browser."""
    cast.sign_in(client, county.administrator)
    return client


def body(response: HttpResponseBase) -> str:
    return str(response.getvalue().decode())


def listed(office: Client, asked: str) -> set[str]:
    """Give the names a list shows."""
    return set(re.findall(r'/people/of/([^/]+)/"', body(office.get(f"/people/?size=100&{asked}"))))


def test_the_list_is_searched_and_narrowed(county: cast.County, office: Client) -> None:
    assert listed(office, "") == set(county.people)
    assert listed(office, "q=何青") == {"t01-g3-reporter"}
    assert listed(office, "role=L") == {"t01-leader", "t02-leader"}
    assert listed(office, "unit=T02") == {"t02-leader", "t02-g3-reporter"}
    assert listed(office, "unit=T01&role=V") == {"t01-v01"}
    User.objects.filter(username="t02-leader").update(is_active=False)
    assert listed(office, "state=disabled") == {"t02-leader"}
    assert "t02-leader" not in listed(office, "state=active")
    Post.objects.filter(person=county.auditor).delete()
    assert listed(office, "state=none") == {"auditor"}
    assert "没有符合条件的人员" in body(office.get("/people/?q=没有这个人"))
    assert listed(office, "role=Z") == set(county.people)


def test_the_list_is_exported_as_narrowed_and_without_telephones(
    county: cast.County, office: Client
) -> None:
    User.objects.update(phone="13812345678")
    data = office.get("/people.xlsx?role=L&q=t01").content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "周正" in cells
    assert "曹盛" not in cells
    assert not any("138" in cell for cell in cells)


def test_a_telephone_is_masked_but_for_the_administrator(county: cast.County) -> None:
    User.objects.filter(username="t01-leader").update(phone="13812345678")
    for person, shown in (
        (county.administrator, "13812345678"),
        (county.assessor, "138****78"),
        (county.auditor, "138****78"),
    ):
        browser = Client()
        cast.sign_in(browser, person)
        page = body(browser.get("/people/of/t01-leader/"))
        assert shown in page
        assert ("13812345678" in page) == (person == county.administrator)
    User.objects.filter(username="t01-leader").update(phone="110")
    browser = Client()
    cast.sign_in(browser, county.auditor)
    assert "<dd>****</dd>" in body(browser.get("/people/of/t01-leader/"))


def test_the_slip_is_shown_once_and_opens_the_door(county: cast.County, office: Client) -> None:
    assert "没有任何权限" in body(office.get("/people/new/"))
    form = {"username": "newcomer", "name": "新来", "phone": ""}
    response = office.post("/people/enrol/", form)
    assert response["Cache-Control"] == "no-store"
    words = re.findall(r"<strong>([^<]+)</strong>", body(response))
    assert words[0] == "newcomer"
    browser = Client()
    browser.post("/sign-in/", {"username": "newcomer", "password": words[1]})
    assert browser.get("/units/")["Location"] == "/password/"
    kept = [*User.objects.values_list(), *Entry.objects.values_list()]
    assert words[1] not in repr(kept)
    assert words[1] not in body(office.get("/people/of/newcomer/"))
    assert "一次性口令，还没有改" in body(office.get("/people/of/newcomer/"))
    again = office.post("/people/enrol/", form)
    assert again.status_code == 422
    assert "「newcomer」已经有人用了" in body(again)


@pytest.mark.parametrize("username", ["New", "新来", "a", "a b", "x" * 41])
def test_a_name_to_sign_in_with_is_plain(office: Client, username: str) -> None:
    response = office.post("/people/enrol/", {"username": username, "name": "新来"})
    assert response.status_code == 422
    assert "登录名" in body(response)
    assert not User.objects.filter(name="新来").exists()


def test_a_reset_ends_the_sessions_and_makes_a_new_slip(
    county: cast.County, office: Client
) -> None:
    victim = Client()
    cast.sign_in(victim, county.leader)
    assert victim.get("/units/").status_code == 200
    assert "一次性口令单" in body(office.post("/people/of/t01-leader/reset/"))
    assert victim.get("/units/").status_code == 302
    assert Entry.objects.filter(action="accounts.password.reset", subject="t01-leader").exists()


def test_an_identity_of_a_demo_is_not_reset(county: cast.County, office: Client) -> None:
    User.objects.filter(username="t01-leader").update(demo_order=1)
    assert office.post("/people/of/t01-leader/reset/").status_code == 302
    assert "共用演示口令" in body(office.get("/people/of/t01-leader/"))


def test_somebody_is_disabled_and_let_in_again_with_a_reason(
    county: cast.County, office: Client
) -> None:
    assert office.post("/people/of/t01-leader/switch/", {"reason": ""}).status_code == 422
    assert office.post("/people/of/t01-leader/switch/", REASON).status_code == 302
    page = body(office.get("/people/of/t01-leader/"))
    assert "周正已停用" in page
    assert "申请岗位</h2>" not in page
    assert not User.objects.get(username="t01-leader").is_active
    office.post("/people/of/t01-leader/switch/", {"reason": "返岗"})
    assert User.objects.get(username="t01-leader").is_active
    actions = Entry.objects.filter(subject="t01-leader").values_list("action", flat=True)
    assert set(actions) == {"accounts.person.disabled", "accounts.person.enabled"}


def test_nobody_keeps_the_own_account(county: cast.County, office: Client) -> None:
    page = body(office.get("/people/of/administrator/"))
    assert "要请另一位县级管理员办理" in page
    assert "<form" not in page.split("<main", 1)[1]
    assert office.post("/people/of/administrator/switch/", REASON).status_code == 422
    office.post("/people/of/administrator/reset/")
    assert "不能改自己的账号" in body(office.get("/people/"))
    assert User.objects.get(username="administrator").is_active


def test_a_name_and_telephone_are_corrected(county: cast.County, office: Client) -> None:
    form = {"name": "周正平", "phone": "13812345678"}
    assert office.post("/people/of/t01-leader/correct/", form).status_code == 302
    assert User.objects.get(username="t01-leader").name == "周正平"
    entry = Entry.objects.get(action="accounts.person.corrected")
    assert "13812345678" not in entry.details
    assert office.post("/people/of/t01-leader/correct/", {"name": ""}).status_code == 422
    assert office.post("/people/of/nobody/correct/", form).status_code == 404


def test_a_post_is_asked_for_approved_and_ended_on_pages(
    county: cast.County, office: Client
) -> None:
    form = {
        "role": "S",
        "unit": "T01",
        "group": "",
        "since": "",
        "until": "",
        "title": "",
        "document": "",
    }
    sent = office.post("/people/of/t01-leader/post/", form | {"role": "X"})
    assert sent.status_code == 422
    assert "要有任命文件" in body(sent)
    assert "审计不得兼任" in body(sent)
    assert office.post("/people/of/t01-leader/post/", form).status_code == 302
    assert "等考核办复核" in body(office.get("/people/of/t01-leader/"))
    assert "1份待复核" in body(office.get("/people/"))
    key = PostRequest.objects.get().pk
    assert office.post(f"/post-requests/{key}/", {"decision": "approved"}).status_code == 302
    assert "要由另一个人复核" in body(office.get("/post-requests/"))
    approver = Client()
    cast.sign_in(approver, county.assessor)
    assert approver.post(f"/post-requests/{key}/", {}).status_code == 302
    assert "没有选批准还是驳回" in body(approver.get("/post-requests/"))
    approver.post(f"/post-requests/{key}/", {"decision": "approved"})
    assert cast.scope(county.leader).roles == {"L", "S"}
    assert "已批准" in body(approver.get("/post-requests/"))
    post = Post.objects.get(person=county.leader, role="S").pk
    late = office.post(f"/posts/{post}/end/", {"until": "2023-09-01", "reason": "调离"})
    assert late.status_code == 422
    assert "已经过去" in body(late)
    assert body(late).count("<details open>") == 1
    sent = office.post(f"/posts/{post}/end/", {"until": "2023-10-19", "reason": "调离"})
    assert "止日早于起日" in body(sent)
    office.post(f"/posts/{post}/end/", {"until": "2023-10-20", "reason": "调离"})
    assert cast.scope(county.leader, date(2023, 10, 21)).roles == {"L"}


def test_without_requests_the_page_says_so(office: Client) -> None:
    assert "没有岗位申请" in body(office.get("/post-requests/"))


def test_living_sessions_are_shown_with_their_address(county: cast.County, office: Client) -> None:
    browser = Client()
    form = {"username": "t01-leader", "password": cast.PASSWORD}
    browser.post("/sign-in/", form, REMOTE_ADDR="10.1.2.3")
    browser.get("/units/")
    cast.sign_in(Client(), county.stranger)
    page = body(office.get("/people/of/t01-leader/"))
    assert "10.1.2.3" in page
    browser.post("/sign-out/")
    assert "10.1.2.3" not in body(office.get("/people/of/t01-leader/"))
