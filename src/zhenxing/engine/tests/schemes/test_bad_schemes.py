"""Bad schemes: every mistake at once, each with its line and what to write; nothing is raised."""

from __future__ import annotations

import re

import pytest

from zhenxing.engine.schemes import Inputs, load, run
from zhenxing.engine.tests.schemes.make import FAI, HEAD, facts_of, of, scheme_of, text_of
from zhenxing.kernel.problems import Problem

TEN_NUMBERS = """
scheme:
  id: t
  name: 试
  basis: 试
  year: 2023
  tie_break: [gdq]
let:
  per_head: per_firm / 2
  per_firm: per_head * 3
sections:
- id: s
  points: 31
  items:
  - {id: gdp, points: 10, rule: {completion: {cap: }}}
  - {id: gdp, points: 5, rule: pass}
  - {id: tax, points: 5, rule: {tiers: {bands: [{above: 8, points: 5}, {above: 9, points: 9}],
      else: 0}}}
  - {id: fai, points: 5, rule: {judged: {好: 0, 差: 0}}}
  - {id: rd, points: 5, rule: {formula: T + 班子}, better: hihger}
bonus: 3
grades: {by: quota, bands: [{优秀: rest}, {合格: 30%}]}
penalty_cup: 3
"""
TEN_WORDS = """
scheme: {id: t, name: 试, basis: 试, year: 23, window: [2023-01, 2024-06]}
let: {x: gdp / 2, y: 'gdp > 1 + (tax > 2)'}
sections:
- id: bonus
  items:
  - {id: a, points: 5, rule: {rank_between: {first: 5, last: 6}}}
  - {id: b, points: 5, rule: {rank_between: {first: 6, last: 5}}}
  - {id: c, points: 5, rule: {steps: {short: 9}}, target: 3}
  - {id: d, points: 5, rule: {blend: [{share: 0.5, rule: pass}, {share: 0.6, rule: pass}]}}
  - {id: e, points: 5, rule: {sum: [{points: '1,5'}]}}
veto: [{when: count(major) > 0, effect: 不及格}]
grades: {by: score, bands: [{优秀: 90}, {不合格: 0}]}
shifts: [{when: grade > 3, by: 1}]
"""
BLENDED = """missing: zero, rule: {blend: [{share: 0.4, rule: completion},
    {share: 0.6, better: lower, rule: completion}]}"""


def place_of(problem: Problem) -> tuple[int, str]:
    match = re.fullmatch(r"t\.yaml 第(\d+)行", problem.where)
    assert match, problem
    assert problem.next, problem
    return int(match[1]), problem.what


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEN_NUMBERS, [
            (7, "tie_break里的「gdq」不是分项"), (9, "per_head → per_firm → per_head"),
            (12, "「s」各项"), (15, "「cap」是空的"), (16, "「gdp」第15行已有"),
            (17, "这一档永远轮不到"), (19, "「fai」的规则永远不得分"), (20, "不认识「hihger」"),
            (21, "这里应当是列表"), (22, "rest后面的等次轮不到"), (23, "不认识的项「penalty_cup」"),
        ]),
        (TEN_WORDS, [
            (2, "「23」不是1900—2199的整数"), (2, "window应当是起止两个月"),
            (3, "名称「x」另有含义"), (3, "应当是数，这里是条件"),
            (5, "部分id「bonus」另有含义"), (7, "first 5小于last 6"),
            (8, "分值5与第一名得分6不一致"), (9, "未达到目标得9分，达到才得5分"),
            (10, "share合计1.1"), (11, "「,」处读不下去"), (12, "effect「不及格」不认识"),
            (14, "应当是数，这里是文字"),
        ]),
    ],
)  # fmt: skip
def test_ten_mistakes_are_ten_problems_with_their_lines(
    text: str, expected: list[tuple[int, str]]
) -> None:
    scheme, problems = load(text, "t.yaml")
    assert scheme is None
    told = [place_of(problem) for problem in problems]
    for line, part in expected:
        assert any(at == line and part in what for at, what in told), (line, part, told)
    assert len(told) == len(expected), told


