"""Heads of rows and columns find their indicator, the same way every time."""

from __future__ import annotations

from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.documents.looks import Look
from zhenxing.documents.services import look_at
from zhenxing.documents.tests import offices
from zhenxing.reuse import matching
from zhenxing.reuse.choices import Item, Rule
from zhenxing.reuse.matching import Known, likeness, suggestions

KNOWN = (
    Known("fai", "固定资产投资", "万元"),
    Known("paid_in", "招商到位资金", "万元"),
    Known("grain", "粮食产量", "吨"),
)
TOWNS = (("T01", "青溪镇"), ("T02", "石泉镇"))


def look(data: bytes) -> Look:
    seen = look_at(data, "表.xlsx")
    assert isinstance(seen, Look)
    return seen


def found(data: bytes, **more: object) -> dict[str, matching.Suggestion]:
    page = look(data).sheets[0]
    told = suggestions(page, KNOWN, TOWNS, own="T01", **more)  # type: ignore[arg-type]  # taken
    return {each.cell: each for each in told}


def test_double_heads_say_item_period_and_measure() -> None:
    told = found(offices.monthly())
    assert {cell: (each.indicator, each.item) for cell, each in told.items()} == {
        f"{column}{row}": (code, item)
        for row, code in ((4, "fai"), (5, "paid_in"), (6, "grain"))
        for column, item in (
            ("C", Item.VALUE), ("D", Item.GROWTH), ("E", Item.COMPLETION),
            ("F", Item.LAST_YEAR), ("G", Item.PLACE),
        )
    }  # fmt: skip
    assert (told["C4"].measure, told["D4"].measure, told["C6"].measure) == ("亿元", "%", "吨")
    assert told["C5"].likeness < told["C4"].likeness == 1


def test_what_is_taken_is_not_suggested_again() -> None:
    assert "C4" not in found(offices.monthly(), taken=["C4"])


def test_towns_in_rows_and_indicators_in_columns_are_found_too() -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["镇", "固定资产投资本月完成（亿元）", "粮食产量", "备注"])
    page.append(["青溪镇", 1, 2, 3])
    page.append(["石泉镇", 1, 2, 3])
    told = found(offices.saved(book))
    assert {cell: (each.unit, each.indicator) for cell, each in told.items()} == {
        "B2": ("T01", "fai"), "C2": ("T01", "grain"),
        "B3": ("T02", "fai"), "C3": ("T02", "grain"),
    }  # fmt: skip
    assert (told["B2"].rule, told["B2"].measure) == (Rule.MONTH, "亿元")


def test_a_growth_in_the_name_asks_for_no_growth() -> None:
    known = (Known("income", "村民收入增长", "元"),)
    book = openpyxl.Workbook()
    book.worksheets[0].append(["指标", "完成"])
    book.worksheets[0].append(["村民收入增长", 5])
    (told,) = suggestions(look(offices.saved(book)).sheets[0], known, TOWNS, own="T01")
    assert (told.cell, told.item) == ("B2", Item.VALUE)


@pytest.mark.parametrize(
    ("heads", "item", "rule"),
    [
        ("序时进度差", Item.LEAD, Rule.TO_DATE),
        ("全县排名", Item.PLACE, Rule.TO_DATE),
        ("占年度目标%", Item.COMPLETION, Rule.TO_DATE),
        ("上年同期 本月", Item.LAST_YEAR, Rule.MONTH),
        ("年度任务", Item.TARGET, Rule.TO_DATE),
        ("1至上月累计", Item.VALUE, Rule.TO_LAST_MONTH),
        ("上月", Item.VALUE, Rule.LAST_MONTH),
        ("三季度", Item.VALUE, Rule.QUARTER),
        ("本季同比", Item.GROWTH, Rule.TO_DATE),
    ],
)
def test_heads_say_what_and_of_when(heads: str, item: Item, rule: Rule) -> None:
    assert (matching.item_of(heads), matching.rule_of(heads, item)) == (item, rule)


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_lies_between_nothing_and_the_same_and_knows_no_order(a: str, b: str) -> None:
    assert Fraction(0) <= likeness(a, b) == likeness(b, a) <= 1
    assert likeness(a, a) == (1 if matching.bare(a) else 0)


def test_suggestions_end_somewhere() -> None:
    book = openpyxl.Workbook()
    for _ in range(260):
        book.worksheets[0].append(["固定资产投资", 1])
    assert len(found(offices.saved(book))) == matching.MOST
