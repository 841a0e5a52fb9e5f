"""A month's hand-in in a real browser: reporter, town office, assessment office; and bad forms."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook
    from playwright.sync_api import Page

    from tests.journeys.conftest import Site, Window

    Windows = Callable[..., Window]

REPORTER, COLLEAGUE = "t01-g3-reporter", "t01-g3-reporter-2"
OFFICE, ASSESSOR = "t01-office", "h00-assessment"
RETURN = "/returns/2023-10/T01-G3/"
ENTRIES: dict[str, int | str] = {
    "F4": 9500,
    "F5": 4065,
    "F6": 8,
    "F7": 8,
    "F8": 8,
    "F9": 5,
    "F10": 6165,
    "F11": 1180,
}
DONE = "1—10月在建项目完成投资9500万元。"


def download_form(page: Page, folder: Path) -> Path:
    """Download the form as the page's button gives it."""
    with page.expect_download() as started:
        page.get_by_role("link", name="下载 Excel 表").click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def fill(path: Path, entries: dict[str, int | str] | None = None, done: str = DONE) -> Path:
    """Fill the form as a person would in a spreadsheet, and save it."""
    book: Workbook = openpyxl.load_workbook(path)
    for cell, value in (entries or ENTRIES).items():
        book["指标数"][cell] = value
    book["四段文字"]["B3"] = done
    book.save(path)
    return path


def upload(page: Page, path: Path) -> None:
    """Choose the file and send it."""
    page.set_input_files("#file", path)
    page.get_by_role("button", name="上传并核对").click()


def test_a_month_goes_from_the_form_to_every_page(
    window: Windows, site: Site, tmp_path: Path
) -> None:
    reporter = window(REPORTER)
    page = reporter.open(RETURN)
    path = fill(download_form(page, tmp_path))
    upload(page, path)
    expect(page.get_by_text("还没有提交")).to_be_visible()
    expect(page.get_by_text("9,500").first).to_be_visible()
    page.get_by_role("button", name="提交第1版").click()
    expect(page.get_by_role("heading", name="报送回执")).to_be_visible()
    number = page.locator(".receipt-number").inner_text()
    assert number.startswith("T01-202310-G3")
    _check_receipt_offline(page, path, tmp_path)
    _see_it_in_town(window(OFFICE))
    _see_it_in_the_county(window(ASSESSOR))
    _see_where_the_number_came_from(window(OFFICE), path.name)
    told = site.command("verify")
    assert told.returncode == 0, told.stdout + told.stderr


def _check_receipt_offline(page: Page, form: Path, folder: Path) -> None:
    """Check the receipt with the downloaded program and nothing of ours on its path."""
    with page.expect_download() as started:
        page.get_by_role("link", name="下载回执").first.click()
    receipt, key, checker = (folder / name for name in ("r.json", "key.json", "check.py"))
    started.value.save_as(receipt)
    origin = page.evaluate("location.origin")
    for path, name in ((key, "site-key.json"), (checker, "receipt_check.py")):
        path.write_bytes(page.request.get(f"{origin}/{name}").body())
    command = [sys.executable, "-I", str(checker), str(receipt), str(key), "--form", str(form)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    receipt.write_text(receipt.read_text(encoding="utf-8").replace("9500", "9600"), "utf-8")
    forged = subprocess.run(command, capture_output=True, text=True, check=False)
    assert forged.returncode == 1
    assert forged.stdout + forged.stderr


def _see_it_in_town(office: Window) -> None:
    page = office.open("/towns/T01/")
    row = page.locator("#handed-in tr", has_text="稳投资专班")
    expect(row).to_contain_text("已提交")
    expect(row).to_contain_text("第1版")
    page.get_by_role("link", name="招商到位资金", exact=True).first.click()
    expect(page.locator("#vintages")).to_contain_text("快报")
    expect(page.locator("canvas")).to_be_visible()


def _see_it_in_the_county(assessor: Window) -> None:
    page = assessor.open("/county/")
    row = page.locator("#handed-in tr", has_text="青溪镇")
    expect(row).not_to_contain_text("稳投资专班")
    page.locator(".heat-table tr", has_text="黑水镇").locator("td.heat-red a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("固定资产投资")


def _see_where_the_number_came_from(office: Window, form: str) -> None:
    page = office.open("/towns/T01/indicators/project_investment/?period=2023-10")
    row = page.locator("#vintages tr", has_text="2023年10月")
    expect(row).to_contain_text("9,500")
    expect(row).to_contain_text("指标数!F4")
    expect(row).to_contain_text(form)
    earlier = office.open(
        "/towns/T01/indicators/project_investment/?period=2023-10&as_of=2023-10-19"
    )
    expect(earlier.locator("#vintages")).not_to_contain_text("9,500")


def test_the_second_of_two_sees_both_versions_and_loses_nothing(
    window: Windows, tmp_path: Path
) -> None:
    first, second = window(REPORTER).open(RETURN), window(COLLEAGUE).open(RETURN)
    mine, theirs = tmp_path / "1", tmp_path / "2"
    mine.mkdir()
    theirs.mkdir()
    upload(first, fill(download_form(first, mine), {**ENTRIES, "F4": 9501}))
    upload(second, fill(download_form(second, theirs), {**ENTRIES, "F4": 9700}, "另一种说法。"))
    first.get_by_role("button", name=re.compile("提交第")).click()
    expect(first.get_by_role("heading", name="报送回执")).to_be_visible()
    second.get_by_role("button", name=re.compile("提交第")).click()
    for words in ("9,501", "9,700", "另一种说法。", "没有提交，也没有丢"):
        expect(second.get_by_text(words).first).to_be_visible()
    second.get_by_role("button", name=re.compile("以我的为准")).click()
    expect(second.get_by_role("heading", name="报送回执")).to_be_visible()


def test_one_submission_sent_five_times_makes_one(window: Windows, tmp_path: Path) -> None:
    page = window(REPORTER).open(RETURN)
    upload(page, fill(download_form(page, tmp_path), {**ENTRIES, "F4": 9502}))
    answers = page.evaluate(
        """async () => {
          const form = document.querySelector("form.form-bar");
          const send = () => fetch(form.action, {method: "POST", body: new FormData(form)});
          const all = await Promise.all(Array.from({length: 5}, send));
          return all.map(answer => answer.url);
        }"""
    )
    assert len(set(answers)) == 1
    assert "/receipts/" in answers[0]


def far_cell() -> bytes:
    """Give a small workbook whose second cell lies in the last row and column there is."""
    file = io.BytesIO()
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = book.worksheets[0]["B2"] = 1
    book.save(file)
    packed = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'r="B2"', b'r="XFD1048576"'))
    return packed.getvalue()


