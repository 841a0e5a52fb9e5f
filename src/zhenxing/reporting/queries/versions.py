"""The versions of a submission: what each said, and what changed between two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.engine.progress import completion
from zhenxing.indicators.choices import Reading
from zhenxing.reporting.form import layout
from zhenxing.reporting.form.answers import Answer, Content, content_from
from zhenxing.reporting.form.differences import differences
from zhenxing.reporting.models import Version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from zhenxing.kernel.problems import Problem
    from zhenxing.reporting.form.differences import Difference
    from zhenxing.reporting.form.questions import Form, Question
    from zhenxing.reporting.models import Submission


@dataclass(frozen=True)
class Line:
    """One line of a form as a page shows it: question, answer, and what is odd about it."""

    question: Question
    answer: Answer | None
    remarks: tuple[Problem, ...] = ()

    @property
    def value(self) -> Decimal | None:
        """What was entered, or what is known where nothing is asked."""
        if self.answer is not None and self.answer.value is not None:
            return self.answer.value
        return self.question.known if self.question.locked else None

    @property
    def completion(self) -> Decimal | None:
        """Percent of the year's level target; None where one month alone says nothing of it."""
        question, value = self.question, self.value
        if value is None or question.aim is None or not question.aims_up:
            return None
        return None if question.reading == Reading.CURRENT else completion(value, question.aim)


def content_of(version: Version) -> Content:
    """Give what a version said."""
    return content_from(version.values, version.parts)


def latest_of(submission: Submission) -> Version | None:
    """Give the latest version of a submission."""
    if not submission.latest:
        return None
    return Version.objects.select_related("file").get(
        submission=submission, number=submission.latest
    )


def changes(before: Content, after: Content, form: Form) -> list[Difference]:
    """Give what is different between two contents of a form."""
    return differences(before, after, {q.code: q.name for q in form.questions})


def lines(form: Form, content: Content | None, remarks: Iterable[Problem] = ()) -> list[Line]:
    """Lay a content out along its form, each remark at its line."""
    told = list(remarks)
    return [_line(question, content, told) for question in form.questions]


def _line(question: Question, content: Content | None, told: list[Problem]) -> Line:
    own = tuple(problem for problem in told if layout.figure_row(problem.where) == question.row)
    return Line(question, content.answers.get(question.code) if content else None, own)
