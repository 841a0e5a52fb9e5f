"""A first wording of what was done, drafted from the figures; the person goes on from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.indicators.choices import Reading
from zhenxing.reporting.form.references import AHEAD, DONE, reference, value_of

if TYPE_CHECKING:
    from zhenxing.reporting.form.answers import Content
    from zhenxing.reporting.form.questions import Form, Question


def drafted(form: Form, content: Content) -> str:
    """Give a clause for every indicator that has a number, each number a reference."""
    clauses = [
        _clause(question, content)
        for question in form.questions
        if value_of(question, content) is not None
    ]
    return f"{'；'.join(clauses)}。" if clauses else ""


def _clause(question: Question, content: Content) -> str:
    value = value_of(question, content)
    words = [f"{_when(question)}{question.name}{reference(question)}"]
    if question.completed(value) is not None:
        words.append(f"占年度目标的{reference(question, DONE)}")
        if question.ahead(value) is not None:
            words.append(reference(question, AHEAD))
    return "，".join(words)


def _when(question: Question) -> str:
    if question.reading == Reading.CUMULATIVE:
        return question.meaning.removesuffix("累计")
    return question.meaning.removesuffix("当期")