def sentences(text: str) -> list[str]:
    return [problem.sentence for problem in load(text, "t.yaml")[1]]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('scheme: {id: "\\UFFFFFFFF"}', "YAML写法有误"),
        ("%YAML 1." + "9" * 5000 + "\n---\nscheme: 1\n", "YAML写法有误"),
        ('scheme: {id: "\\ud800"}', "有不成字的编码"),
        ("scheme: {year: " + "0" * 9000 + "}", "不是1900—2199的整数"),
        ("scheme: {year: 0000020230000}", "不是1900—2199的整数"),
        ("[" * 3000, "层级过深"),
        ("scheme: &a [*a]", "不支持引用"),
        ("a: 1\n---\nb: 2", "YAML写法有误"),
        ("a\tb: [", "YAML写法有误"),
        ("#" * 500_001, "文件过大，不像考核方案"),
        ("- 1", "这里应当是“名称: 值”"),
        ("[a]: 1", "项的名称应当是一个词"),
        (HEAD.replace("2023}", "2023, window: [2021-01, 2021-12]}"), "window里没有2023年的月份"),
        (text_of(FAI, more="curves: {fai: 5}"), "这里应当是列表"),
        (text_of(FAI, more="veto: {when: a > 1}"), "这里应当是列表"),
        (text_of(FAI, more="let: {甲: 乙 + 1, 乙: 丙, 丙: 甲}"), "甲 → 乙 → 丙 → 甲"),
        (text_of("{id: a, points: {山: 5, 川: 9}, rule: {steps: {short: 6}}}",
                 more="groups: {by: class}"), "未达到目标得6分，达到才得5分"),
        (text_of("{id: a, points: 5, rule: {steps: {base: 0.5, under: "
                 "{per: 1, sub: 1, floor: 3}}}}"), "未达到目标得3分，达到才得2.5分"),
    ],
)  # fmt: skip
def test_what_is_hardly_a_scheme_is_told(text: str, what: str) -> None:
    assert load(text, "t.yaml")[0] is None
    assert any(what in sentence for sentence in sentences(text)), sentences(text)


@pytest.mark.parametrize("rule", ["{steps: {short: 2}}", "{steps: {under: {per: 1, sub: 1}}}"])
def test_missing_a_target_may_cost_something_outside_the_full_mark(rule: str) -> None:
    scheme = scheme_of(FAI, more=f"penalties: [{{id: p, target: 1, rule: {rule}}}]")
    assert len(scheme.penalties.items) == 1


def chain(length: int, each: str) -> str:
    later = ", ".join(f"a{n}: {each.format(f'a{n - 1}')}" for n in range(1, length))
    return f"let: {{a0: fai, {later}}}"


@pytest.mark.parametrize(
    ("item", "level"),
    [
        ("better: lower, rule: completion", "warning"),
        ("better: lower, missing: zero, rule: completion", "error"),
        ("better: lower, missing: exclude, rule: {completion: {floor: 0.2}}", "error"),
        (BLENDED, "error"),
        ("better: lower, missing: zero, rule: {completion: {cap: 1}}", None),
        ("missing: zero, rule: completion", None),
    ],
)  # fmt: skip
def test_a_score_without_an_end_is_told_and_refused_where_the_best_could_count_nothing(
    item: str, level: str | None
) -> None:
    text = text_of(f"{{id: a, name: 事故, points: 9, target: 8, {item}}}")
    scheme, problems = load(text, "t.yaml")
    told = [each for each in problems if "没有上限" in each.what]
    assert [each.level for each in told] == ([] if level is None else [level])
    assert (scheme is None) == (level == "error")
    assert all("cap: 1" in each.next for each in told)


def test_values_that_read_others_twice_do_not_double_the_work() -> None:
    item = "{id: fai, points: 9, rule: {formula: a39 / 2 ** 39}}"
    result = of(item, "1 2", more=chain(40, "{0} + {0}"))
    assert [row.total for row in result.rows] == ["2.00", "1.00"]


