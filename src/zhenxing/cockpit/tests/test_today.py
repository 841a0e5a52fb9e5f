"""The list of today: for each role what is to be done, and nothing for a look back."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.indicators.tests import make
from zhenxing.kernel.problems import Problem
from zhenxing.reporting import services
from zhenxing.reporting.choices import Status
from zhenxing.reporting.models import Call, Submission, Urging
from zhenxing.reporting.queries.inbox import waiting_count

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.indicators.models import Indicator

LIST = re.compile(r"<h2>今天</h2>.*?</section>", re.DOTALL)


@pytest.fixture
def call(county: cast.County) -> Call:
    call = Call.objects.create(
        code="2023-10", period="2023-10", opens=date(2023, 10, 15), due=date(2023, 10, 25)
    )
    Submission.objects.bulk_create(
        [Submission(call=call, group=group) for group in county.groups.values()]
    )
    return call


@pytest.fixture
def paid_in(county: cast.County) -> Indicator:
    """Give the town a red lamp for which the group G3 answers, and one for which G2 does."""
    make.lamps()
    red = make.indicator("paid_in", "招商到位资金", county.statistics)
    other = make.indicator("mushrooms", "食用菌", county.farming)
    for indicator, group in ((red, "T01-G3"), (other, "T01-G2")):
        make.charge(county.groups[group], indicator)
        make.target(county.town, indicator, "10000")
        make.figure(county.town, indicator, "2023-09", "5260")
    return red


def listed(client: Client, query: str = "") -> str:
    """Give the list of today as the page shows it, empty where there is none."""
    response = client.get(f"/towns/T01/{query}")
    assert response.status_code == 200
    found = LIST.search(response.content.decode())
    return found[0] if found else ""


def test_a_reporter_finds_the_forms_of_the_own_group_with_the_days_left(
    county: cast.County, call: Call, client: Client
) -> None:
    cast.sign_in(client, county.reporter)
    text = listed(client)
    assert 'href="/returns/2023-10/T01-G3/">填稳投资专班报表</a>' in text
    assert "还有3个工作日" in text
    assert "农村经济专班" not in text


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2023, 10, 25), "今天截止"), (date(2023, 10, 26), "逾期1天")],
)
def test_the_last_day_and_the_days_after_are_said(
    county: cast.County, call: Call, client: Client, day: date, words: str
) -> None:
    county.site.business_date = day
    county.site.save()
    cast.sign_in(client, county.reporter)
    assert words in listed(client)


def test_what_is_handed_in_is_no_longer_to_be_done(
    county: cast.County, call: Call, client: Client
) -> None:
    Submission.objects.filter(group=county.groups["T01-G3"]).update(status=Status.SUBMITTED)
    cast.sign_in(client, county.reporter)
    assert "今天没有要办的事" in listed(client)
    cast.sign_in(client, county.town_office)
    text = listed(client)
    assert "催报农村经济专班" in text
    assert "催报稳投资专班" not in text


def test_a_town_leader_finds_every_red_lamp_a_group_leader_those_led(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    cast.sign_in(client, county.leader)
    text = listed(client)
    assert 'href="/towns/T01/indicators/paid_in/?period=2023-09">看招商到位资金为什么红灯' in text
    assert "−22.40个百分点" in text
    assert "看食用菌为什么红灯" in text
    cast.sign_in(client, county.group_leader)
    text = listed(client)
    assert "看招商到位资金为什么红灯" in text
    assert "食用菌" not in text


def test_who_only_looks_on_has_no_list(
    county: cast.County, paid_in: Indicator, call: Call, client: Client
) -> None:
    for person in (county.assessor, county.department, county.auditor):
        cast.sign_in(client, person)
        assert listed(client) == ""


@pytest.mark.parametrize("query", ["?period=2023-08", "?as_of=2023-10-18"])
def test_a_look_back_has_no_list(
    county: cast.County, call: Call, client: Client, query: str
) -> None:
    cast.sign_in(client, county.reporter)
    assert listed(client, query) == ""


def test_what_came_back_stands_first(county: cast.County, call: Call, client: Client) -> None:
    Submission.objects.filter(group__code="T01-G3").update(status=Status.RETURNED)
    cast.sign_in(client, county.reporter)
    assert "改稳投资专班报表（已退回）" in listed(client)


def test_who_reviews_and_who_signs_finds_what_waits(
    county: cast.County, call: Call, client: Client
) -> None:
    Submission.objects.filter(group__code="T01-G3").update(status=Status.SUBMITTED)
    cast.sign_in(client, county.group_leader)
    assert "审核稳投资专班报表" in listed(client)
    Submission.objects.filter(group__code="T01-G3").update(status=Status.REVIEWED)
    assert "审核稳投资专班报表" not in listed(client)
    cast.sign_in(client, county.leader)
    text = listed(client)
    assert "签发稳投资专班报表" in text
    assert "25日截止" in text


def test_the_town_office_finds_the_wishes_for_more_days(
    county: cast.County, call: Call, client: Client
) -> None:
    services.ask_extension(
        submission=Submission.objects.get(group__code="T01-G3"),
        until=date(2023, 10, 30),
        reason="停电",
        scope=cast.scope(county.reporter),
        moment=cast.moment(),
    )
    cast.sign_in(client, county.town_office)
    assert "答复稳投资专班的延期申请" in listed(client)
    cast.sign_in(client, county.leader)
    assert "延期申请" not in listed(client)


def test_an_urging_stands_on_top_until_it_was_seen(
    county: cast.County, call: Call, client: Client
) -> None:
    services.urge(
        call=call,
        groups=["T01-G3"],
        text="请今天报齐",
        scope=cast.scope(county.town_office),
        moment=cast.moment(),
    )
    cast.sign_in(client, county.reporter)
    assert "请今天报齐" in client.get("/towns/T01/").content.decode()
    assert client.post(f"/urgings/{Urging.objects.get().pk}/read/").status_code == 302
    assert "请今天报齐" not in client.get("/towns/T01/").content.decode()


@pytest.mark.parametrize(
    ("who", "status", "count"),
    [
        ("reporter", Status.NOT_STARTED, 1),
        ("reporter", Status.SUBMITTED, 0),
        ("group_leader", Status.SUBMITTED, 1),
        ("leader", Status.REVIEWED, 1),
        ("leader", Status.SIGNED, 0),
        ("department", Status.SIGNED, 1),
        ("auditor", Status.SUBMITTED, 0),
    ],
)
def test_the_navigation_counts_what_waits_for_the_person(
    county: cast.County, call: Call, who: str, status: Status, count: int
) -> None:
    make.charge(
        county.groups["T01-G3"], make.indicator("paid_in", "招商到位资金", county.statistics)
    )
    Submission.objects.filter(group__code="T01-G3").update(status=status)
    scope = cast.scope(getattr(county, who))
    assert waiting_count(scope, cast.TODAY) == count
    assert waiting_count(scope, date(2023, 10, 14)) == 0


def test_the_county_s_office_counts_the_wishes_it_has_to_decide(
    county: cast.County, call: Call, client: Client
) -> None:
    wish = services.ask_extension(
        submission=Submission.objects.get(group__code="T01-G3"),
        until=date(2023, 10, 30),
        reason="停电",
        scope=cast.scope(county.reporter),
        moment=cast.moment(),
    )
    assert not isinstance(wish, Problem)
    office, county_office = cast.scope(county.town_office), cast.scope(county.assessor)
    assert (waiting_count(office, cast.TODAY), waiting_count(county_office, cast.TODAY)) == (1, 0)
    services.support_extension(extension=wish, scope=office, moment=cast.moment())
    assert (waiting_count(office, cast.TODAY), waiting_count(county_office, cast.TODAY)) == (0, 1)
    cast.sign_in(client, county.assessor)
    assert '<span class="count" title="等您办的">1</span>' in client.get("/units/").content.decode()
