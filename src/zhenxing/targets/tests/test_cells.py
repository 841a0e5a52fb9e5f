"""What a cell of an issue may say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhenxing.engine.targets import Target as Aim
from zhenxing.kernel.problems import Problem
from zhenxing.targets.cells import Line, line_of, read_aim, read_number, written_of


def said(written: str, kind: str = "value", sign: str = ">=") -> Aim | Problem:
    return read_aim(Line("T01", "fai", kind, sign, written), "目标!F3")


@pytest.mark.parametrize(
    ("kind", "written", "label"),
    [
        ("value", "10000", "≥10,000"),
        ("value", " 10,000.5 ", "≥10,000.5"),
        ("value", "\uff11\uff12", "≥12"),
        ("value", "−3", "≥−3"),
        ("growth", "8.5%", "增8.5%"),
        ("growth", "增12", "增12%"),
        ("rank", "前3名", "前3名"),
        ("rank", "3", "前3名"),
        ("range", "1—2", "1—2"),
        ("range", "1-2", "1—2"),
        ("range", "1～2.5", "1—2.5"),
        ("gap", "5", "差距≥5"),
        ("grade", "优秀", "优秀"),
        ("value", "/", "/"),
        ("growth", "增**.*%", "增**.*%"),
        ("value", "**", "**"),
    ],
)
def test_it_reads(kind: str, written: str, label: str) -> None:
    aim = said(written, kind)
    assert isinstance(aim, Aim)
    assert aim.label == label


@pytest.mark.parametrize(
    ("kind", "written", "what"),
    [
        ("value", "一万", "「一万」不是数，或多于四位小数"),
        ("value", "1.23456", "「1.23456」不是数，或多于四位小数"),
        ("value", "8%", "「8%」不是数，或多于四位小数"),
        ("rank", "0", "「0」不是位次"),
        ("rank", "2.5", "「2.5」不是位次"),
        ("grade", "很好", "「很好」不是等次"),
        ("range", "5", "「5」不是区间"),
        ("range", "2—1", "区间目标2—1的两端写反了"),
        ("plaid", "5", "目标类型或比较符号不认识"),
    ],
)
def test_it_says_what_it_cannot_read(kind: str, written: str, what: str) -> None:
    problem = said(written, kind)
    assert isinstance(problem, Problem)
    assert (problem.where, problem.what) == ("目标!F3", what)
    assert problem.next


def test_a_sign_that_is_none_is_refused() -> None:
    assert isinstance(said("5", sign="<>"), Problem)


@pytest.mark.parametrize("written", ["10000", "1—2", "/", "**", "优秀"])
def test_what_is_written_out_reads_back(written: str) -> None:
    kind = {"1—2": "range", "优秀": "grade"}.get(written, "value")
    aim = said(written, kind)
    assert isinstance(aim, Aim)
    assert said(written_of(aim), kind) == aim


def test_a_kept_line_comes_back() -> None:
    line = Line("T01", "fai", "value", ">=", "5")
    assert line_of(line.stored()) == line


@pytest.mark.parametrize(
    ("written", "number"),
    [("1,234.5", Decimal("1234.5")), ("", None), ("nan", None), ("1e3", None)],
)
def test_a_plain_number(written: str, number: Decimal | None) -> None:
    assert read_number(written) == number
