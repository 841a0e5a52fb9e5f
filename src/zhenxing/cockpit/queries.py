"""What a cockpit shows, gathered once: the month's rows, who has handed in, what is due."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from zhenxing.engine.lamps import Colour
from zhenxing.engine.rows import Row, lagging_first
from zhenxing.indicators import queries as indicator_queries
from zhenxing.indicators.models import Figure, Indicator, Target
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.models import WorkingGroup
from zhenxing.reporting.choices import HANDED_IN, CallKind, Status
from zhenxing.reporting.models import Call, Submission, Version

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from django.db import models

    from zhenxing.kernel.problems import Problem
    from zhenxing.organisation.models import PastResult, Unit
    from zhenxing.web.asking import Asked
    from zhenxing.web.scope import Scope

LIT = (Colour.RED, Colour.YELLOW, Colour.GREEN)


@dataclass(frozen=True)
class Deadline:
    """The open call's last day and how far it is; a doubt where the calendar is not announced."""

    call: Call
    days: int
    workdays: int
    doubt: Problem | None

    @property
    def is_past(self) -> bool:
        """Whether the last day is over; the form is still taken, as late."""
        return self.days < 0

    @property
    def overdue(self) -> int:
        """How many days the last one is past; 0 while it is not."""
        return max(0, -self.days)


@dataclass(frozen=True)
class HandIn:
    """Where one group stands with the open call."""

    group: WorkingGroup
    status: str
    label: str
    number: int
    last: Version | None

    @property
    def is_in(self) -> bool:
        """Whether the group has handed in."""
        return self.status in HANDED_IN


@dataclass(frozen=True)
class Lamps:
    """How many rows show which lamp."""

    red: int
    yellow: int
    green: int
    grey: int
    missing: int

    @property
    def judged(self) -> int:
        """How many could be judged."""
        return self.red + self.yellow + self.green


@dataclass(frozen=True)
class Town:
    """One town's cockpit."""

    rows: tuple[Row, ...]
    lamps: Lamps
    deadline: Deadline | None
    hand_ins: tuple[HandIn, ...]
    result: PastResult | None
    news: tuple[Version | Figure, ...]

    @property
    def handed_in(self) -> int:
        """How many groups have handed in."""
        return sum(each.is_in for each in self.hand_ins)

    @property
    def to_come(self) -> int:
        """How many have not."""
        return len(self.hand_ins) - self.handed_in


@dataclass(frozen=True)
class TownLine:
    """One town's line on the county page."""

    town: Unit
    cells: tuple[Row, ...]
    lamps: Lamps
    hand_ins: tuple[HandIn, ...]

    @property
    def handed_in(self) -> int:
        """How many groups have handed in."""
        return sum(each.is_in for each in self.hand_ins)

    @property
    def open(self) -> tuple[HandIn, ...]:
        """The groups that have not."""
        return tuple(each for each in self.hand_ins if not each.is_in)


@dataclass(frozen=True)
class County:
    """The county page: indicators across, towns down, by class."""

    indicators: tuple[Indicator, ...]
    classes: tuple[tuple[str, tuple[TownLine, ...]], ...]
    class_names: tuple[str, ...]
    lamps: Lamps
    deadline: Deadline | None
    handed_in: int
    asked_for: int

    @property
    def complete(self) -> int:
        """How many towns have handed in everything."""
        lines = [line for _, of_class in self.classes for line in of_class]
        return sum(bool(line.hand_ins) and not line.open for line in lines)


def town(unit: Unit, asked: Asked, scope: Scope) -> Town:
    """Gather a town's month: every indicator it has a target for, what lags first."""
    month = indicator_queries.month(
        asked.month,
        asked.day,
        peers=indicator_queries.class_of(unit.code, asked.day),
        units=[unit.code],
        codes=_aimed_at(unit, asked, scope),
    )
    rows = lagging_first(row for row in month.rows if row.judgements)
    deadline = open_deadline(asked.day)
    groups = WorkingGroup.objects.open_on(asked.day).filter(unit=unit)
    return Town(
        rows=tuple(rows),
        lamps=count_lamps(rows),
        deadline=deadline,
        hand_ins=tuple(_hand_ins(groups, deadline, asked.day)),
        result=unit.past_results.filter(year__lt=asked.month.year).order_by("-year").first(),
        news=_news(unit, asked.day, scope),
    )


