"""The office's ruling on a late form that says it was finished offline in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from zhenxing.accounts.choices import Role
from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reporting import access
from zhenxing.reporting.models import Ruling, Version
from zhenxing.reporting.services.stopping import StoppedError, stopped
from zhenxing.reporting.services.urging import signature

if TYPE_CHECKING:
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

RULED = "reporting.version.ruled"
MOST_WORDS = 200


def rule_on_lateness(
    *, version: Version, counts_as_on_time: bool, reason: str, scope: Scope, moment: Moment
) -> Ruling | Problem:
    """Rule on a late version, once and with a reason; the version itself stays as it is.

    Only where the form claims a moment at all, and as on time only where that lies in time.
    """
    problem = _refusal(version, counts_as_on_time=counts_as_on_time, reason=reason, scope=scope)
    if problem:
        return problem
    by = organisation_queries.actor(scope)
    with (
        stopped() as outcome,
        audit.act(RULED, subject=version.receipt, by=by, moment=moment) as act,
    ):
        if Ruling.objects.filter(version=version).exists():
            raise StoppedError(Problem(version.receipt, "已经认定过", "认定只有一次，不能改"))
        row = Ruling(
            version=version,
            counts_as_on_time=counts_as_on_time,
            reason=reason.strip(),
            **signature(scope, Role.ASSESSMENT, moment),
        )
        act.details.update(counts_as_on_time=counts_as_on_time, reason=row.reason)
        outcome.value = act.seal([row])[0]
    return outcome.of(Ruling)


def may_be_on_time(version: Version) -> bool:
    """Whether the claimed moment lies in time: a ruling may then count the version so."""
    if version.claimed_at is None:
        return False
    due = version.due or version.submission.due
    return timezone.localdate(version.claimed_at) <= due


def _refusal(
    version: Version, *, counts_as_on_time: bool, reason: str, scope: Scope
) -> Problem | None:
    if not access.may_run_calls(scope):
        return Problem("迟交认定", "由考核办认定", "请联系考核办")
    if version.on_time or version.claimed_at is None:
        what = "这一版按时" if version.on_time else "这一版没有自称的填好时刻"
        return Problem(version.receipt, f"{what}，没有可认定的", "只认定线下填好、迟收到的表")
    if counts_as_on_time and not may_be_on_time(version):
        return Problem(version.receipt, "自称填好的时刻也在截止之后", "只能认定为逾期，或不作认定")
    if not 0 < len(reason.strip()) <= MOST_WORDS:
        return Problem("理由", f"没有填写，或超过{MOST_WORDS}字", "请写明凭什么认定")
    return None
