"""Where accepted things may go, and the addresses of where they went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from zhenxing.adoption.choices import Home
from zhenxing.organisation.choices import UnitKind
from zhenxing.reporting.choices import Status
from zhenxing.reporting.models import Submission
from zhenxing.targets.choices import IssueState
from zhenxing.targets.models import Issue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenxing.adoption.models import Placement
    from zhenxing.web.scope import Scope

TO_FILL = (Status.NOT_STARTED, Status.DRAFT, Status.RETURNED)
MOST = 20


@dataclass(frozen=True)
class Placed:
    """A placement with where it may be looked at; no address where the person may not."""

    placement: Placement
    address: str


def drafts(scope: Scope) -> list[Issue]:
    """Give the draft issues that may take targets, the newest first."""
    rows = Issue.objects.visible_to(scope).filter(state=IssueState.DRAFT)
    return list(rows.order_by("-pk")[:MOST])


def returns(scope: Scope, day: date) -> list[Submission]:
    """Give the returns the person is filling in."""
    if not scope.reports:
        return []
    rows = Submission.objects.visible_to(scope).filter(
        group__code__in=scope.reports,
        status__in=TO_FILL,
        call__closed_on__isnull=True,
        call__opens__lte=day,
    )
    return list(rows.select_related("call", "group__unit").order_by("-call__opens", "group__code"))


def placed(placements: Sequence[Placement], scope: Scope, *, opens_issues: bool) -> list[Placed]:
    """Give placements with their addresses; one query however many."""
    keys = [int(each.reference) for each in placements if each.home == Home.RETURN]
    rows = Submission.objects.visible_to(scope).filter(pk__in=keys).select_related("call", "group")
    filled = {row.pk: row for row in rows} if keys else {}
    return [Placed(each, _address(each, filled, opens_issues)) for each in placements]


def _address(placement: Placement, filled: dict[int, Submission], opens_issues: bool) -> str:  # noqa: FBT001  # one of two
    if placement.home == Home.ISSUE and opens_issues:
        return reverse("targets:issue", args=[placement.reference])
    if placement.home == Home.RETURN:
        row = filled.get(int(placement.reference))
        return reverse("reporting:one", args=[row.call.code, row.group.code]) if row else ""
    indicator, unit = placement.indicator, placement.unit
    if placement.home == Home.ISSUE or indicator is None or unit.kind != UnitKind.TOWN:
        return ""
    return reverse("indicators:one", args=[unit.code, indicator.code])
