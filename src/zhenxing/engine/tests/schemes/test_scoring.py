"""Scoring: ties, missing values, zero targets, groups of one, vetoes, periods; equal bytes."""

from __future__ import annotations

import json
import random

import pytest

from zhenxing.engine.tests.schemes.make import (
    FAI,
    HEAD,
    facts_of,
    figures,
    of,
    ranks,
    result_of,
    scheme_of,
    scores,
    told,
    totals,
)


def test_it_prints_the_shape_of_the_page() -> None:
    facts = facts_of(
        units="unit,name,class;T01,甲镇,hill", figures="T01,fai,2023,9800.00",
        targets="T01,fai,2023,10000",
    )  # fmt: skip
    items = "{id: fai, name: 投资, points: 12, rule: {completion: {cap: 1}}}"
    grades = "groups: {by: class}\ngrades: {by: score, bands: [{优秀: 90}, {不合格: 0}]}"
    digest = scheme_of(items, more=grades).digest
    assert result_of(items, facts, more=grades).as_json() == {
        "scheme": "t",
        "period": "2023",
        "rules": digest,
        "rows": [
            {
                "unit": "T01", "group": "hill", "total": "11.76", "rank": 1, "of": 1,
                "grade": "不合格", "eligible": True,
                "items": {
                    "fai": {
                        "score": "11.7600", "points": "12",
                        "inputs": {"x": "9800", "T": "10000"},
                        "why": "按完成率计分，最高100%：P=12，x=9800，T=10000，得11.7600分",
                    }
                },
            }
        ],
        "problems": [],
    }  # fmt: skip


def test_ties_share_the_place_and_the_next_is_skipped_or_not() -> None:
    assert ranks(of(FAI, "8 8 7 9")) == {"T04": 1, "T01": 2, "T02": 2, "T03": 4}
    head = HEAD.replace("year", "ties: dense, year")
    assert ranks(of(FAI, "8 8 7 9", head=head)) == {"T04": 1, "T01": 2, "T02": 2, "T03": 3}


def test_a_tie_is_broken_by_the_items_named() -> None:
    items = f"{FAI}\n{{id: b, value: 12 - fai, points: 1, rule: {{formula: 1.5 * x}}}}"
    head = HEAD.replace("year", "tie_break: [b, fai], year")
    result = of(items, "3 4", head=head)
    assert totals(result) == {"T01": "18.00", "T02": "18.00"}
    assert ranks(result) == {"T01": 1, "T02": 2}


def test_totals_made_of_thirds_tie_with_the_whole() -> None:
    thirds = "\n".join(
        f"{{id: i{n}, value: fai, points: 10, rule: {{formula: P * x / 3}}}}" for n in range(3)
    )
    one = "{id: b, value: 1 - fai, points: 10, rule: {formula: P * x}}"
    result = of(f"{thirds}\n{one}", "1 0")
    assert totals(result) == {"T01": "10.00", "T02": "10.00"}
    assert ranks(result) == {"T01": 1, "T02": 1}


@pytest.mark.parametrize(
    ("policy", "total", "score"),
    [("hold", None, None), ("zero", "12.00", "0.0000"), ("exclude", "24.00", None)],
)
def test_a_missing_figure_is_never_a_silent_zero(
    policy: str, total: str | None, score: str | None
) -> None:
    items = f"{FAI}\n{{id: tax, lead: 县税务局, points: 12, target: 1, rule: pass}}"
    tables = {"figures": "T01,fai,2023,8;T02,fai,2023,8;T02,tax,2023,1"}
    result = of(items, "8 8", tables=tables, head=HEAD.replace("year", f"missing: {policy}, year"))
    assert totals(result)["T01"] == total
    assert scores(result, "tax")["T01"] == score
    words = {"hold": "总分暂缺", "zero": "该项计0分", "exclude": "该项退出，其余按比例折算"}[policy]
    assert told(result) == [
        f"figures：T01「tax」缺指标「tax」（没有到2023年12月的数），{words}；请县税务局补报这个数。"
    ]
    row = result.row("T01")
    assert row is not None
    assert row.rank == (None if policy == "hold" else 1 if policy == "exclude" else 2)


def test_nothing_kept_holds_the_total() -> None:
    result = of(
        FAI,
        "8 8",
        tables={"figures": "T02,fai,2023,8"},
        head=HEAD.replace("year", "missing: exclude, year"),
    )
    assert totals(result) == {"T02": "12.00", "T01": None}


