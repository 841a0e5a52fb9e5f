"""A target in a real browser: proposed, approved, signed for, broken down, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.journeys.conftest import Site, Window

    Windows = Callable[..., Window]

ASSESSOR, SECOND = "h00-assessment", "h00-assessment-2"
LEADER, OFFICE = "t01-secretary", "t01-office"
DOCUMENT = "禾政发〔2023〕21号"
ONE = "/targets/towns/T01/indicators/industry_investment/"


def test_a_target_goes_from_the_county_to_the_months_of_a_town(window: Windows, site: Site) -> None:
    issue = _propose(window(ASSESSOR))
    _approve(window(SECOND), issue)
    _acknowledge(window(LEADER, PHONE))
    _break_down(window(OFFICE))
    _sign(window(LEADER, PHONE))
    told = site.command("verify")
    assert told.returncode == 0, told.stdout + told.stderr


def _propose(assessor: Window) -> str:
    page = assessor.open("/targets/issues/")
    page.get_by_label("文号").fill(DOCUMENT)
    page.get_by_label("下达日期").fill("2023-10-16")
    page.get_by_role("button", name="开始拟稿").click()
    page.get_by_label("指标", exact=True).select_option("industry_investment")
    page.get_by_role("button", name="打开").click()
    page.get_by_label("青溪镇").fill("五千五")
    page.get_by_role("button", name="存入稿中").click()
    expect(page.get_by_text("「五千五」不是数").first).to_be_visible()
    page.get_by_label("青溪镇").fill("5500")
    page.get_by_role("button", name="存入稿中").click()
    expect(page.get_by_text("有1项是调整现行目标，没有写原因")).to_be_visible()
    page.get_by_label("调整原因").fill("县里追加专项")
    page.get_by_role("button", name="存文件头").click()
    page.get_by_role("button", name="提请批准").click()
    expect(page.get_by_text("拟稿、提请过的人不能批准")).to_be_visible()
    return page.url.removeprefix(assessor.site.address).partition("?")[0]


def _approve(second: Window, issue: str) -> None:
    page = second.open("/targets/issues/")
    page.get_by_role("link", name=DOCUMENT).click()
    assert page.url.endswith(issue)
    expect(page.get_by_text("≥5,000").first).to_be_visible()
    page.get_by_role("button", name="批准下达1项").click()
    expect(page.get_by_text("目标已生效")).to_be_visible()


def _acknowledge(leader: Window) -> None:
    page = leader.open("/targets/")
    row = page.get_by_role("row").filter(has_text=DOCUMENT).first
    row.get_by_role("button", name="签收1项").click()
    expect(page.get_by_text("已签收1项目标")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _break_down(office: Window) -> None:
    page = office.open(ONE)
    expect(page.locator("canvas")).to_be_visible()
    expect(page.get_by_text("县里追加专项")).to_be_visible()
    page.get_by_role("link", name="按月").click()
    expect(page.get_by_text("还有4万元没有分下去")).to_be_visible()
    page.get_by_label("12月", exact=True).fill("462")
    page.get_by_role("button", name="算余数").click()
    expect(page.get_by_text("余数为0")).to_be_visible()
    page.get_by_label("12月措施").fill("项目集中开工")
    page.get_by_role("button", name="存为第1版").click()
    expect(page.get_by_text("项目集中开工")).to_be_visible()
    page = office.open("/targets/towns/T01/tasks/")
    row = page.get_by_role("row").filter(has_text="产业项目完成投资")
    expect(row).to_contain_text("462")
    assert _sheets(page) <= 3


def _sign(leader: Window) -> None:
    page = leader.open(ONE)
    page.get_by_role("button", name="签认按月分解").click()
    expect(page.get_by_text("已签认")).to_be_visible()


def _sheets(page: Page) -> int:
    """Count the sheets of paper the page prints on."""
    return page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
