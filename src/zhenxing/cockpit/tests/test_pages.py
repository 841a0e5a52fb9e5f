"""Where people land, and what a town's and the county's page say."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.indicators.tests import make
from zhenxing.organisation.tests import make as make_posts
from zhenxing.reporting.choices import Status
from zhenxing.reporting.models import Call, Submission

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.indicators.models import Indicator


@pytest.fixture
def paid_in(county: cast.County) -> Indicator:
    make.lamps()
    indicator = make.indicator("paid_in", "招商到位资金", county.statistics, headline=1)
    for unit, value in ((county.town, "5260"), (county.rival, "8000")):
        make.target(unit, indicator, "10000")
        make.figure(unit, indicator, "2023-09", value, business_date=date(2023, 10, 19))
    return indicator


@pytest.fixture
def call(county: cast.County) -> Call:
    call = Call.objects.create(
        code="2023-10", period="2023-10", opens=date(2023, 10, 15), due=date(2023, 10, 25)
    )
    Submission.objects.bulk_create(
        [Submission(call=call, group=group) for group in county.groups.values()]
    )
    return call


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize(
    ("letter", "lands"),
    [
        ("K", "/county/"),
        ("D", "/county/"),
        ("X", "/county/"),
        ("L", "/towns/T01/"),
        ("C", "/towns/T01/"),
        ("F", "/towns/T01/"),
        ("V", "/returns/"),
        ("A", "/units/"),
    ],
)
def test_everybody_lands_where_the_day_begins(
    county: cast.County, client: Client, letter: str, lands: str
) -> None:
    cast.sign_in(client, county.of_role(letter))
    assert client.get("/").headers["Location"] == lands


def test_a_visitor_of_a_demo_is_shown_the_identities(county: cast.County, client: Client) -> None:
    assert client.get("/").headers["Location"] == "/demo/"
    assert client.get("/", REMOTE_ADDR="192.0.2.7").headers["Location"] == "/sign-in/"
    county.site.is_demo, county.site.business_date = False, None
    county.site.save()
    assert client.get("/").headers["Location"] == "/sign-in/"


def test_a_town_sees_what_lags_and_how_many_days_are_left(
    county: cast.County, paid_in: Indicator, call: Call, client: Client
) -> None:
    cast.sign_in(client, county.town_office)
    text = page(client, "/towns/T01/")
    for words in ("5,260", "52.60", "−22.40", "红灯", "还差7个", "演示数据", "19日"):
        assert words in text, words
    assert "5 <small>天，其中3个工作日" in text


def test_a_town_without_targets_or_call_is_told_what_next(
    county: cast.County, client: Client
) -> None:
    cast.sign_in(client, county.town_office)
    text = page(client, "/towns/T01/")
    assert "本年没有下达到本单位的目标" in text
    assert "今天没有开着的填报任务" in text


def test_the_missing_comes_first_then_red_then_yellow(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    for code, name, value in (
        ("green", "达标项", "9000"),
        ("yellow", "稍欠项", "7000"),
        ("absent", "未报项", None),
    ):
        indicator = make.indicator(code, name, county.statistics)
        make.target(county.town, indicator, "10000")
        if value is not None:
            make.figure(county.town, indicator, "2023-09", value)
    cast.sign_in(client, county.town_office)
    text = page(client, "/towns/T01/?period=2023-09")
    places = [text.index(name) for name in ("未报项", "招商到位资金", "稍欠项", "达标项")]
    assert places == sorted(places)


def test_the_county_compares_inside_classes_and_shows_four_kinds_of_no_number(
    county: cast.County, paid_in: Indicator, call: Call, client: Client
) -> None:
    grain = make.indicator(
        "grain",
        "粮食产量",
        county.farming,
        headline=2,
        release={"frequency": "year", "lag": 1, "day": 20},
    )
    masked = make.indicator("firms", "小升规企业", county.statistics, headline=3)
    for unit in (county.town, county.rival):
        make.target(unit, grain, "1900")
    make.target(county.town, masked, None, masked=True, text="**")
    make.target(county.rival, masked, None, no_task=True)
    make.figure(county.town, masked, "2023-09", "1")
    make.figure(county.rival, masked, "2023-09", "1")
    cast.sign_in(client, county.assessor)
    text = page(client, "/county/")
    for words in (
        "−22.4",
        "+5.0",
        "未公布",
        "无任务",
        "**",
        "未报",
        "山区镇（2个）",
        "川道镇（1个）",
    ):
        assert words in text, words
    assert "0</a> <small>/ 14份已交" in text


def test_the_county_page_narrows_to_one_class(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    cast.sign_in(client, county.assessor)
    text = page(client, "/county/?class=川道镇")
    assert "河湾镇" in text
    assert "石泉镇" not in text
    assert "没有这一类的镇" in page(client, "/county/?class=海岛镇")


def test_the_heat_table_leaves_as_a_workbook_of_numbers(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    cast.sign_in(client, county.assessor)
    response = client.get("/county/heat.xlsx?period=2023-09")
    rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0].values)
    cells = {row[1]: row[2] for row in rows if row[0] == "山区镇"}
    assert {name: Decimal(str(value)) for name, value in cells.items()} == {
        "青溪镇": Decimal("-22.4"),
        "石泉镇": Decimal(5),
    }


def test_a_department_sees_the_county_through_its_own_indicators(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    make.indicator("grain", "粮食产量", county.farming, headline=2)
    cast.sign_in(client, county.department)
    text = page(client, "/county/")
    assert "招商到位资金" in text
    assert "粮食产量" not in text


def test_a_post_beside_the_departments_opens_the_own_town_alone(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    make_posts.post(county.leader, Role.DEPARTMENT, county.farming)
    cast.sign_in(client, county.leader)
    assert "招商到位资金" in page(client, "/towns/T01/?period=2023-09")
    assert "招商到位资金" not in page(client, "/towns/T02/?period=2023-09")
    assert "招商到位资金" not in page(client, "/county/?period=2023-09")


def test_a_town_leader_does_not_open_the_county_page(county: cast.County, client: Client) -> None:
    cast.sign_in(client, county.leader)
    assert client.get("/county/").status_code == 403


def test_after_the_last_day_the_page_says_so_and_still_takes_the_form(
    county: cast.County, call: Call, client: Client
) -> None:
    county.site.business_date = date(2023, 10, 27)
    county.site.save()
    cast.sign_in(client, county.town_office)
    text = page(client, "/towns/T01/")
    for words in ("已过2", "仍收表，记为逾期", "2023年10月报送已过截止日", "tag-late"):
        assert words in text, words
    assert "未到截止日" not in text


def test_a_year_whose_holidays_are_not_announced_says_so(
    county: cast.County, call: Call, client: Client
) -> None:
    county.site.business_date = date(2031, 1, 5)
    county.site.save()
    cast.sign_in(client, county.town_office)
    assert "2031年放假安排尚未录入" in page(client, "/towns/T01/")
    cast.sign_in(client, county.assessor)
    assert "2031年放假安排尚未录入" in page(client, "/county/")


def test_a_look_back_shows_the_call_of_that_day_and_who_was_in_then(
    county: cast.County, call: Call, client: Client
) -> None:
    call.closed_on = date(2023, 10, 19)
    call.save()
    cast.sign_in(client, county.town_office)
    assert "没有开着的填报任务" in page(client, "/towns/T01/")
    text = page(client, "/towns/T01/?as_of=2023-10-18")
    assert "2023年10月报送中" in text
    assert "0</a> <small>/ 7个专班已交" in text


def test_the_result_shown_is_of_a_year_before_the_one_asked_for(
    county: cast.County, client: Client
) -> None:
    county.town.past_results.create(year=2022, rank=5, of=10, score=Decimal("121.96"))
    cast.sign_in(client, county.town_office)
    assert "2022年考核位次" in page(client, "/towns/T01/?period=2023-09")
    text = page(client, "/towns/T01/?period=2021-12")
    assert "121.96" not in text
    assert "没有更早的考核结果" in text


def test_a_page_leads_a_department_nowhere_it_may_not_go(
    county: cast.County, paid_in: Indicator, call: Call, client: Client
) -> None:
    cast.sign_in(client, county.department)
    for path in ("/towns/T01/", "/county/"):
        text = page(client, path)
        links = [link for link in re.findall(r'href="(/[^"#?]*)', text) if "/static/" not in link]
        refused = [link for link in links if client.get(link).status_code == 403]
        assert refused == [], path


def test_a_town_that_is_through_says_so_instead_of_an_empty_cell(
    county: cast.County, paid_in: Indicator, call: Call, client: Client
) -> None:
    call.submissions.filter(group__unit=county.town).update(status=Status.SUBMITTED)
    cast.sign_in(client, county.assessor)
    text = page(client, "/county/")
    assert ">已交齐</td>" in text
    assert '<td class="faint words"></td>' not in text
