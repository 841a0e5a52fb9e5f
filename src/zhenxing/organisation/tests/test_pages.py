"""The pages of units, and the form that moves the demo's day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests import cast
from zhenxing.audit.models import Entry
from zhenxing.organisation.choices import GroupRole
from zhenxing.organisation.models import Membership, PastResult, Site, UnitProfile
from zhenxing.organisation.profiles import doubts

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from zhenxing.accounts.models import User


def page(client: Client, person: User, address: str) -> str:
    cast.sign_in(client, person)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_county_sees_departments_and_towns_by_class(
    county: cast.County, client: Client
) -> None:
    shown = page(client, county.assessor, "/units/")
    places = [shown.index(f"<h2>{title}</h2>") for title in ("县", "县级部门", "山区镇", "川道镇")]
    assert places == sorted(places)
    assert "青溪村" not in shown


def test_a_town_sees_itself(county: cast.County, client: Client) -> None:
    shown = page(client, county.leader, "/units/")
    assert 'href="/units/T01/"' in shown
    assert "石泉镇" not in shown
    assert "县统计局" not in shown


def test_a_village_reporter_sees_the_village(county: cast.County, client: Client) -> None:
    assert 'href="/units/T01-V01/"' in page(client, county.village_reporter, "/units/")


@pytest.mark.parametrize("wanted", ["青溪村", "t01-v01", "qingxi"])
def test_a_search_reaches_the_villages(county: cast.County, client: Client, wanted: str) -> None:
    county.village.pinyin = "Qingxi"
    county.village.save()
    shown = page(client, county.assessor, f"/units/?q={wanted}")
    assert 'href="/units/T01-V01/"' in shown
    assert 'href="/units/T02/"' not in shown


def test_a_search_that_finds_nothing_says_what_to_do(county: cast.County, client: Client) -> None:
    assert "没有符合搜索词的单位" in page(client, county.assessor, "/units/?q=天上")


@pytest.mark.parametrize("code", ["T02", "H00", "D01", "T03", "T99", "t01"])
def test_what_is_not_ours_is_not_there(county: cast.County, client: Client, code: str) -> None:
    cast.sign_in(client, county.leader)
    assert client.get(f"/units/{code}/").status_code == 404


@pytest.mark.parametrize("letter", "AKDLGFCSX")
def test_everybody_opens_the_own_town(county: cast.County, client: Client, letter: str) -> None:
    assert "青溪镇" in page(client, county.of_role(letter), "/units/T01/")


def test_a_village_reporter_does_not_open_the_town(county: cast.County, client: Client) -> None:
    cast.sign_in(client, county.village_reporter)
    assert client.get("/units/T01/").status_code == 404
    assert client.get("/units/T01-V01/").status_code == 200


def test_profiles_stand_side_by_side_with_what_does_not_add_up(
    county: cast.County, client: Client
) -> None:
    UnitProfile.objects.create(
        unit=county.town,
        as_of=date(2017, 6, 30),
        town_class="山区镇",
        cultivated_mu=Decimal(11395),
        paddy_mu=Decimal(4879),
        dryland_mu=Decimal(4569),
    )
    shown = page(client, county.leader, "/units/T01/")
    assert shown.index("2017年6月30日") < shown.index("2022年12月31日")
    assert "水田4,879亩与旱地4,569亩合计9,448亩，与耕地11,395亩差1,947亩" in shown
    assert '<td class="num">11,395</td><td class="num">—</td>' in shown


@pytest.mark.parametrize(
    ("known", "doubt"),
    [
        ({"cultivated_mu": 100, "paddy_mu": 60, "dryland_mu": 40}, ""),
        ({"cultivated_mu": 100, "paddy_mu": 60}, ""),
        ({"area_km2": 1, "cultivated_mu": 500, "forest_mu": 1000}, ""),
        (
            {"area_km2": 1, "cultivated_mu": 501, "forest_mu": 1000},
            "合计1,501亩，超过总面积1平方公里",
        ),
        ({"people": 100, "households": 101}, "户数101多于人口100"),
        ({"people": 100, "households": 100}, ""),
        ({}, ""),
    ],
)
def test_a_doubt_is_told_and_nothing_else(known: dict[str, int], doubt: str) -> None:
    found = doubts(UnitProfile(**{name: Decimal(value) for name, value in known.items()}))
    assert len(found) == bool(doubt)
    assert doubt in "".join(found)


def test_groups_show_their_people_by_role(county: cast.County, client: Client) -> None:
    Membership.objects.filter(role=GroupRole.LEADER).update(home=county.office)
    shown = page(client, county.leader, "/units/T01/")
    assert shown.index("组长") < shown.index("石磊") < shown.index("联络员") < shown.index("何青")
    assert '石磊<span class="faint">（党政办公室）</span>' in shown
    assert shown.count("成员还没有录入。") == 6


def test_somebody_who_left_a_group_is_not_shown(county: cast.County, client: Client) -> None:
    Membership.objects.filter(role=GroupRole.LEADER).update(until=date(2023, 10, 19))
    assert "石磊" not in page(client, county.leader, "/units/T01/")


def test_a_past_result_carries_its_basis(county: cast.County, client: Client) -> None:
    PastResult.objects.create(
        unit=county.town,
        year=2016,
        name="目标责任考核",
        score=Decimal("121.96"),
        rank=5,
        of=10,
        grade="良好",
        basis="追赶超越方案",
    )
    shown = page(client, county.leader, "/units/T01/")
    assert "121.96" in shown
    assert "5 <small>/ 10</small>" in shown
    assert "依据：追赶超越方案" in shown


def test_a_county_reader_of_a_town_page_gets_no_phone_numbers(
    county: cast.County, client: Client
) -> None:
    county.reporter.phone = "13800000000"
    county.reporter.save()
    assert "13800000000" not in page(client, county.assessor, "/units/T01/")


def test_the_day_is_moved_from_the_demo_page(county: cast.County, client: Client) -> None:
    cast.sign_in(client, county.leader)
    form = {"to": "2023-10-26", "reason": "看迟报"}
    response = client.post("/demo/date/", form, follow=True)
    shown = response.content.decode()
    assert "业务日期已改到2023-10-26，并已记入账本。" in shown
    assert "2023年10月26日（周四）" in shown
    assert Entry.objects.get(action="organisation.business_date.moved").actor == "t01-leader"


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"to": "", "reason": "x"}, "请选一个日期。"),
        ({"to": "昨天", "reason": "x"}, "日期写成 2023-10-20 这样。"),
        ({"to": "2023-10-26", "reason": ""}, "请写一句为什么改日期"),
        ({"to": "1900-01-01", "reason": "x"}, "超出2000年至2099年"),
    ],
)
def test_a_wrong_form_says_why_and_moves_nothing(
    county: cast.County, client: Client, form: dict[str, str], why: str
) -> None:
    assert why in client.post("/demo/date/", form, follow=True).content.decode()
    assert Site.objects.get().business_date == cast.TODAY


def test_the_day_is_not_moved_from_another_machine(county: cast.County, client: Client) -> None:
    form = {"to": "2023-10-26", "reason": "x"}
    assert client.post("/demo/date/", form, REMOTE_ADDR="10.1.2.3").status_code == 404
    assert Site.objects.get().business_date == cast.TODAY


def test_the_day_is_not_moved_by_a_link_or_without_a_token(county: cast.County) -> None:
    strict = Client(enforce_csrf_checks=True)
    form = {"to": "2023-10-26", "reason": "x"}
    assert strict.get("/demo/date/", form).status_code == 405
    assert strict.post("/demo/date/", form).status_code == 403
    assert Site.objects.get().business_date == cast.TODAY


def test_the_frame_costs_five_queries(
    county: cast.County, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast.sign_in(client, county.reporter)
    client.get("/help/")
    with django_assert_num_queries(5):  # session, person, site, posts, what waits
        client.get("/help/")


def test_a_name_is_text_and_never_markup(county: cast.County, client: Client) -> None:
    attack = "<script>alert(1)</script>"
    for thing in (county.town, county.reporter, county.groups["T01-G3"]):
        thing.name = attack
        thing.save()
    for address in ("/units/", "/units/T01/", f"/units/?q={attack}"):
        shown = page(client, county.reporter, address)
        assert attack not in shown
        assert "&lt;script&gt;alert(1)" in shown
