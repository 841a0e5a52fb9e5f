"""The page on which a month is filled, in a real browser: few keys, many tabs, no text lost."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.journeys.conftest import Site, Window

    Windows = Callable[..., Window]

expect.set_options(timeout=20_000)
REPORTER, COLLEAGUE = "t01-g3-reporter", "t01-g3-reporter-2"
FILL = "/returns/2023-10/T01-G3/fill/"
MORE = ("mushrooms", "pigs", "black_chickens")
NUMBERS = ("9500", "4,065", "8", "8", "8", "5", "6165", "1180", "2510", "1240", "5600", "74500")
# Counts what a hand does: keys that write no text of their own, and clicks.
COUNT = """() => {
  const add = () => { sessionStorage.hands = Number(sessionStorage.hands ?? 0) + 1; };
  addEventListener("keydown", (event) => {
    if (event.isTrusted && (event.key.length > 1 || event.ctrlKey || event.altKey)) add();
  }, true);
  addEventListener("click", (event) => { if (event.isTrusted && event.detail) add(); }, true);
}"""
CHARGE_MORE = f"""
import django
django.setup()
from zhenxing.indicators.models import Charge, Indicator
from zhenxing.organisation.models import WorkingGroup
group = WorkingGroup.objects.get(code="T01-G3")
for place, code in enumerate({MORE!r}):
    Charge.objects.create(
        group=group, indicator=Indicator.objects.get(code=code), position=90 + place
    )
"""
END_SESSIONS = """
import django
django.setup()
from django.contrib.sessions.models import Session
Session.objects.all().delete()
"""


def run_beside(site: Site, script: str) -> None:
    """Run a script on the site's own database."""
    subprocess.run(
        [sys.executable, "-c", script],
        env=environment(site.data) | {"DJANGO_SETTINGS_MODULE": "zhenxing.config.settings"},
        check=True,
        timeout=60,
    )


@pytest.fixture(scope="module", autouse=True)
def _twelve_indicators(site: Site) -> None:
    run_beside(site, CHARGE_MORE)


@pytest.fixture(autouse=True)
def _nothing_typed_yet(site: Site) -> None:
    run_beside(
        site,
        "import django; django.setup()\n"
        "from zhenxing.reporting.models import Draft; Draft.objects.all().delete()",
    )


def entry(page: Page, cell: str) -> Locator:
    """Give the input of a cell as people name it."""
    return page.locator(f"[data-cell={cell}] input")


def saved(page: Page) -> None:
    """Wait until the page says that all is saved; else it saves on leaving, in the next test."""
    expect(page.locator("#fill-saved")).to_have_text(re.compile(r"^\d\d:\d\d已保存$"))


def put(page: Page, cell: str, text: str) -> None:
    """Type into a cell and leave it."""
    entry(page, cell).click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def copied(page: Page) -> str:
    """Give what a copy of the chosen cells puts on the clipboard."""
    said: str = page.evaluate("""() => {
      const event = new ClipboardEvent("copy", {clipboardData: new DataTransfer(), bubbles: true});
      document.activeElement.dispatchEvent(event);
      return event.clipboardData.getData("text/plain");
    }""")
    return said


def paste(page: Page, text: str) -> None:
    """Paste a text where the cursor is, as a spreadsheet put it on the clipboard."""
    page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def test_keys_move_as_in_a_spreadsheet(window: Windows) -> None:
    page = window(REPORTER).open(FILL)
    expect(entry(page, "F4")).to_be_focused()
    page.keyboard.type("9060")
    page.keyboard.press("Enter")
    expect(entry(page, "F5")).to_be_focused()
    page.keyboard.type("40")
    page.keyboard.press("Shift+Enter")
    expect(entry(page, "F4")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(entry(page, "G4")).to_be_focused()
    page.keyboard.press("Tab")
    expect(entry(page, "I4")).to_be_focused()
    page.keyboard.press("Control+ArrowDown")
    expect(entry(page, "I15")).to_be_focused()
    saved(page)


def test_changes_are_made_and_taken_back_as_in_a_spreadsheet(window: Windows) -> None:
    page = window(REPORTER).open(FILL)
    put(page, "F5", "40")
    entry(page, "F5").focus()
    page.keyboard.press("F2")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("65")
    expect(entry(page, "F5")).to_have_value("4650")
    page.keyboard.press("Escape")
    expect(entry(page, "F5")).to_have_value("40")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+d")
    expect(entry(page, "F6")).to_have_value("40")
    page.keyboard.press("Control+z")
    expect(entry(page, "F6")).to_have_value("")
    page.keyboard.press("Control+z")
    expect(entry(page, "F5")).to_have_value("")
    page.keyboard.press("Control+y")
    expect(entry(page, "F5")).to_have_value("40")
    saved(page)


def test_blocks_go_in_and_out_as_a_spreadsheet_copies_them(window: Windows) -> None:
    page = window(REPORTER).open(FILL)
    entry(page, "F4").focus()
    paste(page, '9,060\t8,690\t\t"监理\n""月报"""\r\n4065万元\t3,655\r\n8\t\t99\t已核\r\n')
    expect(entry(page, "F4")).to_have_value("9,060")
    expect(entry(page, "G5")).to_have_value("3,655")
    expect(entry(page, "F5")).to_have_value("4065万元")
    expect(entry(page, "I4")).to_have_value('监理"月报"')
    expect(entry(page, "I6")).to_have_value("已核")
    expect(page.locator("#fill-trouble")).to_contain_text("没有贴")
    entry(page, "F4").focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    assert copied(page) == "9,060\t8,690\n4065万元\t3,655"
    page.keyboard.press("Delete")
    expect(entry(page, "G5")).to_have_value("")
    page.keyboard.press("Control+z")
    expect(entry(page, "G5")).to_have_value("3,655")
    entry(page, "F4").hover()
    page.mouse.down()
    entry(page, "F6").hover()
    page.mouse.up()
    assert copied(page) == "9,060\n4065万元\n8"
    saved(page)


def test_warnings_stand_under_the_line_and_stop_nothing(window: Windows) -> None:
    page = window(REPORTER).open(FILL)
    put(page, "F5", "5000")
    expect(page.locator(".advices").filter(has_text="F5")).to_contain_text("恰等于年度目标")
    expect(entry(page, "F5").locator("..")).to_have_class(re.compile("entry-watch"))
    put(page, "F6", "约8个")
    expect(page.locator("tr.advice-wrong")).to_contain_text("必改 F6")
    saved(page)
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("alert").first).to_contain_text("还没有提交")
    expect(entry(page, "F6")).to_have_value("约8个")
    expect(entry(page, "F5")).to_have_value("5000")


