"""Take every picture of the guide anew: a demo site of its own, the demo's day, one small story.

    .venv/bin/python docs/pictures/take.py [folder]

Needs Playwright and a Chromium (`ZHENXING_CHROMIUM`, else the one of `./run test`).
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
DESK: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
LIMIT = 250 * 1024
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=zh-CN")
MONTH = "/returns/2023-10/T01-G3/"
FORM = "稳投资专班2023年10月报表.xlsx"
NUMBERS = ("9500", "4065", "8", "8", "8", "4", "6165", "1180", "2510")
TEXTS = {
    "完成情况": "1—10月在建项目完成投资9500万元，8个重点项目全部开工。",
    "存在问题": "入库入统仍差2个，卡在用地手续。",
    "下步措施": "11月10日前补正用地手续，由项目办公室负责。",
}
NOTED = ("F8", "F9", "F11", "F12")
TARGETS_NUMBER = "青政发〔2023〕12号"
PLAN = (
    "青溪镇2023年下半年经济工作实施方案",
    "为确保完成全年任务，结合青溪镇实际，制定本方案。",
    "一、基本情况",
    "全镇辖9个村，户籍人口9214人，其中男4879人、女4569人。2022年完成固定资产投资8980万元。",
    "二、年度目标",
    "地区生产总值增长**%；固定资产投资完成1.3亿元以上；招商引资到位资金1.2亿元以上。",
    "农村居民人均可支配收入增长8.5%左右；生猪出栏7200头；培育县级龙头企业1-2家。",
    "三、组织领导",
    "成立稳投资专班，办公室设在镇经济发展办，负责固定资产投资、招商引资到位资金等指标。",
    "四、工作要求",
    "各专班每月25日前报送完成情况、存在问题、下一步措施；每月调度一次，对落后较多的予以通报。",
)
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True)
class Studio:
    """A browser, a site and the folder that takes the pictures."""

    browser: Browser
    address: str
    folder: Path

    def person(self, username: str, path: str, size: ViewportSize = DESK) -> Page:
        """Open a page as one of the demo's people."""
        context = self.browser.new_context(viewport=size, locale="zh-CN")
        context.set_default_timeout(90_000)  # a busy machine reads a form slowly
        page = context.new_page()
        page.goto(f"{self.address}/demo/")
        page.locator(f'button[name=username][value="{username}"]').click()
        page.wait_for_url(lambda url: not url.endswith("/demo/"))
        page.goto(self.address + path)
        return page

    def shoot(self, page: Page, name: str, *, height: int | None = None) -> None:
        """Take what the screen shows, or its upper part."""
        page.wait_for_timeout(500)
        size = page.viewport_size or DESK
        clip = {"x": 0, "y": 0, "width": size["width"], "height": height or size["height"]}
        file = self.folder / f"{name}.png"
        page.screenshot(path=file, clip=clip)  # type: ignore[arg-type]  # a FloatRect
        if file.stat().st_size > LIMIT:
            raise SystemExit(f"{file} weighs more than {LIMIT} bytes; cut it to what matters")
        sys.stdout.write(f"{name}.png  {file.stat().st_size // 1024} KB\n")


