"""An assessment from the raters to the public page: an appeal, a second check, a publication."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.journeys.conftest import Site, Window

    Windows = Callable[..., Window]

OFFICE, SECOND = "h00-assessment", "h00-assessment-2"
RATERS = {"d01-officer": "代表", "h00-assessment-2": "群众", "t01-office": "群众"}
TOWN_OFFICE, LEADER = "t01-office", "t01-secretary"
TOWN, ITEM, MATTER = "青溪镇", "项目入库入统", "项目入库"
PDF = b"%PDF-1.4\n%evidence\n"
WHY = "6月20日入库的一个项目没有计入，县统计局的通知附后。"


def sign_with(page: Page, word: str) -> None:
    """Type the password again, as the demo tells it, and sign."""
    form = page.locator("form").filter(has=page.get_by_role("button", name=word, exact=True)).first
    form.locator("input[type=password]").fill(form.locator("code").last.inner_text())
    form.get_by_role("button", name=word, exact=True).click()


def business_date(page: Page, day: str, words: str) -> None:
    """Move the demo's day, as its page lets anybody at the machine."""
    form = page.locator("#date form")
    form.locator("input[type=date]").fill(day)
    form.get_by_label("原因").fill("看申诉期以后")
    form.get_by_role("button", name="改日期").click()
    expect(page.get_by_role("link", name=re.compile(words))).to_be_visible()


def is_at(page: Page, state: str) -> None:
    """The round's own page shows how far it is."""
    expect(page.locator("li[aria-current=step]")).to_have_text(state)


def begun(windows: Windows) -> str:
    """The office begins the assessment of June, whose figures are all in; give its address."""
    page = windows(OFFICE).open("/assessment/rounds/#open")
    form = page.locator("#open form")
    form.get_by_label("方案").select_option("town-hill")
    form.get_by_label("考核期").fill("2023-06")
    form.get_by_role("button", name="开始").click()
    page.wait_for_url(re.compile(r"/assessment/rounds/\d+/"))
    return page.url.partition("#")[0].split("/", 3)[3]


def seat_three_raters(page: Page) -> None:
    """The office gives three people each a seat and a class, one after the other."""
    for username, rater_class in RATERS.items():
        box = page.locator(f"#seat-{username}")
        page.get_by_label("找评委").fill(username)
        page.get_by_role("button", name="找人").click()
        box.check()
        page.locator(f"select[name='class-{username}']").select_option(rater_class)
        page.get_by_role("button", name="保存评委").click()
        expect(box).to_be_checked()
    expect(page.get_by_text("3位评委，0位已交卷")).to_be_visible()


def rate(page: Page, first: int) -> None:
    """A rater marks every town that is not the own one, saves and hands in."""
    for place, field in enumerate(page.locator("input[name^='mark-']").all()):
        field.fill(str(first + place % 10))
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("button", name="交卷").click()
    expect(page.get_by_text("已交卷").first).to_be_visible()


def three_mark_blind(windows: Windows, place: str) -> None:
    """Nobody reads a mark before the third rater has handed in; then all of them stand there."""
    office = windows(OFFICE)
    panel = f"/{place}panels/satisfaction/"
    seat_three_raters(office.open(panel))
    for number, username in enumerate(RATERS):
        assert office.open(panel).get_by_text("各评委的评分").count() == 0
        rate(windows(username).open(f"/{place}marks/"), 80 + 3 * number)
    page = office.open(panel)
    expect(page.get_by_text("各评委的评分")).to_be_visible()
    own = page.locator("tr").filter(has_text=TOWN).first
    expect(own.get_by_text("回避")).to_be_visible()


def run(page: Page, purpose: str) -> None:
    """Ask for a run, leave its progress when it is done."""
    page.get_by_label("测算", exact=True).select_option(label=purpose)
    page.get_by_role("button", name="开始测算").click()
    page.wait_for_url("**/assessment/jobs/**")
    page.get_by_role("link", name=re.compile(r"看第\d+次测算的结果")).click()
    expect(page.get_by_role("heading", name=f"{purpose}结果")).to_be_visible()


