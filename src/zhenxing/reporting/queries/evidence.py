"""The papers behind a submission's numbers, and the numbers that want one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from zhenxing.indicators.choices import Evidence as Wanted
from zhenxing.indicators.models import Indicator
from zhenxing.reporting.choices import HANDED_IN
from zhenxing.reporting.models import Evidence, Submission
from zhenxing.reporting.queries.versions import content_of, latest_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from zhenxing.reporting.form.answers import Content
    from zhenxing.web.scope import Scope


@dataclass(frozen=True)
class Missing:
    """A number whose paper the dictionary asks for and that has none, and what was said of it."""

    code: str
    name: str
    cell: str
    note: str

    @property
    def is_unexplained(self) -> bool:
        """Whether nobody has said why it is missing: then it cannot be reviewed."""
        return not self.note


def evidence_of(submission: Submission) -> list[Evidence]:
    """Give the papers of a submission, in the order they came."""
    rows = Evidence.objects.filter(submission=submission)
    return list(rows.select_related("file", "indicator"))


def visible_evidence(scope: Scope) -> QuerySet[Evidence]:
    """Give the papers a person may open: of the own units, and of the indicators one confirms."""
    rows = Evidence.objects.select_related("file", "indicator", "submission__group__unit")
    own = Q(submission__in=Submission.objects.visible_to(scope))
    confirmed = Q(
        indicator__lead__code__in=scope.departments, submission__status__in=list(HANDED_IN)
    )
    return rows.filter(own | confirmed)


def missing_evidence(submission: Submission, content: Content | None = None) -> list[Missing]:
    """Give the numbers that want a paper and have none; of the latest version unless told."""
    if content is None:
        latest = latest_of(submission)
        content = content_of(latest) if latest else None
    if content is None:
        return []
    given = {code: each for code, each in content.answers.items() if each.value is not None}
    names = _wanting(submission, given)
    return [
        Missing(code, names[code], given[code].cell, given[code].note)
        for code in given
        if code in names
    ]


def _wanting(submission: Submission, given: Mapping[str, object]) -> dict[str, str]:
    there = Evidence.objects.filter(submission=submission, indicator__isnull=False)
    rows = Indicator.objects.filter(evidence=Wanted.REQUIRED, code__in=list(given)).exclude(
        pk__in=there.values("indicator")
    )
    return dict(rows.values_list("code", "name"))
