"""Loading: defaults, every mistake at once with its line and what to write instead."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhenxing.engine.schemes import check, load
from zhenxing.engine.schemes.cycles import among
from zhenxing.engine.schemes.scheme import Events, Steps, Sum
from zhenxing.engine.tests.schemes.make import HEAD, scheme_of, text_of

PASS = "{id: a, points: 1, rule: pass}"


def sentences(text: str) -> list[str]:
    return [problem.sentence for problem in load(text, "t.yaml")[1]]


def test_it_has_the_defaults_of_the_language() -> None:
    scheme = scheme_of(PASS)
    assert (scheme.missing, scheme.no_task, scheme.dense) == ("hold", "exclude", False)
    assert (scheme.item_places, scheme.total_places) == (4, 2)
    assert (scheme.first, scheme.last) == (2023 * 12, 2023 * 12 + 11)
    assert scheme.items[0].name == "a"


def test_settings_may_stand_in_the_head_or_beside_it() -> None:
    head = "scheme: {id: t, name: 试, basis: 试, year: 2023, monthly: current, due: 25}"
    more = "events: [signing]\nas_is: [rate]\ncurves: {fai: [0,0,0,0,0,44,44,44,44,80,100,100]}"
    scheme = scheme_of(PASS, head=head, more=more)
    assert (scheme.monthly_is_current, scheme.due, scheme.as_is) == (True, 25, ("rate",))
    assert scheme.curves["fai"][5] == 44


def test_a_scheme_with_ten_mistakes_reports_ten() -> None:
    text = """
scheme: {id: t, name: 试, basis: 试, year: 二零二三, ties: both}
let: {a: b, b: a}
sections:
- id: s
  points: 30
  items:
  - {id: fai, points: 十, rule: {completion: {kap: 1}}}
  - {id: tax, points: 5, rule: pas}
  - {id: gdp, points: 5, value: gdp × 2, rule: pass}
  - {id: gdp2, points: 5, value: "minn(gdp, 1)", rule: pass}
