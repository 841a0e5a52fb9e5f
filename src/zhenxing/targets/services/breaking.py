"""Breaking a target down: written or proposed, adopted or returned, signed by the leader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.audit import services as audit
from zhenxing.engine.breakdown import left_over
from zhenxing.indicators import queries as indicator_queries
from zhenxing.indicators.models import Charge
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets import access
from zhenxing.targets.choices import Step
from zhenxing.targets.models import Breakdown, BreakdownStep, Part
from zhenxing.targets.queries import posts
from zhenxing.targets.queries.force import level, targets_in_force, visible_targets
from zhenxing.targets.queries.plan import manner_of
from zhenxing.targets.services.saying import said_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from zhenxing.indicators.models import Target
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

LONGEST_NOTE = 200


@dataclass(frozen=True)
class Share:
    """How a target is to be broken down: along what, by which way, and why anew."""

    axis: str
    way: str
    reason: str = ""
    seen: int = 0  # the latest version of this axis that the writer saw


@dataclass(frozen=True)
class Piece:
    """One part as it was written."""

    key: str
    name: str
    value: Decimal
    measures: str = ""
    deadline: date | None = None
    person: str = ""


def break_down(
    *, target: Target, share: Share, pieces: Sequence[Piece], scope: Scope, moment: Moment
) -> Breakdown:
    """Write the next version of a breakdown; the group's reporter only puts one forward.

    What the parts leave of the target is kept as the remainder: it is neither hidden nor spread.
    Refused for a target no longer in force, for parts a later writer would overwrite unseen, and
    for a new version without its reason.
    """
    seats = posts.seats(scope, moment.business_date)
    groups, unit = groups_of(target), target.unit.code
    if not access.may_propose_breakdown(seats, unit, groups):
        raise _not_allowed("分解", "只有考核办、镇综合协调专班、分管领导分解，填报员可以提出")
    proposed = not access.may_break_down(seats, unit, groups)
    with audit.act(
        "targets.breakdown.proposed" if proposed else "targets.breakdown.made",
        subject=f"{target.unit.name} {target.indicator.name}",
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        _require_in_force(target, moment.business_date)
        version = _next_version(target, share)
        row = Breakdown(
            target=target,
            axis=share.axis,
            version=version,
            way=share.way,
            manner=_manner(target, share.axis),
            proposed=proposed,
            remainder=_remainder(target, share, pieces),
            reason=share.reason.strip()[:LONGEST_NOTE],
            **said_by(scope, moment),
        )
        act.details |= {"axis": share.axis, "version": version, "parts": len(pieces)}
        act.seal([row])
        act.seal(_parts(row, pieces))
    return row


def adopt(*, breakdown: Breakdown, scope: Scope, moment: Moment) -> BreakdownStep:
    """Let a proposed breakdown count; whoever put it forward does not adopt it."""
    return _decide(breakdown, Step.ADOPTED, "", scope, moment)


def hand_back(*, breakdown: Breakdown, note: str, scope: Scope, moment: Moment) -> BreakdownStep:
    """Return a proposed breakdown with the reason."""
    if not note.strip():
        raise ActRefusedError(Problem("退回意见", "没有填写", "请写明要改什么"))
    return _decide(breakdown, Step.RETURNED, note, scope, moment)


def sign(*, breakdown: Breakdown, scope: Scope, moment: Moment) -> BreakdownStep:
    """Sign a breakdown that counts, as the unit's leader."""
    seats = posts.seats(scope, moment.business_date)
    if not access.may_sign(seats, breakdown.target.unit.code, breakdown.by):
        raise _not_allowed("签认", "只有本镇党委书记、镇长签认，且不是分解的人")
    taken = _steps(breakdown)
    if breakdown.proposed and Step.ADOPTED not in taken:
        raise ActRefusedError(
            Problem("签认", "这份分解还没有采纳", "请等综合协调专班或分管领导采纳")
        )
    return _take(breakdown, Step.SIGNED, "", scope, moment)


