"""Reviewed, signed, sent back: each in one act, with its person, on the version they looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reporting.choices import Move, ReturnReason, Status
from zhenxing.reporting.form.answers import content_from
from zhenxing.reporting.models import Step, Submission
from zhenxing.reporting.queries.evidence import missing_evidence
from zhenxing.reporting.services import figures
from zhenxing.reporting.services.moving import Asked, Stale, StoppedError, seen_again, stop_if

if TYPE_CHECKING:
    from zhenxing.audit.services import Act
    from zhenxing.indicators.models import Figure
    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.models import Version
    from zhenxing.reporting.services.moving import Seen
    from zhenxing.web.scope import Scope

ACTIONS = {
    Move.REVIEW: "reporting.submission.reviewed",
    Move.SIGN: "reporting.submission.signed",
    Move.RETURN: "reporting.submission.returned",
}
LONGEST_TEXT = 1000
WHY = "退回原因"


@dataclass(frozen=True)
class Done:
    """A move that stands."""

    step: Step
    figures: int = 0


Outcome = Done | Stale | Problem


def review(
    *, submission: Submission, scope: Scope, moment: Moment, base_version: int, text: str = ""
) -> Outcome:
    """Pass a version on to the town's leader; a village's is passed by a reporter of the town."""
    return _move(
        Asked(
            move=Move.REVIEW,
            submission=submission,
            scope=scope,
            moment=moment,
            base_version=base_version,
            text=text.strip(),
        )
    )


def sign(
    *, submission: Submission, scope: Scope, moment: Moment, base_version: int, text: str = ""
) -> Outcome:
    """Sign a reviewed version: its numbers count as signed, and none of them becomes another.

    Ask for the password before (`accounts.services.reauthenticate`).
    """
    return _move(
        Asked(
            move=Move.SIGN,
            submission=submission,
            scope=scope,
            moment=moment,
            base_version=base_version,
            text=text.strip(),
        )
    )


def send_back(
    *,
    submission: Submission,
    scope: Scope,
    moment: Moment,
    base_version: int,
    reason: str,
    text: str,
) -> Outcome:
    """Give a submission back with a coded reason and a text; what it said stays beside what comes.

    After a signature the signed figures are taken back, after a confirmation those too.
    """
    said = text.strip()
    if reason not in ReturnReason.values:
        return Problem(WHY, "没有选，没有退回", "请选一项退回原因，并写明具体是哪一格、怎么改")
    if not said:
        return Problem(WHY, "没有写明，没有退回", "请写明具体是哪一格、为什么、怎么改")
    return _move(
        Asked(
            move=Move.RETURN,
            submission=submission,
            scope=scope,
            moment=moment,
            base_version=base_version,
            reason=reason,
            text=said,
        )
    )


def step_of(asked: Asked, seen: Seen, after: Status) -> Step:
    """Write a move down as its line."""
    scope, moment = asked.scope, asked.moment
    return Step(
        submission=seen.submission,
        version=seen.version,
        move=asked.move,
        before=seen.submission.status,
        after=after,
        reason=asked.reason,
        text=asked.text,
        by=scope.username,
        by_name=f"{scope.name}（{scope.unit_name}）",
        role=seen.role,
        at=moment.at,
        business_date=moment.business_date,
    )


def stand(act: Act, step: Step) -> None:
    """Seal a move's line and let the submission stand where it leads."""
    act.seal([step])
    Submission.objects.filter(pk=step.submission_id).update(status=step.after)
    act.vouch(step.submission)


def _move(asked: Asked) -> Outcome:
    if len(asked.text) > LONGEST_TEXT:
        what = f"写了{len(asked.text)}个字，最多{LONGEST_TEXT}个字"
        return Problem("意见", what, "请写短一些；详细情况可作佐证附上")
    try:
        with audit.act(
            ACTIONS[asked.move],
            subject=asked.subject,
            by=organisation_queries.actor(asked.scope),
            moment=asked.moment,
        ) as act:
            seen = seen_again(asked)
            stop_if(_unproved(asked, seen))
            step = step_of(asked, seen, seen.rule.after)
            stand(act, step)
            laid = act.seal(_figures(step))
            act.details.update(_details(step, seen.version, len(laid)))
    except StoppedError as stop:
        return stop.outcome
    return Done(step, len(laid))


def _unproved(asked: Asked, seen: Seen) -> Problem | None:
    """A number that wants a paper, has none and says nothing of it is passed on by nobody."""
    if asked.move is not Move.REVIEW:
        return None
    content = content_from(seen.version.values, seen.version.parts)
    bare = [each for each in missing_evidence(seen.submission, content) if each.is_unexplained]
    if not bare:
        return None
    names = "、".join(each.name for each in bare)
    next_ = "请退回填报员补传佐证，或在该指标备注里写明为什么没有"
    return Problem("佐证", f"{names}必须附佐证，没有附也没有说明", next_)


def _figures(step: Step) -> list[Figure]:
    if step.move == Move.SIGN:
        return figures.signed(step)
    if step.before in {Status.SIGNED, Status.CONFIRMED}:
        return figures.recalled(step)
    return []


def _details(step: Step, version: Version, laid: int) -> dict[str, object]:
    return {
        "call": step.submission.call.code,
        "group": step.submission.group.code,
        "version": version.number,
        "receipt": version.receipt,
        "before": step.before,
        "after": step.after,
        "reason": step.reason,
        "text": step.text,
        "figures": laid,
    }
