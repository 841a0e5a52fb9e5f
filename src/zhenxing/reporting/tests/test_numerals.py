"""A text in a number cell is never taken for a number; what it may mean is suggested."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.documents.services import Cell
from zhenxing.kernel.periods import Period
from zhenxing.reporting.form.numerals import number_in, suggested
from zhenxing.reporting.form.questions import Question

HERE = "指标数!F6"


def asked(measure: str, decimals: int = 2, kind: str = "flow") -> Question:
    period = Period.parse("2023-10")
    return Question(
        row=6, code="x", name="某数", measure=measure, period=period, decimals=decimals, kind=kind
    )


@pytest.mark.parametrize(
    ("text", "measure", "meant"),
    [
        ("4,740", "万元", "4740"),
        ("\uff14\uff17\uff14\uff10", "万元", "4740"),
        ("4 740", "万元", "4740"),
        ("12.5万", "万元", "12.5"),
        ("12.5万元", "万元", "12.5"),
        ("1.2亿", "万元", "12000"),
        ("6400元", "万元", "0.64"),
        ("3万", "人", "30000"),
        ("3万", "万人次", "3"),
        ("15亩", "公顷", "1"),
        ("98.6%", "%", "98.6"),
        ("-3.5", "%", "-3.5"),
        ("\u22123.5", "%", "-3.5"),
        ("+7", "个", "7"),
        ("约120", "个", ""),
        ("120多", "个", ""),
        ("一百二", "个", ""),
        ("12,34", "个", ""),
        ("5吨", "亩", ""),
        ("5%", "个百分点", ""),
        ("", "个", ""),
        ("9" * 40, "个", ""),
    ],
)
def test_it_suggests_only_what_is_sure(text: str, measure: str, meant: str) -> None:
    assert suggested(text, asked(measure)) == meant


@pytest.mark.parametrize("text", ["-", "—", "/", "无", "待定", "**"])
def test_words_for_nothing_are_told_apart_from_zero(text: str) -> None:
    value, (problem,) = number_in(Cell("F6", "text", text), asked("个"), HERE)
    assert value is None
    assert problem.next == "没有发生请填0，还不知道请留空"


@pytest.mark.parametrize("cell", [None, Cell("F6", "text", "  ")])
def test_a_blank_is_a_blank(cell: Cell | None) -> None:
    assert number_in(cell, asked("个"), HERE) == (None, [])


def test_a_computed_number_is_read_and_told() -> None:
    value, (remark,) = number_in(Cell("F6", "number", "12.5", formula=True), asked("万元"), HERE)
    assert str(value) == "12.5"
    assert "是公式" in remark.what
    assert not remark.is_error


def test_a_remainder_is_rounded_where_it_is_seen() -> None:
    cell = Cell("F6", "number", "0.30000000000000004")
    value, (remark,) = number_in(cell, asked("万元"), HERE)
    assert str(value) == "0.3"
    assert "实存0.30000000000000004" in remark.what
    assert not remark.is_error


def test_a_rate_may_be_negative() -> None:
    value, problems = number_in(Cell("F6", "number", "-3.5"), asked("%", 1, "rate"), HERE)
    assert (str(value), problems) == ("-3.5", [])


def test_a_percent_format_is_refused_for_any_measure() -> None:
    cell = Cell("F6", "number", "0.986", shown="percent")
    for measure in ("%", "万元"):
        value, (problem,) = number_in(cell, asked(measure), HERE)
        assert value is None
        assert "显示98.6%，实存0.986" in problem.what
    unclear = Cell("F6", "number", "x" * 70, shown="percent")
    assert "大得不可能" in number_in(unclear, asked("%"), HERE)[1][0].what


@given(st.text(max_size=40), st.sampled_from(["万元", "%", "人", "万筒", "亩"]))
def test_no_text_becomes_a_number_or_a_fault(text: str, measure: str) -> None:
    value, problems = number_in(Cell("F6", "text", text), asked(measure), HERE)
    assert value is None
    assert [p.where for p in problems] == ([HERE] if text.strip() else [])


@given(st.from_regex(r"-?[0-9]{1,20}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?", fullmatch=True))
def test_every_stored_number_is_a_value_or_a_problem(text: str) -> None:
    value, problems = number_in(Cell("F6", "number", text), asked("万元"), HERE)
    errors = [p for p in problems if p.is_error]
    assert (value is None) == bool(errors)
    if value is not None:
        assert value == round(value, 2)
