"""Moves between two results: the parts add up, whatever caps, scaling and rounding do."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenxing.engine.schemes import Inputs, Move, Run, compare, from_tables, load, run
from zhenxing.engine.schemes.tables import from_csv
from zhenxing.engine.schemes.telling import comparison_text
from zhenxing.engine.tests.schemes.make import facts_of, figures, result_of
from zhenxing.engine.tests.schemes.random_schemes import Case, case

MIXED = """
{id: a, name: 投资, points: 9, rule: {minmax: {low: 0, high: 100}}}
{id: b, name: 税收, points: 9, rule: {formula: b}}
"""


def of_case_run(drawn: Case) -> Run:
    scheme, problems = load(drawn.scheme, "t.yaml")
    assert scheme is not None, problems
    tables = {
        name: table
        for name, text in drawn.tables.items()
        if (table := from_csv(f"{name}.csv", text.encode(), [])) is not None
    }
    return run(scheme, from_tables(tables), Inputs(drawn.period))


def of_case(drawn: Case, period: str) -> dict[str, Any]:
    return {**of_case_run(drawn).result.as_json(), "period": period}


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_the_parts_add_up(seed: int, same_period: bool) -> None:  # noqa: FBT001  # a property
    random = Random(seed)  # noqa: S311  # a play, nothing secret
    drawn = case(random)
    old = of_case(drawn, "2023-09")
    changed = {
        **drawn.tables,
        "figures": "\n".join(
            line if random.random() < 0.7 else f"{line.rpartition(',')[0]},{random.randint(0, 40)}"
            for line in drawn.tables["figures"].splitlines()[1:]
        ),
    }
    changed["figures"] = f"{drawn.tables['figures'].splitlines()[0]}\n{changed['figures']}\n"
    new = of_case(Case(drawn.scheme, changed, drawn.period), "2023-09" if same_period else "2023")
    totals = {row["unit"]: Decimal(row["total"] or 0) for row in new["rows"]}
    before = {row["unit"]: Decimal(row["total"] or 0) for row in old["rows"]}
    for move in compare(old, new):
        assert sum(move.parts.values()) == move.places == move.before - move.after
        assert sum(move.points.values()) == totals[move.unit] - before[move.unit]
        assert move.parts["rules"] == 0
        assert move.points["rules"] == 0
        assert move.points["own" if same_period else "revised"] == 0


def one(values: str, *, period: str = "2023-09", more: str = "", items: str = MIXED) -> Any:  # noqa: ANN401  # JSON
    a, b = values.split("|")
    facts = facts_of(units="T01,甲镇,;T02,乙镇,;T03,丙镇,", figures=figures({"a": a, "b": b}))
    return {**result_of(items, facts, more=more).as_json(), "period": period}


def moved(old: Any, new: Any, unit: str = "T01") -> Move:  # noqa: ANN401  # JSON
    return next(move for move in compare(old, new) if move.unit == unit)


def test_a_unit_in_a_moving_field_is_told_so() -> None:
    new = one("1 3 6|1 1 1", period="2023-10")
    move = moved(one("1 2 3|1 1 1"), new, "T02")
    assert [(item.item, item.cause, item.is_shared) for item in move.items] == [("a", "own", True)]
    text = comparison_text([move], {"T02": "乙镇", "a": "投资"})
    assert text.splitlines() == [
        "乙镇 第2名→第2名：规则0，数据修订0，自身0，其他单位0",
        "  总分5.50→4.60：自身−0.9", "  投资−0.9分，自身（同组的数也变了）",
    ]  # fmt: skip
    names = {"a": "投资"}
    other = moved(one("1 2 3|1 1 1"), one("1 2 9|1 1 1", period="2023-10"), "T02")
    assert [(item.cause, item.is_shared) for item in other.items] == [("others", False)]
    assert other.points["others"] == Decimal("-3.37")
    assert "投资−3.375分，其他单位" in comparison_text([other], names)
    assert "总分5.50→2.13：其他单位−3.37" in comparison_text([other], names)


def test_a_cap_takes_back_from_what_filled_it() -> None:
    more = "bonus_cap: 3\nbonus: [{id: z, rule: {formula: 2 * b}}]"
    move = moved(one("1 1 1|1 1 1", more=more), one("1 1 1|5 1 1", period="2023-10", more=more))
    assert move.points == {"rules": 0, "revised": 0, "own": 5, "others": 0}
    assert {item.item: item.change for item in move.items} == {"b": 4, "z": 8}


def test_a_reworded_rule_is_the_rules() -> None:
    new = one("1 1 1|1 1 1", items=MIXED.replace("formula: b", "formula: 2 * b"))
    move = moved(one("1 1 1|1 1 1"), new)
    assert move.points["rules"] == 1
    assert move.items[0].cause == "rules"
    assert move.as_json()["points"]["rules"] == "1.00"
    # Without the hashes the words of the rule still tell; without either, the same inputs do.
    for each in (row["items"]["b"] for row in new["rows"]):
        each["why"] = each["why"].replace("2 × b", "b")
    bare = {**new, "rules": ""}
    assert moved({**one("1 1 1|1 1 1"), "rules": ""}, bare).points["rules"] == 1


def test_who_left_is_others_and_not_the_rules() -> None:
    old, new = one("1 1 1|1 2 3"), one("1 1 1|1 2 3", period="2023-10")
    new["rows"] = [row for row in new["rows"] if row["unit"] != "T03"]
    for row in new["rows"]:
        row["rank"] -= 1
    move = moved(old, new)
    assert (move.places, dict(move.parts)) == (
        1, {"rules": 0, "revised": 0, "own": 0, "others": 1},
    )  # fmt: skip


def test_another_group_is_the_rules() -> None:
    old, new = one("1 1 1|1 2 3"), one("1 1 1|1 2 3", period="2023-10")
    row = next(row for row in new["rows"] if row["unit"] == "T01")
    row["group"], row["rank"] = "山", 1
    assert dict(moved(old, new).parts) == {"rules": 2, "revised": 0, "own": 0, "others": 0}


def test_places_are_counted_as_the_result_counts_them() -> None:
    head = "scheme: {id: t, name: 试, basis: 文, year: 2023, ties: dense}"
    units = "T01,,;T02,,;T03,,;T04,,"
    item = "{id: b, points: 9, rule: {formula: b}}"

    def dense(values: str, period: str) -> Any:  # noqa: ANN401  # JSON
        facts = facts_of(units=units, figures=figures({"b": values}))
        return {**result_of(item, facts, head=head).as_json(), "period": period}

    move = moved(dense("1 5 5 3", "2023-09"), dense("4 5 5 3", "2023-10"))
    assert (move.before, move.after, move.parts["own"]) == (3, 2, 1)


def test_a_change_that_no_item_shows_is_the_units_own() -> None:
    old, new = one("1 1 1|1 2 3"), one("1 1 1|1 2 3", period="2023-10")
    row = next(row for row in new["rows"] if row["unit"] == "T01")
    row["total"] = str(Decimal(row["total"]) + 5)
    assert moved(old, new).points["own"] == 5
    row["items"]["b"]["score"] = "4.0000"  # the same inputs under the same rules: a mark came
    assert moved(old, new).items[0].cause == "own"
    assert moved({**old, "rules": ""}, {**new, "rules": ""}).items[0].cause == "rules"
    row["items"]["b"]["score"] = None
    assert moved({**old, "rules": ""}, {**new, "rules": ""}).items[0].cause == "own"