@pytest.mark.parametrize(("policy", "total"), [("exclude", "0.00"), ("full", "12.00")])
def test_a_unit_without_the_task_leaves_the_points_or_gets_them(policy: str, total: str) -> None:
    items = (
        "{id: fai, points: 12, rule: pass}\n{id: tax, value: fai, points: 6, target: 9, rule: pass}"
    )
    tables = {"targets": "T01,fai,2023,8;T02,fai,2023,/"}
    result = of(items, "9 8", tables=tables, head=HEAD.replace("year", f"no_task: {policy}, year"))
    assert totals(result) == {"T01": "18.00", "T02": total}
    assert scores(result, "fai")["T02"] == (None if policy == "exclude" else "12.0000")
    row = result.row("T02")
    assert row is not None
    assert row.items["fai"].why.startswith("本单位无此项任务")
    gated = "{id: fai, points: 12, gate: {when: x >= T, otherwise: 0}, rule: best_ratio}"
    assert scores(of(gated, "9 8", tables=tables), "fai") == {"T01": "12.0000", "T02": None}


@pytest.mark.parametrize(
    ("rule", "better", "values", "printed"),
    [
        ("pass", "higher", "8 7.999 0 9", "12 0 0 12"),
        ("pass", "lower", "8 7.999 0 9", "12 12 12 0"),
        ("completion", "higher", "4 16 -3 8", "6 24 0 12"),
        ("{completion: {cap: 1.2, floor: 0.5}}", "higher", "2 16 -3 8", "6 14.4 6 12"),
        ("{completion: {cap: 1.2}}", "lower", "16 8 0 -1", "6 12 14.4 14.4"),
        ("completion", "lower", "16 4 0 -1", "6 24 nan nan"),
        ("{steps: {over: {per: 1, add: 0.5, cap: 2}, under: {per: 1, sub: 1, floor: 0}}}",
            "higher", "8 20 -30 9.5", "12 14 0 12.75"),
        ("{steps: {of: share, whole: true, over: {per: 10, add: 0.5}, under: {per: 10, sub: 2}}}"
            , "higher", "8 9.5 6.5 8.8", "12 12.5 10 12.5"),
        ("{steps: {over: {per: 1, add: 1}, under: {per: 1, sub: 1}}}", "lower", "8 7 9 10",
            "12 13 11 10"),
        ("{steps: {base: 0.8, short: 3}}", "higher", "8 7 9 10", "9.6 3 9.6 9.6"),
        ("{minmax: {low: 60, high: 100}}", "higher", "0 10 5 10", "7.2 12 9.6 12"),
        ("{minmax: {low: 60, high: 100}}", "lower", "0 10 5 10", "12 7.2 9.6 7.2"),
        ("{minmax: {low: 60, high: 100}}", "higher", "5 5 5 5", "12 12 12 12"),
        ("best_ratio", "higher", "5 10 0 -1", "6 12 0 0"),
        ("best_ratio", "lower", "5 10 20 5", "12 6 3 12"),
        ("{rank_steps: {step: 5, floor: 1}}", "higher", "1 2 3 3", "1 2 12 12"),
        ("{rank_steps: {step: 5}}", "lower", "1 2 3 3", "12 7 2 2"),
        ("{rank_between: {first: 12, last: 3}}", "higher", "1 2 3 4", "3 6 9 12"),
        ("{sum: [{points: 20}]}", "higher", "1 2 3 4", "12 12 12 12"),
        ("{sum: [{points: 20}, {when: x > 2, points: x}], limit: none}", "higher", "1 2 3 4",
            "20 20 23 24"),
        ("{tiers: {bands: [{at_least: 3, points: P}, {above: 1, points: x / 4}], else: -1}}",
            "higher", "1 2 3 4", "-1 0.5 12 12"),
        ("{formula: 'clip(P * x / T, 0, 3)'}", "higher", "1 2 3 -4", "1.5 3 3 0"),
    ],
)  # fmt: skip
def test_each_rule_as_worked_by_hand(rule: str, better: str, values: str, printed: str) -> None:
    item = f"{{id: fai, points: 12, better: {better}, target: 8, rule: {rule}}}"
    result = of(item, values)
    want = dict(zip(["T01", "T02", "T03", "T04"], printed.split(), strict=True))
    got = {unit: f"{float(score or 'nan'):g}" for unit, score in scores(result, "fai").items()}
    assert got == want


