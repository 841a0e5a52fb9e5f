"""One month with seven people at their desks: from the urging to the closing root."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.journeys.conftest import Site, Window

    Windows = Callable[..., Window]

OFFICE, REPORTER, GROUP_LEADER, LEADER = (
    "t01-office", "t01-g3-reporter", "t01-vice-mayor", "t01-secretary",
)  # fmt: skip
DEPARTMENT, ASSESSOR, SECOND = "d01-officer", "h00-assessment", "h00-assessment-2"
FORM = "/returns/2023-10/T01-G3/"
NUMBERS = ("9500", "4065", "8", "8", "8", "5", "6165", "1180", "2510")
PDF = b"%PDF-1.4\n%evidence\n"
WHY = "F9与入库通知不一致，请核对后再报。"


def sign_with(page: Page, word: str) -> None:
    """Type the password again, as the demo tells it, and sign."""
    form = page.locator("form").filter(has=page.get_by_label("登录密码")).first
    form.get_by_label("登录密码").fill(form.locator("code").inner_text())
    form.get_by_role("button", name=word).click()


def hand_in(page: Page) -> None:
    """Hand in what stands on the page, and reach the receipt."""
    expect(page.locator("#fill-saved")).to_have_text(re.compile(r"已保存$"))
    page.locator("[data-hand-in]").click()
    page.wait_for_url("**/receipts/**")


def business_date(window: Windows, day: str) -> None:
    """Move the demo's day, as its page lets anybody at the machine."""
    page = window(ASSESSOR).open("/demo/#date")
    form = page.locator("#date form")
    form.locator("input[type=date]").fill(day)
    reason = form.locator("input[name=reason]")
    if reason.count():
        reason.fill("看截止以后")
    form.get_by_role("button", name="改日期").click()


def urge_who_is_missing(window: Windows) -> None:
    """The office urges who has not handed in."""
    page = window(OFFICE).open("/calls/2023-10/")
    page.get_by_label("选青溪镇稳投资专班").check()
    page.get_by_role("button", name="催选中的").click()
    line = page.locator("#waiting tr").filter(has_text="稳投资专班")
    expect(line.get_by_text("未读")).to_be_visible()


def fill_the_month(page: Page) -> None:
    """The reporter sees the urging, fills the month and hands it in."""
    page.get_by_role("button", name="知道了").click()
    page.wait_for_url(f"**{FORM}")
    page.locator("nav a[href='/returns/']").click()
    page.get_by_role("link", name="稳投资专班").first.click()
    page.wait_for_url("**/fill/")
    for number in NUMBERS:
        page.keyboard.type(number)
        page.keyboard.press("Enter")
    page.get_by_label("完成情况").fill("重点项目全部开工。")
    page.get_by_label("存在问题").fill("入库手续未齐。")
    page.get_by_label("下步措施").fill("11月10日前补齐入库材料。")
    hand_in(page)


def send_it_back(page: Page) -> None:
    """The group leader sends it back with a reason; both numbers stay."""
    page.locator("#return summary").click()
    page.get_by_label("退回原因").select_option(label="与佐证不符")
    page.get_by_label("具体是哪一格、为什么、怎么改").fill(WHY)
    page.locator("#return").get_by_role("button", name="退回").click()
    expect(page.get_by_text("已退回").first).to_be_visible()


def correct_it(page: Page) -> None:
    """The reporter finds the reason first in the list, and hands in again."""
    expect(page.get_by_text(WHY).first).to_be_visible()
    page.get_by_role("link", name="稳投资专班").first.click()
    page.get_by_label("是哪一项的").select_option("projects_entered")
    page.locator("#papers input[multiple]").set_input_files(
        {"name": "入库通知.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="添加文件").click()
    expect(page.get_by_role("link", name="入库通知.pdf")).to_be_visible()
    for name, text in (("F9", "4"), ("I8", "开工令在县局"), ("I11", "见拨款文"), ("I12", "见协议")):
        cell = page.locator(f"[data-cell={name}] input")
        cell.fill(text)
        cell.press("Enter")
    hand_in(page)


def review_and_sign(window: Windows) -> None:
    """Reviewed, then signed with the password; a leader has no field for a number."""
    page = window(GROUP_LEADER).open(FORM)
    expect(page.get_by_text(WHY).first).to_be_visible()
    page.get_by_role("button", name="审核通过").click()
    expect(page.get_by_text("已审核").first).to_be_visible()
    page = window(LEADER).open(FORM)
    assert page.locator("input[inputmode]").count() == 0
    sign_with(page, "签发")
    expect(page.get_by_text("已签发").first).to_be_visible()


def confirm(window: Windows) -> None:
    """The department confirms its own indicator with its own value beside."""
    page = window(DEPARTMENT).open("/confirmations/")
    for box in page.get_by_label(re.compile("^核定青溪镇")).all():
        box.check()
    sign_with(page, "核定打勾的数")
    expect(page.get_by_role("link", name=re.compile("^已核定 [1-9]"))).to_be_visible()
    told = window(LEADER).open("/towns/T01/indicators/projects_entered/?period=2023-10")
    expect(told.locator("#vintages").get_by_text("核定").first).to_be_visible()


def close(window: Windows) -> None:
    """Two assessors close the month when its last day is over."""
    business_date(window, "2023-10-26")
    window(ASSESSOR).open("/calls/2023-10/").get_by_role("button", name="提出关闭").click()
    page = window(SECOND).open("/calls/2023-10/")
    page.get_by_role("button", name="关闭本月填报").click()
    expect(page.locator("#closing").get_by_text("关闭根")).to_be_visible()
    root = page.locator("#closing .receipt-number").inner_text()
    expect(window(LEADER).open("/public/").get_by_text(root[:10]).first).to_be_visible()


def test_a_month_goes_through_seven_hands(window: Windows, site: Site) -> None:
    urge_who_is_missing(window)
    desk = window(REPORTER)
    fill_the_month(desk.open("/returns/"))
    send_it_back(window(GROUP_LEADER).open(FORM))
    correct_it(desk.open("/returns/"))
    review_and_sign(window)
    confirm(window)
    close(window)
    page = desk.open(FORM)
    expect(page.get_by_text("不再收表").first).to_be_visible()
    expect(page.get_by_role("link", name="上传")).to_have_count(0)
    assert site.command("verify").returncode == 0
