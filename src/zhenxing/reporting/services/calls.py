"""Months opened and closed; the entry that closes a month is the root printed on its notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.workdays import DueRule
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.models import WorkingGroup
from zhenxing.reporting import access
from zhenxing.reporting.models import Call, Submission, Version

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.kernel.moments import Moment
    from zhenxing.kernel.periods import Period
    from zhenxing.web.scope import Scope

# Each group returns by the 25th, that day included; a rest day moves it to the next workday.
RULE = DueRule(day=25, inclusive=True, on_rest_day="next")


class _StoppedError(Exception):
    """Ends an act under way, so that nothing of it stands."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


def open_call(
    *, period: Period, opens: date, scope: Scope, moment: Moment, due: date | None = None
) -> Call | Problem:
    """Ask every group for a month; without `due` the day follows the rule and the calendar."""
    if not access.may_run_calls(scope):
        return _not_allowed("开始")
    last = due or organisation_queries.work_calendar().due_day(period, RULE)
    if last < opens:
        return Problem(period.label, f"截止日{last}早于开始日{opens}", "请改开始日或截止日")
    details = {"period": str(period), "opens": opens, "due": last}
    try:
        with audit.act(
            "reporting.call.opened",
            subject=f"{period.label}填报",
            by=organisation_queries.actor(scope),
            moment=moment,
            details=details,
        ) as act:
            call, is_new = Call.objects.get_or_create(
                code=str(period), defaults={"period": str(period), "opens": opens, "due": last}
            )
            if not is_new:
                raise _StoppedError(Problem(period.label, "填报任务已经有了", "不必再开"))
            ensure_submissions(call)
            act.vouch(call, *call.submissions.all())
    except _StoppedError as stop:
        return stop.problem
    return call


def ensure_submissions(call: Call) -> int:
    """Give every group that exists when the month begins its place in the call."""
    groups = WorkingGroup.objects.filter(
        Q(opened__isnull=True) | Q(opened__lte=call.due),
        Q(closed__isnull=True) | Q(closed__gt=call.opens),
    ).exclude(submissions__call=call)
    made = Submission.objects.bulk_create(
        [Submission(call=call, group=group) for group in groups], ignore_conflicts=True
    )
    return len(made)


def close_call(*, call: Call, scope: Scope, moment: Moment) -> Call | Problem:
    """Close a month for good once its last day is over: then only a correction slip changes it.

    The ledger entry seals the chain up to here and names who has not handed in; its sequence is
    kept as the month's closing root.
    """
    if not access.may_run_calls(scope):
        return _not_allowed("关闭")
    try:
        with audit.act(
            "reporting.call.closed",
            subject=f"{call.period}填报",
            by=organisation_queries.actor(scope),
            moment=moment,
        ) as act:
            current = Call.objects.select_for_update().get(pk=call.pk)
            if current.closed_on is not None:
                raise _StoppedError(
                    Problem(call.period, f"已于{current.closed_on}关闭", "不必再关")
                )
            if moment.business_date <= current.due:
                raise _StoppedError(
                    Problem(call.period, f"截止日{current.due}还没有过完", "过了截止日再关闭")
                )
            act.details.update(_closing(current))
            current.closed_on, current.closing_entry = moment.business_date, act.sequence
            current.save(update_fields=["closed_on", "closing_entry"])
            act.vouch(current)
    except _StoppedError as stop:
        return stop.problem
    return current


def _closing(call: Call) -> dict[str, object]:
    missing = Submission.objects.filter(call=call, latest=0)
    return {
        "period": call.period,
        "due": call.due,
        "versions": Version.objects.filter(submission__call=call).count(),
        "missing": sorted(missing.values_list("group__code", flat=True)),
    }


def _not_allowed(what: str) -> Problem:
    return Problem("", f"{what}填报任务由考核办办理，您的岗位没有这项权限", "请联系考核办")
