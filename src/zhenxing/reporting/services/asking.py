"""临时任务: something asked besides the months, approved by a second person, ending by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role
from zhenxing.audit import services as audit
from zhenxing.indicators.choices import Nature
from zhenxing.indicators.models import Indicator
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.models import WorkingGroup
from zhenxing.reporting import access
from zhenxing.reporting.choices import CallKind, CallState
from zhenxing.reporting.models import Call, Submission
from zhenxing.reporting.services.calls import CALENDAR
from zhenxing.reporting.services.stopping import StoppedError, stopped
from zhenxing.reporting.services.uploading import month_closed_meanwhile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhenxing.kernel.moments import Moment
    from zhenxing.kernel.periods import Period
    from zhenxing.web.scope import Scope

PROPOSED = "reporting.temporary.proposed"
APPROVED = "reporting.temporary.approved"
REFUSED = "reporting.temporary.refused"
EXPIRED = "reporting.temporary.expired"
LONGEST = timedelta(days=60)
TITLE, REASON = 60, 300


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A temporary call as it is wanted: what, on which paper, of whom, by when, until when."""

    title: str
    basis: str
    reason: str
    period: Period
    indicators: tuple[str, ...]
    groups: tuple[str, ...]
    due: date
    expires: date


def wrong_with(asking: Asking, scope: Scope, today: date) -> list[Problem]:
    """Give everything that keeps a temporary call from being proposed."""
    return [*_words(asking), *_days(asking, today), *_items(asking, scope), *_asked(asking, scope)]


def propose_call(asking: Asking, *, scope: Scope, moment: Moment) -> Call | Problem:
    """Propose a temporary call; nothing is asked of anybody before a second person approves."""
    wrong = wrong_with(asking, scope, moment.business_date)
    if wrong:
        return wrong[0]
    by = organisation_queries.actor(scope)
    with (
        stopped() as outcome,
        audit.act(PROPOSED, subject=asking.title, by=by, moment=moment) as act,
    ):
        call = Call.objects.create(
            code=_code(asking.period),
            kind=CallKind.TEMPORARY,
            period=str(asking.period),
            title=asking.title,
            opens=moment.business_date,
            due=asking.due,
            asked=list(asking.indicators),
            groups=list(asking.groups),
            reason=f"{asking.reason}（{asking.basis}）",
            expires=asking.expires,
            proposed_by=scope.username,
            rule={"why": "临时任务，由提出人定", "basis": asking.basis},
        )
        act.details.update(_details(call))
        act.vouch(call)
        outcome.value = call
    return outcome.of(Call)


def approve_call(*, call: Call, scope: Scope, moment: Moment) -> Call | Problem:
    """Approve a temporary call: from now on its groups are asked."""
    if not access.may_run_calls(scope):
        return _not_allowed()
    by = organisation_queries.actor(scope)
    with (
        stopped() as outcome,
        audit.timed_act(APPROVED, subject=call.title, by=by, moment=moment) as act,
    ):
        current = _proposed(call, scope)
        closed = month_closed_meanwhile(current)
        if closed:
            raise StoppedError(closed)
        if moment.business_date > current.due:
            raise StoppedError(Problem(call.title, "截止日已过", "请不批准，改好日期再提"))
        current.approved_by, current.opens = scope.username, moment.business_date
        current.save(update_fields=["approved_by", "opens"])
        groups = WorkingGroup.objects.filter(code__in=current.groups)
        Submission.objects.bulk_create([Submission(call=current, group=each) for each in groups])
        act.details.update(_details(current))
        act.vouch(current, *current.submissions.all())
        outcome.value = current
    return outcome.of(Call)


def refuse_call(*, call: Call, reason: str, scope: Scope, moment: Moment) -> Call | Problem:
    """Refuse a temporary call with the reason: nobody is ever asked."""
    if not access.may_run_calls(scope):
        return _not_allowed()
    if not 0 < len(reason.strip()) <= REASON:
        return Problem("原因", f"没有填写，或超过{REASON}字", "请写明为什么不批准")
    by = organisation_queries.actor(scope)
    with (
        stopped() as outcome,
        audit.act(REFUSED, subject=call.title, by=by, moment=moment) as act,
    ):
        current = _proposed(call, scope)
        current.refused = reason.strip()
        current.save(update_fields=["refused"])
        act.details.update(code=current.code, reason=current.refused)
        act.vouch(current)
        outcome.value = current
    return outcome.of(Call)


