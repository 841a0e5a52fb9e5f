"""The page on which a month is filled: saved place by place, handed in once, nothing lost."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.audit import queries as audit_queries
from zhenxing.indicators.models import Figure, Indicator
from zhenxing.kernel.problems import Problem
from zhenxing.reporting import grid, queries, services
from zhenxing.reporting.choices import Status
from zhenxing.reporting.form.merging import Edit
from zhenxing.reporting.models import Draft, Submission, Upload, Version
from zhenxing.reporting.services import drafting
from zhenxing.reporting.tests import make

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db
OURS = "/returns/2023-10/T01-G3/"
WIDE = "\N{FULLWIDTH DIGIT NINE},060"
FILL, DRAFT = f"{OURS}fill/", f"{OURS}draft/"
GOOD = {
    "works.F": "9,060", "industry.F": "4065", "paid_in.F": "6720.5", "online.F": "310",
    "reserve.F": "8", "cases.F": "-3.5", "replies.F": "98.6", "done": "完成{{在建项目完成投资}}。",
    "problems": "用地手续未齐。", "measures": "11月10日前补正。",
}  # fmt: skip


@pytest.fixture
def reporter(month: make.Month) -> Client:
    return client_of(month.county.reporter)


@pytest.fixture
def colleague(month: make.Month) -> Client:
    return client_of(month.county.colleague)


def client_of(person: User) -> Client:
    client = Client()
    cast.sign_in(client, person)
    return client


def send(
    client: Client, cells: Mapping[str, tuple[str, str]], base: int = 0, **more: str
) -> Answer:
    """Save as the page's script does: each place with the text that was seen there."""
    told = {name: {"before": before, "after": after} for name, (before, after) in cells.items()}
    body = json.dumps({"base_version": base, "cells": told} | more)
    return client.post(DRAFT, body, content_type="application/json", HTTP_ACCEPT="application/json")


def page_of(client: Client, texts: Mapping[str, str], **more: str) -> dict[str, str]:
    """Give what a page sends when it is sent whole, with texts typed into it."""
    shown = client.get(FILL).content.decode()
    hidden = dict(re.findall(r'name="(token|base_version|opened)" value="([^"]*)"', shown))
    state = client.get(f"{DRAFT}now/").json()
    cells = state["texts"] | dict(texts)
    return hidden | {
        "before": json.dumps(state["texts"]),
        **{f"cell:{name}": text.replace("\n", "\r\n") for name, text in cells.items()},
        **more,
    }


def fill_in(client: Client) -> None:
    assert send(client, {name: ("", text) for name, text in GOOD.items()}).status_code == 200


def test_what_is_typed_is_kept_as_typed_and_all_that_follows_is_told(
    reporter: Client, month: make.Month
) -> None:
    make.target(month.county.town, "works", "10000")
    told = send(reporter, {"works.F": ("", WIDE), "industry.F": ("", "约4065")}).json()
    assert told["texts"] == {"works.F": WIDE, "industry.F": "约4065"}
    assert sorted(told["saved"]) == ["industry.F", "works.F"]
    assert told["numbers"]["works"] == {"total": "9,060", "done": "90.60", "ahead": "+7.27"}
    assert told["marks"]["industry.F"] == "entry-wrong"
    assert "必改 F5" in told["html"]["advice-industry"]
    assert told["drafted"].startswith("1—10月在建项目完成投资{{在建项目完成投资}}")
    assert (told["revision"], told["who"]) == (1, month.county.reporter.username)
    shown = reporter.get(FILL).content.decode()
    assert 'value="约4065"' in shown
    assert "必改1" in shown
    assert not Figure.objects.exists()


def test_a_draft_is_no_act_and_counts_for_nothing(reporter: Client, month: make.Month) -> None:
    fill_in(reporter)
    submission = Submission.objects.with_uploads().get(pk=month.submission().pk)
    assert (submission.status, submission.stage) == (Status.NOT_STARTED, Status.DRAFT)
    assert audit_queries.verify().entries == 0
    assert not Version.objects.exists()


