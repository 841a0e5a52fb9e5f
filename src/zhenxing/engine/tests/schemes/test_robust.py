"""How firm a ranking is: shaken points, items left out, units gone, weights."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from zhenxing.engine.schemes import Robustness, Run, Shaking, load, robust, run
from zhenxing.engine.schemes.departing import MOST_UNITS
from zhenxing.engine.schemes.runs import Inputs
from zhenxing.engine.schemes.telling import robustness_text
from zhenxing.engine.schemes.weighing import problems, section_weights
from zhenxing.engine.tests.schemes.make import HEAD, facts_of, figures, run_of, scheme_of

TWO = "{id: a, points: 60, rule: {formula: a}}\n{id: b, points: 40, rule: {formula: b}}"


def two_items(a: str, b: str, **more: str) -> Run:
    units = ";".join(f"T{n:02},单位{n}," for n in range(1, len(a.split()) + 1))
    return run_of(TWO, facts_of(units=units, figures=figures({"a": a, "b": b})), **more)


def unit(answer: Robustness, code: str) -> dict[str, object]:
    found: dict[str, object] = next(
        each for each in answer.as_json()["units"] if each["unit"] == code
    )
    return found


def test_a_clear_lead_is_never_lost_and_a_narrow_one_is() -> None:
    answer = robust(two_items("55 30 34", "38 31 26"))
    first, second, third = (unit(answer, f"T0{n}") for n in (1, 2, 3))
    assert (first["rank"], first["noise"], first["held"]) == (1, (1, 1), "100.0")
    assert (second["rank"], second["noise"]) == (2, (2, 3))
    assert third["noise"] == (2, 3)
    assert Decimal(str(second["held"])) + 0 == Decimal(str(third["held"]))


def test_an_item_left_out_tells_whom_it_carries() -> None:
    answer = robust(two_items("50 40", "10 15"))
    assert unit(answer, "T01")["without"] == {"a": 2}
    assert answer.units[0].left_out == (1, 2)
    assert answer.units[1].without == {"a": 1}


def test_no_noise_moves_nothing_and_the_seed_decides_the_rest() -> None:
    this = two_items("55 30 31", "38 30 28")
    still = robust(this, Shaking(Decimal(0), 50))
    assert all(each.noise == (each.rank, each.rank) and each.held == 100 for each in still.units)
    once, again = (robust(this, Shaking(seed=7)).as_json() for _ in range(2))
    assert json.dumps(once) == json.dumps(again)
    assert once != robust(this, Shaking(seed=8)).as_json()


def test_effective_weights_add_up_to_the_whole_variance() -> None:
    answer = robust(two_items("55 30 31 8", "38 30 28 29"))
    assert [each.nominal for each in answer.items] == [60, 40]
    assert sum(each.effective or 0 for each in answer.items) == 100
    a, b = answer.items
    assert (a.effective or 0) > 80 > (b.effective or 0)
    assert a.correlation is not None
    assert Decimal("0.9") < a.correlation <= 1


def test_an_item_that_tells_nobody_apart_is_named() -> None:
    answer = robust(two_items("55 30 31", "40 40 40"))
    b = answer.items[1]
    assert (b.distinct, b.tells_apart, b.correlation) == (1, False, None)
    assert b.effective == 0
    text = robustness_text(answer)
    assert "b          40%        0%  各单位得分相同，不起区分作用" in text
    assert "实际作用" not in text.splitlines()[-1]
    equal = robust(two_items("5 5", "5 5"))
    assert [each.effective for each in equal.items] == [None, None]


def test_notes_say_what_an_item_does_against_its_weight() -> None:
    text = robustness_text(robust(two_items("55 30 10 4", "2 20 39 40")))
    assert "实际作用超过名义权重一倍" in text
    assert "得分高的单位总分反而低" in text
    little = robustness_text(robust(two_items("55 30 10 4", "2 2 2 3")))
    assert "得分高的单位总分反而低" not in little
    assert "实际作用不到名义权重一半" in little


def test_a_unit_that_leaves_can_turn_the_others_round() -> None:
    # On min–max the strongest in b presses the others together there; without it b tells more.
    items = (
        "{id: a, points: 60, rule: {formula: a}}\n"
        "{id: b, points: 40, rule: {minmax: {low: 0, high: 100}}}"
    )
    units = "T01,甲镇,;T02,乙镇,;T03,丙镇,"
    facts = facts_of(units=units, figures=figures({"a": "30 33 0", "b": "2 1 100"}))
    answer = robust(run_of(items, facts))
    assert [(each.unit, each.reversals) for each in answer.departures] == [
        ("T03", (("乙镇", "甲镇"),))
    ]
    text = robustness_text(answer)
    assert "丙镇退出：乙镇与甲镇互换先后" in text
    quiet = robustness_text(robust(two_items("5 3", "5 3")))
    assert "任何一个单位退出，其余单位的先后都不变。" in quiet


def test_a_new_leader_is_named() -> None:
    items = "{id: a, points: 9, rule: {formula: a}}\n{id: b, points: 9, rule: best_ratio}"
    units = "T01,甲镇,;T02,乙镇,;T03,丙镇,"
    facts = facts_of(units=units, figures=figures({"a": "5 4.5 0", "b": "1 2 30"}))
    answer = robust(run_of(items, facts))
    before = {row.unit: row.rank for row in run_of(items, facts).result.rows}
    assert before == {"T03": 1, "T01": 2, "T02": 3}
    third = next(each for each in answer.departures if each.unit == "T03")
    assert (third.reversals, third.leaders) == ((("甲镇", "乙镇"),), ("乙镇",))


def test_groups_are_asked_apart() -> None:
    units = "unit,name,class;T01,甲镇,山;T02,乙镇,山;T03,丙镇,川"
    facts = facts_of(units=units, figures=figures({"a": "5 3 1", "b": "1 1 1"}))
    answer = robust(run_of(TWO, facts, more="groups: {by: class}"))
    assert [(each.unit, each.group, each.rank) for each in answer.units] == [
        ("T01", "山", 1), ("T02", "山", 2), ("T03", "川", 1),
    ]  # fmt: skip
    assert "【川】" in robustness_text(answer)


def test_what_is_scaled_up_counts_as_it_counts() -> None:
    this = two_items("50 40", "10 ''".replace("''", "x"), head=HEAD)
    assert robust(this).units[0].unit == "T01"  # T02 is held and stands outside
    head = HEAD.replace("year: 2023", "year: 2023, missing: exclude")
    excluded = two_items("50 36", "10 x", head=head)
    assert [(row.unit, row.total) for row in excluded.result.rows] == [
        ("T01", "60.00"), ("T02", "60.00"),
    ]  # fmt: skip
    answer = robust(excluded, Shaking(Decimal(0), 10))
    assert [each.rank for each in answer.units] == [1, 1]
    assert all(each.noise == (1, 1) for each in answer.units)


def weighted(total: str) -> Run:
    text = f"""{HEAD}
