"""Putting numbers that were read in a paper into a group's draft, where nothing else stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.kernel.problems import Problem
from zhenxing.reporting import queries
from zhenxing.reporting.form import layout, typed
from zhenxing.reporting.form.merging import Edit
from zhenxing.reporting.services.drafting import Typed, save

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.form.questions import Question
    from zhenxing.reporting.models import Submission
    from zhenxing.reporting.services.drafting import Saved
    from zhenxing.web.scope import Scope


@dataclass(frozen=True)
class Suggested:
    """A number for an indicator and a period, and where it was read, for the messages."""

    where: str
    code: str
    period: str
    value: Decimal


def suggest(
    *, submission: Submission, numbers: Sequence[Suggested], scope: Scope, moment: Moment
) -> Saved | list[Problem]:
    """Write numbers into the draft as if its reporter had typed them; all of them or none.

    A draft counts for nothing: the reporter looks at it and hands it in.
    """
    form = queries.form_of(submission, moment.business_date)
    texts = queries.desk_of(submission, form).texts
    questions = {each.code: each for each in form.questions}
    edits: list[Edit] = []
    problems: list[Problem] = []
    for number in numbers:
        question = questions.get(number.code)
        name = f"{number.code}.{layout.ENTRY}"
        fault = _unfit(number, question, texts.get(name, ""))
        if fault:
            problems.append(fault)
        elif question is not None:
            edits.append(Edit(name, texts.get(name, ""), typed.written(number.value, question)))
    if problems:
        return problems
    saved = save(Typed(submission, scope, moment, form.base_version, edits))
    return [saved] if isinstance(saved, Problem) else saved


def _unfit(number: Suggested, question: Question | None, text: str) -> Problem | None:
    """Say why a number cannot be put into its place."""
    if question is None or question.locked:
        what = "这张表不填这个指标" if question is None else question.locked
        return Problem(number.where, what, "请不要勾它，或改记为参考值")
    standing = text.strip()
    what = next_ = ""
    if str(question.period) != number.period:
        what = f"说的是{number.period}，表里填的是{question.period}（{question.meaning}）"
        next_ = "请核对期间和口径；口径不同的不要填进去"
    elif number.value != round(number.value, question.decimals):
        what, next_ = f"{number.value}多于{question.decimals}位小数", "请先改成表里的位数"
    elif standing and standing != typed.written(number.value, question):
        what, next_ = f"草稿里已填“{standing}”", "请到填报页核对，由您决定用哪个"
    return Problem(number.where, what, next_) if what else None
