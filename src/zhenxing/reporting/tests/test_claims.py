"""What an offline form says of its own moments: kept beside the moment it was received."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests import cast
from zhenxing.documents.services import Cell, Sheet
from zhenxing.kernel.problems import errors
from zhenxing.reporting import services
from zhenxing.reporting.form import claiming
from zhenxing.reporting.form.layout import WORDS
from zhenxing.reporting.models import Version
from zhenxing.reporting.tests import make

HALF_PAST_FIVE = datetime.fromisoformat("2023-10-19T17:30")
CLAIM = f"{WORDS}!B8"
DOWNLOADED = cast.moment(hour=8)


def said(text: str, kind: str = "text") -> Sheet:
    return Sheet(WORDS, cells={"B8": Cell("B8", kind, text)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["2023-10-19 17:30", "2023/10/19 17:30:05", "2023年10月19日17时30分", "2023.10.19 17：30"],
)
def test_a_moment_may_be_written_in_many_ways(text: str) -> None:
    assert claiming.claimed(said(text)) == (HALF_PAST_FIVE, [])


def test_a_date_of_the_spreadsheet_is_read_to_the_minute() -> None:
    assert claiming.claimed(said("45218.729166666664", "number")) == (
        HALF_PAST_FIVE,
        [],
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("昨天", "text"), ("2023-13-40 17:30", "text"), ("45218", "number"), ("-1.5", "number"),
        ("9e99", "number"), ("2023-10-19 17时", "text"),
    ],
)  # fmt: skip
def test_what_is_no_moment_is_an_error_with_a_way_on(text: str, kind: str) -> None:
    at, found = claiming.claimed(said(text, kind))
    if text.endswith("时"):
        assert at == HALF_PAST_FIVE.replace(minute=0)
        return
    assert at is None
    assert [problem.where for problem in found] == [claiming.WHERE]
    assert found[0].is_error


def test_nothing_written_claims_nothing() -> None:
    assert claiming.claimed(Sheet(WORDS)) == (None, [])
    assert claiming.claimed(said("  ")) == (None, [])
    assert claiming.made("") is None
    assert claiming.made("2023-10-19T08:00:00") is None


@pytest.mark.django_db
def test_both_moments_go_into_the_version_and_lateness_asks_neither(month: make.Month) -> None:
    form = make.filled(make.blank(month.submission(), DOWNLOADED), make.values())
    data = make.filled(form, {CLAIM: "2023-10-20 08:40"})
    make.handed_in(month, month.county.reporter, data)
    version = Version.objects.get()
    assert version.opened_at == DOWNLOADED.at
    assert version.claimed_at is not None
    assert version.claimed_at.isoformat() == "2023-10-20T00:40:00+00:00"
    assert version.at == cast.moment().at
    assert version.minutes == 60


@pytest.mark.django_db
def test_a_form_that_was_finished_after_it_came_in_is_refused(month: make.Month) -> None:
    data = make.filled(make.blank(month.submission()), make.values() | {CLAIM: "2023-10-20 09:01"})
    read = services.read_upload(
        data, name=make.NAME, submission=month.submission(), moment=cast.moment()
    )
    assert [problem.where for problem in errors(read.problems)] == [claiming.WHERE]
    assert "比收到的时刻还晚" in read.problems[0].sentence
