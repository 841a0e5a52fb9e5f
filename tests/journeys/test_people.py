"""Somebody new comes to a town: enrolled by A, given a post that K approves, signed in for work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.conftest import DESK

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from tests.journeys.conftest import Window

ADMINISTRATOR, ASSESSOR = "h00-admin", "h00-assessment"
NEWCOMER, NEW = "t01-newcomer", "Bai-yun-8848"


def enrolled(page: Page) -> str:
    """Enrol somebody; give the word on the slip."""
    page.get_by_role("link", name="新建人员").click()
    page.get_by_label("登录名").fill(NEWCOMER)
    page.get_by_label("姓名").fill("新来")
    page.get_by_role("button", name="新建并显示口令单").click()
    expect(page.get_by_role("heading", name="一次性口令单")).to_be_visible()
    return page.locator("dd strong").nth(1).inner_text()


def ask_for_a_post(page: Page) -> None:
    """Ask for the post of a reporter of the town."""
    page.get_by_role("link", name="去给他申请岗位").click()
    form = page.locator("form", has=page.get_by_role("button", name="申请", exact=True))
    form.get_by_label("角色").select_option("F")
    form.get_by_label("单位").select_option("T01")
    form.get_by_label("专班").select_option("T01-G3")
    form.get_by_label("文号").fill("青政任〔2023〕9号")
    form.get_by_role("button", name="申请", exact=True).click()
    expect(page.get_by_text("等考核办复核；复核前没有这个权限")).to_be_visible()


def knock(page: Page, word: str) -> None:
    """Sign in at the door."""
    page.get_by_label("登录名").fill(NEWCOMER)
    page.get_by_label("密码").fill(word)
    page.get_by_role("button", name="登录").click()


def test_a_newcomer_is_enrolled_approved_and_sees_the_own_town_alone(
    window: Callable[..., Window], browser: Browser
) -> None:
    office = window(ADMINISTRATOR)
    word = enrolled(office.open("/people/"))
    ask_for_a_post(office.page)

    context = browser.new_context(viewport=DESK)
    newcomer = context.new_page()
    newcomer.goto(f"{office.site.address}/sign-in/")
    knock(newcomer, word)
    expect(newcomer).to_have_url(re.compile("/password/$"))
    newcomer.goto(f"{office.site.address}/units/T01/")
    expect(newcomer).to_have_url(re.compile("/password/$"))
    newcomer.get_by_label("现在的密码").fill(word)
    newcomer.get_by_label("新密码", exact=False).nth(0).fill(NEW)
    newcomer.get_by_label("再输一次新密码").fill(NEW)
    newcomer.get_by_role("button", name="改密码").click()
    expect(newcomer.get_by_text("您在这一天没有岗位")).to_be_visible()

    approver = window(ASSESSOR).open("/post-requests/")
    row = approver.locator(".group-part", has_text="新来")
    row.get_by_role("button", name="批准").click()
    expect(approver.locator("tr", has_text="新来")).to_contain_text("已批准")

    newcomer.goto(f"{office.site.address}/units/")
    expect(newcomer.get_by_role("link", name="青溪镇", exact=True)).to_be_visible()
    expect(newcomer.get_by_role("link", name="云岭镇", exact=True)).to_have_count(0)
    newcomer.goto(f"{office.site.address}/units/T02/")
    expect(newcomer.get_by_role("heading", name="没有找到这一页")).to_be_visible()
    context.close()

    kept = office.site.command("verify")
    assert kept.returncode == 0, kept.stdout


def test_a_disabled_person_is_out_at_the_next_click(window: Callable[..., Window]) -> None:
    victim, office = window("t01-secretary"), window(ADMINISTRATOR)
    page = office.open("/people/?q=t01-secretary")
    page.locator("tbody a").click()
    page.get_by_label("原因").last.fill("调离")
    page.get_by_role("button", name="停用").click()
    expect(page.get_by_text("熊志远已停用。")).to_be_visible()
    victim.open("/units/")
    expect(victim.page.get_by_text("这个账号已停用")).to_be_visible()


def test_every_label_leads_to_a_field_of_its_own(window: Callable[..., Window]) -> None:
    office = window(ADMINISTRATOR)
    for path in ("/units/T01/upkeep/", "/groups/T01-G3/", "/people/of/t01-mayor/", "/calendar/"):
        page = office.open(path)
        ids = page.eval_on_selector_all("[id]", "found => found.map(each => each.id)")
        labels = page.eval_on_selector_all("label[for]", "found => found.map(each => each.htmlFor)")
        assert len(ids) == len(set(ids)), path
        assert set(labels) <= set(ids), path
        assert len(labels) == len(set(labels)), path
