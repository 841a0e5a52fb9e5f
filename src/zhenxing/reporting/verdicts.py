"""What a department typed into the table of its numbers: read line by line, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhenxing.kernel.problems import Problem
from zhenxing.reporting import services
from zhenxing.reporting.form.numerals import typed_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from django.http import QueryDict

    from zhenxing.reporting.queries.confirming import Asked


@dataclass(frozen=True)
class Line:
    """A row of the table with what was typed into it, and what is wrong with that."""

    asked: Asked
    value: str
    reason: str = ""
    is_ticked: bool = False
    problem: Problem | None = None

    def with_problem(self, problem: Problem | None) -> Line:
        """Give the line with what is wrong with it."""
        return replace(self, problem=problem)


def untouched(row: Asked) -> Line:
    """Give a line as the page first shows it: the department's own value, else the reported."""
    value = row.own.value if row.own else row.reported
    return Line(row, f"{value:f}")


def typed(post: QueryDict, row: Asked) -> Line:
    """Give a line with what came back in the form."""
    before = untouched(row)
    return Line(
        row,
        post.get(f"value/{row.key}", before.value),
        post.get(f"reason/{row.key}", ""),
        row.key in post.getlist("line"),
    )


def verdicts(ticked: Iterable[Line]) -> tuple[list[services.Verdict], dict[str, Line]]:
    """Read the ticked lines; what is no number is told at its own line."""
    found, wrong = [], {}
    for line in ticked:
        row = line.asked
        value, problem = _number(line)
        if value is None or problem is not None:
            wrong[row.key] = line.with_problem(problem)
            continue
        found.append(
            services.Verdict(
                row.submission,
                row.version.number,
                row.indicator.code,
                str(row.period),
                value,
                line.reason.strip(),
            )
        )
    return found, wrong


def _number(line: Line) -> tuple[Decimal | None, Problem | None]:
    where = f"{line.asked.submission.group.unit.name}{line.asked.indicator.name}"
    value, problems = typed_in(line.value, line.asked.question, where)
    faults = [problem for problem in problems if problem.is_error]
    if faults:
        return None, faults[0]
    if value is None:
        return None, Problem(where, "核定的数是空的", "请填本部门的数；不核定的请取消勾选")
    return value, None
