"""Everything a reporter still has to hand in, of all their groups, the most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from zhenxing.reporting.choices import HANDED_IN, CallState, Move, Status
from zhenxing.reporting.models import Draft, Step, Submission, Urging

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhenxing.web.scope import Scope

Row = TypeVar("Row", Step, Urging)


@dataclass(frozen=True)
class DueForm:
    """One form that is due: how it came back, who urges, and how far the draft is."""

    submission: Submission
    returned: Step | None = None
    urging: Urging | None = None
    draft: Draft | None = None

    @property
    def is_returned(self) -> bool:
        """Whether it was sent back and waits for another version."""
        return self.submission.status == Status.RETURNED

    @property
    def call_name(self) -> str:
        """What was called for, in words."""
        return self.submission.call.name


def everything_due(scope: Scope, today: date) -> list[DueForm]:
    """Give what the person's groups have not handed in while it is taken; five queries at most.

    What came back stands first, then by day.
    """
    rows = (
        Submission.objects.visible_to(scope)
        .filter(group__code__in=scope.reports, call__closed_on=None)
        .exclude(status__in=list(HANDED_IN))
        .with_uploads()
        .select_related("call", "group__unit")
    )
    open_now = [row for row in rows if row.call.state(today) is CallState.OPEN]
    steps = Step.objects.filter(move=Move.RETURN, submission__in=open_now)
    returned = _latest(steps.select_related("version"))
    urged = _latest(Urging.objects.filter(submission__in=open_now))
    drafts = {each.submission_id: each for each in Draft.objects.filter(submission__in=open_now)}
    found = [
        DueForm(row, returned.get(row.pk), urged.get(row.pk), drafts.get(row.pk))
        for row in open_now
    ]
    return sorted(
        found,
        key=lambda each: (
            not each.is_returned,
            each.submission.due,
            each.submission.call.code,
            each.submission.group.code,
        ),
    )


def _latest(rows: Iterable[Row]) -> dict[int, Row]:
    return {row.submission_id: row for row in rows}
