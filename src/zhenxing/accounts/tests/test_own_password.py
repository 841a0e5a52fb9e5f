"""One's own password: changed, refused, expired, and what then becomes of the sessions."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.timezone import now  # noqa: TID251  # a password ages by the real clock

from tests import cast
from zhenxing.accounts import passwords, services
from zhenxing.accounts.models import User
from zhenxing.accounts.tests.make import PASSWORD
from zhenxing.audit.models import Actor, Entry
from zhenxing.organisation.models import Post

if TYPE_CHECKING:
    from pytest_django import Settings

NEW = "Bai-yun-8848"
BY = Actor("administrator", "管源", "A", "H00")


def sign_in(username: str, password: str) -> Client:
    """Sign in at the door."""
    browser = Client()
    browser.post("/sign-in/", {"username": username, "password": password})
    return browser


def change(browser: Client, old: str, new: str, again: str = "") -> tuple[int, str]:
    """Send the form; give the status and the page."""
    form = {"password": old, "new": new, "again": again or new}
    response = browser.post("/password/change/", form)
    return response.status_code, response.content.decode()


def test_a_change_keeps_this_session_and_ends_the_others(county: cast.County) -> None:
    here, elsewhere = (sign_in("t01-leader", PASSWORD) for _ in range(2))
    assert "密码规则" in here.get("/password/").content.decode()
    assert change(here, PASSWORD, NEW)[0] == 302
    assert "密码已改" in here.get("/units/").content.decode()
    assert elsewhere.get("/units/").status_code == 302
    assert sign_in("t01-leader", NEW).get("/units/").status_code == 200
    assert sign_in("t01-leader", PASSWORD).get("/units/").status_code == 302
    entry = Entry.objects.get(action="accounts.password.changed")
    assert (entry.actor, entry.subject) == ("t01-leader", "t01-leader")
    assert json.loads(entry.seals)["accounts.User"]["rows"] == 1
    assert NEW not in repr(list(Entry.objects.values_list()))


@pytest.mark.parametrize(
    ("old", "new", "again", "why"),
    [
        ("wrong", NEW, NEW, "密码不对，没有改；再错4次"),
        (PASSWORD, NEW, "Bai-yun-8849", "两次输入的新密码不一样"),
        (PASSWORD, "", "", "请填写新密码。"),
        (PASSWORD, PASSWORD, PASSWORD, "这个密码用过了"),
        (PASSWORD, "baiyun88", "baiyun88", "密码只有8位，至少要10位"),
        (PASSWORD, "baiyunshan88", "baiyunshan88", "密码只用了2类字符"),
        (PASSWORD, "T01-leader-9", "T01-leader-9", "太相似"),
        (PASSWORD, "ZhenXing@2023", "ZhenXing@2023", "密码只是「zhenxing」加数字或符号"),
    ],
)
def test_a_change_that_is_refused_says_why_and_changes_nothing(
    county: cast.County, old: str, new: str, again: str, why: str
) -> None:
    here = sign_in("t01-leader", PASSWORD)
    status, page = change(here, old, new, again)
    assert status == 422
    assert why in page
    assert not Entry.objects.filter(action="accounts.password.changed").exists()
    assert sign_in("t01-leader", PASSWORD).get("/units/").status_code == 200
    assert PASSWORD not in page


def test_the_last_five_are_refused_and_the_sixth_is_not(county: cast.County) -> None:
    here, used = sign_in("t01-leader", PASSWORD), [PASSWORD]
    for number in range(5):
        new = f"Bai-yun-884{number}"
        assert change(here, used[-1], new)[0] == 302
        used.append(new)
    assert "用过了" in change(here, used[-1], used[1])[1]
    assert change(here, used[-1], used[0])[0] == 302


def test_the_other_profile_asks_for_length_alone(settings: Settings, county: cast.County) -> None:
    settings.PASSWORD_PROFILE = passwords.ASVS
    here = sign_in("t01-leader", PASSWORD)
    assert "至少12位" in here.get("/password/").content.decode()
    assert "至少要12位" in change(here, PASSWORD, "Bai-yun-884")[1]
    assert change(here, PASSWORD, "xiao he liu guo cun kou")[0] == 302
    assert change(here, "xiao he liu guo cun kou", PASSWORD)[0] == 302
    User.objects.update(password_since=now() - timedelta(days=900))
    assert sign_in("t01-leader", PASSWORD).get("/units/").status_code == 200


def test_after_ninety_days_the_sign_in_leads_to_the_password(county: cast.County) -> None:
    User.objects.update(password_since=now() - timedelta(days=90))
    here = sign_in("t01-leader", PASSWORD)
    assert here.get("/units/")["Location"] == "/password/"
    assert "已用满90天" in here.get("/password/").content.decode()
    assert here.get("/help/").status_code == 200
    assert change(here, PASSWORD, NEW)[0] == 302
    assert here.get("/units/").status_code == 200


def test_a_password_that_expires_during_a_session_waits_for_the_next(county: cast.County) -> None:
    here = sign_in("t01-leader", PASSWORD)
    User.objects.update(password_since=now() - timedelta(days=91))
    assert here.get("/units/").status_code == 200


def test_the_first_word_opens_nothing_but_the_password_page(county: cast.County) -> None:
    person, word = services.enrol(username="newcomer", name="新来", by=BY, moment=cast.moment())
    person.password_since = now()
    person.save()
    here = sign_in("newcomer", word)
    for path in ("/units/", "/", "/ledger/"):
        assert here.get(path)["Location"] == "/password/"
    assert "一次性口令" in here.get("/password/").content.decode()
    assert change(here, word, word)[0] == 422
    assert change(here, word, NEW)[0] == 302
    assert here.get("/units/").status_code == 403
    assert "没有岗位" in here.get("/units/").content.decode()
    assert here.get("/password/").status_code == 200


def test_a_slip_that_lay_about_for_a_week_is_worth_nothing(county: cast.County) -> None:
    person, word = services.enrol(username="newcomer", name="新来", by=BY, moment=cast.moment())
    person.password_since = now() - timedelta(days=7)
    person.save()
    form = {"username": "newcomer", "password": word}
    assert "已超过7天，口令作废" in Client().post("/sign-in/", form).content.decode()
    assert sign_in("newcomer", word).get("/password/").status_code == 302


def test_a_visitor_is_sent_to_the_door(county: cast.County, client: Client) -> None:
    assert client.get("/password/")["Location"] == "/sign-in/"
    assert client.post("/password/change/", {})["Location"] == "/sign-in/"


def test_an_identity_of_a_demo_keeps_the_shared_word(county: cast.County) -> None:
    User.objects.filter(username="t01-leader").update(demo_order=1)
    here = sign_in("t01-leader", PASSWORD)
    assert "共用一个演示口令" in change(here, PASSWORD, NEW)[1]


def test_a_lost_post_does_not_keep_one_from_the_own_password(county: cast.County) -> None:
    here = sign_in("t01-leader", PASSWORD)
    Post.objects.filter(person=county.leader).delete()
    assert change(here, PASSWORD, NEW)[0] == 302


def test_names_of_the_county_are_no_passwords(county: cast.County) -> None:
    county.town.pinyin = "qingxi"
    county.town.save()
    with pytest.raises(ValidationError, match="「qingxi」"):
        passwords.LocalWordsValidator().validate("Qingxi@2023")
    passwords.LocalWordsValidator().validate("Qingxi-de-he@2023")


def test_a_person_unknown_to_the_site_has_no_former_password() -> None:
    passwords.FormerPasswordValidator().validate(NEW)
    passwords.FormerPasswordValidator().validate(NEW, User(username="nobody"))
