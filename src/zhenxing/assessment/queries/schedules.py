"""Questions about schedules: which periods are due, what will open when."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zhenxing.assessment.choices import Every, RoundState
from zhenxing.assessment.models import Round, Schedule, Scheme
from zhenxing.assessment.queries.reckoning import UnreadableRulesError
from zhenxing.assessment.queries.rounds import edition_in_force
from zhenxing.kernel.periods import Kind, Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from zhenxing.web.scope import Scope

YEAR = timedelta(days=365)
_FIRST: Mapping[str, Callable[[date], Period]] = {
    Every.MONTH: Period.month_of,
    Every.QUARTER: lambda day: Period.quarter(day.year, (day.month + 2) // 3),
    Every.HALF: lambda day: Period.half(day.year, (day.month + 5) // 6),
    Every.YEAR: lambda day: Period.whole_year(day.year),
}
KINDS = {
    Every.MONTH: Kind.MONTH,
    Every.QUARTER: Kind.QUARTER,
    Every.HALF: Kind.HALF,
    Every.YEAR: Kind.YEAR,
}


@dataclass(frozen=True)
class Coming:
    """A round that a schedule will begin: its period and days; whether rules are there for it."""

    schedule: Schedule
    period: Period
    opens: date
    gather_until: date
    has_edition: bool


def schedules(scope: Scope) -> list[Schedule]:
    """Give the schedules of the schemes a person may read."""
    rows = Schedule.objects.filter(scheme__in=Scheme.objects.visible_to(scope))
    return list(rows.select_related("scheme__owner").order_by("scheme__code"))


def opens_on(schedule: Schedule, period: Period) -> date:
    """Give the day on which a period's round begins."""
    return period.last_day + timedelta(days=schedule.days_after)


def periods(schedule: Schedule, until: date) -> Iterator[Period]:
    """Give the periods whose round begins by a day: those that end on `since` or later."""
    period = _FIRST[Every(schedule.every)](schedule.since)
    while opens_on(schedule, period) <= until:
        yield period
        period = period.next


def due(schedule: Schedule, today: date) -> list[Period]:
    """Give the periods whose round should have begun and has not.

    A round that was revoked counts as begun: what the office took back it begins again by hand.
    """
    there = set(Round.objects.filter(scheme=schedule.scheme_id).values_list("period", flat=True))
    return [each for each in periods(schedule, today) if str(each) not in there]


def coming(rows: list[Schedule], today: date) -> list[Coming]:
    """Give what the schedules will begin within a year, the earliest first."""
    found = []
    for schedule in rows:
        if not schedule.active:
            continue
        late = {str(each) for each in due(schedule, today)}
        for period in periods(schedule, today + YEAR):
            opens = opens_on(schedule, period)
            if opens <= today and str(period) not in late:
                continue
            begins = max(opens, today)
            until = begins + timedelta(days=schedule.gather_days)
            found.append(Coming(schedule, period, opens, until, has_rules(schedule, period, today)))
    found.sort(key=lambda each: (each.opens, each.schedule.scheme.code))
    return found


def has_rules(schedule: Schedule, period: Period, today: date) -> bool:
    """Whether an edition is in force by which the period can be assessed."""
    try:
        return edition_in_force(schedule.scheme, str(period), today) is not None
    except UnreadableRulesError:
        return False


def reply_until(round_: Round, today: date) -> date | None:
    """Give the last day for appeals as the scheme's rhythm has it, where replies may be opened."""
    if round_.state != RoundState.MARKED:
        return None
    rhythm = Schedule.objects.filter(scheme=round_.scheme_id, active=True).first()
    return None if rhythm is None else today + timedelta(days=rhythm.reply_days)


def print_of(schedule: Schedule | None) -> str:
    """Give what a form says it was written on; empty where nothing was set."""
    if schedule is None:
        return ""
    said = (
        schedule.every, schedule.days_after, schedule.gather_days, schedule.reply_days,
        schedule.since, schedule.active,
    )  # fmt: skip
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]
