"""A form filled for a month: the cockpit's numbers, exact conversion, blanks with their reasons."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tests import cast
from zhenxing.documents.tests import offices
from zhenxing.indicators import queries as indicator_queries
from zhenxing.indicators.tests import make as make_indicators
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem
from zhenxing.reuse import queries, services
from zhenxing.reuse.choices import Item, Kind, Rule
from zhenxing.reuse.services import Copy
from zhenxing.reuse.tests import make
from zhenxing.reuse.tests.make import cell

pytestmark = pytest.mark.django_db


def workbook(filling: queries.Filling, copy: Copy = Copy.CLEAN) -> openpyxl.Workbook:
    compared = queries.compared(filling)
    data = services.filled_file(filling, compared.differences if compared else {}, copy)
    assert isinstance(data, bytes), data
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.both_engines
def test_the_form_says_what_the_cockpit_says(desk: make.Desk) -> None:
    template = make.mapped(
        desk,
        cell("C4", measure="亿元", decimals=4),
        cell("D4", Item.GROWTH, decimals=2),
        cell("E4", Item.COMPLETION, decimals=2),
        cell("F4", Item.LAST_YEAR),
        cell("G4", Item.PLACE),
        cell("H4", Item.LEAD, decimals=2),
        cell("B4", Item.TARGET),
    )
    month = indicator_queries.month(
        make.SEPTEMBER, cast.TODAY, peers=indicator_queries.class_of("T01", cast.TODAY)
    )
    row = month.row("T01", "fai")
    assert make.shown(template) == {
        "C4": "0.8209", "D4": "12.75%", "E4": "82.09%", "F4": "7,280", "G4": "2", "H4": "7.09",
        "B4": "10,000",
    }  # fmt: skip
    assert row.place is not None
    assert (row.value, row.place.place, row.completion) == (Decimal("8208.5"), 2, Decimal("82.085"))


def test_a_month_alone_is_the_difference_of_two_totals(desk: make.Desk) -> None:
    template = make.mapped(
        desk,
        cell("C4", rule=Rule.MONTH, decimals=1),
        cell("C5", rule=Rule.LAST_MONTH, decimals=1),
        cell("C6", rule=Rule.TO_LAST_MONTH, decimals=1),
        cell("F4", Item.LAST_YEAR, rule=Rule.MONTH, decimals=1),
    )
    shown = make.shown(template)
    assert (shown["C4"], shown["C6"], shown["F4"]) == ("1,108.5", "7,100.0", "780.0")
    assert shown["C5"].startswith("（2023年1—7月累计")
    one = next(c for c in make.filling(template).cells if c.mapped.cell == "C4")
    assert one.way == "2023年1—9月减2023年1—8月"


def test_a_figure_of_the_month_alone_is_taken_as_it_was_given(desk: make.Desk) -> None:
    of = make_indicators.indicator(
        "online", "网络零售额", desk.county.statistics, reading="current"
    )
    for month in range(1, 10):
        make_indicators.figure(desk.county.town, of, f"2023-0{month}", str(month))
    template = make.mapped(
        desk, cell("C4", code="online", rule=Rule.MONTH), cell("C5", code="online")
    )
    assert make.shown(template) == {"C4": "9", "C5": "45"}
    assert make.filling(template).cells[0].way == ""


def test_a_quarter_waits_until_it_is_full(desk: make.Desk) -> None:
    make_indicators.figure(desk.county.town, desk.fai, "2023-06", "5000")
    template = make.mapped(desk, cell("C4", rule=Rule.QUARTER, decimals=1))
    assert make.shown(template) == {"C4": "3,208.5"}
    assert "还没有满一个季度" in make.shown(template, make.AUGUST)["C4"]


def test_what_is_not_known_stays_blank_and_says_why(desk: make.Desk) -> None:
    template = make.mapped(
        desk,
        cell("C4", code="gdp"),
        cell("C5", code="gdp", item=Item.TARGET),
        cell("C6", code="grain"),
        cell("D6", code="grain", item=Item.TARGET),
        cell("E6", code="grain", item=Item.COMPLETION),
        cell("D5", code="paid_in", item=Item.GROWTH),
    )
    shown = make.shown(template)
    assert "10月24日发布" in shown["C4"]
    assert shown["C5"] == "**"
    assert shown["D6"] == "（未下达目标）"
    assert shown["E6"] == "（没有数值目标）"
    assert "上年同期无数" in shown["D5"]
    page = workbook(make.filling(template))[make.SHEET]
    assert [page[c].value for c in ("C4", "C5", "C6", "D5")] == [None, "**", None, None]


def test_zero_is_a_number_and_not_a_blank(desk: make.Desk) -> None:
    template = make.mapped(desk, cell("C5", code="paid_in", measure="亿元"))
    assert make.shown(template, make.AUGUST) == {"C5": "0.00"}
    assert workbook(make.filling(template, make.AUGUST))[make.SHEET]["C5"].value == 0


def test_a_masked_figure_stays_masked_even_in_a_difference(desk: make.Desk) -> None:
    for period in ("2023-08", "2023-09"):
        make_indicators.figure(
            desk.county.town, desk.grain, period, None, absent="masked", standing="confirmed"
        )
    template = make.mapped(
        desk, cell("C6", code="grain"), cell("C5", code="grain", rule=Rule.MONTH)
    )
    assert make.shown(template) == {"C6": "**", "C5": "**"}
    assert all(each.masked for each in make.filling(template).cells)


def test_percents_fit_a_cell_that_shows_percents(desk: make.Desk) -> None:
    template = make.mapped(
        desk, cell("D4", Item.GROWTH, decimals=1), cell("E4", Item.GROWTH, decimals=1)
    )
    page = workbook(make.filling(template))[make.SHEET]
    assert (page["D4"].value, page["E4"].value) == (0.128, 12.8)
    assert page["D4"].number_format == "0.0%"


def test_names_periods_and_days_are_words_or_dates(desk: make.Desk) -> None:
    template = make.mapped(
        desk,
        cell("B8", Item.UNIT_NAME, "", unit=""),
        cell("A8", Item.PERIOD, "", unit="", rule=Rule.TO_DATE),
        cell("F8", Item.DATE, "", unit=""),
        cell("D8", Item.DATE, "", unit=""),
    )
    page = workbook(make.filling(template))[make.SHEET]
    assert (page["B8"].value, page["A8"].value) == ("青溪镇", "2023年1—9月")
    assert page["F8"].value.date() == cast.TODAY
    assert page["D8"].value == "2023年10月20日"


def test_every_number_knows_who_stands_behind_it_and_since_when(desk: make.Desk) -> None:
    template = make.mapped(desk, cell("C4"))
    (one,) = make.filling(template).cells
    assert (one.standing, one.vintage) == ("核定", "终值")
    assert one.figure is not None
    assert one.figure.business_date == date(2023, 10, 18)
    assert one.snapshot()["since"] == "2023-10-18"


def test_an_earlier_day_knows_less(desk: make.Desk) -> None:
    template = make.mapped(desk, cell("C4"))
    assert make.shown(template, day=date(2023, 10, 17))["C4"].startswith("（")


def test_only_the_mapped_cells_differ_from_the_blank_form(desk: make.Desk) -> None:
    template = make.mapped(desk, cell("C4"), cell("G4", Item.PLACE), cell("A8", Item.PERIOD, ""))
    data = services.filled_file(make.filling(template), {})
    assert isinstance(data, bytes)
    changed = {each.where for each in offices.differences(offices.monthly(), data)}
    assert changed == {f"{make.SHEET}!{c}" for c in ("C4", "G4", "A8")}


def test_a_department_fills_only_what_it_leads(desk: make.Desk) -> None:
    county = desk.county
    template = make.registered(county.department, county.statistics)
    done = services.assign(
        template=template,
        cells=[cell("C4"), cell("C5", unit="T02")],
        scope=cast.scope(county.department),
        moment=cast.moment(),
    )
    assert len(done) == 2
    assert make.shown(template) == {"C4": "8,209", "C5": "9,000"}
    desk.fai.lead = county.farming
    desk.fai.save()
    assert set(make.shown(template).values()) == {"（已不由本部门牵头，不再填写）"}


def test_a_spoilt_file_is_told_and_never_filled(desk: make.Desk) -> None:
    template = make.mapped(desk, cell("C4"))
    filling = make.filling(template)
    template.file.sha256 = "0" * 64
    told = services.filled_file(filling, {})
    assert isinstance(told, Problem)
    assert "文件" in told.what
    look = queries.look_of(template)
    assert isinstance(look, Problem)


def test_a_number_excel_would_shorten_goes_in_as_words(desk: make.Desk) -> None:
    make_indicators.figure(
        desk.county.town, desk.grain, "2023-09", "12345678901234.5678", standing="confirmed"
    )
    template = make.mapped(desk, cell("C6", code="grain", decimals=4))
    (one,) = make.filling(template).cells
    assert (one.written.kind, one.written.text) == (Kind.TEXT, "12345678901234.5678")


@pytest.mark.parametrize(
    ("frequency", "month", "asked"),
    [
        ("month", "2023-09", "2023-09"),
        ("quarter", "2023-10", "2023-09"),
        ("quarter", "2023-02", "2022-12"),
        ("half", "2023-09", "2023-06"),
        ("year", "2023-09", "2022-12"),
        ("once", "2023-05", "2023-05"),
    ],
)
def test_a_form_is_asked_for_at_the_end_of_its_term(
    desk: make.Desk, frequency: str, month: str, asked: str
) -> None:
    desk.template.frequency = frequency
    assert str(queries.default_month(desk.template, Period.parse(month))) == asked
