"""An officer who knows no YAML builds a scheme in a real browser; a second one issues it."""

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
NAME = "禾山县2024年度镇域经济考核办法"


def test_an_officer_builds_a_scheme_without_its_language(window: Windows, site: Site) -> None:
    address = _build(window(ASSESSOR))
    _issue(window(SECOND), address)
    _read(window("t01-secretary", PHONE), address)
    told = site.command("verify")
    assert told.returncode == 0, told.stdout + told.stderr


def _build(officer: Window) -> str:
    page = officer.open("/assessment/schemes/")
    page.get_by_label("方案名称").fill(NAME)
    page.get_by_role("button", name="从空白表开始").click()
    expect(page.locator("#check")).to_contain_text("缺少「basis」")
    page.get_by_label("文号").fill("禾考发〔2024〕3号")
    page.get_by_label("年度", exact=True).fill("2024")
    page.get_by_label("部分", exact=True).fill("经济发展")
    page.get_by_label("应为几分").fill("50")
    _item(page, 0, "固定资产投资", "fai", "20", "completion", {"cap": "1"})
    for number, row in enumerate(
        (
            ("税收收入", "growth(tax_revenue)", "10", "minmax", {"low": "60", "high": "100"}),
            ("招商到位资金", "paid_in", "10", "rank_steps", {"step": "0.5", "floor": "0"}),
            ("群众满意度", "", "5", "ratings", {"by": "群众 0.6\n代表 0.4"}),
            ("项目入库", "", "5", "events", {"event": "项目入库", "each": "1", "cap": "50元"}),
        ),
        1,
    ):
        page.get_by_role("button", name="＋ 加一项").first.click()
        _item(page, number, *row)
    problem = page.locator("#check").get_by_text("「50元」不是数")
    expect(problem).to_be_visible()
    expect(page.locator("#s0-4")).to_have_class("row row-here has-problem")
    page.locator("[name=s0-4-r-cap]").fill("5")
    expect(problem).to_have_count(0)
    expect(page.locator("#check")).to_contain_text("没有错误")
    expect(page.locator(".totals .whole")).to_contain_text("50")
    page.get_by_role("button", name="存稿", exact=True).last.click()
    expect(page.get_by_text("已存稿")).to_be_visible()
    page.get_by_role("link", name="看成文的样子").click()
    expect(page.get_by_role("row").filter(has_text="群众满意度")).to_contain_text("群众60%")
    page.get_by_role("button", name="提请批准").click()
    expect(page.get_by_text("拟稿、提请过的人不能批准")).to_be_visible()
    return page.url.removeprefix(officer.site.address)


def _item(page: Page, number: int, *said: object) -> None:
    name, value, points, kind, cells = said
    row = f"s0-{number}"
    page.locator(f"[name={row}-name]").fill(str(name))
    page.locator(f"[name={row}-value]").fill(str(value))
    page.locator(f"[name={row}-points]").fill(str(points))
    page.locator(f"[name={row}-kind]").select_option(str(kind))
    assert isinstance(cells, dict)
    for cell, text in cells.items():
        page.locator(f"[name={row}-r-{cell}]").fill(text)


def _issue(second: Window, address: str) -> None:
    page = second.open(address)
    word = page.locator("form[action$='/approve/'] code")
    page.get_by_label("登录密码").fill(word.inner_text())
    page.get_by_role("button", name="批准发布").click()
    expect(page.get_by_text("发布后不改，修订另出一版")).to_be_visible()


def _read(leader: Window, address: str) -> None:
    page = leader.open("/assessment/schemes/")
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    page = leader.open(address)
    expect(page.get_by_text("功效系数法")).to_be_visible()
    assert page.get_by_role("button", name="批准发布").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