def docx() -> bytes:
    """Give a Word file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        new.writestr("[Content_Types].xml", "<Types/>")
        new.writestr("word/document.xml", "<w:document/>")
    return file.getvalue()


def count(site: Site) -> str:
    """Count everything the ledger vouches for."""
    told = site.command("verify")
    assert told.returncode == 0, told.stdout
    return told.stdout


def text_in_a_number_cell(page: Page, folder: Path) -> Path:
    return fill(download_form(page, folder), {**ENTRIES, "F4": "九千多"})


def word_file_renamed(_page: Page, folder: Path) -> Path:
    path = folder / "表.xlsx"
    path.write_bytes(docx())
    return path


def far_cell_of_five_kilobytes(_page: Page, folder: Path) -> Path:
    path = folder / "表.xlsx"
    path.write_bytes(far_cell())
    assert path.stat().st_size < 6000
    return path


def stale_form(page: Page, folder: Path) -> Path:
    """Give a form that was downloaded before the version that now stands."""
    stale = fill(download_form(page, folder), {**ENTRIES, "F4": 9503})
    newer = folder / "newer"
    newer.mkdir()
    upload(page, fill(download_form(page, newer), {**ENTRIES, "F4": 9504}))
    page.get_by_role("button", name=re.compile("提交第")).click()
    expect(page.get_by_role("heading", name="报送回执")).to_be_visible()
    page.goto(page.evaluate("location.origin") + RETURN)
    return stale


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (text_in_a_number_cell, "指标数!F4"),
        (word_file_renamed, "表.xlsx"),
        (far_cell_of_five_kilobytes, "表.xlsx"),
        (stale_form, "现在最新是第"),
    ],
)
def test_a_bad_form_gets_its_message_and_writes_nothing(
    window: Windows, site: Site, tmp_path: Path, bad: Callable[[Page, Path], Path], said: str
) -> None:
    page = window(REPORTER).open(RETURN)
    path = bad(page, tmp_path)
    before = count(site)
    upload(page, path)
    _expect_refusal(page, said)
    assert count(site) == before


def test_a_foreign_town_s_form_is_refused(window: Windows, site: Site, tmp_path: Path) -> None:
    stranger = window("t02-g3-reporter").open("/returns/2023-10/T02-G3/")
    theirs = fill(download_form(stranger, tmp_path))
    page = window(REPORTER).open(RETURN)
    before = count(site)
    upload(page, theirs)
    _expect_refusal(page, "T02")
    assert count(site) == before


def test_a_closed_month_takes_no_form(window: Windows, site: Site, tmp_path: Path) -> None:
    page = window(REPORTER).open(RETURN)
    path = fill(download_form(page, tmp_path))
    september = page.goto(site.address + RETURN.replace("2023-10", "2023-09"))
    assert september is not None
    assert september.status == 200
    expect(page.locator("main")).to_contain_text("更正单")
    expect(page.locator("#file")).to_have_count(0)
    before = count(site)
    # The page offers no upload any more; whoever kept an open window still sends one.
    page.goto(site.address + RETURN)
    page.evaluate(
        "document.querySelector('form[enctype]').action = location.pathname.replace('10', '09')"
        " + 'upload/'"
    )
    upload(page, path)
    _expect_refusal(page, "更正单")
    assert count(site) == before


def _expect_refusal(page: Page, said: str) -> None:
    """See the message, and the site still answering."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("没有收下")
    expect(page.locator("main")).to_contain_text(said)
    assert page.request.get(page.url.split("/returns/")[0] + "/towns/T01/").status == 200


def test_the_command_hands_in_and_tells_the_page_s_month(
    window: Windows, site: Site, tmp_path: Path
) -> None:
    page = window(COLLEAGUE).open(RETURN)
    path = fill(download_form(page, tmp_path), {**ENTRIES, "F4": 9505})
    told = site.command("submit", str(path), "--by", COLLEAGUE)
    assert told.returncode == 0, told.stderr
    assert path.with_suffix(".receipt.json").exists()
    refused = site.command("submit", str(path), "--by", "t02-g3-reporter")
    assert refused.returncode == 1
    assert "单位范围" in refused.stderr
    notice = tmp_path / "n.docx"
    assert site.command("month", "2023-09", "--unit", "T01", "--docx", str(notice)).returncode == 0
    cockpit = window(OFFICE).open("/towns/T01/")
    with cockpit.expect_download() as started:
        cockpit.get_by_role("link", name="生成月度通报").click()
    assert started.value.path().read_bytes() == notice.read_bytes()


def test_the_hand_in_works_on_a_phone(window: Windows) -> None:
    page = window(REPORTER, PHONE).open(RETURN)
    expect(page.get_by_role("heading", level=1)).to_contain_text("稳投资专班")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
