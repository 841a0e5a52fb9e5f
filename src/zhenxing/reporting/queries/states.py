"""Who has handed in and who has not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from zhenxing.kernel.periods import Period
from zhenxing.organisation.choices import VILLAGE_FORM
from zhenxing.reporting.choices import CallKind
from zhenxing.reporting.models import Call, Submission, Version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from zhenxing.organisation.models import WorkingGroup
    from zhenxing.reporting.models import SubmissionQuerySet
    from zhenxing.web.scope import Scope


@dataclass(frozen=True)
class Due:
    """One group's submission with its latest version, as a list shows it."""

    submission: Submission
    version: Version | None

    @property
    def group(self) -> WorkingGroup:
        """Whose it is."""
        return self.submission.group

    @property
    def is_handed_in(self) -> bool:
        """Whether it was handed in, here or before the site began (then without a version)."""
        return self.submission.is_handed_in

    @property
    def words(self) -> str:
        """What a search looks at."""
        month = Period.parse(self.submission.call.period).label
        return f"{month} {self.group.unit.name} {self.group.name} {self.group.code} {self.state}"

    @property
    def state(self) -> str:
        """Where it stands, in words; a late one says so."""
        if self.version is None:
            is_over = self.submission.call.closed_on is not None and not self.is_handed_in
            return "未交" if is_over else self.submission.stage.label
        late = "" if self.version.on_time else "（逾期）"
        return f"{self.submission.stage.label}{late}"

    def is_in(self, wanted: str) -> bool:
        """Whether it stands in a state missing, in or late; every one stands in any other word."""
        if wanted in {"missing", "in"}:
            return self.is_handed_in is (wanted == "in")
        if wanted == "late":
            return self.version is not None and not self.version.on_time
        return True


DUE_SORTS: dict[str, Callable[[Due], Any]] = {
    "place": lambda due: (due.group.unit.position, due.group.code),
    "month": lambda due: due.submission.call.period,
    "state": lambda due: due.state,
    "version": lambda due: due.version.number if due.version else None,
    "at": lambda due: due.version.at if due.version else None,
}


def current_call(today: date) -> Call | None:
    """Give the month to show first: the latest that has begun, else the next."""
    monthly = Call.objects.filter(kind=CallKind.MONTHLY)
    begun = monthly.filter(opens__lte=today).order_by("-opens").first()
    return begun or monthly.order_by("opens").first()


def call_for(period: str, today: date) -> Call | None:
    """Give the call of a month, or the current one where none is named or there is no such."""
    named = Call.objects.filter(code=period).first() if period else None
    return named or current_call(today)


def around(call: Call) -> tuple[Call | None, Call | None]:
    """Give the calls before and after one."""
    monthly = Call.objects.filter(kind=CallKind.MONTHLY)
    before = monthly.filter(period__lt=call.period).order_by("-period").first()
    after = monthly.filter(period__gt=call.period).order_by("period").first()
    return before, after


def counts(rows: Iterable[Due]) -> dict[str, int]:
    """Count submissions by the states a list is filtered by."""
    found = list(rows)
    states = ("all", "missing", "in", "late")
    return {state: sum(due.is_in(state) for due in found) for state in states}


def dues(call: Call, scope: Scope, *, villages: bool = False) -> list[Due]:
    """List a month's submissions that the person may see, town by town; two queries.

    The villages' short forms are a list of their own: they are none of a town's seven.
    """
    rows = Submission.objects.visible_to(scope).filter(call=call)
    short = Q(group__key=VILLAGE_FORM)
    rows = rows.filter(short if villages else ~short)
    return _with_versions(rows.order_by("group__unit__position", "group__code"))


def own_dues(scope: Scope) -> list[Due]:
    """List what the groups that the person reports for had and have to hand in; two queries."""
    rows = Submission.objects.visible_to(scope).filter(group__code__in=scope.reports)
    return _with_versions(rows.order_by("-call__period", "group__code"))


def _with_versions(rows: SubmissionQuerySet) -> list[Due]:
    found = list(rows.with_uploads().select_related("group__unit", "call"))
    latest = Version.objects.filter(submission__in=found, number=F("submission__latest")).defer(
        "values", "parts"
    )
    versions = {version.submission_id: version for version in latest}
    return [Due(row, versions.get(row.pk)) for row in found]