def environment(data: Path) -> dict[str, str]:
    """Give the environment of the pictures' own site."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"ZHENXING_DATA": str(data), "PYTHONPATH": str(ROOT / "src")}


@contextmanager
def site(data: Path) -> Iterator[str]:
    """Set the demo county up and serve it on this machine."""
    words = [sys.executable, "-m", "zhenxing.cli", "setup-demo"]
    subprocess.run(words, env=environment(data), check=True)  # noqa: S603  # our own command line
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    words += ["--port", str(port), "--blocking-threads", "4", "zhenxing.config.wsgi:application"]
    server = subprocess.Popen(words, env=environment(data))  # noqa: S603  # the project's server
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/sign-in/", timeout=5)  # noqa: S310  # loopback
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the site did not answer")


def progress(studio: Studio) -> None:
    """Where the year stands, before anybody acts."""
    studio.shoot(studio.person("t01-office", "/towns/T01/"), "cockpit")
    studio.shoot(studio.person("t01-office", "/towns/T01/", PHONE), "phone")
    studio.shoot(studio.person("t01-office", "/towns/T01/indicators/paid_in/"), "indicator")
    studio.shoot(studio.person("h00-assessment", "/county/"), "county")
    studio.shoot(studio.person("h00-assessment", "/completeness/"), "completeness", height=560)


def urging(studio: Studio) -> None:
    """The office urges a group that has not handed in."""
    page = studio.person("t01-office", "/calls/2023-10/")
    page.get_by_label("选青溪镇稳投资专班").check()
    page.get_by_role("button", name="催选中的").click()
    expect(page.locator("#waiting").get_by_text("未读").first).to_be_visible()
    studio.shoot(page, "urging")


def checking(studio: Studio, work: Path) -> None:
    """An Excel form is read and shown before it counts."""
    page = studio.person("t01-g3-reporter", MONTH)
    with page.expect_download() as coming:
        page.get_by_role("link", name="下载 Excel 表").first.click()
    form = work / "form.xlsx"
    _fill_form(Path(coming.value.path()), form)
    named = {"name": FORM, "mimeType": "application/octet-stream", "buffer": form.read_bytes()}
    page.set_input_files("#file", named)  # type: ignore[arg-type]  # a FilePayload
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_url("**/uploads/**")
    studio.shoot(page, "check")


def _fill_form(blank: Path, filled: Path) -> None:
    """Write the numbers into the form's own cells, as a spreadsheet would."""
    with zipfile.ZipFile(blank) as source, zipfile.ZipFile(filled, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == "xl/worksheets/sheet1.xml":
                content = _with_numbers(content.decode()).encode()
            target.writestr(item, content)


def _with_numbers(sheet: str) -> str:
    for row, number in enumerate(NUMBERS, start=4):
        value = number.replace("9500", "29800")
        cell = re.compile(rf'(<c r="F{row}"[^>/]*>)(</c>)')
        sheet, count = cell.subn(rf"\g<1><v>{value}</v>\g<2>", sheet)
        if count != 1:
            raise SystemExit(f"the form has no empty cell F{row}")
    return sheet


def filling(studio: Studio) -> None:
    """The reporter fills the month on the page and looks at it on a phone."""
    page = studio.person("t01-g3-reporter", f"{MONTH}fill/")
    page.get_by_role("button", name=re.compile("全部与快报一致")).click()
    page.locator("[data-cell=F4] input").focus()
    for number in NUMBERS:
        page.keyboard.type(number)
        page.keyboard.press("Enter")
    _saved(page)
    page.evaluate("window.scrollTo(0, 0)")
    studio.shoot(page, "fill")
    for label, text in TEXTS.items():
        page.get_by_label(label).fill(text)
    for cell in NOTED:
        page.locator(f"[data-cell={cell.replace('F', 'I')}] input").fill("见项目台账第3页")
    _saved(page)
    studio.shoot(studio.person("t01-g3-reporter", f"{MONTH}fill/", PHONE), "fill-phone")
    page.locator("[data-hand-in]").click()
    page.wait_for_url("**/receipts/**")
    studio.shoot(page, "receipt", height=620)


def _saved(page: Page) -> None:
    page.wait_for_timeout(1500)
    expect(page.locator("#fill-saved")).to_have_text(re.compile(r"已保存$"))


def village(studio: Studio) -> None:
    """The village's short form on a phone."""
    page = studio.person("t01-v01-reporter", "/returns/", PHONE)
    page.get_by_role("link", name="去填报").first.click()
    page.wait_for_url("**/fill/")
    entries = page.locator(".sheet-fill td.entry:not(.entry-note):not(.entry-confirm) input")
    for index, number in enumerate(("12", "3")):
        entries.nth(index).fill(number)
    page.locator("h1").click()
    page.evaluate("window.scrollTo(0, 0)")
    studio.shoot(page, "village")


def deciding(studio: Studio) -> None:
    """Reviewed, signed and confirmed by three people."""
    page = studio.person("t01-vice-mayor", "/returns/waiting/")
    studio.shoot(page, "review")
    page.get_by_role("button", name="审核通过").first.click()
    page.wait_for_load_state()
    page = studio.person("t01-secretary", "/returns/waiting/")
    page.get_by_label("签发这一份").check()
    sign(page, "签发打勾的表", lambda: studio.shoot(page, "sign"))
    page = studio.person("d01-officer", "/confirmations/")
    page.locator("tbody input[type=checkbox]").first.check()
    studio.shoot(page, "confirm")
    sign(page, "核定打勾的数")


def sign(page: Page, word: str, before: object = None) -> None:
    """Type the password again, as the demo tells it, and sign."""
    form = page.locator("form").filter(has=page.get_by_label("登录密码")).first
    form.get_by_label("登录密码").fill(form.locator("code").inner_text())
    if callable(before):
        before()
    form.get_by_role("button", name=word).click()
    page.wait_for_load_state()


def correcting(studio: Studio) -> None:
    """A closed month's number is corrected by four people."""
    page = studio.person(
        "t01-g3-reporter", "/towns/T01/indicators/projects_entered/?period=2023-09"
    )
    page.get_by_role("link", name="更正9月数").click()
    page.get_by_label("更正为").fill("7")
    page.get_by_label("原因").fill("漏计已入库项目一个，附入库通知。")
    paper = {"name": "入库通知.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    page.set_input_files("#id_papers", paper)  # type: ignore[arg-type]  # a FilePayload
    page.get_by_role("button", name="提出更正单").click()
    expect(page.get_by_text("已提出")).to_be_visible()
    address = page.url.removeprefix(studio.address)
    for username, word in (("t01-secretary", "签署"), ("d01-officer", "核实")):
        sign(studio.person(username, address), word)
    studio.shoot(studio.person("h00-assessment", address), "slip")


def keeping(studio: Studio) -> None:
    """Targets, other offices' forms, the system and the ledger."""
    target = "/targets/towns/T01/indicators/industry_investment/"
    page = studio.person("t01-vice-mayor", f"{target}breakdown/month/?year=2023")
    page.get_by_role("link", name="按计划曲线").click()
    studio.shoot(page, "breakdown")
    studio.shoot(studio.person("t01-secretary", "/targets/towns/T01/"), "targets", height=560)
    studio.shoot(studio.person("t01-office", "/reuse/T01-W1/"), "reuse")
    studio.shoot(studio.person("h00-admin", "/people/of/t01-g3-reporter/"), "people")
    studio.shoot(studio.person("h00-admin", "/system/"), "system")
    studio.shoot(studio.person("h00-auditor", "/ledger/"), "ledger", height=560)


def assessing(studio: Studio) -> None:
    """A published half year, one town item by item, its rules, its marks, what all may see."""
    office = "h00-assessment"
    studio.shoot(studio.person(office, "/assessment/rounds/"), "rounds", height=640)
    studio.shoot(studio.person("t01-secretary", "/assessment/rounds/1/"), "result")
    opened = "/assessment/rounds/1/units/T01/?item=industry_investment"
    studio.shoot(studio.person("t01-secretary", opened), "score")
    page = studio.person(office, "/assessment/schemes/town-hill/2/")
    page.get_by_role("button", name="照这一版拟下一版").click()
    page.wait_for_url("**/edit/")
    studio.shoot(page, "scheme-editor")
    studio.shoot(studio.person(office, "/assessment/rounds/1/panels/satisfaction/"), "marks")
    page = studio.browser.new_page(viewport=DESK, locale="zh-CN")
    page.goto(f"{studio.address}/public/results/1/")
    studio.shoot(page, "public")


def reading(studio: Studio, work: Path) -> None:
    """A town's plan is read, one thing corrected, the targets written into a draft."""
    paper, file = Document(), work / "青溪镇下半年方案.docx"
    for words in PLAN:
        paper.add_paragraph(words)
    paper.save(str(file))
    page = studio.person("h00-assessment", "/readings/new/")
    page.set_input_files("#id_file", file)
    page.get_by_label("讲的是哪个县或镇的事").select_option("T01")
    page.get_by_label("文号").fill(TARGETS_NUMBER)
    page.get_by_role("button", name="上传并读").click()
    page.wait_for_url(re.compile(r"/readings/\d+/$"))
    studio.shoot(page, "reading")
    row = page.locator("#facts tr[data-line]").filter(has_text="生猪出栏")
    row.get_by_role("link", name="改 ").click()
    page.locator("#e_value").fill("七千")
    page.get_by_role("button", name="改正并采纳").click()
    expect(page.get_by_text("「七千」不是数").first).to_be_visible()
    page.locator("#edit").scroll_into_view_if_needed()
    studio.shoot(page, "reading-correct")
    page.locator("#e_value").fill("7000")
    page.get_by_role("button", name="改正并采纳").click()
    expect(row).to_contain_text("7,000头")
    page.locator("#bar").get_by_role("button", name="采纳").click()
    expect(page.get_by_text(re.compile("已采纳[0-9]+条"))).to_be_visible()
    page.locator("#place").scroll_into_view_if_needed()
    studio.shoot(page, "reading-place")


def main(folder: Path) -> None:
    """Set up, play the story, take the pictures, leave nothing behind."""
    work = Path(tempfile.mkdtemp())
    chromium = os.environ.get("ZHENXING_CHROMIUM")
    try:
        with site(work / "data") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
            studio = Studio(browser, address, folder)
            progress(studio)
            urging(studio)
            checking(studio, work)
            village(studio)
            filling(studio)
            deciding(studio)
            correcting(studio)
            keeping(studio)
            assessing(studio)
            reading(studio, work)
            browser.close()
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
