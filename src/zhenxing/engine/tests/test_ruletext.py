"""Rule files: lines, typed fields, all problems at once, hostile files."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhenxing.engine.ruletext import Node, RuleText


def opened(text: str) -> tuple[RuleText, Node | None]:
    rules = RuleText("甲.yaml")
    return rules, rules.open(text)


def told(rules: RuleText) -> list[tuple[str, str]]:
    return [(problem.where, problem.what) for problem in rules.problems]


def test_scalars_stay_as_written() -> None:
    rules, root = opened("[0.285, 012, no, 2023-10, ~]")
    assert [rules.text(each) for each in rules.items(root)] == [
        "0.285", "012", "no", "2023-10", "~",
    ]  # fmt: skip
    assert rules.problems == []


def test_lists_may_lie_as_deep_as_twenty() -> None:
    rules, root = opened("[" * 20 + "]" * 20)
    assert root is not None
    assert rules.problems == []


def test_numbers_are_exact_and_what_is_none_is_told() -> None:
    rules, root = opened("[0.1, -10, 1e3, 十, nan, [1]]")
    numbers = [rules.number(each) for each in rules.items(root)]
    assert numbers == [Decimal("0.1"), Decimal(-10), Decimal(1000), None, None, None]
    assert [what for _, what in told(rules)] == [
        "「十」不是数", "「nan」不是数", "这里应当是一个值，不是列表或一组项",
    ]  # fmt: skip


def test_flags_and_choices() -> None:
    rules, root = opened("[true, no, 是, maybe, greeen]")
    nodes = rules.items(root)
    assert [rules.flag(node) for node in nodes[:4]] == [True, False, True, None]
    assert rules.choice(nodes[4], ["green", "red"]) is None
    assert rules.problems[1].sentence == "甲.yaml 第1行：不认识「greeen」；请改为green。"


def test_what_is_not_there_is_no_problem_of_its_own() -> None:
    rules = RuleText("甲.yaml")
    assert rules.text(None) is None
    assert rules.number(None) is None
    assert rules.choice(None, ["a"]) is None
    assert rules.flag(None) is None
    assert rules.items(None) == ()
    assert rules.problems == []


def test_unknown_empty_lacking_and_doubled_fields_are_told_with_their_lines() -> None:
    rules, root = opened("id: a\nname:\nnmae: b\nid: c\nlist: []\n")
    assert root is not None
    fields = rules.fields(root, required=("id", "name", "basis"), optional=("list",))
    assert list(fields) == ["id"]
    assert told(rules) == [
        ("甲.yaml 第4行", "「id」写了两次（第1行已有）"),
        ("甲.yaml 第2行", "「name」是空的"),
        ("甲.yaml 第3行", "不认识的项「nmae」"),
        ("甲.yaml 第5行", "「list」是空的"),
        ("甲.yaml 第1行", "缺少「basis」"),
    ]


def test_a_list_is_no_mapping_and_a_mapping_no_list() -> None:
    rules, root = opened("- 1\n")
    assert root is not None
    assert rules.fields(root) == {}
    assert rules.items(rules.items(root)[0]) == ()
    assert [what for _, what in told(rules)] == ["这里应当是“名称: 值”", "这里应当是列表"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "文件是空的"), ("a: [1", "YAML写法有误"), ("a: *b", "不支持引用"),
        ("a: &x [1]\nb: *x", "不支持引用"), ("[" * 30 + "]" * 30, "层级过深"),
        ("[" * 5000, "层级过深"), ("a: \x00", "YAML写法有误"), ("a: b\n---\nc: d", "YAML写法有误"),
        ("? [1, 2]\n: 3", "项的名称应当是一个词"),
    ],
)  # fmt: skip
def test_a_broken_or_hostile_file_is_a_problem(text: str, what: str) -> None:
    rules, _ = opened(text)
    assert len(rules.problems) == 1
    assert what in rules.problems[0].what
    assert rules.problems[0].where.startswith("甲.yaml")
