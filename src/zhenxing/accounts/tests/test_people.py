"""People enrolled, corrected and switched by acts that refuse what the rules forbid."""

from __future__ import annotations

import json

import pytest

from tests import cast
from zhenxing.accounts import services
from zhenxing.accounts.models import User
from zhenxing.audit.models import Actor, Entry

BY = Actor("administrator", "管源", "A", "H00")
MOMENT = cast.moment()


@pytest.mark.both_engines
def test_somebody_new_is_vouched_for(county: cast.County) -> None:
    person, word = services.enrol(
        username="newcomer", name="新来", phone="138", by=BY, moment=MOMENT
    )
    assert person.check_password(word)
    assert (person.must_change, person.active_since) == (True, cast.TODAY)
    entry = Entry.objects.get(action="accounts.person.enrolled")
    assert json.loads(entry.details) == {"name": "新来", "phone": True}
    assert json.loads(entry.seals)["accounts.User"]["rows"] == 1


def test_two_words_are_never_the_same(county: cast.County) -> None:
    words = {services.reset_password(county.leader, by=BY, moment=MOMENT) for _ in range(5)}
    assert len(words) == 5
    assert all(len(word) == 19 for word in words)


@pytest.mark.parametrize(
    ("username", "name", "why"),
    [("t01-leader", "周正", "已经有人用了"), ("Newcomer", "新来", "不合写法"), ("new", "", "姓名")],
)
def test_a_refusal_makes_nobody(county: cast.County, username: str, name: str, why: str) -> None:
    before = User.objects.count()
    with pytest.raises(services.RefusedError, match=why):
        services.enrol(username=username, name=name, by=BY, moment=MOMENT)
    assert User.objects.count() == before
    assert not Entry.objects.exists()


def test_what_is_so_already_is_not_done_again(county: cast.County) -> None:
    with pytest.raises(services.RefusedError, match="没有停用"):
        services.enable(county.leader, reason="返岗", by=BY, moment=MOMENT)
    services.disable(county.leader, reason="调离", by=BY, moment=MOMENT)
    with pytest.raises(services.RefusedError, match="已经停用了"):
        services.disable(county.leader, reason="调离", by=BY, moment=MOMENT)
    with pytest.raises(services.RefusedError, match="没有填写"):
        services.enable(county.leader, reason=" ", by=BY, moment=MOMENT)
    with pytest.raises(services.RefusedError, match="姓名"):
        services.correct(county.leader, name="", phone="", by=BY, moment=MOMENT)


def test_nobody_switches_or_resets_themselves(county: cast.County) -> None:
    own = county.administrator
    for act in (services.disable, services.enable):
        with pytest.raises(services.RefusedError, match="不能改自己"):
            act(own, reason="试试", by=BY, moment=MOMENT)
    with pytest.raises(services.RefusedError, match="不能改自己"):
        services.reset_password(own, by=BY, moment=MOMENT)
