"""Posts given and ended, the demo's day moved, the calendar filled."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.accounts.tests import make as make_accounts
from zhenxing.audit.models import Entry
from zhenxing.organisation import queries, services
from zhenxing.organisation.models import CalendarDay, CalendarYear, Post, Site
from zhenxing.organisation.tests import make

if TYPE_CHECKING:
    from zhenxing.accounts.models import User

MOMENT = cast.moment()


@pytest.fixture
def newcomer(county: cast.County) -> User:
    """Give somebody without a post."""
    return make_accounts.person("newcomer", "新来")


def test_a_post_is_given_from_today_and_written_down(county: cast.County, newcomer: User) -> None:
    post = services.appoint(
        person=newcomer,
        role=Role.REPORTER,
        unit=county.town,
        group=county.groups["T01-G4"],
        document="青政任2023年9号",
        by=cast.actor(county.administrator),
        moment=MOMENT,
    )
    assert post.since == cast.TODAY
    assert cast.scope(newcomer).reports == {"T01-G4"}
    entry = Entry.objects.get(action="organisation.post.granted")
    assert (entry.actor, entry.subject) == ("administrator", "newcomer")
    assert json.loads(entry.details)["group"] == "T01-G4"


@pytest.mark.both_engines
@pytest.mark.parametrize("letter", "AX")
def test_a_lonely_role_is_not_given_beside_another(county: cast.County, letter: str) -> None:
    with pytest.raises(services.ActRefusedError, match="不得兼任"):
        services.appoint(
            person=county.reporter,
            role=Role(letter),
            unit=county.county,
            by=cast.actor(county.administrator),
            moment=MOMENT,
        )
    assert cast.scope(county.reporter).roles == {"F"}
    assert not Entry.objects.exists()


@pytest.mark.both_engines
def test_a_lonely_role_is_given_once_the_other_has_ended(county: cast.County) -> None:
    by = cast.actor(county.administrator)
    post = Post.objects.get(person=county.department)
    services.end_post(
        post=post, until=date(2023, 10, 19), reason="调离统计局", by=by, moment=MOMENT
    )
    services.appoint(
        person=county.department, role=Role.AUDITOR, unit=county.county, by=by, moment=MOMENT
    )
    assert cast.scope(county.department).roles == {"X"}
    assert cast.scope(county.department, date(2023, 10, 19)).roles == {"D"}
    ended = Entry.objects.get(action="organisation.post.ended")
    assert json.loads(ended.details)["reason"] == "调离统计局"


def test_a_post_does_not_end_before_it_began(county: cast.County) -> None:
    post = Post.objects.get(person=county.reporter)
    by = cast.actor(county.administrator)
    with pytest.raises(services.ActRefusedError, match="止日早于起日"):
        services.end_post(post=post, until=date(2022, 12, 31), reason="错", by=by, moment=MOMENT)
    assert Post.objects.get(pk=post.pk).until is None


@pytest.mark.both_engines
def test_the_database_refuses_a_reporter_without_a_group(
    county: cast.County, newcomer: User
) -> None:
    with pytest.raises(IntegrityError, match="a_reporter_has_a_group"):
        make.post(newcomer, Role.REPORTER, county.town)


@pytest.mark.both_engines
def test_the_database_refuses_a_group_for_a_leader(county: cast.County, newcomer: User) -> None:
    with pytest.raises(IntegrityError, match="only_a_group_role_has_a_group"):
        make.post(newcomer, Role.TOWN_LEADER, county.town, county.groups["T01-G1"])


@pytest.mark.both_engines
def test_the_database_refuses_the_same_post_twice(county: cast.County) -> None:
    with pytest.raises(IntegrityError):
        make.post(county.leader, Role.TOWN_LEADER, county.town)


@pytest.mark.both_engines
def test_the_database_refuses_a_moved_date_on_a_real_site(db: None) -> None:
    county = make.county()
    with pytest.raises(IntegrityError, match="only_a_demo_moves_its_date"):
        make.site(county, demo=False, business_date=cast.TODAY)


@pytest.mark.both_engines
def test_the_demos_day_is_moved_with_a_reason(county: cast.County) -> None:
    by = cast.actor(county.assessor)
    services.move_business_date(to=date(2023, 10, 26), reason="看迟报", by=by, moment=MOMENT)
    assert Site.objects.get().business_date == date(2023, 10, 26)
    entry = Entry.objects.get(action="organisation.business_date.moved")
    assert entry.at == MOMENT.at
    assert entry.business_date == cast.TODAY
    assert json.loads(entry.details) == {
        "from": "2023-10-20",
        "to": "2023-10-26",
        "reason": "看迟报",
    }


@pytest.mark.parametrize(
    ("to", "reason", "why"),
    [
        (date(1999, 12, 31), "看看", "超出2000年至2099年"),
        (date(2100, 1, 1), "看看", "超出2000年至2099年"),
        (date(2023, 10, 26), "  ", "写一句为什么"),
    ],
)
def test_it_is_not_moved_without_sense(
    county: cast.County, to: date, reason: str, why: str
) -> None:
    by = cast.actor(county.assessor)
    with pytest.raises(services.ActRefusedError, match=why):
        services.move_business_date(to=to, reason=reason, by=by, moment=MOMENT)
    assert Site.objects.get().business_date == cast.TODAY
    assert not Entry.objects.exists()


def test_a_real_sites_day_is_never_moved(db: None) -> None:
    county = cast.build(demo=False)
    by = cast.actor(county.administrator)
    with pytest.raises(services.ActRefusedError, match="不是演示站"):
        services.move_business_date(to=cast.TODAY, reason="试", by=by, moment=MOMENT)
    assert Site.objects.get().business_date is None


def test_a_year_is_filled_with_its_make_up_days(db: None) -> None:
    services.seed_calendar([2023])
    calendar = queries.work_calendar()
    assert calendar.is_announced(2023)
    assert not calendar.is_workday(date(2023, 9, 29))
    assert calendar.is_workday(date(2023, 10, 7))
    assert calendar.is_workday(date(2023, 10, 8))
    assert CalendarDay.objects.get(day=date(2023, 10, 7)).name.endswith("调休上班")


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2024, 2, 4), True), (date(2024, 2, 18), True), (date(2024, 10, 12), True),
        (date(2025, 1, 26), True), (date(2025, 2, 8), True), (date(2025, 10, 11), True),
        (date(2026, 2, 14), True), (date(2024, 2, 12), False), (date(2025, 10, 6), False),
    ],
)  # fmt: skip
def test_it_knows_the_arrangements_as_announced(
    db: None,
    day: date,
    worked: bool,  # noqa: FBT001  # a row of the table
) -> None:
    services.seed_calendar(range(2022, 2027))
    assert queries.work_calendar().is_workday(day) == worked


def test_a_year_not_announced_says_so(db: None) -> None:
    services.seed_calendar([2023, 2098])
    assert not CalendarYear.objects.get(year=2098).announced
    assert not CalendarDay.objects.filter(day__year=2098).exists()
    problem = queries.work_calendar().unannounced(date(2098, 1, 1), date(2098, 12, 31))
    assert problem is not None
    assert "2098" in problem.sentence


def test_a_year_entered_by_hand_is_left_alone(db: None) -> None:
    CalendarYear.objects.create(year=2023, announced=True, basis="县政府通知")
    services.seed_calendar([2023])
    assert CalendarYear.objects.get().basis == "县政府通知"
    assert not CalendarDay.objects.exists()


@pytest.mark.both_engines
def test_filling_twice_changes_nothing(db: None) -> None:
    services.seed_calendar([2023, 2098])
    before = CalendarDay.objects.count()
    services.seed_calendar([2023, 2098])
    assert CalendarDay.objects.count() == before
