"""A town's plan in a real browser: brought in, read, decided, drafted, approved, on the cockpit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docx import Document
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.test_accessible import AXE, RUN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.journeys.conftest import Site, Window

    Windows = Callable[..., Window]

ASSESSOR, SECOND, LEADER = "h00-assessment", "h00-assessment-2", "t01-secretary"
NUMBER = "禾政发〔2023〕31号"
PLAN = (
    (1, "青溪镇2023年下半年经济工作实施方案"),
    (0, "为确保完成全年任务，结合青溪镇实际，制定本方案。"),
    (2, "一、当前形势"),
    (0, "全镇辖9个村，户籍人口9214人，其中男4879人、女4569人。"),
    (0, "2022年完成固定资产投资8980万元。"),
    (2, "二、年度目标"),
    (0, "固定资产投资完成1.3亿元以上；招商引资到位资金1.2亿元以上；生猪出栏7200头。"),
    (0, "农村居民人均可支配收入增长9%左右；地区生产总值增长**%。"),
    (2, "三、组织领导"),
    (0, "成立稳投资专班，办公室设在镇经济发展办，负责固定资产投资、招商引资到位资金。"),
    (2, "四、工作要求"),
    (0, "各专班每月25日前报送完成情况。"),
)


def test_a_plan_goes_from_the_upload_to_the_cockpit(
    window: Windows, site: Site, tmp_path: Path
) -> None:
    assessor = window(ASSESSOR)
    page = _bring(assessor, _plan(tmp_path))
    _stands_in_nobodys_way(page)
    _decide(page)
    issue = _draft(assessor)
    _approve(window(SECOND), issue)
    _see(window(LEADER, PHONE), page.url.removeprefix(site.address))
    _lead_back(window(SECOND))
    told = site.command("verify")
    assert told.returncode == 0, told.stdout + told.stderr


def _plan(folder: Path) -> Path:
    """Write the plan as an office would, headings and paragraphs."""
    paper = Document()
    for level, words in PLAN:
        paper.add_heading(words, level) if level else paper.add_paragraph(words)
    path = folder / "青溪镇下半年方案.docx"
    paper.save(str(path))
    return path


def _bring(assessor: Window, path: Path) -> Page:
    page = assessor.open("/readings/")
    expect(page.get_by_role("link", name=PLAN[0][1])).to_have_count(0)
    page.get_by_role("link", name="上传来文").click()
    page.get_by_label("文件（").set_input_files(str(path))
    page.get_by_label("讲的是哪个县或镇的事").select_option("T01")
    page.get_by_label("文号").fill(NUMBER)
    page.get_by_role("button", name="上传并读").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAN[0][1])
    page.wait_for_url(lambda url: not url.endswith("progress/"))
    return page


def _stands_in_nobodys_way(page: Page) -> None:
    """Look at the marked text, the list and one open panel with axe-core."""
    address = page.url
    for asked in ("", "?edit=1#edit"):
        page.goto(address + asked)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(RUN) == [], asked
    page.goto(address)


def _decide(page: Page) -> None:
    """See to the doubts first, correct one, refuse one, accept the rest at once."""
    doubt = page.locator("#doubts .doubt").filter(has_text="4879+4569=9448")
    expect(doubt).to_be_visible()
    doubt.get_by_role("button", name="问起草单位").first.click()
    expect(page.get_by_text("问起草单位。")).to_be_visible()
    for button in page.locator("#doubts").get_by_role("button", name="采纳", exact=True).all():
        button.click()
    _line(page, "生猪出栏").get_by_role("link", name="改 ").click()
    panel = page.locator("#edit")
    panel.get_by_label("值", exact=True).fill("七千")
    panel.get_by_role("button", name="改正并采纳").click()
    expect(page.get_by_text("「七千」不是数").first).to_be_visible()
    expect(panel.get_by_label("值", exact=True)).to_have_value("七千")
    panel.get_by_label("值", exact=True).fill("7000")
    panel.get_by_role("button", name="改正并采纳").click()
    expect(_line(page, "生猪出栏")).to_contain_text("7,000头")
    page.keyboard.press("j")
    _line(page, "农村居民人均可支配收入").locator("td.num").click()
    page.keyboard.press("x")
    panel.get_by_label("意见").fill("县里另行下达")
    page.keyboard.press("Enter")
    expect(_line(page, "农村居民人均可支配收入")).to_contain_text("不采纳：县里另行下达")
    page.locator("#bar").get_by_role("button", name="采纳").click()
    expect(page.get_by_text(re.compile(r"已采纳\d+条。"))).to_be_visible()


def _line(page: Page, subject: str) -> Locator:
    return page.locator("#facts tr[data-line]").filter(has_text=subject).first


def _draft(assessor: Window) -> str:
    page = assessor.page
    place = page.locator("#place")
    place.get_by_label("调整原因").fill("下半年加压")
    place.get_by_role("button", name="写入下达稿").click()
    expect(page.get_by_text("的拟稿；还要提请、另一人批准")).to_be_visible()
    page.locator("#placed").get_by_role("link", name="目标下达稿").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NUMBER)
    page.get_by_role("button", name="提请批准").click()
    expect(page.get_by_text("拟稿、提请过的人不能批准")).to_be_visible()
    issue = page.url.removeprefix(assessor.site.address).partition("?")[0]
    assessor.open("/readings/").get_by_role("link", name=PLAN[0][1]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAN[0][1])
    return issue


def _approve(second: Window, issue: str) -> None:
    page = second.open(issue)
    expect(page.get_by_text("≥13,000").first).to_be_visible()
    page.get_by_role("button", name="批准下达").click()
    expect(page.get_by_text("目标已生效")).to_be_visible()


def _see(leader: Window, reading: str) -> None:
    """Find the new target on the town's cockpit; the leader does not read the county's papers."""
    page = leader.open("/towns/T01/")
    row = page.locator("tr").filter(has_text="固定资产投资").first
    expect(row).to_contain_text("13,000")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(leader.site.address + reading)
    expect(page.get_by_role("heading", level=1)).to_contain_text("没有")


def _lead_back(assessor: Window) -> None:
    """Go from the target on the cockpit to the very words it was read in."""
    page = assessor.open("/towns/T01/")
    row = page.locator("tr").filter(has_text="固定资产投资").first
    row.get_by_role("link", name="原文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAN[0][1])
    expect(page.locator("mark.fact-open")).to_contain_text("1.3亿元以上")
    assert page.locator(page.url[page.url.index("#") :]).count() == 1
