"""The page on which a month is filled, at its edges: who may, what is odd, what lies aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.indicators.models import Indicator
from zhenxing.kernel.problems import Problem
from zhenxing.reporting import grid, queries, services
from zhenxing.reporting.choices import Status
from zhenxing.reporting.form.merging import Edit
from zhenxing.reporting.models import Draft, Submission
from zhenxing.reporting.services import drafting
from zhenxing.reporting.tests import make
from zhenxing.reporting.tests.make_drafts import (
    DRAFT,
    FILL,
    GOOD,
    client_of,
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