bonsu: []
grades: {by: score, bands: [{优秀: 90分}]}
"""
    told = sentences(text)
    for part in (
        "「二零二三」不是1900—2199的整数", "不认识「both」", "a → b → a", "「十」不是数",
        "不认识的项「kap」",
        "不认识「pas」", "不能写「×」", "没有函数「minn」", "不认识的项「bonsu」", "「90分」不是数",
    ):  # fmt: skip
        assert any(part in sentence for sentence in told), (part, told)
    assert len(told) == 10


@pytest.mark.parametrize(
    ("items", "more", "what"),
    [
        (f"{PASS}\n{PASS}", "", "第7行：分项id「a」第6行已有"),
        (PASS, "let: {x: 1}", "第2行：名称「x」另有含义"),
        (PASS, "let: {s: 1}", "名称「s」另有含义"),
        (PASS, "let: {a: prev(b), b: growth(a)}", "a → b → a"),
        (PASS, "let: {a: score(t)}", "方案引用了自己：t → t"),
        (PASS, "let: {a: x + 1}", "这里不能用「x」"),
        (PASS, "let: {a: growth(b), b: growth(c)}", "growth()里不能用「growth」"),
        (PASS, "let: {a: prev(target(b))}", "prev()里不能用「target」"),
        (PASS, "let: {a: change(months_late)}", "change()里不能用「months_late」"),
        (PASS, "let: {a: months_late}", "「months_late」要有报送期限"),
        (PASS, "let: {a: 1 > (2 > 3)}", "应当是数，这里是条件"),
        (PASS, "let: {a: '1 if 2 else 3'}", "应当是条件，这里是数"),
        (PASS, "let: {a: '1 if 2 > 1 else \"b\"'}", "一边是数，一边是文字"),
        (PASS, 'let: {a: "b == \\"c\\" and 1"}', "应当是条件"),
        (PASS, "veto: [{when: grade == \"a\", effect: 差}]", "这里不能用「grade」"),
        (PASS, "veto: [{when: a > 1, effect: 差}]\ngrades: {by: score, bands: [{好: 1}]}",
         "effect「差」不认识；请改为好、unranked"),
        (PASS, "bars: [{when: a > 1, effect: no}]", "effect「no」不认识"),
        (PASS, "consecutive: {periods: 2, when: a > 1, effect: out}", "effect「out」不认识"),
        (PASS, "shifts: [{when: a > 1, by: 1}]", "没有等次可升降"),
        (PASS, "shifts: [{when: a > 1, by: 1.5}]", "by 1.5不是整数"),
        (PASS, "shifts: [{when: a > 1, by: 一}]", "「一」不是数"),
        (PASS, "bars: [{when: a >, effect: not_eligible}]", "末尾缺少"),
        (PASS, "consecutive: {periods: 2, effect: replace}", "缺少「when」"),
        (PASS, "total: s + x", "这里不能用「x」"),
        (PASS, "grades: {by: score, bands: [{优秀: 80}, {良好: 90}]}", "从高到低"),
        (PASS, "grades: {by: score, bands: [{优秀: 80}, {优秀: 70}]}", "等次写了两次"),
        (PASS, "grades: {by: score, bands: [{优秀: 80, min: 3}]}", "min只用于by: quota"),
        (PASS, "grades: {by: score, bands: [{优秀: 80, 良好: 3}]}", "每档写一个等次"),
        (PASS, "grades: {by: score, bands: [一档]}", "这里应当是“名称: 值”"),
        (PASS, "grades: {by: quota, bands: [{优秀: rest}, {良好: 30%}]}", "rest后面的等次轮不到"),
        (PASS, "grades: {by: quota, bands: [{优秀: 60%}, {良好: 50%}]}", "合计超过100%"),
        (PASS, "grades: {by: quota, bands: [{优秀: -5%}]}", "不在0—100%之间"),
        (PASS, "grades: {by: votes, bands: [{优秀: 30}]}", "不认识「votes」"),
        (PASS, "groups: {of: class}", "不认识的项「of」"),
        (PASS, "groups: {}", "「groups」是空的"),
        (PASS, "let: [1]", "这里应当是“名称: 值”"),
        (PASS, "curves: {fai: [1, 2]}", "曲线「fai」有2个数"),
        (PASS, "curves: [1]", "这里应当是“名称: 值”"),
        ("{id: a, points: 1}", "", "缺少「rule」"),
        ("{id: a, rule: pass}", "", "缺少「points」"),
        ("{id: a, points: -1, rule: pass}", "", "points -1为负"),
        ("{id: a, points: 0, rule: pass}", "", "永远不得分"),
        ("{id: a, points: {山区镇: 1}, rule: pass}", "", "按组给分，但方案没有分组"),
        ("{id: a, points: {山区镇: 一}, rule: pass}", "", "「一」不是数"),
        ("{id: a, points: [1], rule: pass}", "", "这里应当是“名称: 值”"),
        ("{id: a, points: 9999999, rule: pass}", "", "超过1000000"),
        ("{id: a, points: 1, rule: completion, lead: [1]}", "", "这里应当是一个值"),
        ("{id: a, points: 1, rule: minmax}", "", "规则「minmax」缺少内容"),
        ("{id: a, points: 1, rule: {pass: 1, minmax: 2}}", "", "写了2种规则"),
        ("{id: a, points: 1, rule: {pass: {a: 1}}}", "", "不认识的项「a」"),
        ("{id: a, points: 1, rule: {best_ratio: {a: 1}}}", "", "不认识的项「a」"),
        ("{id: a, points: 1, rule: {formula: P, limit: none}}", "", "limit只用于sum"),
        ("{id: a, points: 1, rule: {completion: {cap: 0}}}", "", "永远不得分"),
        ("{id: a, points: 1, rule: {completion: {cap: 0.1, floor: 0.2}}}", "", "cap 0.1小于floor"),
        ("{id: a, points: 1, rule: {steps: {}}}", "", "「steps」是空的"),
        ("{id: a, points: 1, rule: {steps: {over: {per: 0, add: 1}}}}", "", "「0」不大于0"),
        ("{id: a, points: 1, rule: {steps: {over: {per: 1, add: -1}}}}", "", "不能为负"),
        ("{id: a, points: 1, rule: {steps: {on: 1}}}", "", "steps没有写任何一边"),
        ("{id: a, points: 1, rule: {minmax: {low: 9, high: 1}}}", "", "low 9大于high 1"),
        ("{id: a, points: 1, rule: {minmax: {low: 9}}}", "", "缺少「high」"),
        ("{id: a, points: 1, rule: {rank_steps: {step: -1}}}", "", "step为负"),
        ("{id: a, points: 1, rule: {rank_steps: {floor: 1}}}", "", "缺少「step」"),
        ("{id: a, points: 9, rule: {rank_between: {first: 8, last: 1}}}", "", "第一名得分8不一致"),
        ("{id: a, points: 9, rule: {rank_between: {first: 8, last: 9}}}", "", "first 8小于last 9"),
        ("{id: a, points: 9, rule: {rank_between: {first: 8}}}", "", "缺少「last」"),
        ("{id: a, points: 0, rule: {rank_between: {first: 0, last: 0}}}", "", "永远不得分"),
        ("{id: a, points: 9, rule: {sum: [{when: x > 1}]}}", "", "缺少「points」"),
        ("{id: a, points: 9, rule: {sum: [{points: 0}]}}", "", "永远不得分"),
        ("{id: a, points: 9, rule: {judged: {好: 0}}}", "", "永远不得分"),
        ("{id: a, points: 9, rule: {judged: [好]}}", "", "这里应当是“名称: 值”"),
        ("{id: a, points: 9, rule: {ratings: {by: {a: 0.5}}}}", "", "权重合计0.5，应为1"),
        ("{id: a, points: 9, rule: {ratings: {scale: 10}}}", "", "缺少「by」"),
        ("{id: a, points: 9, rule: {blend: [{share: 0.4, rule: pass}]}}", "", "share合计0.4"),
        ("{id: a, points: 9, rule: {blend: [{share: 1}]}}", "", "缺少「rule」"),
        ("{id: a, points: 9, rule: {blend: [{share: 1, rule: pass, target: T}]}}", "",
            "不能用「T」"),
        ("{id: a, points: 9, rule: {formula: 1 +}}", "", "末尾缺少"),
        ("{id: a, points: 9, value: min(a, b), rule: pass}", "", "含逗号的表达式请放在引号里"),
        ("{id: a, points: 9, rule: {events: {event: e}}}", "", "没有写每件得几分"),
        ("{id: a, points: 9, rule: {events: {each: 1}}}", "", "缺少「event」"),
        ("{id: a, points: 9, rule: {events: {event: e, each: 0}}}", "", "永远不得分"),
        ("{id: a, points: 9, rule: {events: {event: e, each: 1, per: month}}}", "", "一起写"),
        ("{id: a, points: 9, rule: {events: {event: e, amount_tiers: [[1]]}}}", "", "[金额, 分]"),
        ("{id: a, points: 9, rule: {events: {event: e, each: 1}}}", "events: [f]",
            "没有列出事项「e」"),
        ("{id: a, points: 9, rule: {formula: count(e)}}", "events: [f]", "没有列出事项「e」"),
        ("{id: a, points: 9, rule: {tiers: {bands: [{points: 1}]}}}", "", "这一档没有写界限"),
        ("{id: a, points: 9, rule: {tiers: {bands: [{at_least: 1, points: 0}], else: 0}}}", "",
            "不得分"),
        ("{id: a, points: 9, rule: {tiers: {bands: [{at_least: 1, above: 2, points: 1}]}}}", "",
            "同时写"),
        ("{id: a, points: 9, rule: {tiers: {bands: [{at_least: 3, below: 3, points: 1}]}}}", "",
            "没有数落在"),
        ("{id: a, points: 9, rule: {tiers: {bands: [{at_least: 一, points: 1}]}}}", "",
            "「一」不是数"),
        ("{id: a, points: 9, rule: {tiers: {measure: T >, bands: [{above: 1, points: 1}]}}}", "",
            "末尾缺少"),
        ("{id: a, points: 1, gate: {when: a > 1}, rule: pass}", "", "缺少「otherwise」"),
        ("{id: a, points: 1, adjust: [{add: a, clip: [5, -5]}], rule: pass}", "", "小的在前"),
        ("{id: a, points: 1, adjust: [{add: n}], rule: pass}", "", "这里不能用「n」"),
        ("{id: a, points: 1, adjust: [{clip: [1, 2]}], rule: pass}", "", "缺少「add」"),
        ("{id: a, points: 1, value: x, rule: pass}", "", "这里不能用「x」"),
    ],
)  # fmt: skip
def test_it_refuses(items: str, more: str, what: str) -> None:
    told = sentences(text_of(items, more=more))
    assert any(what in sentence for sentence in told), told


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("scheme: {name: 试, basis: 试, year: 2023}", "缺少「id」"),
        ("schema: {id: a}", "不认识的项「schema」；请删去或改为scheme"),
        (HEAD.replace("year: 2023", "year: 2023, window: [2022-12]"), "window应当是起止两个月"),
        (HEAD.replace("year: 2023", "year: 2023, window: [2021-12, 2023-11]"), "不超过12个月"),
        (HEAD.replace("year: 2023", "year: 2023, window: [2023, 2023-11]"), "「2023」不是月份"),
        (HEAD.replace("year: 2023", "year: 2023, window: [春, 2023-11]"), "期别「春」不认识"),
        (HEAD.replace("year: 2023", "year: 2023, window: [[1], 2023-11]"), "这里应当是一个值"),
        (HEAD.replace("year: 2023", "year: 2023, rounding: {item: round}"), "不认识「round」"),
        (HEAD.replace("year: 2023", "year: 2023, tie_break: [b]"), "tie_break里的「b」不是分项"),
        (HEAD.replace("year: 2023", "year: 2023, due: 32"), "「32」不是1—31的整数"),
        (HEAD + "\ndue: 25\nbonus_cap: [1]", "这里应当是一个值"),
        (HEAD.replace("year: 2023", "year: 2023, due: 25") + "\ndue: 25", "「due」写了两处"),
    ],
)  # fmt: skip
def test_it_refuses_a_head(head: str, what: str) -> None:
    told = sentences(text_of(PASS, head=head))
    assert any(what in sentence for sentence in told), told


def test_what_is_no_scheme_is_told() -> None:
    assert len(sentences("")) == 1
    assert sentences(f"sections: [{{id: s, items: [{PASS}]}}]") == [
        "t.yaml 第1行：缺少「scheme」；请补上。",
        "t.yaml 第1行：缺少「id」「name」「basis」「year」；请补上。",
    ]
    assert "没有sections，也没有total" in "".join(sentences(HEAD))
    assert "部分id「bonus」另有含义" in "".join(
        sentences(f"{HEAD}\nsections: [{{id: bonus, items: [{PASS}]}}]")
    )
    assert "缺少「id」" in "".join(sentences(f"{HEAD}\nsections: [{{items: [{PASS}]}}]"))
    twice = f"{HEAD}\nsections:\n- {{id: s, items: [{PASS}]}}\n- {{id: s, items: [{PASS}]}}"
    assert "部分id「s」第3行已有" in "".join(sentences(twice))


def test_sums_are_checked_in_every_group() -> None:
    text = text_of(
        "{id: a, points: {山区镇: 6, 川道镇: 5}, rule: pass}\n{id: b, points: 4, rule: pass}",
        more="groups: {by: class}",
    ).replace("- id: s\n", "- id: s\n  points: 10\n")
    assert sentences(text) == [
        "t.yaml 第4行：「s」各项在「川道镇」组合计9分，应为10分；请核对各项分值或本部分分值。"
    ]


def test_bands_are_warned_of_and_a_dead_one_is_refused() -> None:
    def told(bands: str) -> list[str]:
        return sentences(text_of(f"{{id: a, points: 9, rule: {{tiers: {{bands: [{bands}]}}}}}}"))

    assert (
        "80（含）至90（不含）没有一档管"
        in told("{at_least: 90, points: 5}, {below: 80, points: 1}")[0]
    )
    assert "低于1的数没有一档管" in told("{at_least: 1, points: 5}")[0]
    assert "1（含）以下没有一档管" in told("{above: 1, points: 5}")[0]
    assert "高于1的数没有一档管" in told("{at_most: 1, points: 5}")[0]
    assert "1（含）以上没有一档管" in told("{below: 1, points: 5}")[0]
    assert "3没有一档管" in told("{above: 3, points: 5}, {below: 3, points: 1}")[0]
    overlap = told(
        "{at_least: 80, at_most: 100, points: 5}, {at_least: 60, at_most: 80, points: 1}"
    )
    assert "与第1档重叠：80" in overlap[0]
    mirrored = told(
        "{at_least: 60, at_most: 80, points: 5}, {at_least: 80, at_most: 90, points: 1}"
    )
    assert "与第1档重叠：80" in mirrored[0]
    dead = told("{at_least: 80, points: 5}, {at_least: 100, points: 9}, {below: 80, points: 0}")
    assert "这一档永远轮不到" in dead[0]
    assert (
        told("{at_least: 80, points: 5}, {at_least: 60, points: 3}, {below: 60, points: 0}") == []
    )


def test_every_kind_of_setting_reads() -> None:
    scheme = scheme_of(
        "{id: a, points: 9, rule: {steps: {of: share, whole: yes, base: 0.8, short: 0, "
        "over: {per: 10, add: 0.5, cap: 2}, under: {of: value, per: 1, sub: 1, floor: -3}}}}\n"
        "{id: b, points: 9, rule: {sum: [{points: 9}], limit: none}}\n"
        "{id: c, points: 9, rule: {events: {event: e, amount_tiers: [[1, 2], [5, 9]], cap: 3}}}"
    )
    steps, added, events = (item.rule for item in scheme.items)
    assert isinstance(steps, Steps)
    assert isinstance(added, Sum)
    assert isinstance(events, Events)
    assert (steps.base, steps.whole, added.limited) == (Decimal("0.8"), True, False)
    assert events.tiers[0] == (Decimal(5), Decimal(9))


def test_schemes_that_need_each_other_are_told_with_their_path(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    def total(code: str, other: str) -> str:
        return f"scheme: {{id: {code}, name: 试, basis: 试, year: 2023}}\ntotal: score({other})\n"

    folder = tmp_path_factory.mktemp("schemes")
    paths = [folder / f"{code}.yaml" for code in "abc"]
    for path, (code, other) in zip(paths, [("a", "b"), ("b", "a"), ("c", "x")], strict=True):
        path.write_text(total(code, other), encoding="utf-8")
    assert [problem.sentence for problem in check(paths)] == [
        "a.yaml：方案互相引用总分：a → b → a；请去掉其中一处score()。"
    ]
    (folder / "d.yaml").write_bytes("名".encode("gb18030"))
    assert "不是UTF-8" in check([folder / "d.yaml"])[0].what
    assert among([]) == []
