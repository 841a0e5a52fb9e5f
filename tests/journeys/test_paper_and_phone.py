"""What leaves the desk: A4 sheets from the printer, a phone in the hand, a keyboard alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pdfplumber
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.conftest import Window

    Windows = Callable[..., Window]

OFFICE, ASSESSOR, REPORTER = "t01-office", "h00-assessment", "t01-g3-reporter"
CUT = """() => [...document.querySelectorAll(".tile-lamps, .page-tools, .switch")]
  .filter(box => box.scrollWidth > box.clientWidth + 1)
  .filter(box => getComputedStyle(box).overflowX !== "auto")
  .map(box => box.className)"""
BROAD = """() => document.querySelector(".chart-box canvas").getBoundingClientRect().width
  - document.querySelector(".chart-box").getBoundingClientRect().width"""
HIGH = """() => Math.max(...[...document.querySelectorAll(".table:not(.targets) tbody tr")]
  .map(row => row.getBoundingClientRect().height))"""


@pytest.mark.parametrize(("who", "path"), [(OFFICE, "/towns/T01/"), (ASSESSOR, "/county/")])
def test_cockpit_and_county_fit_two_sheets(window: Windows, who: str, path: str) -> None:
    page = window(who).open(path)
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        sizes = [(round(sheet.width), round(sheet.height)) for sheet in paper.pages]
        first = paper.pages[0].extract_text()
    assert sizes == [(842, 595)] * 2
    # A panel held together at any price would leave the first sheet to the headline alone.
    assert len(first) > 600


def test_a_chart_stays_in_its_box_on_paper(window: Windows) -> None:
    page = window(OFFICE).open("/towns/T01/indicators/fai/")
    expect(page.locator(".chart-box canvas")).to_be_visible()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1030, "height": 700})
    assert page.evaluate(BROAD) <= 0


@pytest.mark.parametrize(
    "path",
    [
        "/towns/T01/",
        "/towns/T01/indicators/",
        "/towns/T01/indicators/fai/",
        "/towns/T01/indicators/gdp/",
        "/towns/T01/indicators/rural_income/",
        "/returns/",
        "/ledger/",
        "/help/start/",
    ],
)
def test_a_phone_holds_the_daily_pages(window: Windows, path: str) -> None:
    page = window(OFFICE, PHONE).open(path)
    assert page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]
    assert page.evaluate(CUT) == []
    # A cell pressed to one letter a line stands hundreds of points high.
    if page.locator(".table:not(.targets) tbody tr").count():
        assert page.evaluate(HIGH) < 180


def test_a_phone_shows_fields_and_the_way_back_in_time(window: Windows) -> None:
    page = window(OFFICE, PHONE).open("/towns/T01/indicators/")
    expect(page.get_by_text("招商引资", exact=False).first).to_be_visible()
    page.locator("[name=as_of]").fill("2023-10-10")
    page.get_by_role("button", name="看", exact=True).click()
    expect(page.get_by_text("此后的更正和核定不在内")).to_be_visible()


def test_a_table_that_scrolls_is_reached_by_keyboard(window: Windows) -> None:
    page = window(OFFICE, PHONE).open("/units/T01/")
    boxes = page.locator(".scroll")
    reached = boxes.evaluate_all(
        "all => all.map(box => box.scrollWidth <= box.clientWidth || box.tabIndex === 0)"
    )
    assert reached
    assert all(reached)


def test_the_months_lists_open_from_today_by_keyboard_alone(window: Windows) -> None:
    page = window(REPORTER).open("/towns/T01/")
    thing = page.get_by_role("link", name="填稳投资专班报表")
    once_round = page.locator("a, button, input, select, summary").count()
    for _ in range(once_round):
        page.keyboard.press("Tab")
        if thing.evaluate("link => link === document.activeElement"):
            break
    expect(thing).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="稳投资专班2023年10月报表")).to_be_visible()