def appeal(windows: Windows, place: str) -> None:
    """The town's office writes, its leader files with the password."""
    page = windows(TOWN_OFFICE).open(f"/{place}appeals/T01/new/")
    page.get_by_label("考核项").select_option("entered")
    page.get_by_label("理由").fill(WHY)
    page.get_by_label("佐证").set_input_files(
        {"name": "入库通知.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="存为拟稿").click()
    expect(page.get_by_role("link", name="入库通知.pdf")).to_be_visible()
    address = page.url
    page = windows(LEADER).page
    page.goto(address)
    sign_with(page, "签发提交")
    expect(page.locator(".tag", has_text="已提交")).to_be_visible()


def count_the_project(windows: Windows) -> str:
    """One person brings the matter with its paper, another approves it; give its number."""
    page = windows(OFFICE).open("/assessment/claims/new/")
    page.get_by_label("单位").select_option("T01")
    page.get_by_label("事项", exact=True).select_option(label=MATTER)
    page.get_by_label("发生日期").fill("2023-06-20")
    page.get_by_label("依据文号").fill("禾统字〔2023〕41号")
    page.get_by_label(re.compile("^情况")).fill("茶叶加工厂二期入库")
    page.get_by_label(re.compile("^依据文件")).set_input_files(
        {"name": "入库通知.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="提出", exact=True).click()
    page.wait_for_url(re.compile(r"/assessment/claims/\d+/"))
    address = page.url
    page = windows(SECOND).page
    page.goto(address)
    page.get_by_role("button", name=re.compile("认定")).first.click()
    expect(page.get_by_text("已认定").first).to_be_visible()
    found = re.search(r"[A-Z]*\d{4}[-—]?\d+", page.locator("main").inner_text())
    return found[0] if found else ""


def answer(page: Page, number: str) -> None:
    """The office answers that the town is right, and by what the score will change."""
    page.locator("table").get_by_role("link", name=TOWN).first.click()
    page.get_by_label("结论", exact=True).select_option("upheld")
    page.get_by_label("答复（依据和结论）").fill("情况属实，已按事项认定补计，重算后生效。")
    page.get_by_label("怎样办理").select_option("claim")
    page.get_by_label("更正单、认定或文件的编号").fill(number)
    page.get_by_role("button", name="答复", exact=True).click()
    expect(page.get_by_text("成立").first).to_be_visible()


def check(page: Page) -> None:
    """The second person looks at what was drawn and confirms the run reckoned anew."""
    for box in page.locator("input[name=seen]").all():
        box.check()
    page.get_by_label(re.compile("^复核意见")).fill("抽查无误；缺数的镇另行通报。")
    page.get_by_role("button", name="复核通过").click()
    is_at(page, "已复核")


def mark(office: Window, place: str) -> None:
    """The office runs the first mark, confirms it and opens the appeals."""
    run(office.open(f"/{place}"), "初评")
    page = office.open(f"/{place}")
    page.get_by_role("button", name=re.compile("为初评$")).click()
    page.get_by_label("申诉的最后一天").fill("2023-10-20")
    page.get_by_role("button", name="开放申诉").click()
    is_at(page, "申诉期")


def publish(second: Window, place: str) -> None:
    """When the appeals have ended, another person than the one who ran it checks and publishes."""
    business_date(second.open("/demo/#date"), "2023-10-21", "10月21日")
    check(second.open(f"/{place}"))
    page = second.open(f"/{place}")
    page.get_by_label("通报文号").fill("禾考发〔2023〕15号")
    sign_with(page, "公布")
    is_at(page, "已公布")


def gained(page: Page) -> float:
    """Say by how much the appealed item's score grew, as the list of appeals tells it."""
    line = page.locator("tr").filter(has_text=ITEM).first
    before, after = (line.locator("td.num").nth(each).inner_text() for each in (0, 1))
    return float(after) - float(before)


def read_as_a_visitor(office: Window, site: Site) -> None:
    """Whoever is not signed in finds the published result under its document number."""
    browser = office.page.context.browser
    assert browser is not None
    page = browser.new_context().new_page()
    page.goto(f"{site.address}/public/results/")
    page.locator("tr").filter(has_text="2023年6月").get_by_role("link").first.click()
    expect(page.get_by_text("禾考发〔2023〕15号").first).to_be_visible()
    expect(page.locator("tr").filter(has_text=TOWN).first).to_be_visible()
    page.context.close()


def raise_the_last(site: Site, place: str) -> str:
    """Add a point to a stored total, past the guards, as who has the machine can; give whose."""
    number = place.rstrip("/").rpartition("/")[2]
    with closing(sqlite3.connect(site.data / "zhenxing.sqlite3")) as file, file:
        guards = file.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE type = 'trigger' AND tbl_name = 'assessment_runrow'"
        ).fetchall()
        assert guards
        for guard, _ in guards:
            file.execute(f"DROP TRIGGER {guard}")
        [(row, name)] = file.execute(
            "SELECT id, name FROM assessment_runrow WHERE rank IS NOT NULL AND run_id ="
            " (SELECT result_id FROM assessment_round WHERE id = ?) ORDER BY total LIMIT 1",
            [number],
        ).fetchall()
        file.execute("UPDATE assessment_runrow SET total = total + 10000 WHERE id = ?", [row])
        for _, guard in guards:
            file.execute(guard)
    return str(name)


def is_found(office: Window, site: Site, place: str, name: str) -> None:
    """The page that reckons anew names the town and both totals; `verify` the kind of row."""
    page = office.open(f"/{place}")
    page.get_by_role("link", name="重新计算").click()
    expect(page.get_by_role("alert").filter(has_text="与存档不同，1处")).to_be_visible()
    expect(page.get_by_text(re.compile(f"^{name}：得分表.*，重算.*"))).to_be_visible()
    told = site.command("verify")
    assert told.returncode == 1
    assert "「得分」的行与封存时不同" in told.stdout


def test_a_result_from_the_raters_to_the_public_page(window: Windows, site: Site) -> None:
    place = begun(window)
    three_mark_blind(window, place)
    mark(window(OFFICE), place)
    appeal(window, place)
    number = count_the_project(window)
    office = window(OFFICE)
    answer(office.open("/assessment/appeals/?state=filed"), number)
    run(office.open(f"/{place}"), "终评")
    publish(window(SECOND), place)
    assert gained(office.open("/assessment/appeals/")) > 0
    read_as_a_visitor(office, site)
    assert site.command("verify").returncode == 0
    name = raise_the_last(site, place)
    is_found(office, site, place, name)