def groups_of(target: Target) -> list[str]:
    """Give the codes of the unit's groups that answer for the target's indicator."""
    charges = Charge.objects.filter(indicator=target.indicator, group__unit=target.unit)
    return list(charges.values_list("group__code", flat=True))


def _decide(
    breakdown: Breakdown, step: Step, note: str, scope: Scope, moment: Moment
) -> BreakdownStep:
    seats = posts.seats(scope, moment.business_date)
    target = breakdown.target
    if not access.may_break_down(seats, target.unit.code, groups_of(target)):
        raise _not_allowed(step.label, "只有考核办、镇综合协调专班、分管领导办理分解")
    if not breakdown.proposed or breakdown.by == scope.username:
        raise _not_allowed(step.label, "只办理别人提出的分解")
    return _take(breakdown, step, note, scope, moment)


def _take(
    breakdown: Breakdown, step: Step, note: str, scope: Scope, moment: Moment
) -> BreakdownStep:
    with audit.act(
        f"targets.breakdown.{step.value}",
        subject=f"{breakdown.target.unit.name} {breakdown.target.indicator.name}",
        by=organisation_queries.actor(scope),
        moment=moment,
        details={"axis": breakdown.axis, "version": breakdown.version, "note": note.strip()},
    ) as act:
        taken = _steps(breakdown)
        if step in taken or (step != Step.SIGNED and taken):
            what = f"这份分解已经{Step(taken[0]).label}"
            raise ActRefusedError(Problem(step.label, what, "请刷新页面看它现在的情况"))
        row = BreakdownStep(
            breakdown=breakdown,
            step=step,
            note=note.strip()[:LONGEST_NOTE],
            **said_by(scope, moment),
        )
        act.seal([row])
    return row


def _steps(breakdown: Breakdown) -> list[str]:
    steps = BreakdownStep.objects.filter(breakdown=breakdown).order_by("pk")
    return list(steps.values_list("step", flat=True))


def _parts(row: Breakdown, pieces: Sequence[Piece]) -> list[Part]:
    return [
        Part(
            breakdown=row,
            key=piece.key,
            name=piece.name[:80],
            position=position,
            value=piece.value,
            measures=piece.measures.strip()[:LONGEST_NOTE],
            deadline=piece.deadline,
            person=piece.person.strip()[:60],
        )
        for position, piece in enumerate(pieces, 1)
    ]


def _require_in_force(target: Target, day: date) -> None:
    code = target.indicator.code
    rows = targets_in_force(visible_targets([target.unit.code], [code]), target.year, day)
    if level(rows.get((target.unit.code, code), ())) != target:
        raise ActRefusedError(
            Problem(target.indicator.name, "这个目标已调整，或没有可分解的数", "请按现行目标分解")
        )


def _next_version(target: Target, share: Share) -> int:
    versions = Breakdown.objects.filter(target=target, axis=share.axis)
    latest = max(versions.values_list("version", flat=True), default=0)
    if latest != share.seen:
        raise ActRefusedError(
            Problem(
                "分解",
                f"您看的是第{share.seen}版，现在已有第{latest}版，别人刚分解过",
                "请看过那一版再改；您写的内容还在下面",
            )
        )
    if latest and not share.reason.strip():
        raise ActRefusedError(Problem("说明", "改分解没有写原因", "请写明为什么改"))
    return latest + 1


def _manner(target: Target, axis: str) -> str:
    (known,) = indicator_queries.definitions([target.indicator.code])
    return manner_of(known, axis)


def _remainder(target: Target, share: Share, pieces: Sequence[Piece]) -> Decimal | None:
    if target.value is None or not pieces:
        raise ActRefusedError(Problem("分解", "没有可分解的数，或一项也没有写", "请至少写一项"))
    (known,) = indicator_queries.definitions([target.indicator.code])
    values = [piece.value for piece in pieces]
    return left_over(manner_of(known, share.axis), target.value, values)


def _not_allowed(where: str, what: str) -> ActRefusedError:
    return ActRefusedError(Problem(where, what, "如工作需要，请联系镇综合协调专班"))
