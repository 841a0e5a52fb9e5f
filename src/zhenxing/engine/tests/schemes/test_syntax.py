"""Expressions: what reads, what is refused and what to write instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.engine.schemes.resolving import text_of
from zhenxing.engine.schemes.syntax import Ref, SyntaxFault, called, names, parse


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1 + 2*3", "1 + 2 * 3"), ("(1+2)*3", "(1 + 2) * 3"), ("1 - (2 - 3)", "1 - (2 - 3)"),
        ("2 ** -1", "2 ** -1"), ("-x ** 2", "0 - x ** 2"), ("+x", "x"), ("- 5", "-5"),
        ("12.5%", "0.125"), (".5 + 5.", "0.5 + 5"), ("1e3", "1000"), ("`5G基站` / 2",
            "`5G基站` / 2"),
        ("not a and b or c", "not a and b or c"), ("not (a and b)", "not (a and b)"),
        ("1 < x <= 3", "1 < x and x <= 3"), ('class == "山区镇"', 'class == "山区镇"'),
        ("1 if a else 2 if b else 3", "1 if a else (2 if b else 3)"),
        ("mean(x, all) + rank(x)", "mean(x, all) + rank(x)"),
        ("at(县人均, parent)", "at(县人均, parent)"), ("score(heshan-2023)",
            "score(`heshan-2023`)"),
        ('score("a-b") + 1', "score(`a-b`) + 1"), ("clip(x, 0, 1)", "clip(x, 0, 1)"),
    ],
)  # fmt: skip
def test_it_reads(written: str, read: str) -> None:
    assert text_of(parse(written)) == read


@pytest.mark.parametrize(
    ("written", "what", "instead"),
    [
        ("a × b", "不能写「×」", "请改为*"), ("x ≥ 3", "不能写「≥」", "请改为>="),
        ("a, b", "「,」处读不下去", "检查运算符"), ("a.b", "不能写「.」", "表达式只有数"),
        ("a[1]", "不能写「[」", "表达式只有数"), ("5G基站", "后面紧跟着字", "反引号"),
        ("1.2.3", "后面紧跟着字", "反引号"), ('"a', "引号没有成对", "补上另一个引号"),
        ("`a", "引号没有成对", "补上另一个引号"), ("1 +", "末尾缺少一个数或名称", "请补上"),
        ("1 + * 2", "「*」处缺少一个数或名称", "请补上"), ("(1", "末尾缺少「)」", "请补上)"),
        ("1 if a", "末尾缺少「else」", "请补上else"), ("if", "「if」处缺少", "请补上"),
        ("minn(1, 2)", "没有函数「minn」", "请改为min"), ("eval(1)", "没有函数「eval」", "请改为"),
        ("min(1)", "min()有1个参数", "请写2至20个"), ("abs()", "abs()有0个参数", "请写1个"),
        ("target(1)", "括号里不是名称", "target(名称)"), ("half_up(x, 2.5)", "0—9的整数",
            "小数位数"),
        ("mean(x, some)", "mean()的参数不对", "mean(量, all)"), ("at(x)", "at()的参数不对",
            "parent"),
        ("score(1 + 2)", "要写另一方案的id", "score(方案id)"), ("a = b", "不能写「=」", "=="),
        ("1" * 50, "过长", "40位"), ("1e99", "过长", "40位"), ("a + " * 500 + "a", "过长", "let"),
        ("x + " * 300 + "x", "过长", "let"), ("(" * 50 + "1" + ")" * 50, "层数过多", "let"),
        ("not " * 50 + "a", "层数过多", "let"), ("--" * 30 + "a", "层数过多", "let"),
        ("2" + "**2" * 50, "层数过多", "let"), ("", "末尾缺少", "请补上"),
        ("1 if a else " * 50 + "1", "层数过多", "let"),
    ],
)  # fmt: skip
def test_it_says_what_to_write_instead(written: str, what: str, instead: str) -> None:
    with pytest.raises(SyntaxFault) as fault:
        parse(written)
    assert what in fault.value.what
    assert instead in fault.value.next


@given(st.text(alphabet='x甲T1.5%+-*/()<>=!, "`ifelse notandor#', max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tree = parse(text)
    except SyntaxFault:
        return
    assert parse(text_of(tree)) == tree


def test_wide_letters_are_other_names() -> None:
    assert names(parse("GDP + \uff27\uff24\uff30")) == ["GDP", "\uff27\uff24\uff30"]


def test_names_of_events_are_no_names_of_figures() -> None:
    tree = parse("count(signing) + amount(signing) + prev(fai) + target(tax)")
    assert names(tree) == ["fai", "tax"]
    assert called(tree, "count") == ["signing"]


def test_a_column_is_written_by_its_own_name() -> None:
    assert text_of(Ref("c1")) == "c1"
