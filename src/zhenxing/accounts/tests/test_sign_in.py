"""The door: who gets in, who is kept out, and what is written down."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from axes.models import AccessAttempt
from django.test import Client

from tests import cast
from zhenxing.accounts.models import User
from zhenxing.accounts.tests.make import PASSWORD
from zhenxing.audit.models import Entry

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase
    from pytest_django import Settings

OFFICE, HOME = "10.1.2.3", "172.16.0.9"


@pytest.fixture
def reporter(county: cast.County) -> User:
    """Give the reporter a password."""
    county.reporter.set_password(PASSWORD)
    county.reporter.save()
    return county.reporter


def try_door(
    client: Client, username: str, password: str, address: str = OFFICE, **more: str
) -> tuple[int, str]:
    """Try a password; give the status and the page, or where it leads."""
    form = {"username": username, "password": password, **more}
    response = client.post("/sign-in/", form, REMOTE_ADDR=address)
    return response.status_code, response.get("Location") or response.content.decode()


def entries() -> list[tuple[str, str]]:
    return list(Entry.objects.order_by("sequence").values_list("action", "subject"))


def test_the_right_password_opens_and_is_written_down(reporter: User, client: Client) -> None:
    assert try_door(client, reporter.username, PASSWORD) == (302, "/")
    entry = Entry.objects.get(action="accounts.sign_in")
    assert (entry.subject, entry.actor, entry.actor_name) == ("t01-g3-reporter",) * 2 + ("何青",)
    assert json.loads(entry.details) == {"address": OFFICE, "way": "password"}
    assert client.get("/units/").status_code == 200


def test_a_new_key_at_the_sign_in(reporter: User, client: Client) -> None:
    client.get("/sign-in/")
    before: SessionBase = client.session
    before["planted"] = "by an enemy"
    before.save()
    client.cookies["sessionid"] = str(before.session_key)
    try_door(client, reporter.username, PASSWORD)
    assert client.cookies["sessionid"].value != before.session_key


def test_it_leads_back_to_the_page_that_was_asked_for(reporter: User, client: Client) -> None:
    page = client.get("/sign-in/?next=/units/T01/").content.decode()
    assert '<input type="hidden" name="next" value="/units/T01/">' in page
    assert try_door(client, reporter.username, PASSWORD, next="/units/T01/") == (302, "/units/T01/")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_it_leads_nowhere_else(reporter: User, client: Client, elsewhere: str) -> None:
    assert try_door(client, reporter.username, PASSWORD, next=elsewhere) == (302, "/")


@pytest.mark.parametrize("name", ["accounts:guide", "2023-13", "home", "units/", "cockpit:home"])
def test_a_name_of_a_page_is_no_address(county: cast.County, client: Client, name: str) -> None:
    cast.sign_in(client, county.reporter)
    assert client.get("/sign-in/", {"next": name})["Location"] == "/"


def test_who_is_in_already_goes_on(reporter: User, client: Client) -> None:
    cast.sign_in(client, reporter)
    assert client.get("/sign-in/?next=/units/")["Location"] == "/units/"


def test_a_wrong_password_says_how_many_tries_are_left(reporter: User, client: Client) -> None:
    status, page = try_door(client, reporter.username, "wrong")
    assert status == 200
    assert "登录名或密码不对；再错4次" in page
    assert entries() == [("accounts.sign_in.failed", "t01-g3-reporter")]


def test_an_unknown_name_is_not_told_apart_and_not_written_down(
    reporter: User, client: Client
) -> None:
    known = try_door(client, reporter.username, "wrong")[1]
    unknown = try_door(client, "My-Password-1", "wrong")[1]
    assert "登录名或密码不对；再错4次" in known
    assert "登录名或密码不对；再错4次" in unknown
    assert entries()[-1] == ("accounts.sign_in.failed", "不存在的登录名")


def test_an_empty_form_is_asked_again_without_an_entry(reporter: User, client: Client) -> None:
    assert "请填写登录名。" in try_door(client, "", "")[1]
    assert entries() == []


def test_a_disabled_person_stays_out(reporter: User, client: Client) -> None:
    User.objects.update(is_active=False)
    assert try_door(client, reporter.username, PASSWORD)[0] == 200


def lock(username: str, address: str = OFFICE) -> None:
    for _ in range(5):
        try_door(Client(), username, "wrong", address)


def test_the_fifth_failure_locks_and_the_right_password_waits(
    reporter: User, client: Client
) -> None:
    lock(reporter.username)
    status, page = try_door(client, reporter.username, PASSWORD)
    assert status == 429
    assert "请15分钟后再试" in page
    assert [action for action, _ in entries()] == ["accounts.sign_in.failed"] * 4 + [
        "accounts.sign_in.locked"
    ]


def test_trying_on_neither_lengthens_the_lock_nor_fills_the_ledger(
    reporter: User, client: Client
) -> None:
    lock(reporter.username)
    attempt, written = AccessAttempt.objects.get(), len(entries())
    try_door(client, reporter.username, "wrong")
    assert AccessAttempt.objects.get().attempt_time == attempt.attempt_time
    assert len(entries()) == written


def test_a_password_typed_as_a_name_stands_nowhere_and_locks_all_the_same(
    reporter: User, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    typed = "My-Secret-2023"
    answers = [try_door(client, typed, "Other-Secret-9")[0] for _ in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]
    kept = [*AccessAttempt.objects.values_list(), *Entry.objects.values_list()]
    assert len(kept) == 6
    for secret in (typed, "Other-Secret-9"):
        assert secret not in repr(kept)
        assert secret not in caplog.text
    assert try_door(client, reporter.username, PASSWORD)[0] == 302


def test_the_lock_ends_after_a_quarter_of_an_hour(reporter: User, client: Client) -> None:
    lock(reporter.username)
    earlier = AccessAttempt.objects.get().attempt_time - timedelta(minutes=15, seconds=1)
    AccessAttempt.objects.update(attempt_time=earlier)
    assert try_door(client, reporter.username, PASSWORD) == (302, "/")


def test_the_owner_gets_in_from_elsewhere(reporter: User, client: Client) -> None:
    lock(reporter.username)
    assert try_door(client, reporter.username, PASSWORD, HOME) == (302, "/")


def test_sixty_colleagues_behind_one_address_get_in(reporter: User) -> None:
    colleagues = [f"colleague-{count}" for count in range(60)]
    for name in colleagues:
        User.objects.create(username=name, name=name, password=reporter.password)
    lock(reporter.username)
    assert [try_door(Client(), name, PASSWORD)[0] for name in colleagues] == [302] * 60


def test_success_forgets_the_failures_before(reporter: User, client: Client) -> None:
    for _ in range(4):
        try_door(Client(), reporter.username, "wrong")
    try_door(client, reporter.username, PASSWORD)
    assert "再错4次" in try_door(Client(), reporter.username, "wrong")[1]


def test_behind_our_proxy_the_client_counts_not_the_proxy(
    reporter: User, client: Client, settings: Settings
) -> None:
    settings.PROXIES = 1
    for _ in range(5):
        form = {"username": reporter.username, "password": "wrong"}
        Client().post(
            "/sign-in/", form, headers={"X-Forwarded-For": f"6.6.6.6, {HOME}"}, REMOTE_ADDR=OFFICE
        )
    form = {"username": reporter.username, "password": PASSWORD}
    other = client.post(
        "/sign-in/", form, headers={"X-Forwarded-For": "203.0.113.5"}, REMOTE_ADDR=OFFICE
    )
    assert other.status_code == 302
    assert AccessAttempt.objects.get().ip_address == HOME


def test_what_a_client_writes_itself_is_not_believed(reporter: User) -> None:
    for count in range(5):
        Client().post(
            "/sign-in/",
            {"username": reporter.username, "password": "wrong"},
            headers={"X-Forwarded-For": f"1.1.1.{count}"},
            REMOTE_ADDR=OFFICE,
        )
    assert try_door(Client(), reporter.username, PASSWORD)[0] == 429


def test_signing_out_needs_a_form_and_makes_the_browser_forget(
    reporter: User, client: Client
) -> None:
    cast.sign_in(client, reporter)
    assert client.get("/sign-out/").status_code == 405
    response = client.post("/sign-out/")
    assert response["Location"] == "/sign-in/"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert response.cookies["sessionid"]["max-age"] == 0
    assert response.cookies["csrftoken"]["max-age"] == 0
    assert response["Cache-Control"] == "no-store"
    entry = Entry.objects.get(action="accounts.sign_out")
    assert (entry.actor, entry.actor_role, entry.actor_unit) == ("t01-g3-reporter", "F", "T01")
    assert client.get("/units/").status_code == 302


def test_signing_out_without_a_token_is_refused(reporter: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    cast.sign_in(strict, reporter)
    assert strict.post("/sign-out/").status_code == 403
    assert strict.get("/units/").status_code == 200


def test_signing_in_without_a_token_is_refused(reporter: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert try_door(strict, reporter.username, PASSWORD)[0] == 403


def test_the_session_cookie_is_out_of_reach_of_scripts(reporter: User, client: Client) -> None:
    try_door(client, reporter.username, PASSWORD)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) == 12 * 60 * 60
