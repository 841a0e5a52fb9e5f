"""Months opened by the calendar, or by hand; every group has its place in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from zhenxing.audit import services as audit
from zhenxing.audit.models import Actor
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.wording import short_date
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.models import WorkingGroup
from zhenxing.reporting import access
from zhenxing.reporting.choices import CallKind
from zhenxing.reporting.models import Call, Submission
from zhenxing.reporting.queries.calendar import Reckoner, periods_to_open
from zhenxing.reporting.services.stopping import StoppedError, stopped

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhenxing.kernel.moments import Moment
    from zhenxing.kernel.periods import Period
    from zhenxing.reporting.queries.calendar import Schedule
    from zhenxing.web.scope import Scope

OPENED = "reporting.call.opened"
SETTLED = "reporting.call.due_settled"
PLACED = "reporting.call.places_added"
# Who opens a month by itself when its day has come: no person, and so without a role.
CALENDAR = Actor("calendar", "系统（按工作日历）", "", "")


def open_due_calls(moment: Moment) -> list[Call]:
    """Open every month whose opening day has come; nothing where all are open.

    A server that stood still catches up; a site without groups opens nothing.
    """
    today = moment.business_date
    if not WorkingGroup.objects.open_on(today).exists():
        return []
    reckoner, opened = Reckoner(), []
    for period in periods_to_open(reckoner, today):
        is_late = reckoner.opening(period) < today
        call = _opened(
            _made(reckoner.schedule(period, today if is_late else None)), CALENDAR, moment
        )
        if isinstance(call, Problem):
            raise RuntimeError(call.sentence)
        opened.append(call)
    return opened


def settle_due_days(moment: Moment) -> list[Call]:
    """Reckon provisional due days anew once the year's holidays are announced.

    A day that was promised is never taken back: only a later one replaces it.
    """
    monthly = Call.objects.filter(kind=CallKind.MONTHLY, closed_on__isnull=True)
    settled = []
    for call in monthly.filter(rule__provisional=True):
        schedule = Reckoner().schedule(call.month)
        if schedule.doubt is None:
            settled.append(_settle(call, schedule, moment))
    return settled


def fill_places(moment: Moment) -> list[Submission]:
    """Give groups founded after a month was opened their place in it, while it is not yet due."""
    today, made = moment.business_date, []
    monthly = Call.objects.filter(kind=CallKind.MONTHLY, closed_on__isnull=True)
    for call in monthly.filter(opens__lte=today, due__gte=today):
        if not _without_place(call).exists():
            continue
        with audit.act(PLACED, subject=call.name, by=CALENDAR, moment=moment) as act:
            places = _place(call)
            act.details["groups"] = sorted(each.group.code for each in places)
            act.vouch(*places)
        made += places
    return made


def open_call(
    *, period: Period, opens: date, scope: Scope, moment: Moment, due: date | None = None
) -> Call | Problem:
    """Ask every group for a month by hand; without `due` the day follows rule and calendar."""
    if not access.may_run_calls(scope):
        return not_allowed("开始")
    call = _made(Reckoner().schedule(period))
    call.opens = opens
    if due is not None and due != call.due:
        call.due, call.rule = due, {"why": "由考核办指定"}
    if call.due < opens:
        return Problem(period.label, f"截止日{call.due}早于开始日{opens}", "请改开始日或截止日")
    return _opened(call, organisation_queries.actor(scope), moment)


def ensure_submissions(call: Call) -> int:
    """Give every group that exists when the month begins its place in the call."""
    return len(_place(call))


def not_allowed(what: str) -> Problem:
    """Say who runs the months."""
    return Problem("", f"{what}填报任务由考核办办理，您的岗位没有这项权限", "请联系考核办")


def _made(schedule: Schedule) -> Call:
    code = str(schedule.period)
    return Call(code=code, period=code, opens=schedule.opens, due=schedule.due, rule=schedule.kept)


def _opened(call: Call, by: Actor, moment: Moment) -> Call | Problem:
    details = {
        "period": call.period,
        "opens": call.opens,
        "due": call.due,
        "rule": dict(call.rule),
    }
    with (
        stopped() as outcome,
        audit.timed_act(OPENED, subject=call.name, by=by, moment=moment, details=details) as act,
    ):
        if Call.objects.filter(code=call.code).exists():
            raise StoppedError(Problem(call.month.label, "填报任务已经有了", "不必再开"))
        call.save(force_insert=True)
        _place(call)
        act.vouch(call, *call.submissions.all())
        outcome.value = call
    return outcome.of(Call)


def _place(call: Call) -> list[Submission]:
    groups = _without_place(call)
    made = [Submission(call=call, group=group) for group in groups]
    Submission.objects.bulk_create(made, ignore_conflicts=True)
    return list(Submission.objects.filter(call=call, group__in=[each.group for each in made]))


def _without_place(call: Call) -> QuerySet[WorkingGroup]:
    return WorkingGroup.objects.filter(
        Q(opened__isnull=True) | Q(opened__lte=call.due),
        Q(closed__isnull=True) | Q(closed__gt=call.opens),
    ).exclude(submissions__call=call)


def _settle(call: Call, schedule: Schedule, moment: Moment) -> Call:
    details = {"before": call.due, "reckoned": schedule.due}
    with audit.act(SETTLED, subject=call.name, by=CALENDAR, moment=moment, details=details) as act:
        current = Call.objects.select_for_update().get(pk=call.pk)
        kept = dict(schedule.kept)
        if schedule.due < current.due:
            kept["why"] = f"{schedule.why}；原暂定{short_date(current.due)}，已告知的不提前"
        current.due, current.rule = max(current.due, schedule.due), kept
        current.save(update_fields=["due", "rule"])
        act.details["due"] = current.due
        act.vouch(current)
    return current
