"""An office form in a real browser: brought, mapped by hand, filled, sent, and held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from zhenxing.documents.tests import offices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.journeys.conftest import Site, Window

    Windows = Callable[..., Window]

OFFICE, REPORTER, LEADER, RIVAL = (
    "t01-office",
    "t01-g3-reporter",
    "t01-secretary",
    "t02-g3-reporter",
)


def register(page: Page, form: Path) -> None:
    page.get_by_role("link", name="登记外表").click()
    page.get_by_label("表名").fill("项目月报")
    page.get_by_label("要表单位").fill("县发展和改革局")
    page.get_by_label("文号").fill("演示发改〔2023〕20号")
    page.get_by_label("有效期至").fill("2023-12-31")
    page.set_input_files("input[type=file]", form)
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("heading", name="对应单元格")).to_be_visible()


def choose(page: Page, cell: str, indicator: str, item: str, rule: str, measure: str = "") -> None:
    page.locator(f'a[data-cell="{cell}"]').click()
    expect(page.locator("#cell-form h2")).to_have_text(cell)
    form = page.locator("#cell-form")
    form.get_by_label("取什么").select_option(label=item)
    form.get_by_label("指标").select_option(indicator)
    form.get_by_label("单位", exact=True).select_option("T01")
    form.get_by_label("期间").select_option(label=rule)
    form.get_by_label("计量单位").fill(measure)
    form.get_by_label("小数位").fill("2")
    form.get_by_role("button", name="对应这一格").click()
    expect(page.get_by_text("已对应1格。", exact=True)).to_be_visible()


def download(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as started:
        page.get_by_role("link", name=name).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def test_a_form_is_mapped_once_and_shows_what_changed_the_next_month(
    window: Windows, site: Site, tmp_path: Path
) -> None:
    form = tmp_path / "项目月报.xlsx"
    form.write_bytes(offices.monthly())
    page = window(OFFICE).open("/reuse/")
    register(page, form)
    choose(page, "C4", "fai", "本期值", "本年至本月", "亿元")
    choose(page, "E4", "fai", "完成率", "本年至本月")
    choose(page, "C5", "paid_in", "本期值", "本月", "亿元")
    page.get_by_role("link", name="看填好的").click()
    here = page.url.split("?")[0]
    page.goto(f"{here}?period=2023-08")
    before = openpyxl.load_workbook(download(page, "下载填好的表", tmp_path))["月报"]["C4"].value
    page.get_by_role("button", name="2023年8月已报出").click()
    expect(page.get_by_text("已记为第1次报出")).to_be_visible()
    page.goto(f"{here}?period=2023-09")
    expect(page.get_by_text("和上次报出（2023年8月")).to_be_visible()
    row = page.locator("tr.is-changed", has_text="月报!C4")
    expect(row).to_contain_text(f"{before:.2f}")
    clean = openpyxl.load_workbook(download(page, "下载填好的表", tmp_path))["月报"]["C4"]
    marked = openpyxl.load_workbook(download(page, "差异标注版", tmp_path))["月报"]["C4"]
    assert clean.value == marked.value != before
    assert (clean.fill.fgColor.rgb, marked.fill.fgColor.rgb) == ("00000000", "FFFFFF00")
    assert marked.comment.text.startswith(f"上次报出：{before:.2f}")
    assert site.command("verify").returncode == 0
    _others(window, here.rpartition("/reuse/")[2])


def _others(window: Windows, form: str) -> None:
    """The leader reads and changes nothing; the other town finds nothing."""
    leader = window(LEADER, PHONE).open(f"/reuse/{form}?period=2023-09")
    expect(leader.get_by_role("heading", name="项目月报")).to_be_visible()
    expect(leader.get_by_role("link", name="对应单元格")).to_have_count(0)
    expect(leader.get_by_role("button", name="已报出")).to_have_count(0)
    assert leader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(window(RIVAL).open(f"/reuse/{form}").get_by_text("没有找到这一页")).to_be_visible()


def test_cells_are_reached_without_a_mouse(window: Windows) -> None:
    page = window(REPORTER).open("/reuse/T01-W1/cells/?cell=D5")
    page.locator('a[data-cell="D5"]').focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.dataset.cell") == "D6"
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.dataset.cell") == "D3"
    page.keyboard.press("Enter")
    expect(page.locator("#cell-form h2")).to_have_text("D3")
