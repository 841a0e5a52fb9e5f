"""The register of incoming papers: who may see a paper, how far it is decided, where to bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from zhenxing.adoption import access
from zhenxing.adoption.choices import IntakeState, Verdict
from zhenxing.adoption.models import FollowUp, Intake, Item, Placement
from zhenxing.documents.models import Circulation, Paper, PaperReading
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Unit
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhenxing.targets.queries import Seats
    from zhenxing.web.scope import Scope

# What the list may be narrowed to, in the columns that `register` gives.
SHOWN = {
    "mine": ("请我阅", Q(mine=True)),
    "unread": ("未阅完", Q(sent__gt=F("seen"))),
    "open": ("未办完", Q(every__gt=F("decided"))),
}
WAITS = (IntakeState.QUEUED, IntakeState.READING)


def register(scope: Scope) -> QuerySet[Paper]:
    """Give the papers a person may read, each with what was read and decided in its newest one."""
    newest = PaperReading.objects.filter(paper=OuterRef("pk")).order_by("-version").values("pk")[:1]
    items = Item.objects.filter(reading__paper=OuterRef("pk")).filter(
        reading=Subquery(
            PaperReading.objects.filter(paper=OuterRef("reading__paper"))
            .order_by("-version")
            .values("pk")[:1]
        )
    )
    counted = (
        items.order_by()
        .values("reading__paper")
        .annotate(
            every=Count("pk"),
            decided=Count("pk", filter=~Q(verdict=Verdict.OPEN)),
            written=Count("pk", filter=Exists(Placement.objects.filter(item=OuterRef("pk")))),
        )
    )
    passed = Circulation.objects.filter(paper=OuterRef("pk")).order_by()
    copies = passed.values("paper").annotate(
        sent=Count("pk"), seen=Count("pk", filter=Q(read_on__isnull=False))
    )
    told = FollowUp.objects.filter(paper=OuterRef("pk")).order_by().values("paper")
    told = told.annotate(followed=Count("pk"))
    intake = Intake.objects.filter(paper=OuterRef("pk")).order_by("-pk").values("state")[:1]
    return (
        Paper.objects.visible_to(scope)
        .select_related("unit", "about", "file")
        .annotate(
            newest=Subquery(newest),
            intake=Subquery(intake),
            every=Coalesce(Subquery(counted.values("every")), 0),
            decided=Coalesce(Subquery(counted.values("decided")), 0),
            written=Coalesce(Subquery(counted.values("written")), 0),
            sent=Coalesce(Subquery(copies.values("sent")), 0),
            seen=Coalesce(Subquery(copies.values("seen")), 0),
            followed=Coalesce(Subquery(told.values("followed")), 0),
            mine=Exists(passed.filter(person__username=scope.username, read_on__isnull=True)),
        )
    )


def registers_for(scope: Scope, day: date) -> list[Unit]:
    """Give the units whose papers the person brings in, the own first."""
    seats = target_queries.seats(scope, day)
    if not access.registers_anywhere(seats):
        return []
    kinds = (UnitKind.COUNTY, UnitKind.DEPARTMENT, UnitKind.TOWN)
    units = Unit.objects.of_kind(*kinds).open_on(day).order_by("position")
    mine = [
        unit
        for unit in units
        if access.registers(seats, unit.code, is_countys=unit.kind == UnitKind.COUNTY)
    ]
    return sorted(mine, key=lambda unit: unit.code != scope.unit)


def abouts_for(scope: Scope, day: date) -> list[Unit]:
    """Give the county and the towns a paper may speak of, as far as the person reaches."""
    units = Unit.objects.of_kind(UnitKind.COUNTY, UnitKind.TOWN).open_on(day).order_by("position")
    return [unit for unit in units if scope.sees_county or unit.code in scope.units]


def may_decide(paper: Paper, seats: Seats) -> bool:
    """Say whether the person decides about what was read in a paper."""
    is_countys = paper.unit.kind == UnitKind.COUNTY
    return access.decides(seats, paper.unit.code, is_countys=is_countys)
