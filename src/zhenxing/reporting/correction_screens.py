"""What the pages of correction slips show, put together for their templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from zhenxing.accounts.choices import Role
from zhenxing.kernel.periods import Period
from zhenxing.organisation.choices import UnitKind
from zhenxing.reporting import access
from zhenxing.reporting.choices import (
    OPEN_SLIPS,
    ReturnReason,
    SlipMove,
    SlipState,
    next_move,
)
from zhenxing.reporting.queries import correcting

if TYPE_CHECKING:
    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.models import CorrectionSlip, SlipStep
    from zhenxing.reporting.models.corrections import SlipQuerySet
    from zhenxing.reporting.queries.correcting import Place
    from zhenxing.web.scope import Scope

WHOSE = {
    SlipMove.PROPOSE: "填报员",
    SlipMove.SIGN: "镇党委书记、镇长",
    SlipMove.VERIFY: "主管部门",
    SlipMove.APPROVE: "考核办",
}
# What a list may be cut down to, beside all of it.
STATES = {"mine": "等我办", "open": "办理中", "approved": "已更正", "refused": "未通过"}


@dataclass(frozen=True)
class Signature:
    """One of the four places of a slip: who signs there, and what was signed."""

    move: SlipMove
    whose: str
    step: SlipStep | None
    is_next: bool

    @property
    def label(self) -> str:
        """What is done there, in a word."""
        return SlipMove(self.step.move).label if self.step else self.move.label


def kept(rows: SlipQuerySet, scope: Scope, state: str) -> SlipQuerySet:
    """Keep the slips of a state of the list; all of them for any other word."""
    wanted = {
        "mine": _turn(scope),
        "open": Q(state__in=OPEN_SLIPS),
        "approved": Q(state=SlipState.APPROVED),
        "refused": Q(state=SlipState.REFUSED),
    }
    return rows.filter(wanted.get(state, Q()))


def counts(rows: SlipQuerySet, scope: Scope) -> list[tuple[str, str, int]]:
    """Count the slips of each state of the list: its key, its word, how many."""
    found = rows.aggregate(
        all=Count("pk"),
        mine=Count("pk", filter=_turn(scope)),
        open=Count("pk", filter=Q(state__in=OPEN_SLIPS)),
        approved=Count("pk", filter=Q(state=SlipState.APPROVED)),
        refused=Count("pk", filter=Q(state=SlipState.REFUSED)),
    )
    words = {"all": "全部"} | STATES
    return [("" if key == "all" else key, word, found[key]) for key, word in words.items()]


def one(slip: CorrectionSlip, scope: Scope, moment: Moment) -> dict[str, Any]:
    """Give what a slip's page shows: both values, the signatures, what the month would become."""
    steps = list(slip.steps.order_by("pk"))
    place = correcting.place_of_slip(slip)
    decided = correcting.deciding_step(steps)
    now = None if decided else correcting.counted(place, moment.business_date)
    is_stale = not decided and correcting.value_of(now) != slip.old
    may_move = access.may_move_slip(scope, slip)
    has_signed = any(step.by == scope.username for step in steps)
    return {
        "here": "corrections",
        "slip": slip,
        "place": place,
        "steps": steps,
        "signatures": signatures(slip, steps),
        "decided": decided,
        "papers": slip.evidence.select_related("file"),
        "effect": correcting.effect(slip, steps, moment.business_date),
        "is_stale": is_stale,
        "now": correcting.value_of(now),
        "move": next_move(slip.state),
        "may_refuse": may_move and not has_signed,
        "may_sign": may_move and not has_signed and not is_stale,
        "has_signed": may_move and has_signed,
        "reasons": ReturnReason.choices,
        "opens_indicator": slip.unit.kind == UnitKind.TOWN and not _is_village(scope),
        "town": slip.unit if slip.unit.kind == UnitKind.TOWN else None,
    }


def new(place: Place, moment: Moment) -> dict[str, Any]:
    """Give what the page shows on which a slip is proposed."""
    fact = correcting.counted(place, moment.business_date)
    return {
        "here": "corrections",
        "place": place,
        "period": str(place.period),
        "old": correcting.value_of(fact),
        "standing": fact.standing.label if fact else "",
        "vintage": fact.vintage.label if fact else "",
        "refusal": correcting.not_correctable(place),
        "town": place.unit if place.unit.kind == UnitKind.TOWN else None,
    }


def signatures(slip: CorrectionSlip, steps: list[SlipStep]) -> list[Signature]:
    """Lay the signatures out in their order; a refusal stands where it was given."""
    done = {step.move: step for step in steps}
    turn = next_move(slip.state)
    found, refusal = [], done.get(SlipMove.REFUSE)
    for move, whose in WHOSE.items():
        step = done.get(move)
        if step is None and refusal is not None:
            step, refusal = refusal, None
        name = slip.indicator.lead.name if move is SlipMove.VERIFY else whose
        found.append(Signature(move, name, step, move is turn))
    return found


def words_of(slip: CorrectionSlip) -> str:
    """Give what a slip is about, in words."""
    return f"{slip.unit.name}{slip.indicator.name}{Period.parse(slip.period).label}"


def _turn(scope: Scope) -> Q:
    """Give what waits for the person's signature."""
    found = Q(pk__in=())
    if scope.has(Role.TOWN_LEADER):
        own = Q(unit__code__in=scope.signs) | Q(unit__parent__code__in=scope.signs)
        found |= Q(state=SlipState.PROPOSED) & own
    if scope.has(Role.DEPARTMENT):
        found |= Q(state=SlipState.SIGNED, indicator__lead__code__in=scope.departments)
    if scope.has(Role.ASSESSMENT):
        found |= Q(state=SlipState.VERIFIED)
    return found


def _is_village(scope: Scope) -> bool:
    return scope.roles == {Role.VILLAGE_REPORTER}