def county(asked: Asked, scope: Scope, wanted: str = "") -> County:
    """Gather the county page; `wanted` names one class of towns, empty for all."""
    everyone = organisation_queries.classes_on(asked.day)
    classes = {code: name for code, name in everyone.items() if wanted in {"", name}}
    indicators = _headlines(indicator_queries.visible_codes(scope))
    month = indicator_queries.month(
        asked.month, asked.day, peers=classes, codes=[each.code for each in indicators]
    )
    deadline = open_deadline(asked.day)
    groups = WorkingGroup.objects.open_on(asked.day).filter(unit__code__in=classes)
    hand_ins = _by_town(_hand_ins(groups, deadline, asked.day))
    lines: dict[str, list[TownLine]] = {}
    for unit in organisation_queries.towns_on(asked.day).filter(code__in=classes):
        cells = tuple(month.row(unit.code, each.code) for each in indicators)
        line = TownLine(unit, cells, count_lamps(cells), tuple(hand_ins.get(unit.code, ())))
        lines.setdefault(classes[unit.code], []).append(line)
    every = [each for of_town in hand_ins.values() for each in of_town]
    return County(
        indicators=tuple(indicators),
        classes=tuple((name, tuple(of_class)) for name, of_class in lines.items()),
        class_names=tuple(dict.fromkeys(everyone.values())),
        lamps=count_lamps(month.rows),
        deadline=deadline,
        handed_in=sum(each.is_in for each in every),
        asked_for=len(every),
    )


def open_deadline(day: date) -> Deadline | None:
    """Give the latest call that is open on the day, with the days left to its last one."""
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gt=day)
    monthly = Call.objects.filter(still_open, kind=CallKind.MONTHLY, opens__lte=day)
    call = monthly.order_by("-period").first()
    if call is None:
        return None
    calendar = organisation_queries.work_calendar()
    workdays = calendar.workdays_between(day, call.due) if call.due >= day else 0
    doubt = calendar.unannounced(min(day, call.due), max(day, call.due))
    return Deadline(call, (call.due - day).days, workdays, doubt)


def count_lamps(rows: Iterable[Row]) -> Lamps:
    """Count the lamps of some rows."""
    shown = Counter(row.lamp.colour for row in rows)
    return Lamps(
        red=shown[Colour.RED],
        yellow=shown[Colour.YELLOW],
        green=shown[Colour.GREEN],
        grey=shown[Colour.GREY],
        missing=shown[Colour.MISSING],
    )


def _aimed_at(unit: Unit, asked: Asked, scope: Scope) -> frozenset[str]:
    """Give the readable codes the unit has a target on: a cockpit shows nothing else."""
    aims = Target.objects.filter(unit=unit, year=asked.month.year)
    aimed = frozenset(aims.values_list("indicator__code", flat=True))
    readable = indicator_queries.visible_codes(scope, unit.code)
    return aimed if readable is None else aimed & readable


def _headlines(codes: Collection[str] | None) -> Sequence[Indicator]:
    rows = Indicator.objects.filter(headline__isnull=False).order_by("headline")
    return list(rows if codes is None else rows.filter(code__in=codes))


def _hand_ins(
    groups: models.QuerySet[WorkingGroup], deadline: Deadline | None, day: date
) -> list[HandIn]:
    """Say where each group stands, as known on the day."""
    if deadline is None:
        return []
    asked = Submission.objects.filter(call=deadline.call, group__in=groups)
    by_group = {each.group_id: each for each in asked.with_uploads()}
    known = Version.objects.filter(submission__in=by_group.values(), business_date__lte=day)
    last: Mapping[int, Version] = {
        version.submission_id: version
        for version in known.order_by("number").defer("values", "parts")
    }
    return [
        _hand_in(group, by_group.get(group.pk), last) for group in groups.select_related("unit")
    ]


def _hand_in(
    group: WorkingGroup, submission: Submission | None, last: Mapping[int, Version]
) -> HandIn:
    if submission is None:
        return HandIn(group, Status.NOT_STARTED, Status.NOT_STARTED.label, 0, None)
    version = last.get(submission.pk)
    number = version.number if version else 0
    stage = submission.stage if number == submission.latest else _stage_with(number)
    return HandIn(group, stage, stage.label, number, version)


def _stage_with(number: int) -> Status:
    return Status.SUBMITTED if number else Status.NOT_STARTED


def _by_town(hand_ins: Iterable[HandIn]) -> dict[str, list[HandIn]]:
    towns: dict[str, list[HandIn]] = {}
    for each in hand_ins:
        towns.setdefault(each.group.unit.code, []).append(each)
    return towns


def _news(unit: Unit, day: date, scope: Scope) -> tuple[Version | Figure, ...]:
    """Give what was handed in or confirmed for the town since yesterday, newest first."""
    since = day - timedelta(days=1)
    handed_in = Version.objects.filter(
        submission__group__unit=unit, business_date__range=(since, day)
    ).select_related("submission__group", "submission__call")
    published = (
        Figure.objects.visible_to(scope)
        .filter(unit=unit, business_date__range=(since, day), standing="confirmed")
        .select_related("indicator")
    )
    found: list[Version | Figure] = [*handed_in[:6], *published[:6]]
    return tuple(sorted(found, key=lambda each: each.business_date, reverse=True)[:8])
