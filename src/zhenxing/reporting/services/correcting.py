"""Correction slips: proposed with evidence, signed, verified, approved; then a new line counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Max

from zhenxing.accounts.choices import Role
from zhenxing.audit import services as audit
from zhenxing.engine.standing import Standing, Vintage
from zhenxing.indicators.choices import StandingChoice, VintageChoice
from zhenxing.indicators.models import Figure
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.wording import number
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.choices import UnitKind
from zhenxing.reporting import access
from zhenxing.reporting.choices import (
    SLIP_MOVES,
    ReturnReason,
    SlipMove,
    SlipState,
    next_move,
)
from zhenxing.reporting.models import CorrectionSlip, SlipEvidence, SlipStep
from zhenxing.reporting.queries import correcting as asking
from zhenxing.reporting.services.stopping import StoppedError, stopped
from zhenxing.reporting.services.wishing import checked, keep, nothing_new

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import datetime
    from decimal import Decimal

    from zhenxing.audit.services import Act
    from zhenxing.documents.models import File
    from zhenxing.engine.facts import FigureFact
    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.queries.correcting import Place
    from zhenxing.reporting.services.wishing import Wish
    from zhenxing.web.scope import Scope

LONGEST_OPINION = 500
JUST_AFTER = timedelta(microseconds=1)
_ACTS = {
    SlipMove.PROPOSE: "reporting.slip.proposed",
    SlipMove.SIGN: "reporting.slip.signed",
    SlipMove.VERIFY: "reporting.slip.verified",
    SlipMove.APPROVE: "reporting.slip.approved",
    SlipMove.REFUSE: "reporting.slip.refused",
}
_VERIFIED_BEFORE = {Standing.CONFIRMED, Standing.IMPORTED}


def propose(
    *, place: Place, wish: Wish, scope: Scope, moment: Moment
) -> CorrectionSlip | list[Problem]:
    """Ask for a number of a closed month to be corrected; everything wrong is told at once.

    Nothing counts yet: the old value stays until the fourth signature.
    """
    if not access.may_submit(scope, place.group.code):
        return [_not_the_reporter(place)]
    problem = asking.not_correctable(place)
    if problem:
        return [problem]
    old = asking.counted(place, moment.business_date)
    new, problems = checked(place, wish, asking.value_of(old))
    if problems or new is None:
        return problems
    kept = keep(wish.papers, scope, moment)
    done = _propose(place, _Asked(new, wish.reason.strip(), kept), scope, moment)
    return [done] if isinstance(done, Problem) else done


def sign(
    *, slip: CorrectionSlip, opinion: str, scope: Scope, moment: Moment
) -> CorrectionSlip | Problem:
    """Let the town's leader sign a slip; the view has asked for the password again."""
    return _advance(SlipMove.SIGN, slip, opinion, scope, moment)


def verify(
    *, slip: CorrectionSlip, opinion: str, scope: Scope, moment: Moment
) -> CorrectionSlip | Problem:
    """Let the indicator's lead department verify a slip against its own records."""
    return _advance(SlipMove.VERIFY, slip, opinion, scope, moment)


def approve(
    *, slip: CorrectionSlip, opinion: str, scope: Scope, moment: Moment
) -> CorrectionSlip | Problem:
    """Let the assessment office approve a slip: from then on the new number counts."""
    return _advance(SlipMove.APPROVE, slip, opinion, scope, moment)


def refuse(
    *, slip: CorrectionSlip, reason: str, text: str, scope: Scope, moment: Moment
) -> CorrectionSlip | Problem:
    """End a slip, by whoever's turn it is, with a coded reason and a text; the old value stays."""
    if reason not in ReturnReason.values or not text.strip():
        return Problem(slip.number, "不同意要选原因，并写明意见", "请补上后再提交")
    if len(text) > LONGEST_OPINION:
        return Problem(slip.number, f"意见超过{LONGEST_OPINION}字", "请写短些")
    with stopped() as outcome, _act(SlipMove.REFUSE, slip.number, scope, moment) as act:
        current = _locked(slip)
        _ask_turn(current, scope)
        step = _step(current, SlipMove.REFUSE, scope, moment)
        current.state = SlipState.REFUSED
        step.reason, step.text = reason, text.strip()
        _end(act, current, step)
        outcome.value = current
    return outcome.of(CorrectionSlip)