def test_a_number_in_a_sentence_follows_the_figure(window: Windows) -> None:
    page = window(REPORTER).open(FILL)
    put(page, "F10", "6165")
    done = page.get_by_label("完成情况")
    done.click()
    page.keyboard.insert_text("重点项目完成")
    page.keyboard.type("=")
    page.keyboard.insert_text("重点")
    expect(page.get_by_role("option").first).to_have_text("重点项目完成投资")
    page.keyboard.press("Enter")
    expect(done).to_have_value("重点项目完成{{重点项目完成投资}}")
    expect(page.locator("#read-done")).to_contain_text("重点项目完成6,165万元")
    put(page, "F10", "6200")
    expect(page.locator("#read-done")).to_contain_text("重点项目完成6,200万元")
    saved(page)


def test_two_tabs_and_two_people_lose_no_text(window: Windows) -> None:
    mine = window(REPORTER)
    page, tab = mine.open(FILL), mine.page.context.new_page()
    tab.goto(mine.site.address + FILL)
    other = window(COLLEAGUE).open(FILL)
    put(page, "F4", "9060")
    saved(page)
    put(tab, "F5", "4065")
    saved(tab)
    expect(entry(tab, "F4")).to_have_value("9060")
    put(other, "F4", "9100")
    expect(other.locator("#fill-asides")).to_contain_text("9100")
    expect(entry(other, "F4")).to_have_value("9060")
    expect(entry(other, "F5")).to_have_value("4065")
    other.get_by_role("button", name="取用").click()
    expect(entry(other, "F4")).to_have_value("9100")
    expect(other.locator("#fill-asides")).to_be_empty()
    put(page, "I4", "说明")
    expect(entry(page, "F4")).to_have_value("9100")


def test_a_lost_connection_loses_no_character(window: Windows) -> None:
    seen = window(REPORTER)
    page = seen.open(FILL)
    put(page, "F4", "9060")
    saved(page)
    page.context.set_offline(True)
    put(page, "F5", "4065")
    done = page.get_by_label("完成情况")
    done.click()
    page.keyboard.insert_text("断网时写的话。")
    expect(page.locator("#fill-saved")).to_contain_text("未保存")
    page.get_by_role("button", name="提交审核").click()
    assert page.url.endswith(FILL)
    page.context.set_offline(False)
    saved(page)
    page.reload()
    expect(entry(page, "F5")).to_have_value("4065")
    expect(done).to_have_value("断网时写的话。")
    page.context.set_offline(True)
    put(page, "F6", "8")
    expect(page.locator("#fill-saved")).to_contain_text("未保存")
    page.close()
    again = seen.site.address + FILL
    context = page.context
    context.set_offline(False)
    back = context.new_page()
    back.wait_for_timeout(8500)  # a page given up so long ago is taken over
    back.goto(again)
    expect(entry(back, "F6")).to_have_value("8")
    saved(back)
    seen.complaints[:] = [each for each in seen.complaints if "ERR_INTERNET" not in each]


