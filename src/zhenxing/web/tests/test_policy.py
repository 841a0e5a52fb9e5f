"""The policy stands before every view."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.web.policy import LETTERS, Policy, policy, policy_of

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.urls("zhenxing.web.tests.pages")


def test_the_letters_are_those_of_the_roles() -> None:
    assert list(LETTERS) == Role.values


def test_it_lets_in_a_role_the_policy_names(county: cast.County, client: Client) -> None:
    cast.sign_in(client, county.reporter)
    assert client.get("/reporters/").content.decode() == "t01-g3-reporter"


def test_it_tells_another_role_who_may(county: cast.County, client: Client) -> None:
    cast.sign_in(client, county.leader)
    response = client.get("/reporters/")
    assert response.status_code == 403
    page = response.content.decode()
    assert Role.REPORTER.label in page
    assert Role.GROUP_LEADER.label in page
    assert Role.AUDITOR.label not in page


def test_it_sends_a_visitor_to_sign_in_and_back(county: cast.County, client: Client) -> None:
    response = client.get("/reporters/?period=2023-09")
    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=%2Freporters%2F%3Fperiod%3D2023-09"


def test_it_tells_a_visitor_that_a_posted_form_is_lost(county: cast.County, client: Client) -> None:
    response = client.post("/write/", {"value": "1"})
    assert response["Location"] == "/sign-in/?lost=1"
    assert "刚才的内容没有保存" in client.get(response["Location"]).content.decode()


def test_it_refuses_a_view_without_a_policy(
    county: cast.County, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.raise_request_exception = False
    cast.sign_in(client, county.auditor)
    with caplog.at_level(logging.ERROR, "zhenxing.policy"):
        response = client.get("/bare/")
    assert response.status_code == 500
    assert "没有策略" not in response.content.decode()
    assert "no policy on zhenxing.web.tests.pages.bare: /bare/ refused" in caplog.text


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch", "options", "trace"])
def test_it_takes_a_change_only_by_post(county: cast.County, client: Client, method: str) -> None:
    cast.sign_in(client, county.reporter)
    response = getattr(client, method)("/write/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"


def test_it_refuses_a_post_to_a_page(county: cast.County, client: Client) -> None:
    cast.sign_in(client, county.reporter)
    response = client.post("/reporters/")
    assert response.status_code == 405
    assert "打开" in response.content.decode()


def test_who_may_get_may_ask_for_the_head(county: cast.County, client: Client) -> None:
    assert client.head("/open/").status_code == 200


def test_a_demo_page_answers_the_machine_itself(county: cast.County, client: Client) -> None:
    assert client.get("/demo-only/").status_code == 200
    assert client.get("/demo-only/", REMOTE_ADDR="::1").status_code == 200


@pytest.mark.parametrize("address", ["10.0.0.8", "192.168.1.20", "203.0.113.9", "fe80::1", "", "x"])
def test_a_demo_page_is_not_there_for_other_machines(
    county: cast.County, client: Client, address: str
) -> None:
    assert client.get("/demo-only/", REMOTE_ADDR=address).status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
def test_a_demo_page_is_not_there_through_a_proxy(
    county: cast.County, client: Client, header: str
) -> None:
    assert client.get("/demo-only/", headers={header: "127.0.0.1"}).status_code == 404


def test_a_demo_page_is_not_there_on_a_real_site(db: None, client: Client) -> None:
    cast.build(demo=False)
    assert client.get("/demo-only/").status_code == 404


def test_a_signed_in_page_stays_out_of_every_cache(county: cast.County, client: Client) -> None:
    assert "Cache-Control" not in client.get("/open/")
    cast.sign_in(client, county.reporter)
    assert client.get("/open/")["Cache-Control"] == "no-store"
    assert client.get("/nowhere/")["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "wrong",
    [
        {"roles": "FZ"},
        {},
        {"roles": "F", "public": True},
        {"roles": "F", "demo": True},
        {"roles": "F", "methods": ()},
        {"roles": "F", "methods": ("PUT",)},
    ],
)
def test_a_policy_that_makes_no_sense_stops_the_start(wrong: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="策略 wrong"):
        policy("wrong", **wrong)  # type: ignore[arg-type]  # each case is wrong on purpose


def test_a_policy_goes_onto_the_view_and_says_its_letters() -> None:
    def view() -> HttpResponse:
        return HttpResponse()

    assert policy_of(view) is None
    rule = policy_of(policy("some.view", "XFA")(view))
    assert rule == Policy("some.view", frozenset("AFX"))
    assert rule.letters == "AFX"
    assert not rule.is_open