def test_who_comes_second_to_a_place_is_told_both_texts_and_loses_neither(
    reporter: Client, colleague: Client
) -> None:
    send(reporter, {"works.F": ("", "9060"), "done": ("", "甲写的")})
    answer = send(colleague, {"done": ("", "乙写的"), "works.I": ("", "监理月报")})
    told = answer.json()
    assert answer.status_code == 200
    assert told["saved"] == ["works.I"]
    assert told["clashes"] == [
        {"name": "done", "cell": "完成情况", "mine": "乙写的", "theirs": "甲写的"}
    ]
    assert "乙写的" in told["html"]["fill-asides"]
    send(colleague, {"done": ("", "乙写的")})
    [aside] = Draft.objects.get().set_aside
    assert (aside["text"], aside["by_name"]) == ("乙写的", "梁平（青溪镇）")


def test_a_text_that_lies_aside_is_taken_over_the_text_one_has_seen_or_dropped(
    reporter: Client, colleague: Client
) -> None:
    send(reporter, {"done": ("", "甲写的")})
    send(colleague, {"done": ("", "乙写的")})
    chosen = {"id": Draft.objects.get().set_aside[0]["id"], "base_version": "0"}
    unseen = chosen | {"do": "take", "seen": "没见过的"}
    said = colleague.post(f"{FILL}aside/", unseen, follow=True).content.decode()
    assert "这一格刚又有人改过" in said
    assert Draft.objects.get().cells["done"] == "甲写的"
    colleague.post(f"{FILL}aside/", chosen | {"do": "take", "seen": "甲写的"})
    draft = Draft.objects.get()
    assert (draft.cells["done"], draft.set_aside) == ("乙写的", [])
    again = colleague.post(f"{FILL}aside/", chosen | {"do": "take", "seen": "乙写的"}, follow=True)
    assert "已被取用或丢弃" in again.content.decode()
    send(reporter, {"done": ("甲写的", "甲又写的")})
    chosen["id"] = Draft.objects.get().set_aside[0]["id"]
    reporter.post(f"{FILL}aside/", chosen | {"do": "drop"})
    assert Draft.objects.get().set_aside == []


def test_the_page_is_handed_in_with_one_click_and_once(reporter: Client) -> None:
    sent = page_of(reporter, GOOD)
    first = reporter.post(f"{FILL}hand-in/", sent)
    again = reporter.post(f"{FILL}hand-in/", sent)
    assert first["Location"] == again["Location"] == "/receipts/T01-202310-G3-0001/"
    version = Version.objects.get()
    assert version.values["works"]["value"] == "9060"
    assert version.values["works"]["cell"] == "指标数!F4"
    assert version.parts["done"] == "完成9,060万元。"
    assert version.parts["done_source"] == "完成{{works}}。"
    assert version.file is None
    assert version.opened_at is not None
    assert audit_queries.verify().first_bad is None
    receipt = reporter.get(first["Location"])
    assert receipt.status_code == 200
    shown = reporter.get(FILL).content.decode()
    assert "{{在建项目完成投资}}" in shown
    assert "提交第2版" in shown


def test_a_page_gone_back_to_after_the_hand_in_loses_nothing_typed_on_it(
    reporter: Client,
) -> None:
    sent = page_of(reporter, GOOD)
    reporter.post(f"{FILL}hand-in/", sent)
    answer = reporter.post(f"{FILL}hand-in/", sent | {"cell:works.F": "9,999"})
    assert answer.status_code == 409
    assert "9,999" in answer.content.decode()
    assert [each["text"] for each in Draft.objects.get().set_aside] == ["9,999"]
    assert Version.objects.get().values["works"]["value"] == "9060"


def test_with_an_error_nothing_is_handed_in_and_every_text_stays(reporter: Client) -> None:
    texts = GOOD | {"works.F": "0.906亿元", "suggestions": "请协调\n用地"}
    answer = reporter.post(f"{FILL}hand-in/", page_of(reporter, texts))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "如果是9060万元" in shown
    assert 'value="0.906亿元"' in shown
    assert "请协调\n用地</textarea>" in shown
    assert not Version.objects.exists()
    assert Draft.objects.get().cells["suggestions"] == "请协调\n用地"