def test_an_ended_session_keeps_the_text_and_goes_on_by_itself(window: Windows, site: Site) -> None:
    seen = window(REPORTER)
    page = seen.open(FILL)
    put(page, "F4", "9060")
    saved(page)
    run_beside(site, END_SESSIONS)
    put(page, "F5", "4065")
    expect(page.locator("#fill-trouble")).to_contain_text("登录已过期")
    expect(entry(page, "F5")).to_have_value("4065")
    door = page.context.new_page()
    door.goto(site.address + "/demo/")
    door.locator(f'button[name=username][value="{REPORTER}"]').click()
    saved(page)
    expect(page.locator("#fill-trouble")).to_be_hidden()
    page.reload()
    expect(entry(page, "F5")).to_have_value("4065")


def test_after_an_ended_session_nothing_is_saved_as_somebody_else(
    window: Windows, site: Site
) -> None:
    page = window(REPORTER).open(FILL)
    run_beside(site, END_SESSIONS)
    put(page, "F4", "9060")
    expect(page.locator("#fill-trouble")).to_contain_text("登录已过期")
    door = page.context.new_page()
    door.goto(site.address + "/demo/")
    door.locator(f'button[name=username][value="{COLLEAGUE}"]').click()
    expect(page.locator("#fill-trouble")).to_contain_text("另一个人", timeout=15000)
    expect(entry(page, "F4")).to_have_value("9060")


def test_it_can_be_filled_without_a_script(window: Windows) -> None:
    seen = window(REPORTER)
    state = seen.page.context.storage_state()
    browser = seen.page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, storage_state=state)
    page = plain.new_page()
    page.goto(seen.site.address + FILL)
    page.get_by_text("整块粘贴").click()
    page.get_by_label("从 Excel 复制的一块").fill("9,060\n约4065\n8")
    page.get_by_role("button", name="粘贴").click()
    expect(entry(page, "F4")).to_have_value("9,060")
    expect(page.locator("tr.advice-wrong")).to_contain_text("必改 F5")
    page.get_by_role("button", name="全部与快报一致").click()
    expect(entry(page, "G4")).to_have_value("8,690")
    entry(page, "F5").fill("4065")
    page.get_by_label("存在问题").fill("用地手续未齐。")
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_role("status").first).to_contain_text("已存为草稿")
    expect(page.get_by_label("存在问题")).to_have_value("用地手续未齐。")
    expect(page.locator("tr.advice-wrong")).to_have_count(0)
    plain.close()


def test_the_phone_shows_one_block_an_indicator(window: Windows) -> None:
    page = window(REPORTER, PHONE).open(FILL)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    entry(page, "F4").click()
    page.keyboard.type("9060")
    page.keyboard.press("Enter")
    expect(entry(page, "F5")).to_be_focused()
    page.get_by_role("button", name="全部与快报一致").click()
    saved(page)
    expect(entry(page, "G4")).to_have_value("8,690")
    box = entry(page, "F4").bounding_box()
    assert box is not None
    assert box["height"] >= 40


def test_a_month_of_twelve_takes_at_most_forty_keys_and_clicks(window: Windows) -> None:
    seen = window(REPORTER)
    seen.page.context.add_init_script(f"({COUNT})()")
    page = seen.open("/returns/")
    page.get_by_role("link", name="去填报").first.click()
    expect(page.locator(".entry:not(.entry-confirm, .entry-note) input")).to_have_count(12)
    expect(entry(page, "F4")).to_be_focused()
    for number in NUMBERS:
        page.keyboard.type(number)
        page.keyboard.press("Enter")
    page.get_by_role("button", name="全部与快报一致").click()
    page.get_by_role("button", name="由数起草").click()
    expect(page.get_by_label("完成情况")).not_to_have_value("")
    for text in ("用地手续未齐。", "11月10日前补正并入库。", "请县里协调用地指标。"):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") != "TEXTAREA":
            page.keyboard.press("Tab")
        page.keyboard.insert_text(text)
    saved(page)
    page.get_by_role("button", name="提交审核").dblclick()
    expect(page.get_by_role("heading", name="报送回执")).to_be_visible()
    assert int(page.evaluate("sessionStorage.hands")) <= 40
    page = seen.open(FILL)
    expect(entry(page, "F4")).to_have_value("9,500")
    expect(page.get_by_label("意见建议")).to_have_value("请县里协调用地指标。")
    expect(page.locator("#fill-asides")).to_be_empty()


def test_who_still_types_after_a_hand_in_finds_both_texts_side_by_side(window: Windows) -> None:
    page = window(REPORTER).open(FILL)
    other = window(COLLEAGUE).open(FILL)
    put(page, "F4", "9600")
    saved(page)
    page.get_by_role("button", name=re.compile("^提交")).last.click()
    expect(page.get_by_role("heading", name="报送回执")).to_be_visible()
    put(other, "F5", "4100")
    expect(other.locator("#fill-asides")).to_contain_text("4100")
    expect(entry(other, "F4")).to_have_value("9,600")
    other.get_by_role("button", name="取用").click()
    expect(entry(other, "F5")).to_have_value("4100")
    expect(other.locator("#fill-changes")).to_contain_text("4,100")
