"""Measures: names, dimensions and exact conversion."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.kernel.quantities import (
    MEASURES,
    MeasureError,
    Quantity,
    convert,
    measure,
    measure_problem,
)

AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=4)


@pytest.mark.parametrize(
    ("amount", "source", "target", "expected"),
    [
        ("11.28", "亿元", "万元", "112800"), ("6400", "万元", "亿元", "0.64"),
        ("1", "公顷", "亩", "15"), ("30", "亩", "公顷", "2"), ("1", "平方公里", "公顷", "100"),
        ("1900", "吨", "公斤", "1900000"), ("3", "公斤", "斤", "6"),
        ("1500", "万筒", "筒", "15000000"),
        ("16", "万人次", "人次", "160000"), ("2", "公里", "里", "4"), ("5", "兆瓦", "千瓦", "5000"),
        ("7", "方", "立方米", "7"), ("5", "‰", "%", "0.5"), ("2", "天", "小时", "48"),
        ("176", "公斤/亩", "吨/公顷", "2.64"), ("1.5", "百万元", "千元", "1500"),
        ("1", "公里", "米", "1000"), ("1", "吨", "斤", "2000"),
        ("2", "千万元", "万元", "2000"), ("0", "万元", "亿元", "0"),
    ],
)  # fmt: skip
def test_worked_conversions(amount: str, source: str, target: str, expected: str) -> None:
    assert str(convert(Decimal(amount), measure(source), measure(target))) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("公里", "千米"), ("公斤", "千克"), ("平方公里", "平方千米"), ("千瓦时", "度"),
        ("立方米", "方"), ("万千瓦时", "万度"),
    ],
)  # fmt: skip
def test_two_names_of_one_measure_are_the_same_size(one: str, other: str) -> None:
    assert convert(Decimal(7), measure(one), measure(other)) == 7


def test_the_yield_of_the_plan_is_176_kilograms_a_mu() -> None:
    kilograms = convert(Decimal(1900), measure("吨"), measure("公斤"))
    assert round(kilograms / Decimal(10780)) == 176


@given(AMOUNTS, st.sampled_from([("亩", "公顷"), ("万元", "亿元"), ("斤", "吨"), ("里", "米")]))
def test_there_and_back_is_the_same_amount(amount: Decimal, pair: tuple[str, str]) -> None:
    here, there = measure(pair[0]), measure(pair[1])
    back = convert(convert(amount, here, there), there, here)
    assert abs(back - amount) < Decimal("1e-25")


@given(st.sampled_from(sorted(MEASURES)), AMOUNTS)
def test_every_measure_converts_to_itself_exactly(name: str, amount: Decimal) -> None:
    assert convert(amount, measure(name), measure(name)) == amount


def test_percent_and_percentage_points_never_convert() -> None:
    with pytest.raises(MeasureError, match="「%」不能换算成「个百分点」"):
        convert(Decimal(1), measure("%"), measure("个百分点"))


def test_heads_and_households_do_not_mix() -> None:
    with pytest.raises(MeasureError, match="不能换算"):
        Quantity(Decimal(3), measure("人")) + Quantity(Decimal(1), measure("户"))


def test_amounts_add_up_in_the_measure_of_the_left() -> None:
    paid = Quantity(Decimal(7000), measure("万元")) + Quantity(Decimal(6000), measure("万元"))
    whole = Quantity(Decimal(2), measure("亿元"))
    assert (whole - paid) == Quantity(Decimal("0.7"), measure("亿元"))
    assert whole.to(measure("万元")).label == "20000万元"


@pytest.mark.parametrize(
    "name", ["", "平米", "公倾", "furlong", "万%", "元/人/年", "元/", "万万元"]
)
def test_an_unknown_measure_names_its_neighbours_or_the_usual_ones(name: str) -> None:
    with pytest.raises(MeasureError, match=f"计量单位「{name}」不认识；(请改用相近的|常用的有)"):
        measure(name)
    problem = measure_problem(name, "indicators.yaml 第9行")
    assert problem is not None
    assert problem.where == "indicators.yaml 第9行"
    assert problem.is_error


@pytest.mark.parametrize("name", ["亩", "万筒", "公斤/亩", "元/人", "个百分点"])
def test_a_known_measure_is_no_problem(name: str) -> None:
    assert measure_problem(name, "甲") is None
    assert measure(name).name == name
