"""What was asked of each unit in each month, counted from calls, figures and versions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q

from zhenxing.burden.reckoning import Burden, Want
from zhenxing.reporting.choices import CallKind
from zhenxing.reporting.models import Call, Submission, Version
from zhenxing.reporting.queries.asking import items_of, known_places

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhenxing.organisation.models import Unit
    from zhenxing.reporting.queries.asking import Item
    from zhenxing.web.scope import Scope


@dataclass(frozen=True)
class UnitLine:
    """One town's burden in the month that is shown."""

    code: str
    name: str
    burden: Burden


@dataclass(frozen=True)
class MonthLine:
    """One month's burden of all, with the temporary calls of that month."""

    period: str
    burden: Burden
    temporary: int
    temporary_items: int


@dataclass(frozen=True)
class Overview:
    """The page: the chosen month by unit, the year by month, what was asked besides."""

    year: int
    period: str
    units: tuple[UnitLine, ...]
    total: Burden
    months: tuple[MonthLine, ...]
    temporary: tuple[Call, ...]


def years() -> list[int]:
    """Give the years there are calls of, the latest first."""
    periods = Call.objects.values_list("period", flat=True).distinct()
    return sorted({int(period[:4]) for period in periods}, reverse=True)


def overview(year: int, wanted: str, scope: Scope, today: date) -> Overview:
    """Count a year's asking as far as the person may see it; `wanted` names the month by unit."""
    calls = _calls(year, scope, today)
    found = _Found(calls, scope)
    periods = sorted({call.period for call in calls})
    period = wanted if wanted in periods else max(periods, default="")
    months = [
        _month(each, [call for call in calls if call.period == each], found) for each in periods
    ]
    chosen = [call for call in calls if call.period == period]
    return Overview(
        year=year,
        period=period,
        units=tuple(_units(chosen, found)),
        total=found.burden(chosen),
        months=tuple(months),
        temporary=tuple(call for call in calls if call.is_temporary),
    )


def _calls(year: int, scope: Scope, today: date) -> list[Call]:
    """Give the calls that have begun; of what is asked besides, what was approved."""
    rows = Call.objects.visible_to(scope).filter(period__startswith=f"{year}-", opens__lte=today)
    issued = rows.filter(Q(kind=CallKind.MONTHLY) | ~Q(approved_by=""))
    return list(issued.order_by("period", "code"))


class _Found:
    """Everything the counting needs, read once: items, what was known, how long it took."""

    def __init__(self, calls: list[Call], scope: Scope) -> None:
        visible = Submission.objects.visible_to(scope).filter(call__in=calls)
        rows = list(
            visible.select_related("call", "group__unit__parent").order_by(
                "group__unit__position", "group__code"
            )
        )
        self.items: defaultdict[int, list[Item]] = defaultdict(list)
        for item in items_of(rows):
            self.items[item.call.pk].append(item)
        self.known = {
            call.pk: known_places((item.place for item in self.items[call.pk]), call.opens)
            for call in calls
        }
        self.minutes = _minutes(rows)

    def burden(self, calls: Iterable[Call], town: str = "") -> Burden:
        """Count the items and minutes of some calls, of one town or of all."""
        items = [
            item
            for call in calls
            for item in self.items[call.pk]
            if town in {"", _town(item.group.unit).code}
        ]
        wants = [
            Want(item.place, item.received, item.place in self.known[item.call.pk])
            for item in items
        ]
        pairs = {(item.call.pk, item.group.pk) for item in items}
        return Burden.of(wants, [each for pair in sorted(pairs) for each in self.minutes[pair]])


def _minutes(submissions: list[Submission]) -> defaultdict[tuple[int, int], list[int]]:
    """Give how long each form was open before it was handed in, by call and group."""
    found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    by_pk = {each.pk: each for each in submissions}
    timed = Version.objects.filter(submission__in=by_pk, opened_at__isnull=False)
    # Made and handed in at one moment: by a program, as in the demo. Nobody filled that in.
    timed = timed.exclude(opened_at=F("at"))
    for version in timed.only("submission_id", "opened_at", "at", "sealed_by"):
        submission = by_pk[version.submission_id]
        if version.minutes is not None:
            found[submission.call_id, submission.group_id].append(version.minutes)
    return found


def _units(calls: list[Call], found: _Found) -> list[UnitLine]:
    towns: dict[str, Unit] = {}
    for call in calls:
        for item in found.items[call.pk]:
            town = _town(item.group.unit)
            towns[town.code] = town
    ordered = sorted(towns.values(), key=lambda unit: (unit.position, unit.code))
    return [UnitLine(town.code, town.name, found.burden(calls, town.code)) for town in ordered]


def _month(period: str, calls: list[Call], found: _Found) -> MonthLine:
    temporary = [call for call in calls if call.is_temporary]
    items = sum(len(found.items[call.pk]) for call in temporary)
    return MonthLine(period, found.burden(calls), len(temporary), items)


def _town(unit: Unit) -> Unit:
    """Give the town: a village's form is a burden of its town."""
    return unit.parent if unit.kind == "village" and unit.parent else unit
