"""Months closed by two persons; the entry that closes one is the root printed on its notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.audit import services as audit
from zhenxing.audit.choices import MONTH_CLOSED
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.choices import VILLAGE_FORM
from zhenxing.reporting import access
from zhenxing.reporting.choices import ExtensionState, Status
from zhenxing.reporting.models import Call, Extension, Submission, Version
from zhenxing.reporting.queries.calendar import last_day
from zhenxing.reporting.services.calls import not_allowed
from zhenxing.reporting.services.stopping import StoppedError, stopped

if TYPE_CHECKING:
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

PROPOSED = "reporting.call.closing_proposed"
UNDECIDED = (ExtensionState.ASKED, ExtensionState.PROPOSED)


def propose_closing(*, call: Call, scope: Scope, moment: Moment) -> Call | Problem:
    """Propose to close a month whose last day is over; another person of the office closes it."""
    if not access.may_run_calls(scope):
        return not_allowed("关闭")
    by = organisation_queries.actor(scope)
    with (
        stopped() as outcome,
        audit.timed_act(PROPOSED, subject=call.name, by=by, moment=moment) as act,
    ):
        current = _closable(call, moment)
        if current.closing_proposed_by:
            raise StoppedError(
                Problem(call.name, "已经有人提出关闭", "请考核办另一位经办人复核后关闭")
            )
        current.closing_proposed_by = scope.username
        current.closing_proposed_on = moment.business_date
        current.save(update_fields=["closing_proposed_by", "closing_proposed_on"])
        act.details.update(closing_report(current))
        act.vouch(current)
        outcome.value = current
    return outcome.of(Call)


def close_call(*, call: Call, scope: Scope, moment: Moment) -> Call | Problem:
    """Close a month for good: then only a correction slip changes it.

    Needs another person's proposal, and every last day over, extensions included. The ledger entry
    seals the chain up to here and names who has not handed in; its sequence is the closing root.
    """
    if not access.may_run_calls(scope):
        return not_allowed("关闭")
    by = organisation_queries.actor(scope)
    with (
        stopped() as outcome,
        audit.timed_act(MONTH_CLOSED, subject=call.name, by=by, moment=moment) as act,
    ):
        current = _closable(call, moment)
        _seconded(current, scope)
        act.details.update(closing_report(current))
        current.closed_on, current.closing_entry = moment.business_date, act.sequence
        current.save(update_fields=["closed_on", "closing_entry"])
        act.vouch(current)
        outcome.value = current
    return outcome.of(Call)


def closing_report(call: Call) -> dict[str, object]:
    """Say what is in and what is missing: the words of the entry that closes the month."""
    every = Submission.objects.filter(call=call)
    villages, rows = every.filter(group__key=VILLAGE_FORM), every.exclude(group__key=VILLAGE_FORM)
    missing = rows.filter(latest=0).exclude(status=Status.IMPORTED)
    returned = rows.filter(status=Status.RETURNED)
    return {
        "period": call.period,
        "due": call.due,
        "proposed_by": call.closing_proposed_by,
        "versions": Version.objects.filter(submission__call=call).count(),
        "missing": sorted(missing.values_list("group__code", flat=True)),
        "returned": sorted(returned.values_list("group__code", flat=True)),
        "villages_missing": villages.filter(latest=0).count(),
    }


def _closable(call: Call, moment: Moment) -> Call:
    """Give the call as it stands now; stop where it is closed already or not over."""
    current = Call.objects.select_for_update().get(pk=call.pk)
    if current.is_temporary:
        raise StoppedError(Problem(call.name, "临时任务到期自行结束", "不必关闭"))
    if current.closed_on is not None:
        raise StoppedError(Problem(call.name, f"已于{current.closed_on}关闭", "不必再关"))
    last = last_day(current)
    if moment.business_date <= last:
        what = f"截止日{last}还没有过完" + ("（含延期）" if last > current.due else "")
        raise StoppedError(Problem(call.name, what, "过了截止日再关闭"))
    waiting = Extension.objects.filter(submission__call=current, state__in=UNDECIDED).count()
    if waiting:
        raise StoppedError(
            Problem(call.name, f"还有{waiting}件延期申请没有答复", "请先批准或不批准，再关闭")
        )
    return current


def _seconded(current: Call, scope: Scope) -> None:
    if not current.closing_proposed_by:
        raise StoppedError(
            Problem(current.name, "还没有人提出关闭", "请先由一位经办人提出，再由另一位关闭")
        )
    if current.closing_proposed_by == scope.username:
        raise StoppedError(
            Problem(current.name, "是您提出关闭的，不能再由您关闭", "请考核办另一位经办人关闭")
        )
