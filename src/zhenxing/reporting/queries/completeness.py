"""Completeness and timeliness: towns by months, and one unit's groups."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.organisation.models import Unit
from zhenxing.reporting.choices import CallKind, Status
from zhenxing.reporting.models import Call, Submission, Version
from zhenxing.reporting.timeliness import HandIn, Tally, Timing, timing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from zhenxing.web.scope import Scope


@dataclass(frozen=True)
class Standing:
    """One submission with its first version and what became of it."""

    submission: Submission
    first: Version | None
    timing: Timing

    @property
    def town(self) -> Unit:
        """The town it belongs to; a village's form belongs to the town above."""
        unit = self.submission.group.unit
        return unit.parent if unit.kind == "village" and unit.parent else unit


@dataclass(frozen=True)
class Line:
    """One town's or group's line: a cell a month, and all of them together."""

    code: str
    name: str
    cells: tuple[Tally | None, ...]
    total: Tally


@dataclass(frozen=True)
class Matrix:
    """Lines by months, with a line of sums."""

    calls: tuple[Call, ...]
    lines: tuple[Line, ...]
    total: Line


def years() -> list[int]:
    """Give the years there are months of, the latest first."""
    periods = Call.objects.filter(kind=CallKind.MONTHLY).values_list("period", flat=True)
    return sorted({int(period[:4]) for period in periods}, reverse=True)


def begun_in(year: int, today: date) -> list[Call]:
    """Give a year's months that have begun, in their order."""
    rows = Call.objects.filter(
        kind=CallKind.MONTHLY, period__startswith=f"{year}-", opens__lte=today
    )
    return list(rows.order_by("period"))


def standings(calls: Iterable[Call], scope: Scope, today: date) -> list[Standing]:
    """Say what became of every submission the person may see; two queries."""
    rows = list(
        Submission.objects.visible_to(scope)
        .filter(call__in=list(calls))
        .select_related("call", "group__unit__parent")
        .order_by("group__unit__position", "group__code", "call__period")
    )
    firsts = Version.objects.filter(submission__in=rows, number=1).select_related("ruling")
    by_submission = {each.submission_id: each for each in firsts.defer("values", "parts")}
    return [_standing(row, by_submission.get(row.pk), today) for row in rows]


def by_town(calls: Sequence[Call], found: Iterable[Standing]) -> Matrix:
    """Lay standings out town by town."""
    lines: defaultdict[tuple[int, str, str], list[Standing]] = defaultdict(list)
    for each in found:
        lines[each.town.position, each.town.code, each.town.name].append(each)
    return _matrix(calls, {(code, name): rows for (_, code, name), rows in sorted(lines.items())})


def by_group(calls: Sequence[Call], found: Iterable[Standing]) -> Matrix:
    """Lay one town's standings out group by group."""
    lines: defaultdict[tuple[str, str], list[Standing]] = defaultdict(list)
    for each in found:
        group = each.submission.group
        name = group.name if group.unit_id == each.town.pk else f"{group.unit.name} {group.name}"
        lines[group.code, name].append(each)
    return _matrix(calls, lines)


def _standing(submission: Submission, first: Version | None, today: date) -> Standing:
    ruling = getattr(first, "ruling", None)
    hand_in = HandIn(
        due=submission.call.due,
        extended_to=submission.extended_to,
        first=first.business_date if first else None,
        ruled_on_time=ruling is not None and ruling.counts_as_on_time,
        is_in=submission.is_handed_in,
        is_imported=submission.status == Status.IMPORTED,
    )
    return Standing(submission, first, timing(hand_in, today))


def _matrix(calls: Sequence[Call], lines: dict[tuple[str, str], list[Standing]]) -> Matrix:
    made = [_line(code, name, calls, rows) for (code, name), rows in lines.items()]
    everything = [each for rows in lines.values() for each in rows]
    return Matrix(tuple(calls), tuple(made), _line("", "合计", calls, everything))


def _line(code: str, name: str, calls: Sequence[Call], rows: Sequence[Standing]) -> Line:
    months: defaultdict[int, list[Timing]] = defaultdict(list)
    for each in rows:
        months[each.submission.call_id].append(each.timing)
    cells = tuple(Tally.of(months[call.pk]) if call.pk in months else None for call in calls)
    return Line(code, name, cells, Tally.of(each.timing for each in rows))


def cells(
    calls: Sequence[Call], found: Iterable[Standing]
) -> list[tuple[str, list[Standing | None]]]:
    """Lay one town's submissions out by group and month, one by one."""
    lines: defaultdict[tuple[str, str], dict[int, Standing]] = defaultdict(dict)
    for each in found:
        group = each.submission.group
        name = group.name if group.unit_id == each.town.pk else f"{group.unit.name} {group.name}"
        lines[group.code, name][each.submission.call_id] = each
    return [(name, [months.get(call.pk) for call in calls]) for (_, name), months in lines.items()]
