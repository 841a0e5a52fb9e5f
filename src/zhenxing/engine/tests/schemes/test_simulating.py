"""A new scheme on old figures beside the old result."""

from __future__ import annotations

import json

import pytest

from zhenxing.engine.schemes import ComparisonError, simulate
from zhenxing.engine.schemes.telling import simulation_text
from zhenxing.engine.tests.schemes.make import facts_of, figures, result_of, scheme_of

OLD = """
{id: a, name: 投资, points: 10, rule: {formula: a}}
{id: b, name: 税收, points: 10, target: 5, rule: pass}
{id: gone, name: 旧项, points: 2, rule: {formula: 1}}
"""
NEW = """
{id: a, name: 投资, points: 4, value: a, rule: {formula: a / 5}}
{id: b, name: 税收, points: 10, target: 5, rule: pass}
{id: c, name: 收入, points: 9, better: lower, target: schedule, rule: {completion: {cap: 1}}}
"""
FACTS = {
    "units": "T01,甲镇,;T02,乙镇,;T03,丙镇,",
    "figures": figures({"a": "9 5 1", "b": "1 5 1", "c": "4 2 8"}),
    "targets": "T01,c,2023,2;T02,c,2023,2;T03,c,2023,2",
}
GRADES = "grades: {by: score, bands: [{优: 15}, {良: 5}, {中: 0}]}"


def test_a_new_scheme_is_laid_beside_the_old_one() -> None:
    facts = facts_of(**FACTS)
    new, old = scheme_of(NEW, more=GRADES), scheme_of(OLD, more=GRADES)
    found = simulate(new, facts, old=old)
    assert [(each.unit, each.ranks, each.totals, each.grades) for each in found.outcomes] == [
        ("T02", (1, 1), ("16.00", "20.00"), ("优", "优")),
        ("T01", (2, 2), ("10.00", "6.30"), ("良", "良")),
        ("T03", (3, 3), ("2.00", "2.45"), ("中", "中")),
    ]
    assert [(each.item, each.kind) for each in found.differences] == [
        ("a", "changed"), ("c", "added"), ("gone", "removed"),
    ]  # fmt: skip
    assert found.differences[1].after == "9分，目标按时间进度，按完成率计分，最高100%（越低越好）"
    assert (found.gainers, found.losers) == ((), ())
    first = found.outcomes[0].items
    assert [(each.item, each.before, each.after, each.change) for each in first] == [
        ("c", None, "9.0000", "9.0000"), ("a", "5.0000", "1.0000", "-4.0000"),
        ("gone", "1.0000", None, "-1.0000"),
    ]  # fmt: skip


def test_who_gains_and_who_loses_and_by_which_items() -> None:
    facts = facts_of(**FACTS)
    new = scheme_of("{id: a, name: 投资, points: 10, better: lower, rule: {formula: 10 - a}}")
    old = scheme_of("{id: a, name: 投资, points: 10, rule: {formula: a}}")
    found = simulate(new, facts, old=old)
    assert [(each.name, each.places) for each in found.gainers] == [("丙镇", 2)]
    assert [(each.name, each.places) for each in found.losers] == [("甲镇", -2)]
    text = simulation_text(found)
    assert "丙镇+2名（3→1）：投资+8" in text
    assert "甲镇−2名（1→3）：投资−8" in text
    assert "改动 投资：10分，按算式a→10分，按算式10 - a（越低越好）" in text
    assert json.dumps(found.as_json())


def test_a_kept_result_will_do_in_place_of_the_old_scheme() -> None:
    facts = facts_of(**FACTS)
    penalties = "penalties: [{id: p, name: 通报, rule: {formula: 1}}]"
    against = result_of(OLD, facts, more=penalties).as_json()
    against["rows"] = [row for row in against["rows"] if row["unit"] != "T03"]
    found = simulate(scheme_of(NEW, more="groups: {by: parent2}"), facts, against=against)
    assert not found.is_scored
    found = simulate(scheme_of(NEW), facts, against=against)
    third = next(each for each in found.outcomes if each.unit == "T03")
    assert (third.places, third.ranks, third.totals) == (None, (None, 3), (None, "2.45"))
    second = next(each for each in found.outcomes if each.unit == "T02")
    assert ("p", "-1.0000", None, "1.0000") in [
        (each.item, each.before, each.after, each.change) for each in second.items
    ]
    assert [(each.kind, each.name) for each in found.differences] == [
        ("added", "收入"), ("removed", "gone"), ("removed", "p"),
    ]  # fmt: skip
    text = simulation_text(found)
    assert "取消 gone" in text
    assert ["丙镇", "—", "3", "暂缺", "2.45"] in [line.split() for line in text.splitlines()]


def test_points_by_group_are_told_in_words() -> None:
    facts = facts_of(units="unit,name,class;T01,甲镇,山;T02,乙镇,川", figures=figures({"a": "9 5"}))
    more = "groups: {by: class}"
    old = scheme_of("{id: a, name: 投资, points: {山: 9, 川: 8}, rule: {formula: P}}", more=more)
    new = scheme_of("{id: b, name: 新项, points: {山: 9, 川: 8}, rule: {formula: P}}", more=more)
    found = simulate(new, facts, old=old)
    assert found.differences[0].after == "山9分、川8分，按算式P"
    assert "【山】" in simulation_text(found)
    bonus = simulate(scheme_of("{id: a, points: 1, rule: {formula: 1}}", more="bonus: [{id: z, "
                               "name: 奖励, rule: {formula: 2}}]"), facts, old=old)  # fmt: skip
    assert ("z", "按算式2") in [(each.item, each.after) for each in bonus.differences]


def test_without_an_old_result_there_is_nothing_to_lay_beside() -> None:
    facts = facts_of(**FACTS)
    with pytest.raises(ComparisonError, match="--against"):
        simulate(scheme_of(NEW), facts)
    with pytest.raises(ComparisonError, match="--json"):
        simulate(scheme_of(NEW), facts, against={"rows": [{"unit": "T01"}]})
