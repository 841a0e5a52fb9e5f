"""Figures read in a paper go into a group's draft, where its reporter looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.adoption.choices import Home
from zhenxing.adoption.models import Placement
from zhenxing.adoption.services import placing
from zhenxing.adoption.tests import make
from zhenxing.indicators.models import Figure
from zhenxing.organisation.services import ActRefusedError
from zhenxing.reporting import queries
from zhenxing.reporting.tests import make as make_returns

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.adoption.models import Item
    from zhenxing.documents.models import PaperReading

SUMMARY = ("青溪镇2023年1至10月经济运行总结", "一、完成情况", "全镇完成项目投资8400万元。")


@pytest.fixture
def month(county: cast.County) -> make_returns.Month:
    return make_returns.month(county)


@pytest.fixture
def summary(county: cast.County, month: make_returns.Month) -> PaperReading:
    paper = make.registered(county.reporter, make.word(*SUMMARY), unit="T01")
    return make.read(county.reporter, paper)


def accepted(by: User, of: PaperReading, period: str = "2023-10") -> Item:
    item = make.item(of, "8400万元")
    [item] = make.accept(by, item, indicator="works", period=period, unit="T01")
    return item


def put(by: User, of: PaperReading, item: Item, month: make_returns.Month) -> None:
    placing.figures(
        reading=of, items=[item.pk], submission=month.submission(), scope=cast.scope(by),
        moment=cast.moment(),
    )  # fmt: skip


@pytest.mark.both_engines
def test_a_figure_stands_in_the_draft_and_counts_for_nothing(
    county: cast.County, month: make_returns.Month, summary: PaperReading
) -> None:
    before = Figure.objects.count()
    put(county.reporter, summary, accepted(county.reporter, summary), month)
    submission = month.submission()
    form = queries.form_of(submission, cast.TODAY)
    assert queries.desk_of(submission, form).texts["works.F"].replace(",", "") == "8400"
    assert Figure.objects.count() == before
    assert Placement.objects.get().home == Home.RETURN


def test_a_figure_of_another_period_stays_out(
    county: cast.County, month: make_returns.Month, summary: PaperReading
) -> None:
    item = accepted(county.reporter, summary, period="2023-09")
    with pytest.raises(ActRefusedError, match="请核对期间和口径"):
        put(county.reporter, summary, item, month)
    assert not Placement.objects.exists()


def test_what_the_reporter_has_typed_is_not_written_over(
    county: cast.County, month: make_returns.Month, summary: PaperReading
) -> None:
    first = accepted(county.reporter, summary)
    put(county.reporter, summary, first, month)
    again = make.read(
        county.reporter,
        make.registered(
            county.reporter, make.word(*SUMMARY[:2], "全镇完成项目投资8500万元。"), unit="T01"
        ),
    )
    item = make.item(again, "8500万元")
    [item] = make.accept(county.reporter, item, indicator="works", period="2023-10")
    with pytest.raises(ActRefusedError, match="草稿里已填"):
        put(county.reporter, again, item, month)


def test_only_the_group_s_reporter_fills_its_draft(
    county: cast.County, month: make_returns.Month, summary: PaperReading
) -> None:
    item = accepted(county.reporter, summary)
    for other in (county.town_office, county.assessor, county.leader):
        with pytest.raises(ActRefusedError):
            put(other, summary, item, month)
    assert not Placement.objects.exists()