def expire_calls(moment: Moment) -> list[Call]:
    """End temporary calls whose last day is over, writing down who has not handed in."""
    over = Call.objects.filter(
        kind=CallKind.TEMPORARY, closed_on__isnull=True, expires__lt=moment.business_date
    ).exclude(approved_by="")
    return [_expire(call, moment) for call in over]


def _expire(call: Call, moment: Moment) -> Call:
    with audit.act(EXPIRED, subject=call.title, by=CALENDAR, moment=moment) as act:
        current = Call.objects.select_for_update().get(pk=call.pk)
        missing = Submission.objects.filter(call=current, latest=0)
        current.closed_on, current.closing_entry = moment.business_date, act.sequence
        current.save(update_fields=["closed_on", "closing_entry"])
        act.details.update(
            code=current.code, missing=sorted(missing.values_list("group__code", flat=True))
        )
        act.vouch(current)
    return current


def _proposed(call: Call, scope: Scope) -> Call:
    current = Call.objects.select_for_update().get(pk=call.pk)
    if current.state(current.opens) is not CallState.PROPOSED:
        raise StoppedError(Problem(call.title, "已经答复过", "请刷新后再看"))
    if current.proposed_by == scope.username:
        raise StoppedError(
            Problem(call.title, "是您提出的，不能由您答复", "请考核办另一位经办人办理")
        )
    return current


def _words(asking: Asking) -> Iterator[Problem]:
    for where, text, most in (
        ("名称", asking.title, TITLE),
        ("依据文号", asking.basis, TITLE),
        ("事由", asking.reason, REASON - TITLE - 2),
    ):
        if not text.strip():
            yield Problem(where, "没有填写", "临时任务要写明名称、事由和依据的文号")
        elif len(text) > most:
            yield Problem(where, f"超过{most}字", "请写短一些")


def _days(asking: Asking, today: date) -> Iterator[Problem]:
    if not today < asking.due <= today + LONGEST:
        what = f"要在{today}之后、{today + LONGEST}以前"
        yield Problem("截止日", what, "至少留一天；“上午发下午要”不收")
    elif not asking.due <= asking.expires <= asking.due + LONGEST:
        last = asking.due + LONGEST
        yield Problem("到期日", f"要在{asking.due}到{last}之间", "到期后任务自行结束")


def _items(asking: Asking, scope: Scope) -> Iterator[Problem]:
    found = Indicator.objects.filter(code__in=asking.indicators).select_related("lead")
    known = {each.code: each for each in found}
    if not known or len(known) < len(set(asking.indicators)):
        yield Problem("指标", "没有选，或有指标库里没有的", "请从指标库里选")
    closed = month_closed_meanwhile(_as_call(asking))
    if closed:
        yield closed
    survey = [each.name for each in known.values() if each.nature == Nature.SURVEY]
    if survey:
        what = f"{'、'.join(survey)}是统计调查数，由统计部门提供，不向镇村要"
        yield Problem("指标", what, "请去掉这些指标")
    foreign = [each.name for each in known.values() if each.lead.code not in scope.departments]
    if foreign and not scope.has(Role.ASSESSMENT, Role.TOWN_OFFICE):
        yield Problem("指标", f"{'、'.join(foreign)}不由您的部门牵头", "只能问本部门牵头的指标")


def _as_call(asking: Asking) -> Call:
    return Call(
        kind=CallKind.TEMPORARY,
        period=str(asking.period),
        title=asking.title,
        asked=list(asking.indicators),
    )


def _asked(asking: Asking, scope: Scope) -> Iterator[Problem]:
    found = WorkingGroup.objects.filter(code__in=asking.groups).select_related("unit")
    known = {each.code: each for each in found}
    if not known or len(known) < len(set(asking.groups)):
        yield Problem("专班", "没有选，或有不存在的专班", "请从名单里选")
    if scope.has(Role.ASSESSMENT, Role.DEPARTMENT):
        return
    foreign = [each.name for each in known.values() if each.unit.code not in scope.units]
    if foreign or not access.may_propose_calls(scope):
        yield Problem("专班", "有不属于本镇的专班，或您没有提出的权限", "镇里只能问本镇的专班")


def _code(period: Period) -> str:
    """Give the next code of the period's temporary calls (2023-10-L1)."""
    before = Call.objects.filter(kind=CallKind.TEMPORARY, period=str(period)).count()
    return f"{period}-L{before + 1}"


def _details(call: Call) -> dict[str, object]:
    return {
        "code": call.code,
        "asked": list(call.asked),
        "groups": list(call.groups),
        "due": call.due,
        "expires": call.expires,
        "reason": call.reason,
    }


def _not_allowed() -> Problem:
    return Problem("临时任务", "由考核办另一位经办人批准", "请联系考核办")