@dataclass(frozen=True)
class _Asked:
    """A wish that was found good: the number, why, and the files as they are kept."""

    new: Decimal
    reason: str
    files: tuple[File, ...]


def _act(move: SlipMove, subject: str, scope: Scope, moment: Moment) -> AbstractContextManager[Act]:
    actor = organisation_queries.actor(scope)
    return audit.act(_ACTS[move], subject=subject, by=actor, moment=moment)


def _propose(place: Place, asked: _Asked, scope: Scope, moment: Moment) -> CorrectionSlip | Problem:
    with stopped() as outcome, _act(SlipMove.PROPOSE, place.words, scope, moment) as act:
        problem = asking.not_correctable(place)
        if problem:
            raise StoppedError(problem)
        old = asking.counted(place, moment.business_date)
        if asking.value_of(old) == asked.new:
            raise StoppedError(nothing_new(place, asked.new))
        slip = CorrectionSlip.objects.create(
            number=_number(place),
            unit=place.unit,
            group=place.group,
            indicator=place.indicator,
            period=str(place.period),
            figure_id=asking.key_of(old),
            old=asking.value_of(old),
            new=asked.new,
            reason=asked.reason,
            state=SlipState.PROPOSED,
        )
        act.seal([SlipEvidence(slip=slip, file=file) for file in asked.files])
        act.vouch(*asked.files)
        step = _step(slip, SlipMove.PROPOSE, scope, moment)
        step.text = asked.reason
        _end(act, slip, step)
        outcome.value = slip
    return outcome.of(CorrectionSlip)


def _advance(
    move: SlipMove, slip: CorrectionSlip, opinion: str, scope: Scope, moment: Moment
) -> CorrectionSlip | Problem:
    if len(opinion) > LONGEST_OPINION:
        return Problem(slip.number, f"意见超过{LONGEST_OPINION}字", "请写短些")
    rule = SLIP_MOVES[move]
    with stopped() as outcome, _act(move, slip.number, scope, moment) as act:
        current = _locked(slip)
        if current.state != rule.before:
            raise StoppedError(_not_now(current, move))
        _ask_turn(current, scope)
        place = asking.place_of_slip(current)
        counted = asking.counted(place, moment.business_date)
        _ask_fresh(current, counted)
        step = _step(current, move, scope, moment)
        current.state = rule.after
        step.text = opinion.strip()
        if move is SlipMove.APPROVE:
            act.seal(_figures(current, counted, scope, moment))
        _end(act, current, step)
        outcome.value = current
    return outcome.of(CorrectionSlip)


def _locked(slip: CorrectionSlip) -> CorrectionSlip:
    """Read the slip again, now that no other act can come between."""
    rows = CorrectionSlip.objects.select_for_update(of=("self",))
    return rows.select_related("unit__parent", "group", "indicator__lead").get(pk=slip.pk)


def _ask_turn(slip: CorrectionSlip, scope: Scope) -> None:
    """Stop who is not next, or has put a name on the slip before."""
    if not access.may_move_slip(scope, slip):
        raise StoppedError(
            Problem(
                slip.number,
                f"{slip.get_state_display()}，这一步不由您办",
                "更正单依次由填报员提出、镇主要领导签署、主管部门核实、考核办核准",
            )
        )
    if slip.steps.filter(by=scope.username).exists():
        raise StoppedError(
            Problem(slip.number, "您在这张更正单上已经签过名", "四个签名须是四个人，请由别人办理")
        )


def _ask_fresh(slip: CorrectionSlip, counted: FigureFact | None) -> None:
    """Stop where another number counts by now than the one the slip speaks of."""
    now = asking.value_of(counted)
    if now != slip.old:
        raise StoppedError(
            Problem(
                slip.number,
                f"提出时作数的是{_written(slip.old)}，现在作数的是{_written(now)}，已经不是同一个数",
                "请选“不同意”办结这张单；仍需更正的，由填报员按现在的数另提一张",
            )
        )


