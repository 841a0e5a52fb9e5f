"""延期: asked by the reporter before the day, supported by the town, decided by the county."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reporting import access
from zhenxing.reporting.choices import CallState, ExtensionState
from zhenxing.reporting.models import Extension, Submission
from zhenxing.reporting.services.stopping import StoppedError, stopped

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

ASKED = "reporting.extension.asked"
SUPPORTED = "reporting.extension.supported"
GRANTED = "reporting.extension.granted"
REFUSED = "reporting.extension.refused"
LONGEST = timedelta(days=31)
MOST_WORDS = 200
UNDECIDED = (ExtensionState.ASKED, ExtensionState.PROPOSED)


def ask_extension(
    *, submission: Submission, until: date, reason: str, scope: Scope, moment: Moment
) -> Extension | Problem:
    """Ask for more days while the own last day is not over; after it nobody can."""
    group = submission.group
    if not access.may_submit(scope, group.code):
        return Problem("延期", "只有本专班的填报员能申请延期", "请由本专班填报员申请")
    with (
        stopped() as outcome,
        audit.timed_act(
            ASKED, subject=_subject(submission), by=organisation_queries.actor(scope), moment=moment
        ) as act,
    ):
        current = Submission.objects.select_for_update().get(pk=submission.pk)
        _require_askable(current, moment)
        wrong = _wrong(current, until, reason)
        if wrong:
            raise StoppedError(wrong)
        extension = Extension.objects.create(
            submission=current,
            until=until,
            reason=reason.strip(),
            state=ExtensionState.ASKED,
            asked_by=scope.username,
            asked_by_name=_name(scope),
            asked_on=moment.business_date,
        )
        act.details.update(due=current.due, until=until, reason=reason.strip())
        act.vouch(extension)
        outcome.value = extension
    return outcome.of(Extension)


def support_extension(*, extension: Extension, scope: Scope, moment: Moment) -> Extension | Problem:
    """Say the town's yes; the county still decides."""
    if not access.may_speak_for(scope, extension.submission.group.unit.code):
        return Problem("延期", "由本镇综合协调专班提出意见", "请联系本镇综合协调专班")
    with (
        stopped() as outcome,
        audit.act(
            SUPPORTED,
            subject=_subject(extension.submission),
            by=organisation_queries.actor(scope),
            moment=moment,
        ) as act,
    ):
        current = _waiting(extension, {ExtensionState.ASKED}, scope)
        current.state = ExtensionState.PROPOSED
        current.proposed_by, current.proposed_by_name = scope.username, _name(scope)
        current.save(update_fields=["state", "proposed_by", "proposed_by_name"])
        act.details.update(until=current.until)
        act.vouch(current)
        outcome.value = current
    return outcome.of(Extension)


def grant_extension(
    *, extension: Extension, answer: str, scope: Scope, moment: Moment
) -> Extension | Problem:
    """Give the days: the submission's own last day moves, for all to see."""
    if not access.may_run_calls(scope):
        return Problem("延期", "延期由考核办批准", "请等考核办答复")
    with (
        stopped() as outcome,
        audit.timed_act(
            GRANTED,
            subject=_subject(extension.submission),
            by=organisation_queries.actor(scope),
            moment=moment,
        ) as act,
    ):
        current = _waiting(extension, {ExtensionState.PROPOSED}, scope)
        submission = Submission.objects.select_for_update().get(pk=current.submission_id)
        before, submission.extended_to = submission.due, current.until
        submission.save(update_fields=["extended_to"])
        _decide(current, ExtensionState.GRANTED, answer, scope, moment)
        act.details.update(before=before, until=current.until, answer=answer.strip())
        act.vouch(current, submission)
        outcome.value = current
    return outcome.of(Extension)


def refuse_extension(
    *, extension: Extension, answer: str, scope: Scope, moment: Moment
) -> Extension | Problem:
    """Say no, with the reason: the town to what is asked of it, the county to either."""
    is_county = access.may_run_calls(scope)
    if not is_county and not access.may_speak_for(scope, extension.submission.group.unit.code):
        return Problem("延期", "由本镇综合协调专班和考核办答复", "请等答复")
    if not answer.strip():
        return Problem("延期", "没有写不同意的原因", "请写一句原因，申请人会看到")
    states = set(UNDECIDED) if is_county else {ExtensionState.ASKED}
    with (
        stopped() as outcome,
        audit.act(
            REFUSED,
            subject=_subject(extension.submission),
            by=organisation_queries.actor(scope),
            moment=moment,
        ) as act,
    ):
        current = _waiting(extension, states, scope)
        _decide(current, ExtensionState.REFUSED, answer, scope, moment)
        act.details.update(until=current.until, answer=answer.strip())
        act.vouch(current)
        outcome.value = current
    return outcome.of(Extension)


def not_extendable(submission: Submission, today: date) -> Problem | None:
    """Say why more days cannot be asked for now, if so."""
    call = submission.call
    if call.state(today) is not CallState.OPEN:
        return Problem("延期", f"{call.name}现在不在填报中", "请核对月份")
    if submission.is_handed_in:
        return Problem("延期", "本表已经报送", "不必延期；要改数请重新报送")
    if today > submission.due:
        what = f"截止日{submission.due}已过，不能再申请延期"
        return Problem("延期", what, "请尽快报送，会记为逾期；线下已按时填好的，请考核办认定")
    if submission.extensions.filter(state__in=UNDECIDED).exists():
        return Problem("延期", "已有一件申请在办", "请等答复")
    return None


def _require_askable(current: Submission, moment: Moment) -> None:
    problem = not_extendable(current, moment.business_date)
    if problem:
        raise StoppedError(problem)


def _wrong(submission: Submission, until: date, reason: str) -> Problem | None:
    if not submission.due < until <= submission.due + LONGEST:
        last = submission.due + LONGEST
        return Problem("延到", f"要在{submission.due}之后、{last}之前", "请改日期")
    if not reason.strip():
        return Problem("原因", "没有填写", "请写一句为什么要延期")
    if len(reason.strip()) > MOST_WORDS:
        return Problem("原因", f"超过{MOST_WORDS}字", "请写短一些")
    return None


def _waiting(extension: Extension, states: set[ExtensionState], scope: Scope) -> Extension:
    current = (
        Extension.objects.select_for_update(of=("self",))
        .select_related("submission__call", "submission__group")
        .get(pk=extension.pk)
    )
    if current.state not in states:
        what = f"这件申请现在是「{current.get_state_display()}」"
        raise StoppedError(Problem("延期", what, "请刷新后再看"))
    if current.submission.call.closed_on is not None:
        raise StoppedError(Problem("延期", "本月填报已经关闭", "不能再延期"))
    if scope.username in {current.asked_by, current.proposed_by}:
        raise StoppedError(Problem("延期", "您已在这件申请上签过", "请由另一个人办理"))
    return current


def _decide(
    current: Extension, state: ExtensionState, answer: str, scope: Scope, moment: Moment
) -> None:
    current.state, current.answer = state, answer.strip()[:MOST_WORDS]
    current.decided_by, current.decided_by_name = scope.username, _name(scope)
    current.decided_on = moment.business_date
    current.save(update_fields=["state", "answer", "decided_by", "decided_by_name", "decided_on"])


def _name(scope: Scope) -> str:
    return f"{scope.name}（{scope.unit_name}）"


def _subject(submission: Submission) -> str:
    return f"{submission.group.code} {submission.call.code}"
