"""References to figures in a text: {{固定资产投资}} is read as the number with its measure.

A changed number changes the sentence. On the page a reference names the indicator, in a stored
version its code; `resolved` gives the text people read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhenxing.kernel.problems import Problem
from zhenxing.kernel.rounding import half_up
from zhenxing.kernel.wording import number, percent
from zhenxing.reporting.form import layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from zhenxing.reporting.form.answers import Content
    from zhenxing.reporting.form.questions import Form, Question

REFERENCE = re.compile(r"\{\{([^{}\n]{1,80})\}\}")
DOT = "·"
DONE, AHEAD = "完成率", "进度"


def reference(question: Question, view: str = "") -> str:
    """Write the reference to an indicator's number, or to a view of it."""
    return f"{{{{{question.name}{DOT + view if view else ''}}}}}"


def value_of(question: Question, content: Content) -> Decimal | None:
    """Give the number that a form says of an indicator, or that is known where none is asked."""
    if question.locked:
        return question.known
    answer = content.answers.get(question.code)
    return answer.value if answer else None


def resolved(text: str, part: str, form: Form, content: Content) -> tuple[str, list[Problem]]:
    """Put the numbers in place of the references; one that leads nowhere stays and is an error."""
    where, problems = layout.part_cell(part), list[Problem]()

    def put(match: re.Match[str]) -> str:
        question, view = _meant(match[1], form)
        if question is None:
            what = f"「{match[0]}」不是本表的指标"
            problems.append(Problem(where, what, "请输入 = 重新选，或改成文字"))
            return match[0]
        words = _words(question, view, content)
        if not words:
            what = f"「{match[0]}」还没有数"
            problems.append(Problem(where, what, "请先填这一项的数，或删去这个引用"))
        return words or match[0]

    return REFERENCE.sub(put, text), problems


def coded(text: str, form: Form) -> str:
    """Name the indicators of a text's references by code, as versions keep them."""
    return _renamed(text, form, lambda question: question.code)


def named(text: str, form: Form) -> str:
    """Name the indicators of a text's references as people read them."""
    return _renamed(text, form, lambda question: question.name)


def has_reference(text: str) -> bool:
    """Whether a text refers to figures at all."""
    return REFERENCE.search(text) is not None


def _renamed(text: str, form: Form, name: Callable[[Question], str]) -> str:
    def put(match: re.Match[str]) -> str:
        question, view = _meant(match[1], form)
        if question is None:
            return match[0]
        return f"{{{{{name(question)}{DOT + view if view else ''}}}}}"

    return REFERENCE.sub(put, text)


def _meant(inside: str, form: Form) -> tuple[Question | None, str]:
    """Find the indicator by name or code; of two with one name none is meant."""
    name, _, view = inside.strip().partition(DOT)
    if view not in {"", DONE, AHEAD}:
        return None, view
    found = [each for each in form.questions if name in {each.name, each.code}]
    return (found[0] if len(found) == 1 else None), view


def _words(question: Question, view: str, content: Content) -> str:
    value = value_of(question, content)
    if value is None:
        return ""
    if view == DONE:
        done = question.completed(value)
        return "" if done is None else percent(done)
    if view == AHEAD:
        points = question.ahead(value)
        return "" if points is None else _against_time(points)
    return f"{number(value)}{question.measure}"


def _against_time(points: Decimal) -> str:
    if not half_up(points, 2):
        return "与序时进度持平"
    word = "领先" if points > 0 else "落后"
    return f"{word}序时进度{number(abs(points), 2)}个百分点"
