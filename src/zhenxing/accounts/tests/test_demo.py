"""One-click identities: only on a demo, only on its own machine."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests import cast
from zhenxing.accounts import queries
from zhenxing.accounts.choices import DUTIES, Role
from zhenxing.audit.models import Entry

if TYPE_CHECKING:
    from zhenxing.accounts.models import User

ELSEWHERE = "10.1.2.3"


@pytest.fixture
def identity(county: cast.County) -> User:
    """Offer the reporter as an identity."""
    county.reporter.demo_order = 1
    county.reporter.save()
    return county.reporter


def test_a_card_says_who_what_and_where_to(identity: User, client: Client) -> None:
    page = client.get("/demo/").content.decode()
    assert "何青" in page
    assert "青溪镇 · 稳投资专班" in page
    assert DUTIES[Role.REPORTER].does in page
    assert f"登录后看到：{DUTIES[Role.REPORTER].lands}" in page
    assert "梁平" not in page


def test_every_role_has_its_duty() -> None:
    assert list(DUTIES) == list(Role)


def test_one_click_signs_in_and_is_written_down(identity: User, client: Client) -> None:
    response = client.post("/demo/sign-in/", {"username": identity.username})
    assert response["Location"] == "/"
    entry = Entry.objects.get(action="accounts.sign_in")
    assert '"way":"demo"' in entry.details
    assert "现在就是" in client.get("/demo/").content.decode()


@pytest.mark.parametrize("username", ["t01-leader", "nobody", ""])
def test_only_an_offered_identity_is_given(identity: User, client: Client, username: str) -> None:
    assert client.post("/demo/sign-in/", {"username": username}).status_code == 404
    assert not Entry.objects.exists()


def test_a_disabled_identity_is_neither_shown_nor_given(identity: User, client: Client) -> None:
    identity.is_active = False
    identity.save()
    assert "何青" not in client.get("/demo/").content.decode()
    assert client.post("/demo/sign-in/", {"username": identity.username}).status_code == 404


def test_other_machines_find_no_identities(identity: User, client: Client) -> None:
    assert client.get("/demo/", REMOTE_ADDR=ELSEWHERE).status_code == 404
    response = client.post("/demo/sign-in/", {"username": identity.username}, REMOTE_ADDR=ELSEWHERE)
    assert response.status_code == 404
    assert client.get("/units/").status_code == 302


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Host", "X-Forwarded-Proto"],
)
def test_who_comes_through_a_proxy_finds_no_identities(
    identity: User, client: Client, header: str
) -> None:
    told = {header: "http"}
    assert client.get("/demo/", headers=told).status_code == 404
    form = {"username": identity.username}
    assert client.post("/demo/sign-in/", form, headers=told).status_code == 404


def test_a_real_site_has_no_identities(db: None, client: Client) -> None:
    county = cast.build(demo=False)
    county.reporter.demo_order = 1
    county.reporter.save()
    assert client.get("/demo/").status_code == 404
    form = {"username": county.reporter.username}
    assert client.post("/demo/sign-in/", form).status_code == 404
    assert not Entry.objects.exists()


def test_a_click_without_its_token_is_refused(identity: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    form = {"username": identity.username}
    assert strict.post("/demo/sign-in/", form).status_code == 403


def test_without_identities_the_page_says_what_to_do(county: cast.County, client: Client) -> None:
    assert "zhenxing setup-demo" in client.get("/demo/").content.decode()


def test_before_anybody_describes_them_there_are_none(
    identity: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_describers", [])
    assert queries.identities(cast.TODAY) == []


def test_a_first_visitor_is_led_to_the_guide_and_a_day_without_posts_is_said(
    county: cast.County, identity: User, client: Client
) -> None:
    page = client.get("/demo/").content.decode()
    assert '<a href="/help/">十分钟上手</a>' in page
    assert "这一天没有岗位" not in page
    county.site.business_date = date(2019, 6, 1)
    county.site.save()
    page = client.get("/demo/").content.decode()
    assert "<h2>这一天没有岗位</h2>" in page
    assert "请在页底改业务日期" in page
    assert client.get("/help/").status_code == 200