def test_a_group_of_one_gets_the_high_end() -> None:
    for rule in (
        "{minmax: {low: 60, high: 100}}",
        "{rank_between: {first: 12, last: 3}}",
        "best_ratio",
    ):
        result = of(f"{{id: fai, points: 12, rule: {rule}}}", "7")
        assert scores(result, "fai") == {"T01": "12.0000"}


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ("{id: fai, points: 9, target: 0, rule: completion}", "目标或基数「T」不大于0"),
        ("{id: fai, points: 9, target: -1, rule: {steps: {of: share, over: {per: 1, add: 1}}}}",
            "不大于0"),
        ("{id: fai, points: 9, value: fai - 5, target: 8, better: lower, rule: completion}",
            "请核对目标，或换一种规则（越低越好的请写上限cap）"),
        ("{id: fai, points: 9, rule: {formula: P / (x - x)}}", "除数为0"),
        ("{id: fai, points: 9, value: growth(fai), rule: {formula: x}}", "除数「上年数」为0"),
        ("{id: fai, points: 9, rule: {tiers: {bands: [{above: 99, points: 1}]}}}", "档次有空档"),
        ("{id: fai, points: 9, rule: {formula: (0 - x) ** 0.5}}", "乘方无意义"),
        ("{id: fai, points: 9, rule: {formula: x * 1000000}}", "得分超出"),
        ("{id: fai, points: 9, rule: best_ratio, value: fai - 99}", "不大于0"),
        ("{id: fai, points: 9, rule: pass}", "缺「fai」的目标（没有下达目标）"),
        ("{id: fai, points: 9, rule: pass, target: schedule}", "缺「fai」的目标"),
        ("{id: fai, points: 9, rule: {formula: area}}", "缺单位属性「area」（是空的）"),
        ("{id: fai, points: 9, rule: {formula: score(other)}}", "缺方案「other」的总分（没有带上"),
        ("{id: fai, points: 9, rule: {formula: 'at(fai, parent)'}}",
            "缺上级的指标「fai」（没有上级单位）"),
        ("{id: fai, points: 9, rule: {judged: {好: 1}}}", "缺评分（没有评分）"),
        ("{id: fai, points: 9, rule: {ratings: {by: {a: 1}}}}", "缺评分（没有「a」评分）"),
        ("{id: fai, points: 9, rule: {formula: prev(tax)}}", "缺上年的指标「tax」"),
    ],
)  # fmt: skip
def test_what_cannot_be_scored_says_why(item: str, sentence: str) -> None:
    tables = {
        "units": "unit,name,area;T01,甲,;T02,乙,",
        "figures": "T01,fai,2023,5;T02,fai,2023,5;T01,fai,2022,0;T02,fai,2022,0",
    }
    result = result_of(item, facts_of(**tables))
    assert any(sentence in each for each in told(result)), told(result)
    assert totals(result) == {"T01": None, "T02": None}
    for row in result.rows:
        assert row.items["fai"].score is None


def test_growth_on_a_negative_base_is_on_its_absolute_value_and_told() -> None:
    result = of(
        "{id: fai, points: 9, value: growth(fai), rule: {formula: x}}", "5",
        tables={"figures": "T01,fai,2023,5;T01,fai,2022,-10"},
    )  # fmt: skip
    assert scores(result, "fai") == {"T01": "150.0000"}
    assert told(result) == [
        "figures.csv 第3行：T01的上年数为负，增幅按绝对值计算；请核对上年数和口径。"
    ]


def test_half_way_cases_go_up_in_spite_of_binary_noise() -> None:
    item = "{id: fai, points: 1, rule: {formula: x}}"
    head = HEAD.replace("year", "rounding: {item: half_up_2, total: half_up_2}, year")
    values = "1.005 0.285 2.675 -0.005 -0.001 0.1"
    assert list(scores(of(item, values, head=head), "fai").values()) == [
        "2.68", "1.01", "0.29", "0.10", "0.00", "-0.01",
    ]  # fmt: skip


def test_the_sum_of_printed_items_is_what_an_office_adds_by_hand() -> None:
    items = (
        "{id: fai, points: 1, rule: {formula: x}}\n{id: b, value: fai, points: 1, rule: {formul"
        "a: x}}"
    )
    head = HEAD.replace("year", "rounding: {item: half_up_1, total: sum_of_items}, year")
    assert totals(of(items, "0.25 0.24", head=head)) == {"T01": "0.6", "T02": "0.4"}


def test_group_functions_work_inside_the_group_and_over_all() -> None:
    units = "unit,name,class;T01,,山;T02,,山;T03,,川;T04,,"
    items = "{id: fai, points: 9, rule: {formula: 'total(x) + 100 * total(x, all)'}}"
    result = result_of(
        items,
        facts_of(units=units, figures=figures({"fai": "1 2 4 8"})),
        more="groups: {by: class}",
    )
    assert scores(result, "fai") == {"T01": "703.0000", "T02": "703.0000", "T03": "704.0000"}
    assert totals(result)["T04"] is None
    assert "单位「T04」没有分组（class是空的），不参加计分" in "".join(told(result))
    assert [row.unit for row in result.rows] == ["T04", "T01", "T02", "T03"]


def test_groups_need_their_column() -> None:
    result = of(FAI, "1", more="groups: {by: class}")
    assert result.rows == ()
    assert "单位表没有分组的列「class」" in told(result)[0]


