"""What readers get: explanations, comparisons, the scheme as a table, the command."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from zhenxing.engine.schemes import (
    ComparisonError,
    Move,
    compare,
    explain,
    explained,
    gains,
    load,
    show,
)
from zhenxing.engine.schemes.__main__ import main
from zhenxing.engine.schemes.explaining import ItemExplanation
from zhenxing.engine.schemes.telling import comparison_text, explanation_text, run_text
from zhenxing.engine.tests.schemes.make import (
    HEAD,
    Given,
    facts_of,
    figures,
    result_of,
    run_of,
    scheme_of,
    text_of,
)

ITEMS = """
{id: fai, name: 固定资产投资, lead: 县统计局, points: 12, rule: {completion: {cap: 1}}}
{id: rank, name: 位次, value: tax, points: 6, rule: {rank_steps: {step: 2, floor: 0}}}
{id: rest, name: 其他, value: tax, points: 6, target: 5, rule: pass}
"""
FACTS = {
    "units": "unit,name,class;T01,甲镇,山;T02,乙镇,山;T03,丙镇,川",
    "figures": figures({"fai": "8 20 8", "tax": "5 7 1"}),
    "targets": "T01,fai,2023,16;T02,fai,2023,16;T03,fai,2023,16",
}
GROUPED = "groups: {by: class}"


def item_of(explanation: Given, code: str) -> ItemExplanation:
    assert explanation is not None
    found: ItemExplanation = next(item for item in explanation.items if item.code == code)
    return found


def test_a_unit_is_explained_down_to_its_rows() -> None:
    explanation = explain(scheme_of(ITEMS, more=GROUPED), facts_of(**FACTS), "T01")
    fai = item_of(explanation, "fai")
    assert [(each.name, each.value, each.where) for each in fai.inputs] == [
        ("x", "8", "figures.csv 第2行"), ("T", "16", "targets.csv 第2行"),
    ]  # fmt: skip
    assert (fai.lost, fai.best, fai.one_more) == ("6", ("乙镇", "12"), "0.75")
    rank = item_of(explanation, "rank")
    assert [(each.name, each.value, each.where) for each in rank.inputs] == [
        ("x", "5", "figures.csv 第5行"), ("r", "2", "本组各单位"),
    ]  # fmt: skip
    # One more would be 6 against 7: still second; the other items stand still.
    assert (rank.lost, rank.one_more) == ("2", "0")
    assert item_of(explanation, "rest").inputs[1].where == "t.yaml"
    steady = scheme_of("{id: fai, points: 9, rule: {formula: prev(5) * x}}")
    assert item_of(explain(steady, facts_of(**FACTS), "T01"), "fai").inputs[1].where == "t.yaml"


def test_what_one_more_unit_would_bring_is_scored_again_in_the_group() -> None:
    facts = facts_of(**{**FACTS, "figures": figures({"fai": "8 20 8", "tax": "6.5 7 1"})})
    explanation = explain(scheme_of(ITEMS, more=GROUPED), facts, "T01")
    assert item_of(explanation, "rank").one_more == "2"
    everyone = ITEMS.replace("{rank_steps: {step: 2, floor: 0}}", "{formula: 'rank(x, all)'}")
    assert (
        item_of(explain(scheme_of(everyone, more=GROUPED), facts, "T01"), "rank").one_more == "-1"
    )


def test_an_explanation_of_what_is_missing_says_so() -> None:
    facts = facts_of(units=FACTS["units"], figures=figures({"fai": "8 20 8"}))
    items = ITEMS.replace("points: 12", "points: 12, adjust: [{add: tax / 3}, {add: 1}]")
    explanation = explain(scheme_of(items), facts, "T01")
    rank = item_of(explanation, "rank")
    assert (rank.lost, rank.best, rank.one_more) == (None, None, None)
    assert explanation is not None
    text = explanation_text(explanation)
    assert "2. 位次：无分，满分6" in text
    assert "x       缺  figures.csv 第2行、figures" in text
    assert "s       24  暂缺     0" in text


def test_an_explanation_sums_up_and_names_who_stands_ahead() -> None:
    more = """
