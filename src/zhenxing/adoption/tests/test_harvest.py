"""What the reader says becomes items that mean the same as the words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from zhenxing.adoption import harvest
from zhenxing.kernel.problems import Problem
from zhenxing.reading.reader import read

HEAD = "清水镇2024年工作计划\n二、目标任务\n要确保"
DICTIONARY = [
    {"code": "energy", "name": "单位GDP能耗", "measure": "吨标准煤"},
    {"code": "industry", "name": "规上工业增加值", "measure": "万元"},
    {"code": "loans", "name": "发放贷款", "measure": "万元"},
    {"code": "petitions", "name": "信访量", "measure": "件"},
]


def items(words: str, *problems: Problem) -> list[dict[str, Any]]:
    text = f"{HEAD}{words}。\n"
    result = dict(read(text, indicators=DICTIONARY).as_json())
    ground = harvest.Ground(
        text=text,
        measures={str(each["code"]): str(each["measure"]) for each in DICTIONARY},
        towns={"青溪镇": "T01", "石泉镇": "T02"},
        unit="H00",
        year=2024,
    )
    return harvest.items_of(result, problems, ground)


def target(words: str) -> dict[str, Any]:
    [found] = [each for each in items(words) if each["kind"] == "target"]
    return found


@pytest.mark.parametrize(
    ("words", "value", "high", "sign"),
    [
        ("单位GDP能耗增长3%以上", "3", None, ">="),
        ("单位GDP能耗下降3%以上", "-3", None, "<="),
        ("单位GDP能耗下降3%以内", "-3", None, ">="),
        ("信访量下降2-3%", "-3", "-2", "="),
        ("规上工业增加值增长1.5倍", "150", None, "="),
        ("单位GDP能耗下降5‰", "-0.5", None, "="),
    ],
)
def test_a_fall_is_a_growth_below_zero_and_all_growth_is_in_percent(
    words: str, value: str, high: str | None, sign: str
) -> None:
    found = target(words)
    assert (found["is_growth"], found["measure"], found["comparator"]) == (True, "%", sign)
    assert (found["value"], found["high"]) == (Decimal(value), high and Decimal(high))


def test_so_much_more_is_neither_a_level_nor_a_growth() -> None:
    found = target("发放贷款比上年增加200万元")
    assert (found["is_growth"], found["indicator"]) == (False, None)
    assert "不是达到多少" in found["doubt"]


def test_a_masked_fall_stays_masked() -> None:
    found = target("单位GDP能耗下降**%")
    assert (found["masked"], found["value"], found["is_growth"]) == (True, None, True)


def test_a_level_is_turned_into_the_indicator_s_measure() -> None:
    found = target("规上工业增加值达到1.2亿元")
    assert (found["value"], found["measure"], found["indicator"]) == (12000, "万元", "industry")


def test_an_indicator_of_another_measure_is_not_taken() -> None:
    assert target("信访量控制在30万元以内")["indicator"] is None


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("青溪镇规上工业增加值达到1亿元", "T01"),
        ("规上工业增加值达到1亿元", "H00"),
    ],
)
def test_a_town_that_is_named_is_the_one_that_is_meant(words: str, unit: str) -> None:
    assert target(words)["unit"] == unit


def test_a_number_with_too_many_places_is_asked_back() -> None:
    found = target("规上工业增加值达到1.23456789万元")
    assert (found["value"], found["doubt"]) == (None, "数位太多，请核对后填写")


def test_the_ledger_gets_no_floats() -> None:
    assert target("单位GDP能耗下降2.5%")["said"]["value"] == "2.5"


def test_what_the_file_s_reader_remarks_is_an_item_too() -> None:
    first = items("信访量下降2%", Problem("来文", "第2页没有文字", "请对照原件"))[0]
    assert (first["kind"], first["doubt"], first["number"]) == ("problem", "第2页没有文字", 1)


def test_a_paper_without_end_says_what_was_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harvest, "MOST_ITEMS", 2)
    found = items("信访量下降2%，规上工业增加值增长3%，发放贷款增长4%")
    assert [each["number"] for each in found] == [1, 2, 3]
    assert "只列前2条" in found[0]["doubt"]
