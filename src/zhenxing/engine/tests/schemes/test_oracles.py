"""Other people's libraries and published numbers: the engine gives what they give."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
import skcriteria
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pymcdm.helpers import rankdata
from pymcdm.methods import WSM
from pymcdm.normalizations import linear_normalization, minmax_normalization
from skcriteria.agg.simple import WeightedSumModel
from skcriteria.preprocessing.scalers import MaxAbsScaler, MinMaxScaler

from zhenxing.engine.schemes import Result
from zhenxing.engine.tests.schemes.make import facts_of, of, ranks, result_of, scores, totals

NAMES = ("fai", "tax", "rd")
HEAD = "scheme: {id: t, name: 试, basis: 试, year: 2023, rounding: "
HEAD += "{item: half_up_9, total: half_up_9}}"
CELL = st.integers(1, 99_999).map(lambda cents: cents / 100)
MATRIX = st.lists(st.tuples(CELL, CELL, CELL), min_size=2, max_size=7)
POINTS = st.tuples(*[st.integers(1, 60)] * 3)
NEAR = 2e-9  # printed with nine decimals


def scored(
    matrix: list[tuple[float, ...]], points: tuple[int, ...], rule: str, lower: str
) -> Result:
    items = "\n".join(
        f"{{id: {name}, points: {worth}, better: {'lower' if name in lower else 'higher'}, "
        f"rule: {rule}}}"
        for name, worth in zip(NAMES, points, strict=True)
    )
    rows = ";".join(
        f"T{place:02},{name},2023,{value}"
        for place, row in enumerate(matrix)
        for name, value in zip(NAMES, row, strict=True)
    )
    units = ";".join(f"T{place:02},," for place in range(len(matrix)))
    return result_of(items, facts_of(units=units, figures=rows), head=HEAD)


def by_unit(result: Result) -> list[float]:
    found = totals(result)
    return [float(found[unit] or "nan") for unit in sorted(found)]


def places(result: Result) -> list[int | None]:
    found = ranks(result)
    return [found[unit] for unit in sorted(found)]


@given(MATRIX, POINTS, st.sampled_from(["", "tax", "fai rd"]))
@settings(max_examples=25)
def test_minmax_items_are_pymcdms_weighted_sum(
    matrix: list[tuple[float, ...]], points: tuple[int, ...], lower: str
) -> None:
    array = np.array(matrix)
    assume(all(len(set(column)) > 1 for column in array.T))
    types = np.array([-1 if name in lower else 1 for name in NAMES])
    weights = np.array(points) / sum(points)
    theirs = WSM(minmax_normalization)(array, weights, types, validation=False) * sum(points)
    result = scored(matrix, points, "{minmax: {low: 0, high: 100}}", lower)
    assert by_unit(result) == pytest.approx(list(theirs), abs=NEAR)
    expected = rankdata(np.round(theirs, 9), reverse=True)
    tied = len(set(np.round(theirs, 7))) < len(theirs)
    assert tied or places(result) == [int(place) for place in expected]


@given(MATRIX, POINTS)
@settings(max_examples=25)
def test_minmax_items_are_scikit_criterias_weighted_sum(
    matrix: list[tuple[float, ...]], points: tuple[int, ...]
) -> None:
    assume(all(len(set(column)) > 1 for column in np.array(matrix).T))
    given_ = skcriteria.mkdm(matrix, [max, max, max], weights=[float(each) for each in points])
    ranked = WeightedSumModel().evaluate(MinMaxScaler(target="matrix").transform(given_))
    result = scored(matrix, points, "{minmax: {low: 0, high: 100}}", "")
    assert by_unit(result) == pytest.approx(list(ranked.e_.score), abs=NEAR)
    tied = len(set(np.round(ranked.e_.score, 7))) < len(matrix)
    assert tied or places(result) == list(ranked.rank_)


@given(MATRIX, POINTS, st.sampled_from(["", "tax"]))
@settings(max_examples=25)
def test_best_ratio_is_the_linear_normalisation(
    matrix: list[tuple[float, ...]], points: tuple[int, ...], lower: str
) -> None:
    types = np.array([-1 if name in lower else 1 for name in NAMES])
    weights = np.array(points) / sum(points)
    theirs = WSM(linear_normalization)(np.array(matrix), weights, types, validation=False) * sum(
        points
    )
    result = scored(matrix, points, "best_ratio", lower)
    assert by_unit(result) == pytest.approx(list(theirs), abs=NEAR)
    if not lower:
        given_ = skcriteria.mkdm(matrix, [max, max, max], weights=[float(each) for each in points])
        scaled = WeightedSumModel().evaluate(MaxAbsScaler(target="matrix").transform(given_))
        assert by_unit(result) == pytest.approx(list(scaled.e_.score), abs=NEAR)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=9))
@settings(max_examples=30)
def test_ranks_and_their_ties_are_numpys(values: list[int]) -> None:
    result = of("{id: fai, points: 1, rule: {formula: x}}", " ".join(map(str, values)))
    order = np.array(values)
    assert places(result) == [int((order > value).sum()) + 1 for value in values]
    dense = HEAD.replace("year", "ties: dense, year")
    result = of("{id: fai, points: 1, rule: {formula: x}}", " ".join(map(str, values)), head=dense)
    assert places(result) == [len(set(order[order > value])) + 1 for value in values]


# Published numbers


@pytest.mark.parametrize(
    ("four", "mean"),
    [("100 77.472 91.808 100", "91.835"), ("60 60 60 60", "60.000"), ("0 77 91 100", "0.000")],
)
def test_the_geometric_mean_of_four_efficacy_coefficients(four: str, mean: str) -> None:
    names = ("甲", "乙", "丙", "丁")
    rows = ";".join(f"T01,{n},2023,{v}" for n, v in zip(names, four.split(), strict=True))
    item = "{id: 综合, value: (甲 * 乙 * 丙 * 丁) ** 0.25, points: 100, rule: {formula: x}}"
    head = HEAD.replace("item: half_up_9", "item: half_up_3")
    result = result_of(item, facts_of(units="T01,,", figures=rows), head=head)
    assert scores(result, "综合") == {"T01": mean}


@pytest.mark.parametrize(
    ("figure", "target", "period", "rate", "lead"),
    [
        ("1005136", "800000", "2023-10", "125.64", "42.31"),
        ("7041", "10000", "2023-10", "70.41", "-12.92"),
        ("126.02", "193.22", "2023-06", "65.22", "15.22"),
    ],
)
def test_progress_against_the_calendar(
    figure: str, target: str, period: str, rate: str, lead: str
) -> None:
    items = (
        "{id: fai, points: 100, rule: {formula: 100 * x / target(fai)}}\n"
        "{id: ahead, value: fai, target: schedule, points: 100, "
        "rule: {formula: 100 * (x - T) / target(fai)}}"
    )
    tables = {"figures": f"T01,fai,{period},{figure}", "targets": f"T01,fai,2023,{target}"}
    head = HEAD.replace("item: half_up_9", "item: half_up_2")
    result = of(items, "1", tables=tables, period=period, head=head)
    assert [item.score for item in result.rows[0].items.values()] == [rate, lead]


@pytest.mark.parametrize(
    ("now", "before", "growth"),
    [("11.28", "7.83", "44.06"), ("23", "13", "76.92"), ("42", "13", "223.08")],
)
def test_growth_as_published(now: str, before: str, growth: str) -> None:
    item = "{id: fai, value: growth(fai), points: 1, rule: {formula: x}}"
    tables = {"figures": f"T01,fai,2023,{now};T01,fai,2022,{before}"}
    head = HEAD.replace("item: half_up_9", "item: half_up_2")
    assert scores(of(item, "1", tables=tables, head=head), "fai") == {"T01": growth}


def test_last_years_figure_behind_a_published_growth() -> None:
    item = "{id: fai, value: fai / (1 + 44%), points: 9, rule: {formula: x}}"
    head = HEAD.replace("item: half_up_9", "item: half_up_2")
    assert scores(of(item, "11.28", head=head), "fai") == {"T01": "7.83"}


def test_what_prints_alike_is_ranked_before_it_is_rounded() -> None:
    item = "{id: fai, points: 100, rule: {formula: x}}"
    head = HEAD.replace("half_up_9", "half_up_2")
    result = of(item, "90.001 90.004 89.996 90.004", head=head)
    assert set(totals(result).values()) == {"90.00"}
    assert ranks(result) == {"T02": 1, "T04": 1, "T01": 3, "T03": 4}


def test_thirds_that_add_up_to_the_same_whole_tie() -> None:
    # 1/3 + 1/3 + 1/3 in doubles is not always 3 · (1/3): noise is no reason for a place.
    item = "{id: fai, points: 9, rule: {formula: x}}"
    result = of(item, "1", more="total: s * 7 / 3 - s - s - s / 3 + 5")
    assert Decimal(totals(result)["T01"] or "nan") == 5
    pair = "{id: fai, points: 9, rule: {formula: x / 3 + x / 3 + x / 3 if x == 1 else 1}}"
    assert set(ranks(of(pair, "1 2")).values()) == {1}