bonus: [{id: z, name: 奖励, rule: {formula: 2}}]
penalties: [{id: p, name: 通报, rule: {formula: 1.5}}]
grades: {by: score, bands: [{优: 20}, {良: 0}]}
"""
    run = run_of(ITEMS, facts_of(**FACTS), more=more)
    first, second = explained(run, "T02"), explained(run, "T01")
    assert first is not None
    assert second is not None
    assert (first.ahead, second.ahead) == (None, ("乙镇", "8"))
    assert [(each.id, each.points, each.score, each.lost) for each in second.parts] == [
        ("s", "24", "16.0000", "8"), ("bonus", "0", "2.0000", "0"),
        ("penalties", "0", "1.5000", "0"),
    ]  # fmt: skip
    text = explanation_text(second)
    assert text.startswith("甲镇（T01）  总分16.50，第2名（共3个），良\n距前一名乙镇差8分。")
    assert "5. 通报：1.5000分\n   办法：按算式1.5\n   算法：得1.5000分" in text
    assert "   责任部门：县统计局" in text
    assert second.as_json()["items"][0]["best"] == {"name": "乙镇", "score": "12"}
    assert first.as_json()["ahead"] is None


def test_gains_are_the_same_however_many_schemes_were_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gains, "KEPT", 1)
    run = run_of(ITEMS, facts_of(**FACTS))
    other = run_of(
        f"{ITEMS}{{id: x, value: tax, points: 1, rule: {{formula: x}}}}", facts_of(**FACTS)
    )
    before = gains.one_more(run, "T01")
    assert gains.one_more(other, "T01") == {**before, "x": Decimal(1)}
    assert gains.one_more(run, "T01") == before


def test_who_is_not_scored_is_not_explained() -> None:
    run = run_of(ITEMS, facts_of(**FACTS), more=GROUPED)
    assert explained(run, "T99") is None
    without = item_of(explained(run, "T01", gains=False), "fai")
    assert (without.lost, without.one_more) == ("6", None)
    refused = run_of(ITEMS, facts_of(**FACTS), period="2019")
    assert explained(refused, "T01") is None


def result_json(
    values: str, *, points: str = "12", period: str = "2023", **more: Given
) -> dict[str, Any]:
    items = (
        f"{{id: fai, points: {points}, rule: {{formula: x}}}}\n{{id: tax, points: 6, rule: {{ra"
        f"nk_steps: {{step: 1}}}}}}"
    )
    fai, tax = values.split("|")
    facts = facts_of(
        units="T01,,;T02,,;T03,,",
        figures=figures({"fai": fai, "tax": tax}),
        events=more.get("events", ""),
    )
    result = result_of(
        items, facts, more="penalties: [{id: p, rule: {events: {event: late, each: 2}}}]"
    )
    return {**result.as_json(), "period": period}


def parts_of(old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[int, dict[str, int]]]:
    return {
        move.unit: (move.places, {cause: part for cause, part in move.parts.items() if part})
        for move in compare(old, new)
    }


def test_a_move_is_split_into_its_causes() -> None:
    old = result_json("1 2 3|1 1 1", period="2023-09")
    own = result_json("4 2 3|1 1 1", period="2023-10")
    assert parts_of(old, own) == {
        "T01": (2, {"own": 2}), "T03": (-1, {"others": -1}), "T02": (-1, {"others": -1}),
    }  # fmt: skip
    revised = result_json("4 2 3|1 1 1", period="2023-09")
    assert parts_of(old, revised)["T01"] == (2, {"revised": 2})
    ruled = result_json("1 2 3|1 1 1", points="15", period="2023-10")
    for row in ruled["rows"]:
        if row["unit"] == "T01":
            row["items"]["fai"]["score"], row["total"], row["rank"] = "9", "15.00", 1
    assert parts_of(old, ruled)["T01"][1]["rules"] == 2


def test_a_place_lost_because_others_rose_is_the_others() -> None:
    old = result_json("5 4 0|3 2 1", period="2023-09")
    new = result_json("5 4 0|3 9 1", period="2023-10")
    moves = {move.unit: move for move in compare(old, new)}
    assert moves["T01"].points == {
        "rules": Decimal(0), "revised": Decimal(0), "own": Decimal(0), "others": Decimal(-1),
    }  # fmt: skip
    assert comparison_text(list(moves.values())).splitlines()[0] == (
        "T01 第1名→第1名：规则0，数据修订0，自身0，其他单位0"
    )


def test_a_penalty_is_taken_off_and_a_new_item_is_a_rule() -> None:
    old = result_json("5 4 3|1 1 1", period="2023-09")
    new = result_json("5 4 3|1 1 1", period="2023-10", events="e1,T01,late,2023-05-05,")
    first = {move.unit: move for move in compare(old, new)}["T01"]
    assert (first.points["own"], first.places) == (Decimal(-2), -1)
    for row in old["rows"]:
        row["total"] = "0.00"
        del row["items"]["fai"]
        row["items"]["tax"]["score"] = None
    moved = {move.unit: move for move in compare(old, new)}["T01"]
    assert moved.points == {"rules": 5, "revised": 0, "own": 4, "others": 0}
    with pytest.raises(ComparisonError, match="--json"):
        compare({"period": "2023"}, new)


def test_moves_print_with_their_signs() -> None:
    parts = {"rules": 0, "revised": 1, "own": -2, "others": 0}
    move = Move("T01", 3, 4, parts, {})
    assert comparison_text([move]) == "T01 第3名→第4名：规则0，数据修订+1，自身−2，其他单位0"


WHOLE = """
groups: {by: class}
bonus: [{id: b, name: 加分, rule: {formula: "clip(x * 2, 0, 3)"}}]
bonus_cap: 3
penalties: [{id: p, name: 通报, rule: {events: {event: 通报, each: 1, per: quarter, at_most: 2,
cap: 5}}}]
total: s + bonus - penalties
grades: {by: quota, bands: [{优秀: 30%, min: 85}, {良好: 40%}, {合格: rest}]}
veto: [{when: count(事故) > 0, effect: 合格}]
bars: [{when: fai < 1, effect: not_eligible}]
shifts: [{when: fai > 9, by: 1}]
consecutive: {periods: 2, when: 'grade == "合格"', effect: replace}
"""


EVERY_RULE = """
{id: a, name: 甲, lead: 县统计局, points: {山: 5, 川: 6}, target: 10,
    rule: {completion: {cap: 1.2, floor: 0.5}}}
{id: b2, name: 乙, points: 5, gate: {when: a > 1, otherwise: 0}, rule: {steps: {whole: yes,
    base: 0.8, over: {of: share, per: 10, add: 0.5, cap: 2}, under: {per: 1, sub: 1, floor: 0}}}}
{id: c, name: 丙, points: 5, better: lower, rule: {steps: {short: 0, over: {per: 1, add: 1}}}}
{id: c2, name: 丙二, points: 5, rule: {steps: {under: {per: 1, sub: 1}}}}
{id: d, name: 丁, points: 5, rule: {tiers: {bands: [{above: 1, below: 3, points: 1},
    {at_least: 3, points: P}], else: 0}}}
{id: d2, name: 丁二, points: 5, rule: {tiers: {measure: 100 * x / T, bands: [{at_most: 1,
    points: 1}, {above: 1, points: 2}]}}}
{id: e, name: 戊, points: 5, rule: {minmax: {low: 60, high: 100}}}
{id: f, name: 己, points: 5, rule: {blend: [{share: 0.4, rule: best_ratio}, {share: 0.6,
    rule: {rank_steps: {step: 1, floor: 0}}}]}}
{id: g, name: 庚, points: 6, rule: {rank_between: {first: 6, last: 2}}}
{id: h, name: 辛, points: 5, rule: {sum: [{when: x > 1, points: 2}, {points: x}]}}
{id: h2, name: 辛二, points: 5, rule: {sum: [{points: x}], limit: none}}
{id: i, name: 壬, points: 5, rule: {judged: {优: 5, 良: 3}}}
{id: j, name: 癸, points: 5, rule: {ratings: {by: {专家: 0.7, 群众: 0.3}, drop: extremes}}}
{id: j2, name: 癸二, points: 5, rule: {ratings: {by: {专家: 1}}}}
{id: k, name: 子, points: 5, rule: {rank_steps: {step: 1}}}
{id: l, name: 丑, points: 5, rule: {events: {event: 签约, amount_tiers: [[10, 20], [5, 10]]}}}
{id: m, name: 寅, points: 5, rule: pass}
"""


def test_a_scheme_prints_as_the_table_of_a_document() -> None:
    text = show(scheme_of(EVERY_RULE, more=WHOLE))
    lines = text.splitlines()
    assert lines[0] == "试（试发〔2023〕1号，2023年）"
    assert lines[5] == "| 甲 | 山5、川6 | 目标10，按完成率计分，最高120%，最低50% | 县统计局 |"
    for said in (
        ("达到目标得80%的分；每超10个百分点加0.5分，最多加2分；每差1扣1分，最低0分；不足一档不计"
        "；a > 1不成立时得0分"),
        "达到目标得满分；每超1加1分；未达到得0分（越低越好）", "达到目标得满分；每差1扣1分 |",
        "按x分档：>1且<3得1分；≥3得P分；其余得0分", "按100 * x / T分档：≤1得1分；>1得2分 |",
        "功效系数法（60—100，组内最差至最好）",
        "合成：40%与组内最好值之比计分；60%组内第1名得满分，每降1名扣1分，最低0分",
        "按名次从6分到2分等差排列", "各部分相加：2分（x > 1）、x分，不超过满分",
        "各部分相加：x分 |", "按评定：优5分、良3分",
        "各类评分取平均，去掉一个最高分和一个最低分，按专家70%、群众30%加权，满分100",
        "各类评分取平均，按专家100%加权",
        "按「签约」每件按金额：满10得20分；满5得10分", "达到目标得满分，否则不得分",
        "按算式clip(x × 2, 0, 3)",
        "按「通报」每件1分，每季度最多计2件，最多5分", "## 加分项（最多3分）", "## 扣分项",
        "总分：s + bonus - penalties",
        "等次：优秀（前30%，85分以上）、良好（前40%）、合格（其余）",
        "一票否决：count(事故) > 0 → 合格",
        "取消评先：fai < 1 → 不得评先", "升降档：fai > 9 → 升1档",
        "连续2期：grade == \"合格\" → 提示调整",
        "缺数：暂缺总分；没有任务：该项退出，其余按比例折算", "并列：1、1、3",
        "小数：分项4位，总分2位，四舍五入", "考核期：2023年1月至2023年12月；按class分组",
    ):  # fmt: skip
        assert said in text, said
    plain = text_of("{id: a, points: 5, rule: pass}", more="grades: {by: score, bands: [{优: 90}]}")
    scheme = load(plain.replace("- id: s\n", "- id: s\n  points: 5\n"), "t.yaml")[0]
    assert scheme is not None
    assert "## s（5分）" in show(scheme)
    assert "等次：优（90分以上）" in show(scheme)


def test_all_that_a_score_stands_on_is_shown() -> None:
    head = (
        "scheme: {id: t, name: 试, basis: 文, year: 2023, window: [2022-12, 2023-11], due: 25, "
        "rounding: {total: sum_of_items}, ties: dense, tie_break: [a], missing: exclude, "
        "no_task: full, monthly: current, as_is: [rate]}"
    )
    items = """
{id: a, name: 甲, points: 5, value: growth(fai), target: schedule, times: 1 + 1, missing: zero,
    adjust: [{add: 2 * rate, clip: [-5, 5]}, {add: 1}], rule: pass}
