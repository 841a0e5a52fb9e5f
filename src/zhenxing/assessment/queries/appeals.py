"""Questions about appeals: who may bring one, what waits for an answer, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, Value, When

from zhenxing.assessment import access
from zhenxing.assessment.choices import AppealState, RoundState
from zhenxing.assessment.models import Appeal, Round, RunRow
from zhenxing.assessment.queries.assessed import Assessed, of_row

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhenxing.assessment.access import Posts
    from zhenxing.web.scope import Scope

ALIVE = (AppealState.DRAFT, AppealState.FILED, AppealState.ANSWERED)


@dataclass(frozen=True)
class Opening:
    """A round in which the person may appeal for somebody, and for whom."""

    round: Round
    places: tuple[Assessed, ...]
    days_left: int


def unanswered(round_: Round) -> int:
    """Count the appeals of a round that wait for an answer: before none is, nothing is checked."""
    return Appeal.objects.filter(round=round_, state=AppealState.FILED).count()


def appeals(scope: Scope) -> QuerySet[Appeal]:
    """Give the appeals a person may read; `waits` is 0 for those that wait for an answer."""
    waits = Case(
        When(state=AppealState.FILED, then=Value(0)),
        When(state=AppealState.DRAFT, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = Appeal.objects.visible_to(scope).select_related(
        "unit__parent", "department", "round__scheme__owner", "round__edition__scheme", "run"
    )
    return rows.defer("run__inputs", "run__result").annotate(waits=waits).order_by("waits", "-pk")


def twin(round_: Round, code: str, item: str, but: int = 0) -> Appeal | None:
    """Give the appeal there is about the same item of the same first mark."""
    rows = Appeal.objects.filter(run=round_.result, code=code, item=item, state__in=ALIVE)
    return rows.exclude(pk=but).first()


def seen(appeal: Appeal) -> int:
    """Give the number of steps: what a form says it was written on."""
    return appeal.steps.count()


def days_left(round_: Round, today: date) -> int | None:
    """Give the days in which an appeal may still be filed, today counted; None outside them."""
    if not round_.takes_appeals(today) or round_.reply_until is None:
        return None
    return (round_.reply_until - today).days + 1


def openings(scope: Scope, seats: Posts, today: date) -> list[Opening]:
    """Give the rounds in which the person may prepare an appeal for somebody today."""
    if not scope.units or not seats.writes:
        return []
    rounds = Round.objects.filter(state=RoundState.REPLY, reply_until__gte=today)
    found = []
    for round_ in rounds.select_related("scheme__owner"):
        rows = RunRow.objects.filter(run=round_.result_id).select_related("unit__parent")
        own = Q(unit__code__in=scope.units) | Q(unit__isnull=True)
        places = tuple(
            place
            for row in rows.filter(own)
            if (place := of_row(row)) and access.prepares_for(seats, place.unit.code, place.town)
        )
        if places:
            found.append(Opening(round_, places, days_left(round_, today) or 0))
    return found


def may_answer(appeal: Appeal, seats: Posts) -> bool:
    """Whether the person answers it: the round's office or the item's lead, no one who wrote it."""
    if seats.username in {appeal.drafted_by, appeal.filed_by}:
        return False
    scheme = appeal.round.scheme
    if access.keeps(seats, scheme.owner.code, is_countys=scheme.is_countys):
        return True
    return (
        seats.writes
        and appeal.department is not None
        and (appeal.department.code in seats.departments)
    )
