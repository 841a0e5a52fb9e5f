"""How much waits for a person: counted on every page, in one query."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from zhenxing.accounts.choices import Role
from zhenxing.reporting.choices import ExtensionState, Status
from zhenxing.reporting.models import Submission

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhenxing.web.scope import Scope

TO_FILL = (Status.NOT_STARTED, Status.DRAFT, Status.RETURNED)


def waiting_count(scope: Scope, today: date) -> int:
    """Count the submissions that wait for the person; none is asked for whom nothing can wait.

    To fill in, to review, to sign, to confirm; wishes for more days to support or decide.
    """
    wanted = list(_wanted(scope))
    if not wanted:
        return 0
    rows = Submission.objects.filter(
        Q(call__expires__isnull=True) | Q(call__expires__gte=today),
        reduce(or_, wanted),
        call__closed_on__isnull=True,
        call__opens__lte=today,
    )
    return rows.values("pk").distinct().count()


def _wanted(scope: Scope) -> Iterator[Q]:
    if scope.reports:
        yield Q(group__code__in=scope.reports, status__in=TO_FILL)
    if scope.leads:
        yield Q(group__code__in=scope.leads, status=Status.SUBMITTED)
    if scope.signs:
        unit = Q(group__unit__code__in=scope.signs) | Q(group__unit__parent__code__in=scope.signs)
        yield unit & Q(status=Status.REVIEWED)
    if scope.has(Role.DEPARTMENT):
        led = Q(group__charges__indicator__lead__code__in=scope.departments)
        yield led & Q(status=Status.SIGNED)
    if scope.has(Role.TOWN_OFFICE):
        own = Q(group__unit__code__in=scope.units)
        yield own & Q(extensions__state=ExtensionState.ASKED)
    if scope.has(Role.ASSESSMENT):
        yield Q(extensions__state=ExtensionState.PROPOSED)
