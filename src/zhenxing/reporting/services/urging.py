"""催报: an office urges groups that have not handed in; the ledger keeps whether it arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role
from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reporting import access
from zhenxing.reporting.choices import CallState
from zhenxing.reporting.models import Submission, Urging, UrgingRead
from zhenxing.reporting.services.stopping import StoppedError, stopped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.models import Call
    from zhenxing.web.scope import Scope

URGED = "reporting.submission.urged"
READ = "reporting.urging.read"
LONGEST = 200


def urge(
    *, call: Call, groups: Sequence[str], text: str, scope: Scope, moment: Moment
) -> tuple[Urging, ...] | Problem:
    """Urge groups by code; those that have handed in meanwhile, or were urged today, are left out.

    Without words of its own an urging says how the call stands to its last day.
    """
    said = text.strip() or f"{call.name}：{call.countdown(moment.business_date)}，请尽快报送"
    if len(said) > LONGEST:
        return Problem("催报", f"内容有{len(said)}字，超过{LONGEST}字", "请写短一些")
    by = organisation_queries.actor(scope)
    with (
        stopped() as outcome,
        audit.act(URGED, subject=call.name, by=by, moment=moment) as act,
    ):
        waiting = _waiting(call, groups, scope, moment)
        rows = [
            Urging(submission=each, text=said, **signature(scope, _role(scope), moment))
            for each in waiting
        ]
        act.details.update(call=call.code, groups=[each.group.code for each in waiting], text=said)
        outcome.value = tuple(act.seal(rows))
    return outcome.of(tuple)


def read_urging(*, urging: Urging, scope: Scope, moment: Moment) -> UrgingRead | Problem:
    """Say that an urging arrived; pressed again it changes nothing."""
    group = urging.submission.group
    if not access.may_submit(scope, group.code):
        return Problem("催报", f"这条催报是给{group.name}填报员的", "请由本专班填报员签收")
    before = urging.readings.filter(by=scope.username).first()
    if before:
        return before
    by = organisation_queries.actor(scope)
    subject = f"{group.code} {urging.submission.call.code}"
    role = Role.REPORTER if scope.has(Role.REPORTER) else Role.VILLAGE_REPORTER
    with audit.act(READ, subject=subject, by=by, moment=moment) as act:
        row = UrgingRead(urging=urging, **signature(scope, role, moment))
        act.details.update(urging=urging.pk)
        act.seal([row])
    return row


def signature(scope: Scope, role: str, moment: Moment) -> dict[str, object]:
    """Give the fields of a signed line: who, as what, when."""
    return {
        "by": scope.username,
        "by_name": f"{scope.name}（{scope.unit_name}）",
        "role": role,
        "at": moment.at,
        "business_date": moment.business_date,
    }


def _role(scope: Scope) -> str:
    return Role.ASSESSMENT if access.may_run_calls(scope) else Role.TOWN_OFFICE


def _waiting(call: Call, groups: Sequence[str], scope: Scope, moment: Moment) -> list[Submission]:
    if call.state(moment.business_date) is not CallState.OPEN:
        raise StoppedError(Problem(call.name, "现在不在填报中，没有可催的", "请核对月份"))
    rows = Submission.objects.filter(call=call, group__code__in=groups).select_related(
        "group__unit", "call"
    )
    foreign = [each.group.name for each in rows if not access.may_urge(scope, each.group.unit.code)]
    if foreign:
        what = f"{'、'.join(foreign)}不归您催报"
        raise StoppedError(Problem("催报", what, "镇综合协调专班催本镇的，考核办催全县的"))
    today = Urging.objects.filter(
        submission__in=rows, by=scope.username, business_date=moment.business_date
    )
    urged = set(today.values_list("submission_id", flat=True))
    waiting = [each for each in rows if not each.is_handed_in and each.pk not in urged]
    if not waiting:
        raise StoppedError(
            Problem("催报", "所选专班都已报送，或今天已经催过", "请刷新名单，明天可以再催")
        )
    return waiting
