"""Points by group: an item that names other groups asks nothing of this one."""

from __future__ import annotations

import pytest

from zhenxing.engine.schemes import Run, explained
from zhenxing.engine.schemes.telling import explanation_text, run_text
from zhenxing.engine.tests.schemes.make import (
    facts_of,
    result_of,
    run_of,
    scores,
    told,
    totals,
)

ITEMS = """
{id: fai, name: 投资, points: {山: 5, 川: 8}, target: 10, rule: {completion: {cap: 1}}}
{id: village, name: 村务, points: {山: 3}, value: fai, rule: {rank_between: {first: 3, last: 1}}}
"""
GROUPS = "groups: {by: class}"
UNITS = "unit,name,class;T01,甲镇,山;T02,乙镇,山;T03,丙镇,川;T04,丁镇,川"
FIGURES = "T01,fai,2023,10;T02,fai,2023,5;T03,fai,2023,10;T04,fai,2023,5"


def scored(more: str = "", items: str = ITEMS, figures: str = FIGURES) -> Run:
    return run_of(items, facts_of(units=UNITS, figures=figures), more=f"{GROUPS}\n{more}")


def test_an_item_of_another_group_gives_no_points_and_is_owed_nothing() -> None:
    this = scored()
    assert totals(this.result) == {"T01": "8.00", "T02": "3.50", "T03": "8.00", "T04": "4.00"}
    row = this.result.row("T03")
    assert row is not None
    item = row.items["village"]
    assert (item.score, item.points, item.why) == (None, "", "本组不适用此项，分值不计")
    assert not item.applies
    assert told(this.result) == []


@pytest.mark.parametrize("missing", ["hold", "zero", "exclude"])
def test_no_policy_for_what_is_missing_reaches_an_item_of_another_group(missing: str) -> None:
    items = ITEMS.replace("value: fai", f"value: tax, missing: {missing}")
    this = scored(items=items, figures=f"{FIGURES};T01,tax,2023,1;T02,tax,2023,2")
    assert totals(this.result) == {"T01": "6.00", "T02": "5.50", "T03": "8.00", "T04": "4.00"}
    assert told(this.result) == []


def test_points_that_leave_are_shared_out_among_the_items_of_the_group_alone() -> None:
    items = """
{id: fai, points: {山: 5, 川: 8}, target: 10, rule: {completion: {cap: 1}}}
{id: tax, points: {川: 2}, missing: exclude, rule: {formula: x}}
{id: village, points: {山: 3}, value: fai, rule: {rank_between: {first: 3, last: 1}}}
"""
    this = scored(items=items)
    assert totals(this.result) == {"T01": "8.00", "T02": "3.50", "T03": "10.00", "T04": "5.00"}


def test_a_unit_to_which_nothing_applies_has_no_total_and_no_place() -> None:
    items = "{id: village, name: 村务, points: {山: 3}, value: fai, rule: {formula: x}}"
    this = scored(items=items)
    assert totals(this.result) == {"T01": "10.00", "T02": "5.00", "T03": None, "T04": None}
    assert told(this.result) == [
        f"t.yaml 第7行：{name}总分暂缺：除数「保留的分值」为0；请核对这个数，或在方案中注明不考核。"
        for name in ("丙镇", "丁镇")
    ]


def test_bonus_and_penalty_of_another_group_count_nothing() -> None:
    more = """
bonus: [{id: b, points: {山: 2}, rule: {formula: P}}]
penalties: [{id: p, points: {川: 1}, rule: {formula: P}}]
"""
    this = scored(more)
    assert totals(this.result) == {"T01": "10.00", "T02": "5.50", "T03": "7.00", "T04": "3.00"}
    assert scores(this.result, "b") == {"T01": "2.0000", "T02": "2.0000", "T03": None, "T04": None}


def test_an_item_of_another_group_is_explained_as_such() -> None:
    this = scored()
    explanation = explained(this, "T03")
    assert explanation is not None
    item = explanation.items[1]
    assert (item.lost, item.best, item.one_more) == (None, None, None)
    assert [(part.points, part.score, part.lost) for part in explanation.parts] == [
        ("8", "8.0000", "0")
    ]
    text = explanation_text(explanation)
    assert "不适用" in text
    assert "暂缺" not in text
    assert "没有得分" not in run_text(this)


def test_a_group_that_has_points_and_no_unit_is_told_where_a_like_one_has_none() -> None:
    items = ITEMS.replace("points: {山: 3}", "points: {山区: 3}")
    sentences = told(result_of(items, facts_of(units=UNITS, figures=FIGURES), more=GROUPS))
    assert sentences == [
        "t.yaml 第7行：「村务」给「山区」组分值，这一组没有单位；请改为山，或核对单位表。"
    ]