def test_a_chain_too_long_to_follow_is_refused() -> None:
    item = "{id: fai, points: 9, rule: {formula: a58}}"
    assert of(item, "1 2", more=chain(59, "{0} + 1")).rows[0].total == "60.00"
    long = text_of(item, more=chain(700, "{0} + 1"))
    assert "引用的量层层相套，太深了" in sentences(long)[0]
    terms = text_of("{id: fai, points: 9, rule: {formula: " + " + ".join(["x"] * 199) + "}}")
    assert sentences(terms) == []


def test_the_first_year_of_all_has_no_year_before() -> None:
    head = HEAD.replace("2023", "1900", 2).replace("〔1900〕", "〔2023〕")
    result = of("{id: fai, points: 9, rule: {formula: prev(fai)}}", "1", head=head)
    assert "没有到1899年12月的数" in result.problems[-1].sentence


@pytest.mark.parametrize(
    "other",
    [
        {"scheme": "o", "rows": [{"unit": "T01", "total": "NaN"}]},
        {"scheme": "o", "rows": [{"unit": "T01", "total": "1e30"}]},
        {"scheme": "o", "rows": [{"unit": "T01", "total": "Infinity"}]},
        {"scheme": "o", "rows": [{"unit": ["T01"], "total": "1"}]},
        {"scheme": "o", "rows": [{"unit": "T01", "total": [1]}]},
        {"scheme": {}, "rows": []}, {"scheme": "o", "rows": 5}, {"scheme": "o", "rows": [5]}, [], 5,
    ],
)  # fmt: skip
def test_a_total_that_is_none_is_no_other_schemes_total(other: object) -> None:
    item = "{id: fai, points: 9, rule: {formula: score(o)}}"
    result = of(item, "1", others=[other])
    assert [row.total for row in result.rows] == [None]
    assert "带上的结果不是" in result.problems[0].sentence


@pytest.mark.parametrize("previous", [5, [], {}, {"rows": 5}, {"rows": [5]}, {"rows": [{}]}])
def test_what_is_no_earlier_result_says_nothing_of_earlier_grades(previous: object) -> None:
    more = """
grades: {by: score, bands: [{合格: 5}, {不合格: 0}]}
consecutive: {periods: 2, when: 'grade == "不合格"', effect: replace}
"""
    item = "{id: fai, points: 9, rule: {formula: x}}"
    assert of(item, "1", more=more, previous=[previous]).problems == ()


@pytest.mark.parametrize(
    ("total", "what"),
    [
        ("s * 100000", "总分暂缺：总分超出100万分或算不出数"),
        ("s + score(o)", "总分暂缺：缺方案「o」的总分"),
        ("s / (fai - 8)", "总分暂缺：除数为0"),
        ("s + prev(fai)", "总分暂缺：缺上年的指标「fai」"),
    ],
)
def test_a_total_that_cannot_be_had_says_why(total: str, what: str) -> None:
    result = of(FAI, "8", more=f"total: {total}")
    assert result.rows[0].total is None
    assert any(what in problem.sentence for problem in result.problems), result.problems


def test_a_held_item_tells_it_once_and_names_who_owes_it() -> None:
    facts = facts_of(figures="T02,fai,2023,8")
    item = FAI.replace("points", "lead: 县统计局, points")
    result = run(scheme_of(item), facts, Inputs()).result
    assert [problem.sentence for problem in result.problems] == [
        "figures：甲镇「fai」缺指标「fai」（没有到2023年12月的数），总分暂缺；请县统计局补报这个数。"
    ]
    row = result.row("T01")
    assert row is not None
    assert row.items["fai"].why.endswith("总分暂缺；请县统计局补报这个数")


def test_points_by_group_are_held_against_the_first_place_too() -> None:
    item = "{id: fai, points: {山: 5, 川: 6}, rule: {rank_between: {first: 5, last: 1}}}"
    told = sentences(text_of(item, more="groups: {by: class}"))
    assert told == [
        "t.yaml 第6行：「fai」分值6与第一名得分5不一致；请把points和first写成同一个数。"
    ]