sections:
- {{id: p, items: [{{id: a, points: 10, rule: {{formula: a}}}}]}}
- {{id: q, items: [{{id: b, points: 10, rule: {{formula: b}}}}]}}
total: {total}
"""
    scheme, found = load(text, "t.yaml")
    assert scheme is not None, found
    facts = facts_of(figures=figures({"a": "9 1", "b": "1 8"}))
    return run(scheme, facts, Inputs())


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("0.3 * p + q * 0.7", {"p": 0.3, "q": 0.7}),
        ("(p - q) / 2 + 1", {"p": 0.5, "q": -0.5}),
        ("p * (1 + 1) + penalties", {"p": 2.0, "q": 0.0}),
    ],
)
def test_a_weighted_total_is_shaken_with_its_weights(
    total: str, expected: dict[str, float]
) -> None:
    this = weighted(total)
    assert section_weights(this.scheme) == pytest.approx(expected)
    answer = robust(this, Shaking(runs=20))
    assert not answer.problems
    assert answer.units[0].rank == 1


@pytest.mark.parametrize("total", ["p * q", "p / q", "max(p, q)", "p ** 2", "p / 0 + q"])
def test_a_total_that_is_no_weighted_sum_is_not_shaken(total: str) -> None:
    this = weighted(total)
    assert [each.what for each in robust(this).problems] == [
        f"总分算式「{total}」不是各板块的加权和，没法逐项扰动分值"
    ]
    assert section_weights(this.scheme) == {"p": 1.0, "q": 1.0}
    assert problems(scheme_of(TWO)) == []


def test_a_wish_out_of_bounds_is_told() -> None:
    answer = robust(two_items("5 3", "5 3"), Shaking(Decimal(100), 0))
    assert [each.where for each in answer.problems] == ["--noise", "--runs"]
    assert "幅度100不在0至100之间" in robustness_text(answer)
    refused = run_of(TWO, facts_of(), period="2019")
    assert "考核期" in robust(refused).problems[0].what


def test_too_many_units_are_not_taken_out_one_by_one() -> None:
    units = ";".join(f"T{n:03},," for n in range(MOST_UNITS + 1))
    rows = ";".join(f"T{n:03},a,2023,{n}" for n in range(MOST_UNITS + 1))
    items = "{id: a, points: 9, rule: {rank_steps: {step: 0.01}}}"
    answer = robust(run_of(items, facts_of(units=units, figures=rows)), Shaking(runs=2))
    assert answer.departures == ()
    assert [each.level for each in answer.problems] == ["warning"]


def test_points_of_nothing_are_shaken_without_a_division_by_zero() -> None:
    this = run_of("{id: a, points: 0, rule: {formula: a}}", facts_of(figures=figures({"a": "5 3"})))
    answer = robust(this, Shaking(runs=5))
    assert [(each.rank, each.noise) for each in answer.units] == [(1, (1, 1)), (2, (2, 2))]
    assert answer.items[0].nominal == 0
    assert "a           0%      100%" in robustness_text(answer)
