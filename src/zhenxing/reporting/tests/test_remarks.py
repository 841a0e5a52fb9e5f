"""What looks odd is said in the cell it stands in; what is usual is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zhenxing.kernel.periods import Period
from zhenxing.reporting.form.answers import Content
from zhenxing.reporting.form.checks import remarks
from zhenxing.reporting.form.differences import differences
from zhenxing.reporting.form.questions import Form, Question

OCTOBER = Period.parse("2023-10")
NUMBERS = {"last", "last_year", "aim", "low", "high"}
TEXT = {"done": "甲", "problems": "乙", "measures": "丙", "suggestions": ""}


def question(**said: Any) -> Question:  # noqa: ANN401  # fields of Question
    usual = Question(
        row=6,
        code="paid_in",
        name="招商到位资金",
        measure="万元",
        period=OCTOBER,
        last_period=OCTOBER.previous,
    )
    return replace(usual, **said)


def form(*questions: Question, filled: Content | None = None) -> Form:
    return Form(
        site="H00",
        period=OCTOBER,
        due=date(2023, 10, 25),
        unit="T01",
        unit_name="青溪镇",
        group="T01-G3",
        group_name="稳投资专班",
        base_version=1 if filled else 0,
        questions=questions,
        filled=filled,
    )


def told(value: str | None, confirmed: str | None = None, **said: Any) -> list[str]:  # noqa: ANN401  # fields of Question
    """Give the remarks on one entry."""
    numbers = {name: Decimal(said.pop(name)) for name in NUMBERS & said.keys()}
    asked = question(**numbers, **said)
    answer = asked.answered(
        Decimal(value) if value else None, Decimal(confirmed) if confirmed else None
    )
    return [each.what for each in remarks(form(asked), Content({"paid_in": answer}, TEXT))]


@pytest.mark.parametrize(
    ("value", "said", "words"),
    [
        ("10000", {"last": "5260"}, "本期新增4,740万元，是前9个月月均的8.1倍"),
        ("5000", {"last": "5260"}, "小于上期累计5,260"),
        ("900", {"last": "300", "reading": "current"}, "是上期300的3.0倍"),
        ("100", {"last": "300", "reading": "current"}, "是上期300的0.3倍"),
        ("12", {"last": "8", "reading": "as_is", "kind": "stock"}, "变动过半"),
        ("30", {"last": "5", "reading": "as_is", "kind": "rate"}, "比上期变动+25.00个百分点"),
        ("-3", {"last": "5", "reading": "as_is", "kind": "rate"}, "正负号变了"),
        ("16200", {"last_year": "8000"}, "比上年同期8,000增长102.5%"),
        ("4000", {"last_year": "8000"}, "比上年同期8,000下降50.0%"),
        ("10000", {"aim": "10000"}, "恰等于年度目标"),
        ("101", {"high": "100"}, "高于合理上限100"),
        ("-1", {"low": "0"}, "低于合理下限0"),
    ],
)
def test_it_says_what_is_odd(value: str, said: dict[str, Any], words: str) -> None:
    (only,) = told(value, **said)
    assert words in only


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            "5900",
            {"last": "5260", "last_year": "6000", "aim": "10000", "low": "0", "high": "90000"},
        ),
        ("500", {"last": "5260", "last_period": Period.parse("2022-12")}),
        ("5", {}),
        ("0", {"aim": "0"}),
        ("3", {"last": "0", "reading": "current"}),
        ("10", {"last": "8", "reading": "as_is", "kind": "stock"}),
        ("7", {"last": "5", "reading": "as_is", "kind": "rate", "last_year": "1"}),
    ],
)
def test_it_leaves_the_usual_alone(value: str, said: dict[str, Any]) -> None:
    assert told(value, **said) == []


def test_a_blank_entry_is_told_and_no_zero() -> None:
    (only,) = told(None)
    assert "未填，将记为未报" in only


def test_a_blank_entry_that_was_filled_before_is_told_to_change_nothing() -> None:
    asked = question()
    before = Content({"paid_in": asked.answered(Decimal(5))}, TEXT)
    now = Content({"paid_in": asked.answered(None)}, TEXT)
    (only,) = remarks(form(asked, filled=before), now)
    assert "第1版填的是5万元" in only.what
    assert "不会撤回" in only.next


def test_a_confirmation_far_from_the_flash_is_told_and_compared_with() -> None:
    words = told("7000", confirmed="6500", last="5260")
    assert ["与快报5,260相差两成以上" in each for each in words] == [True]
    assert told("5900", confirmed="5300", last="5260") == []
    assert "小于上期累计6,500" in told("6000", confirmed="6500", last="6400")[0]


def test_parts_over_their_whole_are_told_at_the_whole() -> None:
    whole = question(row=4, code="works", name="在建投资")
    one = question(row=5, code="a", name="产业", part_of="works")
    two = question(row=6, code="b", name="民生", part_of="works")
    numbers = {"works": "100", "a": "60", "b": "50"}
    answers = {q.code: q.answered(Decimal(numbers[q.code])) for q in (whole, one, two)}
    (only,) = remarks(form(whole, one, two), Content(answers, TEXT))
    assert only.where == "指标数!F4"
    assert "小于其中产业、民生合计110" in only.what


def test_parts_are_held_against_a_whole_that_is_known_already() -> None:
    whole = question(row=4, code="works", name="在建投资", locked="已核定", known=Decimal(50))
    one = question(row=5, code="a", name="产业", part_of="works")
    content = Content({"a": one.answered(Decimal(60))}, TEXT)
    assert "小于其中产业合计60" in remarks(form(whole, one), content)[0].what


def test_the_first_three_parts_are_missed() -> None:
    found = remarks(form(), Content({}, dict.fromkeys(TEXT, "")))
    assert [each.where for each in found] == ["四段文字!B3", "四段文字!B4", "四段文字!B5"]
    assert not any(each.is_error for each in found)


def test_differences_name_the_cell_and_both_sides() -> None:
    asked = question()
    old = Content({"paid_in": asked.answered(Decimal(5000), None, "暂估")}, TEXT)
    new = Content({"paid_in": asked.answered(None, Decimal(4900))}, TEXT | {"done": "改"})
    found = [
        (d.cell, d.before, d.after) for d in differences(old, new, {"paid_in": "招商到位资金"})
    ]
    assert found == [
        ("指标数!F6", "5,000", "（空）"),
        ("指标数!G6", "（空）", "4,900"),
        ("指标数!I6", "暂估", "（空）"),
        ("四段文字!B3", "甲", "改"),
    ]


def test_equal_contents_have_no_difference() -> None:
    one = Content({"paid_in": question().answered(Decimal("5.0"))}, TEXT)
    other = Content({"paid_in": question().answered(Decimal("5.00"))}, TEXT)
    assert differences(one, other, {"paid_in": "招商到位资金", "unknown": "别的"}) == []
