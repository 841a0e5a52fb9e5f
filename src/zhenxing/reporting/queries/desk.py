"""What a call's page shows: who is missing and was urged, wishes for more days, late forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.audit.models import Entry
from zhenxing.reporting.choices import ExtensionState
from zhenxing.reporting.models import Call, Extension, Submission, Urging, UrgingRead, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhenxing.reporting.queries.completeness import Standing
    from zhenxing.web.scope import Scope

UNDECIDED = (ExtensionState.ASKED, ExtensionState.PROPOSED)


@dataclass(frozen=True)
class Waiting:
    """A submission that has not come, with the urgings it got, the latest first."""

    standing: Standing
    urgings: tuple[Urging, ...]

    @property
    def last(self) -> Urging | None:
        """The latest urging."""
        return self.urgings[0] if self.urgings else None


def waiting(standings: Iterable[Standing]) -> list[Waiting]:
    """Give what has not come with its urgings; two queries."""
    rows = [each for each in standings if not each.submission.is_handed_in]
    urgings = urgings_of(each.submission for each in rows)
    return [Waiting(each, urgings.get(each.submission.pk, ())) for each in rows]


def urgings_of(submissions: Iterable[Submission]) -> Mapping[int, tuple[Urging, ...]]:
    """Give the urgings of submissions with who has read them, the latest first."""
    found: dict[int, tuple[Urging, ...]] = {}
    rows = Urging.objects.filter(submission__in=list(submissions)).order_by("-pk")
    for urging in rows.prefetch_related("readings"):
        found[urging.submission_id] = (*found.get(urging.submission_id, ()), urging)
    return found


def unread_urgings(scope: Scope) -> list[Urging]:
    """Give what the person was urged for and has not said to have seen, while it is wanted."""
    own = UrgingRead.objects.filter(by=scope.username)
    rows = Urging.objects.filter(
        submission__group__code__in=scope.reports, submission__call__closed_on__isnull=True
    ).exclude(pk__in=own.values("urging"))
    found = rows.select_related("submission__call", "submission__group__unit").order_by("-pk")
    return [each for each in found if not each.submission.is_handed_in]


def extensions(call: Call, scope: Scope) -> list[Extension]:
    """Give the wishes for more days that the person may see, those that wait first."""
    visible = Submission.objects.visible_to(scope).filter(call=call)
    rows = Extension.objects.filter(submission__in=visible).select_related(
        "submission__group__unit", "submission__call"
    )
    return sorted(rows, key=lambda each: (each.state not in UNDECIDED, -each.pk))


def late_claims(call: Call, scope: Scope) -> list[Version]:
    """Give the late first versions that say they were finished offline, with their rulings."""
    visible = Submission.objects.visible_to(scope).filter(call=call)
    rows = Version.objects.filter(
        submission__in=visible, number=1, on_time=False, claimed_at__isnull=False
    ).select_related("ruling", "submission__group__unit", "submission__call")
    return list(rows.defer("values", "parts").order_by("pk"))


def closing_root(call: Call) -> Entry | None:
    """Give the entry that closed a month."""
    if call.closing_entry is None:
        return None
    return Entry.objects.filter(pk=call.closing_entry).first()