def _figures(
    slip: CorrectionSlip, counted: FigureFact | None, scope: Scope, moment: Moment
) -> list[Figure]:
    """Make the correction's line, and a confirmed one where a confirmed value is overturned.

    A confirmed value outweighs a correction; the department has verified the new one.
    """
    steps = {step.move: step for step in slip.steps.all()}
    who = {StandingChoice.CORRECTION: steps[SlipMove.PROPOSE]}
    if counted is not None and counted.standing in _VERIFIED_BEFORE:
        who[StandingChoice.CONFIRMED] = steps[SlipMove.VERIFY]
    paper = slip.evidence.select_related("file")[0].file
    is_final = counted is not None and counted.vintage is Vintage.FINAL
    recorded = _after_all(slip, moment)
    return [
        Figure(
            unit=slip.unit,
            indicator=slip.indicator,
            period=slip.period,
            value=slip.new,
            standing=standing,
            vintage=VintageChoice.FINAL if is_final else VintageChoice.PRELIMINARY,
            business_date=moment.business_date,
            recorded=recorded,
            by=step.by,
            by_name=step.by_name,
            file=paper,
            document=slip.number,
            reason=slip.reason,
        )
        for standing, step in who.items()
    ]


def _after_all(slip: CorrectionSlip, moment: Moment) -> datetime:
    """Give the moment, moved behind what is there already, should the clock have gone back."""
    rows = Figure.objects.filter(unit=slip.unit, indicator=slip.indicator, period=slip.period)
    last = rows.aggregate(last=Max("recorded"))["last"]
    return moment.at if last is None or last < moment.at else last + JUST_AFTER


def _step(slip: CorrectionSlip, move: SlipMove, scope: Scope, moment: Moment) -> SlipStep:
    """Write a signature, as the role whose turn it is; call it while the slip is as it was."""
    turn = next_move(slip.state)
    is_village = slip.unit.kind == UnitKind.VILLAGE
    own = Role.VILLAGE_REPORTER if is_village else Role.REPORTER
    return SlipStep(
        slip=slip,
        move=move,
        by=scope.username,
        by_name=f"{scope.name}（{scope.unit_name}）",
        role=own if turn is None or move is SlipMove.PROPOSE else SLIP_MOVES[turn].role,
        at=moment.at,
        business_date=moment.business_date,
    )


def _end(act: Act, slip: CorrectionSlip, step: SlipStep) -> None:
    """Store how the slip stands now, and let the entry hold it with its new signature."""
    slip.save(update_fields=["state"])
    act.seal([step])
    act.vouch(slip)
    act.details.update(
        number=slip.number,
        unit=slip.unit.code,
        indicator=slip.indicator.code,
        period=slip.period,
        old=slip.old,
        new=slip.new,
        state=slip.state,
        reason=step.reason,
        text=step.text,
    )


def _number(place: Place) -> str:
    """Number a slip: town or village, month, count; in the act, so that no number is left out."""
    digits = str(place.period).replace("-", "").replace("..", "")
    head = f"更正-{place.unit.code}-{digits}-"
    count = CorrectionSlip.objects.filter(unit=place.unit, period=str(place.period)).count()
    return f"{head}{count + 1:04}"


def _not_the_reporter(place: Place) -> Problem:
    return Problem(
        place.words,
        f"只有{place.group.name}的填报员能提更正单，领导、管理员和别的专班都不能",
        "请由该专班填报员提出",
    )


def _not_now(slip: CorrectionSlip, move: SlipMove) -> Problem:
    what = f"现在是“{slip.get_state_display()}”，不能{SlipMove(move).label}"
    return Problem(slip.number, what, "请看这张单的签署记录，按次序办理")


def _written(value: Decimal | None) -> str:
    return "（没有数）" if value is None else number(value)