"""
    more = """
let: {每人: fai / 2}
grades: {by: score, bands: [{优: 1}]}
shifts: [{when: fai > 9, by: -2}]
curves: {fai: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 100]}
"""
    text = show(scheme_of(items, head=head, more=more))
    for said in (
        "考核期：2022年12月至2023年11月", "每人 = fai / 2", "取growth(fai)，目标按时间进度，达到",
        "；取数另加2 * rate（不低于-5，不高于5）；取数另加1；得分再乘1 + 1；缺数时按0分计",
        "升降档：fai > 9 → 降2档", "缺数：该项退出，其余按比例折算；没有任务：得满分",
        "小数：分项4位，已舍入的分项相加，四舍五入", "并列：1、1、2；总分相同先比甲",
        "月度数：当月数", "不按月相加的指标：rate", "报送期限：次月25日", "进度fai：1%、2%",
    ):  # fmt: skip
        assert said in text, said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scheme.yaml").write_text(text_of(ITEMS), encoding="utf-8")
    facts = {
        **FACTS,
        "units": FACTS["units"],
        "targets": "unit,indicator,period,target;" + FACTS["targets"],
    }
    facts["figures"] = "unit,indicator,period,value;" + FACTS["figures"]
    for name, rows in facts.items():
        (tmp_path / f"{name}.csv").write_text(rows.replace(";", "\n"), encoding="utf-8")
    return tmp_path


def test_the_command_prints_a_result(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scheme = str(folder / "scheme.yaml")
    assert main([scheme, str(folder), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [(row["unit"], row["total"]) for row in printed["rows"]] == [
        ("T02", "24.00"), ("T01", "16.00"), ("T03", "8.00"),
    ]  # fmt: skip
    assert main([scheme, str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[:4] == [
        "试（试发〔2023〕1号）  2023", "",
        "名次  编码  单位      s   总分  备注", "   1  T02   乙镇  24.00  24.00",
    ]  # fmt: skip
    assert main([scheme, str(folder), "--explain", "T01"]) == 0
    assert "x多1个单位：+0.75分" in capsys.readouterr().out
    assert main([scheme, str(folder), "--explain", "T9"]) == 1
    assert "请改为T01、T02、T03" in capsys.readouterr().out


def test_the_command_says_what_stops_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder / "no.yaml"), str(folder)]) == 1
    assert capsys.readouterr().out == "no.yaml：打不开（No such file or directory）；请核对路径。\n"
    assert main([str(folder / "no.yaml"), str(folder), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["rows"] == []
    scheme = str(folder / "scheme.yaml")
    assert main([scheme, str(folder), "--period", "2019", "--with", str(folder / "no.json")]) == 1
    assert "no.json：打不开" in capsys.readouterr().out
    (folder / "units.csv").unlink()
    assert main([scheme, str(folder), "--explain", "T9"]) == 1
    assert "请改为（没有）" in capsys.readouterr().out


def test_the_module_runs(folder: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "zhenxing.engine.schemes",
        str(folder / "scheme.yaml"),
        str(folder),
    ]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_result_prints_what_is_held() -> None:
    units = f"{FACTS['units']};T04,丁镇,"
    facts = facts_of(units=units, figures=figures({"fai": "8", "tax": "1 1 1"}))
    more = (
        f"{GROUPED}\ngrades: {{by: score, bands: [{{优: 90}}]}}\nbars: [{{when: tax > 0, effect: "
    )
    text = run_text(run_of(ITEMS, facts, more=f"{more}not_eligible}}]", head=HEAD))
    assert "【山】共2个单位" in text
    assert "—  T01   甲镇  6.00*  暂缺        取消评先，1项没有得分（*）" in text
    assert "未参加计分：丁镇" in text
    assert "请县统计局补报这个数" in text
    nothing = run_text(run_of("{id: fai, points: 5, rule: {formula: fai}}", facts_of(), head=HEAD))
    assert "   —  T01   甲镇  —*  暂缺  1项没有得分（*）" in nothing
    veto = "veto: [{when: fai > 0, effect: unranked}]"
    assert "未排名" in run_text(
        run_of("{id: fai, points: 5, rule: {formula: x}}", facts, more=veto)
    )
