"""The password again before a signature, and the word the demo's identities sign with."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from axes.models import AccessAttempt
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests import cast as county_cast
from zhenxing.accounts import services
from zhenxing.accounts.tests.make import PASSWORD
from zhenxing.audit.models import Entry

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

    from zhenxing.accounts.models import User
    from zhenxing.kernel.problems import Problem
    from zhenxing.web.http import Request

OFFICE, HOME = "10.1.2.3", "172.16.0.9"


def request_of(person: User, *, address: str = OFFICE, demo: bool = False, **form: str) -> Request:
    """Make a request as the middleware would leave it."""
    request = cast("Request", RequestFactory().post("/sign/", form, REMOTE_ADDR=address))
    request.user = person
    request.scope, request.moment = county_cast.scope(person), county_cast.moment()
    request.is_demo = demo
    return request


def tried(person: User, password: str, address: str = OFFICE) -> Problem | None:
    """Try a password before a signature."""
    return services.reauthenticate(request_of(person, address=address), password)


def failures() -> int:
    return Entry.objects.filter(action="accounts.password_again.failed").count()


def test_the_right_password_signs_and_is_no_entry(county: county_cast.County) -> None:
    assert tried(county.leader, PASSWORD) is None
    assert not Entry.objects.exists()


def test_a_wrong_password_says_how_many_tries_are_left(county: county_cast.County) -> None:
    problem = tried(county.leader, "wrong")
    assert problem is not None
    assert problem.sentence == (
        "登录密码：密码不对，没有签名；再错4次将锁定15分钟；请核对大小写后重新输入。"
    )
    assert failures() == 1


def test_another_persons_password_is_no_use(county: county_cast.County) -> None:
    county.stranger.set_password("Shi-quan-2023")
    county.stranger.save()
    assert tried(county.leader, "Shi-quan-2023") is not None


def test_nothing_typed_is_no_failure(county: county_cast.County) -> None:
    problem = tried(county.leader, "")
    assert problem is not None
    assert "没有填写" in problem.sentence
    assert failures() == 0
    assert not AccessAttempt.objects.exists()


def test_the_fifth_failure_locks_here_and_not_elsewhere(county: county_cast.County) -> None:
    said = [tried(county.leader, "wrong") for _ in range(7)]
    assert all("已锁定15分钟" in problem.sentence for problem in said[4:] if problem)
    assert tried(county.leader, PASSWORD) is not None
    assert tried(county.leader, PASSWORD, address=HOME) is None
    assert failures() == 5


def test_failures_at_the_door_and_at_a_signature_count_together(
    county: county_cast.County, client: Client
) -> None:
    for _ in range(5):
        assert tried(county.leader, "wrong")
    form = {"username": county.leader.username, "password": PASSWORD}
    assert client.post("/sign-in/", form, REMOTE_ADDR=OFFICE).status_code == 429


def test_the_right_password_forgets_the_failures_before(county: county_cast.County) -> None:
    for _ in range(4):
        tried(county.leader, "wrong")
    assert tried(county.leader, PASSWORD) is None
    problem = tried(county.leader, "wrong")
    assert problem is not None
    assert "再错4次" in problem.sentence


def test_the_throttle_neither_keeps_the_form_nor_answers_for_the_page(
    county: county_cast.County,
) -> None:
    for _ in range(5):
        request = request_of(county.leader, password="Wrong-2023", remark="本月用地没有批下来")
        services.reauthenticate(request, "Wrong-2023")
        assert not getattr(request, "axes_locked_out", False)
    kept = repr([*AccessAttempt.objects.values_list(), *Entry.objects.values_list()])
    assert "用地" not in kept
    assert "Wrong-2023" not in kept


@pytest.fixture
def demo_word(county: county_cast.County, settings: Settings, tmp_path: Path) -> str:
    """Offer the reporter and the leader as identities with the site's word."""
    settings.KEY_DIR = tmp_path / "keys"
    for order, person in enumerate((county.reporter, county.leader)):
        person.demo_order = order
        person.save()
    return services.give_demo_password()


def test_every_identity_of_a_demo_signs_with_its_one_word(
    county: county_cast.County, demo_word: str, tmp_path: Path
) -> None:
    for person in (county.reporter, county.leader):
        person.refresh_from_db()
        assert tried(person, demo_word) is None
    assert tried(county.stranger, demo_word) is not None
    path = tmp_path / "keys" / "demo-password"
    assert path.read_text() == demo_word
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_setting_up_again_keeps_the_word_and_who_has_it(
    county: county_cast.County, demo_word: str
) -> None:
    before = type(county.leader).objects.get(pk=county.leader.pk).password
    assert services.give_demo_password() == demo_word
    county.leader.refresh_from_db()
    assert county.leader.password == before


def test_the_word_is_shown_on_the_demo_page_to_its_own_machine(
    demo_word: str, client: Client
) -> None:
    assert f"演示口令：<strong>{demo_word}</strong>" in client.get("/demo/").content.decode()


@pytest.mark.parametrize(
    ("address", "demo", "seen"),
    [("127.0.0.1", True, True), (OFFICE, True, False), ("127.0.0.1", False, False)],
)
def test_a_form_that_signs_shows_the_word_on_a_demo_to_its_own_machine(
    county: county_cast.County, demo_word: str, address: str, *, demo: bool, seen: bool
) -> None:
    request = request_of(county.leader, address=address, demo=demo)
    field = render_to_string("accounts/password_again.html", {}, request=request)
    assert 'name="password"' in field
    assert (demo_word in field) == seen


def test_a_form_that_signs_says_what_was_wrong(county: county_cast.County) -> None:
    request = request_of(county.leader)
    problem = services.reauthenticate(request, "wrong")
    field = render_to_string(
        "accounts/password_again.html", {"password_problem": problem}, request=request
    )
    assert "再错4次将锁定15分钟" in field
    assert 'aria-invalid="true"' in field


def test_whose_password_another_reset_signs_nothing_for_a_day(county: county_cast.County) -> None:
    moment = county_cast.moment()
    leader = county.leader
    leader.last_login = moment.at
    leader.save(update_fields=["last_login"])
    word = services.reset_password(
        leader, by=county_cast.actor(county.administrator), moment=moment
    )
    request = request_of(leader)
    problem = services.reauthenticate(request, word)
    assert problem is not None
    assert "重设" in problem.sentence
    assert "审计" in problem.next
    request.moment = replace(moment, at=moment.at + timedelta(hours=24))
    assert services.reauthenticate(request, word) is None


def test_who_never_signed_in_signs_with_the_first_password(county: county_cast.County) -> None:
    moment = county_cast.moment()
    by = county_cast.actor(county.administrator)
    word = services.reset_password(county.leader, by=by, moment=moment)
    assert tried(county.leader, word) is None
