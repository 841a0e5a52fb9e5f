"""Schedules: set by the office, worked off by the day's round, which begins what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zhenxing.assessment import access
from zhenxing.assessment.choices import Every, Purpose, SchemeKind
from zhenxing.assessment.models import Schedule, Scheme
from zhenxing.assessment.queries import schedules as asking
from zhenxing.assessment.services import rounds, running
from zhenxing.assessment.services.standing import refuse, refuse_all
from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.wording import short_date
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.kernel.moments import Moment
    from zhenxing.kernel.periods import Period
    from zhenxing.web.scope import Scope

SET = "assessment.schedule.set"
LATEST_AFTER, LONGEST_DAYS = 120, 60
LONGEST_BACK = timedelta(days=366)
# What a scheme is for says how often it can be run; the others may be run at any rhythm.
_FITTING = {
    SchemeKind.MONTH: (Every.MONTH,),
    SchemeKind.QUARTER: (Every.QUARTER,),
    SchemeKind.YEAR: (Every.HALF, Every.YEAR),
    SchemeKind.PILOT_REVIEW: (Every.YEAR,),
    SchemeKind.PILOT_SELECTION: (),
}


@dataclass(frozen=True)
class Rhythm:
    """How often a scheme's rounds begin, how long after the period, and from when on."""

    every: str
    days_after: int
    gather_days: int
    reply_days: int
    since: date
    active: bool = True


def set_schedule(
    *, scheme: Scheme, rhythm: Rhythm, seen: str, scope: Scope, moment: Moment
) -> Schedule:
    """Set a scheme's rhythm; `seen` is the print of the one that was shown."""
    refuse_all(_faults(scheme, rhythm, moment.business_date))
    with audit.act(
        SET, subject=scheme.name, by=organisation_queries.actor(scope), moment=moment
    ) as act:
        seats = target_queries.seats(scope, moment.business_date)
        if not access.keeps(seats, scheme.owner.code, is_countys=scheme.is_countys):
            refuse("考核排期", "排期由组织这项考核的单位定")
        row = Schedule.objects.filter(scheme=scheme).first()
        if asking.print_of(row) != seen:
            refuse("考核排期", "您打开以后别人改过", "请看过现在的排期；您写的内容还在下面")
        row = row or Schedule(scheme=scheme)
        row.every, row.days_after, row.since = rhythm.every, rhythm.days_after, rhythm.since
        row.gather_days, row.reply_days = rhythm.gather_days, rhythm.reply_days
        row.active = rhythm.active
        row.save()
        act.vouch(row)
        act.details |= {
            "every": row.every,
            "days_after": row.days_after,
            "gather_days": row.gather_days,
            "reply_days": row.reply_days,
            "since": row.since.isoformat(),
            "active": row.active,
        }
    return row


def open_due(moment: Moment) -> list[str]:
    """Begin every round that is due and ask for its first trial; nothing where all are begun.

    A server that stood still catches up. A period without an edition waits until one is issued.
    """
    today = moment.business_date
    rows = Schedule.objects.filter(active=True).select_related("scheme__owner")
    return [
        _open(schedule, period, moment)
        for schedule in rows
        for period in asking.due(schedule, today)
        if asking.has_rules(schedule, period, today)
    ]


def _open(schedule: Schedule, period: Period, moment: Moment) -> str:
    today = moment.business_date
    opening = rounds.Opening(str(period), today, today + timedelta(days=schedule.gather_days))
    name = f"{schedule.scheme.name}{period.label}"
    try:
        round_ = rounds.open_round(
            scheme=schedule.scheme, opening=opening, scope=None, moment=moment
        )
        job = running.ask_run(
            round_=round_, purpose=Purpose.TRIAL, as_of=today, scope=None, moment=moment,
            note="按排期试算",
        )  # fmt: skip
    except ActRefusedError as refused:
        return f"{name}没有开始：{refused}"
    running.start(job, moment)
    return f"{name}已开始，自评和评分到{short_date(opening.gather_until or today)}"


def _faults(scheme: Scheme, rhythm: Rhythm, today: date) -> list[Problem]:
    problems = []
    fitting = _FITTING.get(SchemeKind(scheme.kind), tuple(Every))
    if not fitting:
        what = f"{scheme.get_kind_display()}不按期重复，不排期"
        return [Problem("考核排期", what, "请在考核页手工开始")]
    if rhythm.every not in fitting:
        words = "、".join(str(each.label) for each in fitting)
        what = f"{scheme.get_kind_display()}的方案只能排{words}"
        problems.append(Problem("多久一次", what, "请改选"))
    days = (
        ("期满后几日", rhythm.days_after, 0, LATEST_AFTER),
        ("自评和评分几日", rhythm.gather_days, 1, LONGEST_DAYS),
        ("申诉几日", rhythm.reply_days, 1, LONGEST_DAYS),
    )
    problems += [
        Problem(where, f"{value}不在{low}—{high}之间", "请改写")
        for where, value, low, high in days
        if not low <= value <= high
    ]
    if rhythm.since < today - LONGEST_BACK:
        what = f"{rhythm.since}在一年以前，会一次补开许多期"
        problems.append(Problem("起", what, "请写一年以内的日期"))
    return problems
