"""The pages of a unit's indicators and of one indicator."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.indicators.choices import Nature
from zhenxing.indicators.tests import make
from zhenxing.organisation.tests import make as make_posts

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.indicators.models import Indicator


@pytest.fixture
def paid_in(county: cast.County) -> Indicator:
    make.lamps()
    indicator = make.indicator("paid_in", "招商到位资金", county.statistics)
    make.charge(county.groups["T01-G3"], indicator)
    make.target(county.town, indicator, "10000")
    make.figure(
        county.town,
        indicator,
        "2023-09",
        "5420",
        standing="flash",
        vintage="flash",
        business_date=date(2023, 9, 25),
    )
    make.figure(county.town, indicator, "2023-09", "5260", document="禾招字〔2023〕39号")
    make.figure(county.town, indicator, "2022-09", "5644", business_date=date(2022, 10, 18))
    return indicator


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_it_lists_every_indicator_by_field(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    cast.sign_in(client, county.leader)
    text = page(client, "/towns/T01/indicators/?period=2023-09")
    assert "投资" in text
    assert "5,260" in text
    assert "红灯" in text


def test_it_finds_by_name_and_says_when_there_is_nothing(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    cast.sign_in(client, county.leader)
    assert "招商到位资金" in page(client, "/towns/T01/indicators/?q=招商")
    assert "没有符合的指标" in page(client, "/towns/T01/indicators/?q=没有这个")


def test_it_opens_every_vintage_with_its_source(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    cast.sign_in(client, county.leader)
    text = page(client, "/towns/T01/indicators/paid_in/?period=2023-09")
    for words in (
        "5,420",
        "5,260",
        "−160",
        "禾招字〔2023〕39号",
        "快报",
        "核定",
        "已被取代",
        "稳投资专班",
    ):
        assert words in text, words
    assert "2023年以前，1期" in text


def test_it_shows_a_day_as_it_was_known(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    cast.sign_in(client, county.leader)
    text = page(client, "/towns/T01/indicators/paid_in/?period=2023-09&as_of=2023-09-30")
    assert "5,420" in text
    assert "5,260" not in text
    assert "此后的更正和核定不在内" in text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("period=九月", "期间看不懂"),
        ("as_of=昨天", "日期看不懂"),
        ("as_of=2023-10-21", "这一天还没有到"),
    ],
)
def test_it_says_what_it_cannot_read(
    county: cast.County, paid_in: Indicator, client: Client, query: str, words: str
) -> None:
    cast.sign_in(client, county.leader)
    response = client.get(f"/towns/T01/indicators/?{query}")
    assert response.status_code == 400
    assert words in response.content.decode()


def test_it_hides_a_foreign_town(county: cast.County, paid_in: Indicator, client: Client) -> None:
    cast.sign_in(client, county.stranger)
    assert client.get("/towns/T01/indicators/").status_code == 404
    assert client.get("/towns/T01/indicators/paid_in/").status_code == 404
    assert client.get("/towns/T02/indicators/paid_in/").status_code == 200


def test_it_hides_from_a_department_what_others_lead(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    make.indicator("grain", "粮食产量", county.farming)
    cast.sign_in(client, county.department)
    assert client.get("/towns/T01/indicators/paid_in/").status_code == 200
    assert client.get("/towns/T01/indicators/grain/").status_code == 404
    assert "粮食产量" not in page(client, "/towns/T01/indicators/")


def test_a_village_has_no_such_page(county: cast.County, client: Client) -> None:
    cast.sign_in(client, county.assessor)
    assert client.get("/towns/T01-V01/indicators/").status_code == 404


def test_it_shows_leading_items_while_the_headline_is_silent(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    make.indicator(
        "gdp",
        "地区生产总值",
        county.statistics,
        release={"frequency": "quarter", "lag": 1, "day": 24},
        leading=["paid_in"],
    )
    cast.sign_in(client, county.leader)
    text = page(client, "/towns/T01/indicators/gdp/?period=2023-09")
    assert "先行指标" in text
    assert "10月24日" in text


def test_a_department_post_opens_no_town_to_who_also_has_one_in_another(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    """Two posts add up place by place: neither lends its reach to the other."""
    make.figure(county.rival, paid_in, "2023-09", "777", document="禾招字〔2023〕39号")
    make_posts.post(county.leader, Role.DEPARTMENT, county.farming)
    cast.sign_in(client, county.leader)
    assert "5,260" in page(client, "/towns/T01/indicators/?period=2023-09")
    assert client.get("/towns/T01/indicators/paid_in/").status_code == 200
    assert "777" not in page(client, "/towns/T02/indicators/?period=2023-09")
    assert client.get("/towns/T02/indicators/paid_in/").status_code == 404
    make_posts.post(county.leader, Role.DEPARTMENT, county.statistics)
    assert client.get("/towns/T02/indicators/paid_in/").status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "period=1900-01", "period=1999-12", "period=2100-01", "period=2199-12", "period=9999-12",
        "as_of=0001-01-01", "as_of=1999-12-31", "period=2023-13", "as_of=2023-02-30",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["/towns/T01/", "/towns/T01/indicators/", "/county/"])
def test_a_time_out_of_range_is_told(
    county: cast.County, paid_in: Indicator, client: Client, place: str, asked: str
) -> None:
    cast.sign_in(client, county.assessor)
    answer = client.get(f"{place}?{asked}")
    assert answer.status_code == 400
    assert "怎么办" in answer.content.decode()


@pytest.mark.parametrize("asked", ["period=2000-01", "period=2099-12", "as_of=2000-01-01"])
def test_the_ends_of_the_range_are_shown(
    county: cast.County, paid_in: Indicator, client: Client, asked: str
) -> None:
    cast.sign_in(client, county.leader)
    for place in ("/towns/T01/", "/towns/T01/indicators/", "/towns/T01/indicators/paid_in/"):
        assert client.get(f"{place}?{asked}").status_code == 200


def test_it_narrows_to_one_lamp_and_keeps_month_and_words(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    free = make.indicator("free", "没有目标的指标", county.statistics)
    make.figure(county.town, free, "2023-09", "7")
    cast.sign_in(client, county.leader)
    text = page(client, "/towns/T01/indicators/?period=2023-09&show=red")
    assert "招商到位资金" in text
    assert free.name not in text
    assert "?period=2023-09&amp;show=yellow" in text
    assert 'aria-current="page">红灯 1</a>' in text
    assert free.name in page(client, "/towns/T01/indicators/?period=2023-09&show=plaid")


def test_the_list_leaves_as_a_workbook_of_numbers(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    cast.sign_in(client, county.leader)
    response = client.get("/towns/T01/indicators/?period=2023-09&show=red&xlsx=1")
    assert response.headers["Content-Disposition"].endswith('"indicators-T01-2023-09.xlsx"')
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    rows = [row for row in sheet.values if row[1] == paid_in.name]
    assert [(row[5], row[7], row[8], row[12]) for row in rows] == [(5260, 52.6, -22.4, "红灯")]
    printed = [each.right.text for each in (sheet.oddHeader, sheet.oddFooter) if each is not None]
    assert "演示数据" in "".join(map(str, printed))


def test_towns_ranked_by_growth_are_compared_by_growth(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    income = make.indicator("income", "居民收入", county.statistics, rank_by="growth")
    for unit, value in ((county.town, "110"), (county.rival, "120")):
        make.figure(unit, income, "2022-09", "100", business_date=date(2022, 10, 18))
        make.figure(unit, income, "2023-09", value)
    cast.sign_in(client, county.leader)
    text = page(client, "/towns/T01/indicators/income/?period=2023-09")
    peers = text[text.index("同类镇比较") : text.index("各版数值")]
    assert "+20.0" in peers
    assert "完成率" not in peers


def test_a_page_without_figures_draws_no_empty_chart_and_names_no_unit(
    county: cast.County, client: Client
) -> None:
    make.indicator("gdp", "地区生产总值", county.statistics, nature=Nature.SURVEY)
    cast.sign_in(client, county.leader)
    text = page(client, "/towns/T01/indicators/gdp/?period=2023-09")
    assert "data-chart" not in text
    assert "本年还没有已发布的数" in text
    assert "未收到" in text
    assert "<small>万元</small>" not in text
    assert "<small>百分点</small>" not in text


def test_a_year_without_figures_says_so_above_the_earlier_ones(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    cast.sign_in(client, county.leader)
    text = page(client, "/towns/T01/indicators/paid_in/?period=2024-01")
    assert "这一年还没有数" in text
    assert "2024年以前，2期" in text
