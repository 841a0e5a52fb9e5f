"""A number of a closed month is corrected by four people in four browsers; a village hands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.journeys.conftest import Site, Window

    Windows = Callable[..., Window]

REPORTER, LEADER, DEPARTMENT, ASSESSOR, AUDITOR, VILLAGE = (
    "t01-g3-reporter", "t01-secretary", "d01-officer", "h00-assessment", "h00-auditor",
    "t01-v01-reporter",
)  # fmt: skip
INDICATOR = "/towns/T01/indicators/projects_entered/?period=2023-09"
PDF = b"%PDF-1.4\n%evidence\n"
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def sign(page: Page, word: str, opinion: str) -> None:
    """Give a signature with the password that the demo tells."""
    panel = page.locator("#sign")
    panel.get_by_label("意见").fill(opinion)
    panel.get_by_label("登录密码").fill(panel.locator("code").inner_text())
    panel.get_by_role("button", name=word).click()


def test_a_closed_number_is_corrected_by_four_people(window: Windows, site: Site) -> None:
    page = window(REPORTER).open(INDICATOR)
    page.get_by_role("link", name="更正9月数").click()
    page.get_by_label("更正为").fill("7")
    page.get_by_label("原因").fill("漏计已入库项目一个，附入库通知。")
    page.set_input_files(
        "#id_papers", {"name": "入库通知.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="提出更正单").click()
    expect(page.get_by_text("已提出，等镇主要领导签署")).to_be_visible()
    address = page.url
    for who, word, opinion in (
        (LEADER, "签署", "看过入库通知。"),
        (DEPARTMENT, "核实", "与本局台账一致。"),
        (ASSESSOR, "核准", "同意更正。"),
    ):
        page = window(who).open("/corrections/?state=mine")
        page.get_by_role("link", name="更正-T01-202309-0001").click()
        expect(page.get_by_text("如更正，")).to_be_visible()
        sign(page, word, opinion)
        expect(page.locator("#sign")).to_have_count(0)
    expect(page.locator(".page-title .tag")).to_have_text("已更正")
    told = window(REPORTER).open(INDICATOR)
    lines = told.locator("#vintages")
    expect(lines.get_by_text("漏计").first).to_be_visible()
    expect(lines.get_by_text("已被取代").first).to_be_visible()
    expect(told.get_by_role("link", name="更正-T01-202309-0001")).to_be_visible()
    auditor = window(AUDITOR).open(address.removeprefix(site.address))
    expect(auditor.get_by_text("与本局台账一致。")).to_be_visible()
    assert site.command("verify").returncode == 0


def test_a_village_reporter_hands_the_short_form_in_on_a_phone(window: Windows) -> None:
    page = window(VILLAGE, PHONE).open("/")
    expect(page.get_by_role("heading", name="我的填报")).to_be_visible()
    assert page.evaluate(WIDER) <= 0
    page.get_by_role("link", name="去填报").click()
    entries = page.locator(".sheet-fill td.entry:not(.entry-note):not(.entry-confirm) input")
    assert 2 <= entries.count() <= 5
    for number in range(entries.count()):
        entries.nth(number).fill(str(number + 3))
    page.locator("#part-problems").fill("无")
    assert page.evaluate(WIDER) <= 0
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("heading", name="报送回执")).to_be_visible()
    expect(page.get_by_text("T01-V01-202310-GV-0001").first).to_be_visible()
    assert page.evaluate(WIDER) <= 0
    town = window(LEADER).open("/returns/2023-10/T01-G2/")
    expect(town.get_by_text("6个村已报1").first).to_be_visible()
