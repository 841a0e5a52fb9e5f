"""The frame in a real browser: keyboard, menu, charts, and a policy nobody trips over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.conftest import Window

REPORTER = "t01-g3-reporter"
OPTION = {
    "tooltip": {"trigger": "axis"},
    "xAxis": {"type": "category", "data": ["1月", "2月", "3月"]},
    "yAxis": {"type": "value"},
    "series": [{"type": "line", "data": [3, 5, 8], "itemStyle": {"color": "--blue"}}],
}
PUT_A_CHART = """option => {
  const source = document.createElement("script");
  source.type = "application/json";
  source.id = "a-chart";
  source.textContent = JSON.stringify(option);
  const box = document.createElement("div");
  box.className = "chart-box";
  box.dataset.chart = "a-chart";
  document.querySelector("main").prepend(source, box);
}"""
LISTEN = """() => {
  window.violations = [];
  document.addEventListener("securitypolicyviolation", event => {
    window.violations.push(`${event.violatedDirective} ${event.sourceFile}`);
  });
}"""


def test_a_slash_goes_to_the_search_and_g_to_a_page(window: Callable[..., Window]) -> None:
    page = window(REPORTER).open("/units/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("gh/")
    expect(page.get_by_role("searchbox")).to_have_value("gh/")
    page.locator("h1").click()
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page).to_have_url(re.compile(r"/help/$"))


def test_the_first_tab_leads_past_the_navigation(window: Callable[..., Window]) -> None:
    page = window(REPORTER).open("/units/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


def test_the_menu_opens_closes_and_signs_out(window: Callable[..., Window]) -> None:
    page = window(REPORTER).open("/units/")
    menu = page.locator(".top-user")
    menu.locator("summary").click()
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="退出登录")).to_be_hidden()
    menu.locator("summary").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page).to_have_url(re.compile("/sign-in/$"))


def test_a_chart_is_drawn_and_explained_without_tripping_the_policy(
    window: Callable[..., Window],
) -> None:
    page = window(REPORTER).open("/help/")
    page.evaluate(LISTEN)
    page.evaluate(PUT_A_CHART, OPTION)
    page.add_script_tag(url="/static/library/echarts.min.js")
    page.add_script_tag(url="/static/web/charts.js")
    canvas = page.locator(".chart-box canvas")
    expect(canvas).to_be_visible()
    canvas.hover(position={"x": 400, "y": 120})
    page.wait_for_timeout(200)
    drawn: dict[str, Any] = page.evaluate(
        """() => {
          const shown = echarts.getInstanceByDom(document.querySelector(".chart-box")).getOption();
          return {colour: shown.series[0].itemStyle.color, tooltip: shown.tooltip[0].renderMode};
        }"""
    )
    assert drawn == {"colour": "#1c56a0", "tooltip": "richText"}
    assert page.evaluate("() => window.violations") == []


def test_a_phone_reads_every_page_without_scrolling_sideways(window: Callable[..., Window]) -> None:
    phone = window(REPORTER, PHONE)
    for path in ("/demo/", "/units/", "/units/T01/", "/help/", "/nowhere/"):
        page = phone.open(path)
        width = page.evaluate("() => document.documentElement.scrollWidth")
        assert width == PHONE["width"], path


def test_on_a_phone_no_part_of_a_search_lies_upon_another(window: Callable[..., Window]) -> None:
    page = window(REPORTER, PHONE).open("/units/?q=T01")
    boxes = [part.bounding_box() for part in page.locator(".filters > *:visible").all()]
    places = [(box["x"], box["y"]) for box in boxes if box]
    assert len(places) == len(set(places)) == 3


def test_a_locked_door_and_a_refusal_look_like_the_rest(window: Callable[..., Window]) -> None:
    page = window(REPORTER).open("/units/T02/")
    expect(page.get_by_role("heading", name="没有找到这一页")).to_be_visible()
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
