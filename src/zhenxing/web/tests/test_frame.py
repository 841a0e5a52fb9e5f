"""The base page: navigation, slots, what it says on a demo site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.template import Context, Template
from django.utils.html import format_html

from tests import cast
from zhenxing.web import navigation, slots
from zhenxing.web.scope import NOBODY, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from django.test import Client
    from django.utils.safestring import SafeString
    from pytest_django import Settings

pytestmark = pytest.mark.urls("zhenxing.web.tests.pages")
GROUP = {"group": "日常", "letter": "x"}


@pytest.fixture
def words(settings: Settings) -> None:
    settings.NAVIGATION = [
        {"key": "units", "label": "单位", "route": "organisation:units", **GROUP},
        {"key": "town", "label": "本镇", "route": "organisation:unit", "by_town": True, **GROUP},
        {"key": "report", "label": "填报", "route": "reporters", **GROUP},
        {"key": "bare", "label": "无策略", "route": "bare", **GROUP},
        {"key": "later", "label": "调度", "route": "dispatch:list", **GROUP},
    ]


@pytest.mark.usefixtures("words")
def test_a_person_sees_the_words_that_may_be_followed() -> None:
    reporter = Scope("t01", roles=frozenset("F"), towns=frozenset({"T01"}))
    found = [
        (link.item.label, link.address, link.is_here)
        for link in navigation.links(reporter, "town", "")
    ]
    assert found == [
        ("单位", "/units/", False),
        ("本镇", "/units/T01/", True),
        ("填报", "/reporters/", False),
    ]


@pytest.mark.usefixtures("words")
def test_somebody_without_a_town_follows_the_town_the_page_shows() -> None:
    office = Scope("office", roles=frozenset("K"))
    assert [link.item.label for link in navigation.links(office, "", "")] == ["单位"]
    assert [link.address for link in navigation.links(office, "", "T07")] == [
        "/units/",
        "/units/T07/",
    ]


@pytest.mark.usefixtures("words")
def test_nobody_follows_nothing() -> None:
    assert list(navigation.links(NOBODY, "", "")) == []


def test_a_page_of_a_demo_says_so_at_top_and_foot(county: cast.County, client: Client) -> None:
    cast.sign_in(client, county.reporter)
    page = client.get("/open/").content.decode()
    assert '<span class="tag tag-demo">演示数据</span>' in page
    assert "数字均为演示数据，不对应任何真实地方" in page
    assert 'href="/demo/#date"' in page
    assert "2023年10月20日（周五）" in page
    assert "禾山县 青溪镇" in page
    assert 'action="/sign-out/"' in page


def test_a_page_of_a_real_site_says_nothing_of_a_demo(db: None, client: Client) -> None:
    county = cast.build(demo=False)
    cast.sign_in(client, county.reporter)
    page = client.get("/open/").content.decode()
    assert "演示" not in page
    assert "/demo/" not in page


def test_a_page_before_any_county_still_stands(db: None, client: Client) -> None:
    assert client.get("/open/").status_code == 200


def test_a_slot_shows_what_higher_parts_put_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_fillers", type(slots._fillers)(list))  # its own slots

    def shout(context: Mapping[str, Any], thing: object) -> SafeString:
        return format_html("<b>{}{}</b>", context["who"], thing)

    slots.fill("tests.place", shout)
    slots.fill("tests.place", shout)
    slots.fill("tests.place", lambda _context, _thing: "<i>")  # type: ignore[arg-type,return-value]
    drawn = Template("{% slot 'tests.place' 7 %}{% slot 'tests.empty' %}").render(
        Context({"who": "甲"})
    )
    assert drawn == "<b>甲7</b>&lt;i&gt;"