def test_names_are_told_apart_by_the_facts() -> None:
    units = "unit,name,class,fai;T01,,山,1"
    facts = facts_of(units=units, figures="T01,fai,2023,8", targets="T01,tax,2023,1")
    result = result_of("{id: fai, points: 9, rule: {formula: class + 1}}", facts)
    assert "「class」应当是数，这里是文字" in told(result)[0]
    result = result_of(
        "{id: fai, points: 9, rule: pass}\n{id: fia, points: 9, target: 1, rule: pass}", facts
    )
    assert "名称「fai」既是指标又是单位属性，按指标算" in "".join(told(result))
    assert "指标「fia」一个数也没有；请补数，或改为fai" in "".join(told(result))
    assert "指标「fai」一个目标也没有；请补数，或核对名称" in "".join(told(result))


def test_words_of_units_can_be_compared() -> None:
    units = 'unit,name,class,pass;T01,,山,"=1+1";T02,,川,x'
    facts = facts_of(units=units, figures=figures({"fai": "1 2"}))
    items = (
        """{id: fai, points: 9, rule: {formula: '5 if class == "山" and class != pass else 1'}}"""
    )
    assert scores(result_of(items, facts, more="let: {kind: class}"), "fai") == {
        "T01": "5.0000",
        "T02": "1.0000",
    }
    quoted = """{id: fai, points: 9, rule: {formula: "3 if class == \\"';--\\" else 2"}}"""
    assert scores(result_of(quoted, facts), "fai") == {"T01": "2.0000", "T02": "2.0000"}


def test_gates_adjustments_factors_and_group_points() -> None:
    units = "unit,name,class,difficulty;T01,,山,1.1;T02,,川,1"
    items = (
        """{id: fai, points: {山: 10, 川: 20}, times: difficulty, adjust: [{add: 'x - 3', cli"""
        """p: [-1, 2]}, {add: 1}], gate: {when: fai > 1, otherwise: P / 4}, rule: {formula: x"""
        """}}"""
    )
    facts = facts_of(units=units, figures=figures({"fai": "9 1"}))
    result = result_of(items, facts, more="groups: {by: class}")
    assert {row.unit: (row.items["fai"].score, row.items["fai"].points) for row in result.rows} == {
        "T01": ("13.2000", "10"), "T02": ("5.0000", "20"),
    }  # fmt: skip


def test_blends_score_each_part_with_all_the_points() -> None:
    rule = (
        "{blend: [{share: 0.4, rule: pass}, {share: 0.6, value: change(x), better: lower, targe"
        "t: 3, rule: pass}]}"
    )
    tables = {"figures": "T01,fai,2023,8;T01,fai,2022,2", "targets": "T01,fai,2023,/"}
    item = f"{{id: fai, points: 10, target: 8, rule: {rule}}}"
    result = of(item, "1", tables=tables)
    assert result.rows[0].items["fai"].inputs == {
        "x.1": "8",
        "T.1": "8",
        "x.2": "6",
        "T.2": "3",
    }
    assert scores(result, "fai") == {"T01": "4.0000"}
    # A part that reads the item's own target asks nothing of a unit without the task.
    assert scores(of(item.replace(" target: 8,", ""), "1", tables=tables), "fai") == {"T01": None}


def test_nothing_to_score_is_no_crash() -> None:
    assert result_of(FAI, facts_of(units="")).rows == ()


def test_shuffled_rows_change_no_byte() -> None:
    items = (
        f"{FAI}\n{{id: b, value: fai / 3, points: 9, rule: {{formula: P - abs(x - mean(x))}}}}\n"
        "{id: c, value: tax, points: 7, rule: {minmax: {low: 60, high: 100}}}\n"
        "{id: d, points: 5, rule: {events: {event: e, each: 0.1}}}\n"
        "{id: e, points: 5, rule: {ratings: {by: {a: 1}, drop: extremes}}}"
    )
    dice = random.Random(7)  # noqa: S311  # a shuffle, no secret
    rows = {
        "units": [f"T{n:02},," for n in range(1, 31)],
        "figures": [f"T{n:02},{c},2023,{dice.randint(0, 999) / 100}" for n in range(1,
        31) for c in ("fai", "tax")],
        "events": [f"e{n},T{n % 30 + 1:02},e,2023-05-05,{n}" for n in range(90)],
        "ratings": [f"T{n:02},e,p{m},a,{dice.randint(0, 100)}" for n in range(1,
        31) for m in range(5)],
    }  # fmt: skip

    def printed() -> str:
        result = result_of(
            items, facts_of(**{name: ";".join(lines) for name, lines in rows.items()})
        )
        return json.dumps(result.as_json()["rows"])

    before = printed()
    for lines in rows.values():
        dice.shuffle(lines)
    assert printed() == before