def test_an_empty_page_is_not_handed_in(reporter: Client) -> None:
    assert reporter.post(f"{FILL}hand-in/", page_of(reporter, {})).status_code == 422
    assert not Version.objects.exists()


def test_a_page_with_a_text_that_came_second_is_not_handed_in(
    reporter: Client, colleague: Client
) -> None:
    sent = page_of(colleague, GOOD)
    send(reporter, {"done": ("", "甲写的")})
    answer = colleague.post(f"{FILL}hand-in/", sent)
    assert answer.status_code == 409
    assert "完成{{在建项目完成投资}}。" in answer.content.decode()
    assert not Version.objects.exists()


def test_a_page_left_open_while_somebody_handed_in_changes_nothing_by_itself(
    reporter: Client, colleague: Client
) -> None:
    stale = page_of(colleague, GOOD | {"works.F": "9100", "done": "我写的"})
    fill_in(reporter)
    reporter.post(f"{FILL}hand-in/", page_of(reporter, {}))
    assert colleague.post(f"{FILL}hand-in/", stale).status_code == 409
    answer = send(colleague, {"works.I": ("", "晚到的备注")})
    assert answer.status_code == 409
    assert [each["mine"] for each in answer.json()["clashes"]] == ["晚到的备注"]
    draft = Draft.objects.get()
    assert draft.cells == {}
    assert {each["text"] for each in draft.set_aside} == {"9100", "我写的", "晚到的备注"}
    assert Version.objects.count() == 1


def test_a_draft_overtaken_by_a_file_lies_aside_where_it_says_something_else(
    reporter: Client, month: make.Month
) -> None:
    send(reporter, {"works.F": ("", "9,060"), "industry.F": ("", "4100"), "done": ("", "草稿")})
    make.handed_in(month, month.county.colleague)
    desk = queries.desk_of(month.submission(), queries.form_of(month.submission(), cast.TODAY))
    assert desk.cells == {}
    assert {each["text"] for each in desk.aside} == {"4100", "草稿"}
    shown = reporter.get(FILL).content.decode()
    assert "4100" in shown
    assert "另存的文字" in shown


def test_two_who_hand_in_at_once_from_different_places_make_one_version(
    month: make.Month,
) -> None:
    county, seen = month.county, month.submission()
    mine, theirs = (
        services.Typed(
            submission=seen, scope=cast.scope(person), moment=cast.moment(), base_version=0,
            edits=[Edit(name, "", "9")],
        )
        for person, name in ((county.reporter, "works.F"), (county.colleague, "reserve.F"))
    )  # fmt: skip
    services.save(mine)
    services.save(theirs)
    first = services.bring(mine, uuid4())
    second = services.bring(theirs, uuid4())
    assert isinstance(first, Upload)
    assert isinstance(second, Upload)
    done = services.submit(token=first.token, scope=mine.scope, moment=mine.moment, base_version=0)
    assert isinstance(done, services.Handed)
    late = services.hand_in(theirs, uuid4())
    assert isinstance(late, services.Saved)
    assert late.is_stale or late.clashes == ()


def test_the_buttons_do_without_a_script_what_the_script_does(
    reporter: Client, month: make.Month
) -> None:
    make.figure(month.county.town, "works", "2023-09", "8140")
    assert "全部与快报一致" in reporter.get(FILL).content.decode()
    reporter.post(f"{FILL}save/", page_of(reporter, {}, do="confirm"))
    assert Draft.objects.get().cells == {"works.G": "8,140"}
    block = {"block": "9,060\r\n4065", "block_at": "F4", "do": "paste"}
    reporter.post(f"{FILL}save/", page_of(reporter, {"problems": "有"}, **block))
    assert Draft.objects.get().cells == {
        "works.G": "8,140", "works.F": "9,060", "industry.F": "4065", "problems": "有",
    }  # fmt: skip
    said = reporter.post(f"{FILL}save/", page_of(reporter, {}, do="sentences"), follow=True)
    assert "已存为草稿" in said.content.decode()
    assert "{{产业项目完成投资}}" in Draft.objects.get().cells["done"]


