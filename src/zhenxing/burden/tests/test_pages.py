"""The burden page counts what was asked, by unit and month, within what the person may see."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import cast
from zhenxing.burden import queries
from zhenxing.indicators.choices import StandingChoice
from zhenxing.kernel.periods import Period
from zhenxing.reporting import services
from zhenxing.reporting.models import Call
from zhenxing.reporting.tests import make, make_calls

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(county: cast.County) -> make.Month:
    """Give the county in October 2023, with indicators and two calls."""
    return make.month(county)


def told(by: User, period: str = "") -> queries.Overview:
    return queries.overview(2023, period, cast.scope(by), cast.TODAY)


def test_it_counts_what_each_town_is_asked(month: make.Month) -> None:
    make.figure(month.county.town, "works", "2023-10", "9060", StandingChoice.CONFIRMED)
    ours, rivals = told(month.county.assessor).units
    # All eight are due in October, the quarter's replies among them; fai comes from statistics.
    assert (ours.name, ours.burden.wanted, ours.burden.received) == ("青溪镇", 8, 1)
    assert (ours.burden.known, ours.burden.asked, ours.burden.spared) == (1, 6, Decimal("25.00"))
    assert (rivals.burden.known, rivals.burden.asked) == (0, 7)


def test_what_was_known_only_later_was_still_asked(month: make.Month) -> None:
    Call.objects.filter(pk=month.october.pk).update(opens=date(2023, 9, 20))
    make.figure(month.county.town, "works", "2023-10", "9060", StandingChoice.CONFIRMED)
    (ours, _) = told(month.county.assessor).units
    assert ours.burden.known == 0


def test_a_town_sees_its_own_alone(month: make.Month) -> None:
    assert [line.code for line in told(month.county.leader).units] == ["T01"]
    assert told(month.county.leader).total.wanted == 8


def test_a_month_by_name_and_the_year_by_month(month: make.Month) -> None:
    seen = told(month.county.assessor, "2023-09")
    assert seen.period == "2023-09"
    assert [line.period for line in seen.months] == ["2023-09", "2023-10"]
    assert [line.burden.wanted for line in seen.months] == [14, 16]
    assert told(month.county.assessor, "1999-01").period == "2023-10"
    assert queries.years() == [2023]


def test_something_asked_besides_is_counted_and_shown_as_asked_twice(month: make.Month) -> None:
    second = make_calls.second_assessor(month.county)
    call = services.propose_call(
        services.Asking(
            title="核查", basis="41号", reason="检查", period=Period.parse("2023-10"),
            indicators=("paid_in", "reserve"), groups=("T01-G3",),
            due=date(2023, 10, 27), expires=date(2023, 10, 30),
        ),
        scope=cast.scope(month.county.assessor),
        moment=cast.moment(),
    )  # fmt: skip
    assert isinstance(call, Call)
    assert told(month.county.assessor).temporary == ()
    services.approve_call(call=call, scope=cast.scope(second), moment=cast.moment())
    seen = told(month.county.assessor)
    assert (seen.total.twice, seen.months[-1].temporary, seen.months[-1].temporary_items) == (
        2, 1, 2,
    )  # fmt: skip
    assert [each.title for each in seen.temporary] == ["核查"]


def test_minutes_are_a_median_of_units_and_name_nobody(month: make.Month) -> None:
    by = month.county.reporter
    upload = make.uploaded(month, by)
    upload.told = {"opened_at": (cast.moment().at - timedelta(minutes=42)).isoformat()}
    upload.save()
    services.submit(token=upload.token, scope=cast.scope(by), moment=cast.moment(), base_version=0)
    ours, rivals = told(month.county.assessor).units
    assert (ours.burden.minutes, ours.burden.timed) == (Decimal(42), 1)
    assert rivals.burden.minutes is None


def test_the_page_and_its_sheet_say_the_same(month: make.Month, client: Client) -> None:
    cast.sign_in(client, month.county.assessor)
    page = client.get("/burden/").content.decode()
    assert "青溪镇" in page
    assert "12.50%" in page
    assert "何青" not in page
    book = openpyxl.load_workbook(io.BytesIO(client.get("/burden/?xlsx=1").content))
    assert book.sheetnames == ["2023年10月按单位", "按月份"]
    cells = {str(cell.value) for row in book["2023年10月按单位"] for cell in row}
    assert {"青溪镇", "石泉镇", "合计", "12.5"} <= cells


def test_a_site_without_calls_says_what_will_come(county: cast.County, client: Client) -> None:
    cast.sign_in(client, county.assessor)
    assert "还没有填报任务" in client.get("/burden/").content.decode()
    empty = client.get("/burden/?xlsx=1")
    assert openpyxl.load_workbook(io.BytesIO(empty.content)).sheetnames == ["无按单位", "按月份"]


def test_what_a_program_handed_in_took_nobody_s_time(month: make.Month) -> None:
    by = month.county.reporter
    upload = make.uploaded(month, by)
    upload.told = {"opened_at": cast.moment().at.isoformat()}
    upload.save()
    services.submit(token=upload.token, scope=cast.scope(by), moment=cast.moment(), base_version=0)
    assert told(month.county.assessor).total.timed == 0
