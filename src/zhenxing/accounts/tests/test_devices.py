"""An enemy at the same address guesses in vain and locks nobody out; the ledger is not flooded."""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING

import pytest
from axes.models import AccessAttempt
from django.test import Client

from tests import cast
from zhenxing.accounts import services
from zhenxing.accounts.services import door
from zhenxing.accounts.tests.make import PASSWORD
from zhenxing.audit.models import Entry

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.web.http import Request

OFFICE, HOME = "10.1.2.3", "172.16.0.9"


def knock(client: Client, person: User, password: str, address: str = OFFICE) -> int:
    """Try a password at the door; give the status."""
    form = {"username": person.username, "password": password}
    return client.post("/sign-in/", form, REMOTE_ADDR=address).status_code


def guess(person: User, times: int, address: str = OFFICE) -> set[int]:
    """Guess from fresh browsers; give the statuses met."""
    return {knock(Client(), person, f"guess-{number}", address) for number in range(times)}


@pytest.fixture
def known(county: cast.County) -> Client:
    """Give a browser from which the leader signed in before, and out again."""
    browser = Client()
    assert knock(browser, county.leader, PASSWORD) == 302
    browser.post("/sign-out/")
    return browser


def test_the_victim_gets_in_while_an_enemy_guesses_at_the_same_address(
    county: cast.County, known: Client
) -> None:
    for _ in range(10):
        assert guess(county.leader, 12) <= {200, 429}
        assert knock(known, county.leader, PASSWORD) == 302
        known.post("/sign-out/")
    assert knock(Client(), county.leader, PASSWORD) == 429


def test_the_victim_signs_while_an_enemy_guesses_at_the_same_address(
    county: cast.County, known: Client
) -> None:
    knock(known, county.leader, PASSWORD)
    guess(county.leader, 6)
    request = typing.cast("Request", known.get("/units/", REMOTE_ADDR=OFFICE).wsgi_request)
    request.scope, request.moment = cast.scope(county.leader), cast.moment()
    assert services.reauthenticate(request, PASSWORD) is None


def test_a_known_browser_is_locked_by_its_own_failures_at_every_address(
    county: cast.County, known: Client
) -> None:
    for number in range(5):
        knock(known, county.leader, "wrong", f"10.9.9.{number}")
    assert knock(known, county.leader, PASSWORD, HOME) == 429
    assert knock(Client(), county.leader, PASSWORD, HOME) == 302


def test_a_known_browser_is_nobodys_but_its_persons(county: cast.County, known: Client) -> None:
    guess(county.reporter, 5)
    assert knock(known, county.reporter, PASSWORD) == 429


def test_a_cookie_somebody_made_up_is_worth_nothing(county: cast.County) -> None:
    guess(county.leader, 5)
    forger = Client()
    forger.cookies["device"] = "eyJ0MDEtbGVhZGVyIjoiMSJ9:1abc:forged"
    assert knock(forger, county.leader, PASSWORD) == 429


def test_an_office_shares_a_machine_up_to_eight_people(county: cast.County) -> None:
    shared = Client()
    people = list(county.people.values())[:9]
    for person in people:
        assert knock(shared, person, PASSWORD) == 302
        shared.post("/sign-out/")
    for person in (people[0], people[-1]):
        guess(person, 5)
    assert knock(shared, people[-1], PASSWORD) == 302
    shared.post("/sign-out/")
    assert knock(shared, people[0], PASSWORD) == 429


def test_the_cookie_says_nothing_a_script_or_reader_may_have(county: cast.County) -> None:
    browser = Client()
    knock(browser, county.leader, PASSWORD)
    cookie = browser.cookies["device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert PASSWORD not in cookie.value


def test_failures_do_not_flood_the_ledger(
    county: cast.County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "MOST_FAILURES", 7)
    for number in range(4):
        guess(county.leader, 5, f"10.9.9.{number}")
    actions = list(Entry.objects.order_by("sequence").values_list("action", flat=True))
    assert actions.count("accounts.sign_in.failed") + actions.count("accounts.sign_in.locked") == 7
    assert actions[7:] == ["accounts.sign_in.flooded"]
    assert AccessAttempt.objects.count() == 4
    assert knock(Client(), county.leader, PASSWORD, HOME) == 302
