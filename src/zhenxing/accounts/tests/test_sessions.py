"""How long a session lives."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils.timezone import now  # noqa: TID251  # sessions age by the real clock

from tests import cast
from zhenxing.accounts.middleware import LAST_ACT, STARTED
from zhenxing.organisation.models import Post

if TYPE_CHECKING:
    from zhenxing.accounts.models import User


def age(client: Client, name: str, by: timedelta) -> None:
    """Let a stamp of the session be that old."""
    session = client.session
    session[name] = (now() - by).isoformat()
    session.save()


@pytest.fixture
def signed_in(county: cast.County, client: Client) -> Client:
    """Give a browser with a living session."""
    cast.sign_in(client, county.reporter)
    assert client.get("/units/").status_code == 200
    return client


def test_idle_for_half_an_hour_ends_it(signed_in: Client) -> None:
    age(signed_in, LAST_ACT, timedelta(minutes=30))
    response = signed_in.get("/units/?q=x")
    assert response["Location"] == "/sign-in/?ended=idle&next=%2Funits%2F%3Fq%3Dx"
    assert "30分钟没有操作" in signed_in.get(response["Location"]).content.decode()
    assert signed_in.get("/units/")["Location"] == "/sign-in/?next=%2Funits%2F"


def test_an_act_within_half_an_hour_keeps_it_alive(signed_in: Client) -> None:
    age(signed_in, LAST_ACT, timedelta(minutes=29))
    assert signed_in.get("/units/").status_code == 200
    age(signed_in, STARTED, timedelta(hours=1))
    assert signed_in.get("/units/").status_code == 200


def test_twelve_hours_end_it_however_busy(signed_in: Client) -> None:
    age(signed_in, STARTED, timedelta(hours=12))
    response = signed_in.post("/sign-out/")
    assert response["Location"] == "/sign-in/?ended=limit"
    assert "已满12小时" in signed_in.get(response["Location"]).content.decode()


def test_a_stamp_is_written_once_a_minute_not_once_a_page(signed_in: Client) -> None:
    age(signed_in, LAST_ACT, timedelta(seconds=50))
    stamp = signed_in.session[LAST_ACT]
    signed_in.get("/units/")
    assert signed_in.session[LAST_ACT] == stamp
    age(signed_in, LAST_ACT, timedelta(seconds=61))
    stamp = signed_in.session[LAST_ACT]
    signed_in.get("/units/")
    assert signed_in.session[LAST_ACT] > stamp


def test_a_disabled_person_is_out_on_the_next_request(
    county: cast.County, signed_in: Client
) -> None:
    other = Client()
    cast.sign_in(other, county.reporter)
    person: User = county.reporter
    person.is_active = False
    person.save()
    for browser in (signed_in, other):
        response = browser.get("/units/")
        assert response["Location"].startswith("/sign-in/?ended=disabled")
    assert "账号已停用" in other.get("/sign-in/?ended=disabled").content.decode()


def test_a_changed_password_ends_every_session(county: cast.County, signed_in: Client) -> None:
    county.reporter.set_password("Another-2023")
    county.reporter.save()
    assert signed_in.get("/units/").status_code == 302


def test_a_lost_post_counts_on_the_next_request(county: cast.County, signed_in: Client) -> None:
    assert signed_in.get("/units/T01/").status_code == 200
    Post.objects.filter(person=county.reporter).delete()
    assert signed_in.get("/units/T01/").status_code == 403


def test_a_session_that_was_signed_out_elsewhere_is_dead(
    county: cast.County, signed_in: Client
) -> None:
    copy = Client()
    copy.cookies["sessionid"] = signed_in.cookies["sessionid"].value
    signed_in.post("/sign-out/")
    assert copy.get("/units/").status_code == 302


def test_a_visitor_has_no_session_rules(county: cast.County, client: Client) -> None:
    assert client.get("/sign-in/").status_code == 200
    assert "sessionid" not in client.cookies
