"""The page on which a month is filled: saved place by place, handed in once, nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client

from tests import cast
from zhenxing.audit import queries as audit_queries
from zhenxing.indicators.models import Figure
from zhenxing.reporting import queries, services
from zhenxing.reporting.choices import Status
from zhenxing.reporting.form.merging import Edit
from zhenxing.reporting.models import Draft, Submission, Upload, Version
from zhenxing.reporting.tests import make
from zhenxing.reporting.tests.make_drafts import (
    FILL,
    GOOD,
    OURS,
    WIDE,
    client_of,
    fill_in,
    page_of,
    send,
)

if TYPE_CHECKING:
    pass


pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter(month: make.Month) -> Client:
    return client_of(month.county.reporter)


@pytest.fixture
def colleague(month: make.Month) -> Client:
    return client_of(month.county.colleague)


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