def test_saving_without_a_script_shows_what_came_second(
    reporter: Client, colleague: Client
) -> None:
    sent = page_of(colleague, {"done": "乙写的"})
    send(reporter, {"done": ("", "甲写的")})
    answer = colleague.post(f"{FILL}save/", sent)
    assert answer.status_code == 409
    assert "乙写的" in answer.content.decode()


def test_a_closed_or_reviewed_form_takes_nothing_and_gives_the_text_back(
    reporter: Client, month: make.Month
) -> None:
    sent = page_of(reporter, GOOD)
    send(reporter, {"works.F": ("", "9,060")})
    make.handed_in(month, month.county.colleague)
    Submission.objects.filter(pk=month.submission().pk).update(status=Status.REVIEWED)
    answer = reporter.post(f"{FILL}hand-in/", sent)
    assert answer.status_code == 409
    assert "用地手续未齐。" in answer.content.decode()
    assert reporter.post(f"{FILL}save/", sent).status_code == 409
    told = send(reporter, {"works.F": ("9,060", "1")})
    assert told.status_code == 409
    assert "已审核" in told.json()["problem"]
    refused = reporter.get(FILL, follow=True)
    assert refused.redirect_chain[-1][0] == OURS
    assert "不能再填" in refused.content.decode()
    assert Draft.objects.get().cells["works.F"] == "9,060"


def test_only_the_groups_own_reporter_gets_to_the_page(month: make.Month) -> None:
    county = month.county
    for person, status in (
        (county.farm_reporter, 403), (county.leader, 403), (county.group_leader, 403),
        (county.administrator, 403), (county.assessor, 403), (county.stranger, 404),
    ):  # fmt: skip
        client = client_of(person)
        assert client.get(FILL).status_code == status
        assert send(client, {"works.F": ("", "1")}).status_code == status
    assert not Draft.objects.exists()


def test_a_script_whose_session_is_over_is_told_where_to_sign_in(month: make.Month) -> None:
    answer = send(Client(), {"works.F": ("", "1")})
    assert answer.status_code == 401
    assert answer.json()["sign_in"] == "/sign-in/"
    assert Client().post(DRAFT, "{}", content_type="application/json").status_code == 302


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "{}", '{"base_version": 0, "cells": []}', '{"base_version": "x", "cells": {}}',
        '{"base_version": 0, "cells": {"works.F": "1"}}', '{"base_version": -1, "cells": {}}',
        "[" * 100_000,
    ],
)  # fmt: skip
def test_a_saving_that_cannot_be_understood_saves_nothing(reporter: Client, body: str) -> None:
    assert reporter.post(DRAFT, body, content_type="application/json").status_code == 400
    assert not Draft.objects.exists()


def test_what_no_database_holds_is_refused_and_stays_in_the_browser(reporter: Client) -> None:
    for text in ("a\0b", "\ud800", "长" * 20_001):
        answer = send(reporter, {"done": ("", text)})
        assert answer.status_code == 409
        assert "存不下" in answer.json()["problem"] or "无法保存" in answer.json()["problem"]
    assert not Draft.objects.exists()


def test_a_page_sent_whole_that_is_nested_without_end_is_refused(reporter: Client) -> None:
    sent = page_of(reporter, GOOD, before="[" * 100_000)
    assert reporter.post(f"{FILL}save/", sent).status_code == 400
    assert not Draft.objects.exists()


def test_more_places_than_any_form_has_are_refused_at_once(reporter: Client) -> None:
    answer = send(reporter, {f"gone{number}.F": ("", "5") for number in range(1001)})
    assert answer.status_code == 409
    assert "一次改了1001处" in answer.json()["problem"]
    assert not Draft.objects.exists()


