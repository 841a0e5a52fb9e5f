"""Whoever has not been seen for 90 days is kept out, and somebody is left to let them in again."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests import cast
from zhenxing.accounts import services as accounts
from zhenxing.accounts.choices import Role
from zhenxing.accounts.models import User
from zhenxing.accounts.tests import make as make_accounts
from zhenxing.audit import services as audit
from zhenxing.audit.models import Actor, Entry
from zhenxing.kernel.moments import Moment
from zhenxing.organisation import services
from zhenxing.organisation.tests import make

NOW = datetime(2023, 10, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
MOMENT = Moment(NOW, cast.TODAY)
BY = Actor("administrator", "管源", "A", "H00")


@pytest.fixture
def seen(county: cast.County) -> cast.County:
    """Let everybody have signed in yesterday."""
    User.objects.update(last_login=NOW - timedelta(days=1))
    return county


def last_seen(person: User, days: int) -> None:
    User.objects.filter(pk=person.pk).update(last_login=NOW - timedelta(days=days))


def test_ninety_days_are_enough_and_eighty_nine_are_not(seen: cast.County) -> None:
    last_seen(seen.leader, 90)
    last_seen(seen.reporter, 89)
    assert services.disable_unused(moment=MOMENT) == [seen.leader]
    assert set(User.objects.filter(is_active=False)) == {seen.leader}
    entry = Entry.objects.get(action="accounts.person.disabled")
    assert (entry.subject, entry.actor_name) == ("t01-leader", "定时任务")


def test_a_second_run_does_nothing(seen: cast.County) -> None:
    last_seen(seen.leader, 200)
    services.disable_unused(moment=MOMENT)
    assert services.disable_unused(moment=MOMENT) == []


def test_who_is_let_in_again_has_ninety_days(seen: cast.County) -> None:
    last_seen(seen.leader, 200)
    services.disable_unused(moment=MOMENT)
    seen.leader.refresh_from_db()
    accounts.enable(seen.leader, reason="返岗", by=BY, moment=MOMENT)
    assert services.disable_unused(moment=MOMENT) == []
    later = Moment(NOW + timedelta(days=90), cast.TODAY)
    assert seen.leader in services.disable_unused(moment=later)


def test_a_newcomer_who_never_came_counts_from_the_first_day(seen: cast.County) -> None:
    person, _ = accounts.enrol(username="newcomer", name="新来", by=BY, moment=MOMENT)
    assert services.disable_unused(moment=MOMENT) == []
    later = Moment(NOW + timedelta(days=90), cast.TODAY)
    assert person in services.disable_unused(moment=later)


def test_who_came_with_the_pack_counts_from_the_sites_first_entry(seen: cast.County) -> None:
    User.objects.filter(pk=seen.leader.pk).update(last_login=None)
    assert services.disable_unused(moment=MOMENT) == []
    audit.record("site.loaded", subject="禾山县", by=BY, moment=MOMENT)
    User.objects.exclude(pk=seen.leader.pk).update(last_login=NOW + timedelta(days=89))
    later = Moment(NOW + timedelta(days=90), cast.TODAY)
    assert services.disable_unused(moment=later) == [seen.leader]


def test_the_last_administrator_and_a_demos_identities_stay(seen: cast.County) -> None:
    other = make_accounts.person("administrator-2", "任永年")
    make.post(other, Role.ADMINISTRATOR, seen.county)
    User.objects.filter(pk=seen.leader.pk).update(demo_order=1)
    for person, days in ((seen.administrator, 100), (other, 120), (seen.leader, 300)):
        last_seen(person, days)
    assert services.disable_unused(moment=MOMENT) == [other]
    assert User.objects.get(pk=seen.administrator.pk).is_active