def test_a_text_for_a_place_that_is_gone_is_set_aside(reporter: Client) -> None:
    told = send(reporter, {"gone.F": ("", "5"), "empty.F": ("3", "")}).json()
    assert [each["mine"] for each in told["clashes"]] == ["5"]
    assert "已不在本表的一格" in reporter.get(FILL).content.decode()


def test_there_is_an_end_to_what_lies_aside(
    reporter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "MOST_ASIDE", 1)
    send(reporter, {"done": ("", "甲")})
    assert send(reporter, {"done": ("", "乙")}).status_code == 200
    answer = send(reporter, {"done": ("", "丙")})
    assert answer.status_code == 409
    assert "逐条取用或丢弃" in answer.json()["problem"]
    assert len(Draft.objects.get().set_aside) == 1


def test_the_first_opening_is_kept_and_a_forged_one_is_not(
    reporter: Client, month: make.Month
) -> None:
    opened = page_of(reporter, {})["opened"]
    send(reporter, {"works.F": ("", "1")}, opened="2001-01-01")
    assert Draft.objects.get().opened_at is None
    send(reporter, {"works.F": ("1", "2")}, opened=opened)
    first = Draft.objects.get().opened_at
    assert first is not None
    send(reporter, {"works.F": ("2", "3")}, opened=page_of(reporter, {})["opened"])
    assert Draft.objects.get().opened_at == first


def test_missing_papers_ask_for_a_reason_under_the_line(
    reporter: Client, month: make.Month
) -> None:
    Indicator.objects.filter(code="works").update(evidence="required")
    send(reporter, {"works.F": ("", "9060")})
    sheet = grid.sheet_of(month.submission(), cast.moment())
    assert sheet.counts["explain"] == 1
    assert "须说明 F4" in reporter.get(FILL).content.decode()
    send(reporter, {"works.I": ("", "回单在途")})
    assert grid.sheet_of(month.submission(), cast.moment()).counts["explain"] == 0


def test_a_blank_is_missed_once_something_below_it_is_filled(
    reporter: Client, month: make.Month
) -> None:
    send(reporter, {"works.F": ("", "9060")})
    assert grid.sheet_of(month.submission(), cast.moment()).counts["check"] == 0
    send(reporter, {"reserve.F": ("", "8")})
    sheet = grid.sheet_of(month.submission(), cast.moment())
    assert sheet.counts["blank"] == 5
    said = [each.cell for row in sheet.rows for each in row.advice]
    assert said == ["指标数!F5", "指标数!F6", "指标数!F7"]


def test_everything_due_stands_on_one_list_and_what_came_back_first(
    reporter: Client, month: make.Month
) -> None:
    from zhenxing.organisation.tests import make as organisation  # noqa: PLC0415

    county = month.county
    organisation.post(county.reporter, Role.REPORTER, county.town, county.groups["T01-G6"])
    scope = cast.scope(county.reporter)
    codes = [each.submission.group.code for each in queries.everything_due(scope, cast.TODAY)]
    assert codes == ["T01-G3", "T01-G6"]
    make.handed_in(month, county.reporter)
    left = queries.everything_due(scope, cast.TODAY)
    assert [each.submission.group.code for each in left] == ["T01-G6"]
    Submission.objects.filter(group__code="T01-G3").update(status=Status.RETURNED)
    first, second = queries.everything_due(scope, cast.TODAY)
    assert first.is_returned
    assert not second.is_returned
    listed = reporter.get("/returns/").content.decode()
    assert listed.index("稳投资专班</b>") < listed.index("招商引资专班</b>")
    assert 'accesskey="2"' in listed


def test_a_gone_text_cannot_be_taken_by_who_may_not_write(month: make.Month) -> None:
    said = services.Typed(
        submission=month.submission(), scope=cast.scope(month.county.leader),
        moment=cast.moment(), base_version=0, edits=[Edit("done", "", "我来改")],
    )  # fmt: skip
    for done in (services.save(said), services.drop(said, "x"), services.take(said, "x")):
        assert isinstance(done, Problem)
    assert not Draft.objects.exists()
