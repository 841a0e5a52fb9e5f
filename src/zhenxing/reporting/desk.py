"""What a reviewer, a signer, a department has before them, put together for the templates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zhenxing.reporting import access, queries, screens, services
from zhenxing.reporting.choices import Move, ReturnReason
from zhenxing.reporting.queries import evidence, life
from zhenxing.reporting.services import Stale, moving

if TYPE_CHECKING:
    from zhenxing.kernel.moments import Moment
    from zhenxing.kernel.problems import Problem
    from zhenxing.reporting.models import Submission
    from zhenxing.web.scope import Scope

DECISIONS = (Move.REVIEW, Move.SIGN, Move.RETURN)


@dataclass(frozen=True)
class Typed:
    """What somebody typed into a decision, and what came of it: given back with the page."""

    reason: str = ""
    text: str = ""
    problem: Problem | None = None
    password_problem: Problem | None = None
    stale: Stale | None = None
    move: str = ""


@dataclass(frozen=True)
class Offer:
    """What the person may do to a submission now, or why somebody else has to."""

    moves: tuple[Move, ...] = ()
    barred: tuple[Problem, ...] = field(default=())

    @property
    def reviews(self) -> bool:
        """Whether the review is theirs."""
        return Move.REVIEW in self.moves

    @property
    def signs(self) -> bool:
        """Whether the signature is theirs."""
        return Move.SIGN in self.moves

    @property
    def returns(self) -> bool:
        """Whether they may send it back."""
        return Move.RETURN in self.moves


def offer(scope: Scope, submission: Submission) -> Offer:
    """Give the decisions that lie with the person now."""
    may, barred = [], []
    for move in DECISIONS:
        if not moving.is_turn_of(move, submission, scope):
            continue
        problem = moving.too_many_hands(move, submission, scope.username)
        if problem is None:
            may.append(move)
        elif move is not Move.RETURN:
            barred.append(problem)
    return Offer(tuple(may), tuple(barred))


def card(scope: Scope, submission: Submission, moment: Moment) -> dict[str, Any]:
    """Give what has to be seen of a submission before it is decided on."""
    form = queries.form_of(submission, moment.business_date)
    told = life.life_of(submission)
    shown = screens.lines_of(form, form.filled)
    missing = evidence.missing_evidence(submission, form.filled)
    return {
        "submission": submission,
        "group": submission.group,
        "town": submission.group.unit,
        "call": submission.call,
        "form": form,
        "life": told,
        "lines": shown,
        "remarks": [remark for line in shown for remark in line.remarks],
        "checked": life.checked(told, form, shown),
        "changed": life.since(told, form, told.before),
        "missing": missing,
        "unproved": [each for each in missing if each.is_unexplained],
        "offer": offer(scope, submission),
    }


def page(
    scope: Scope, submission: Submission, moment: Moment, asked: dict[str, str], typed: Typed
) -> dict[str, Any]:
    """Give the whole page of a submission."""
    shown = card(scope, submission, moment)
    form, told = shown["form"], shown["life"]
    return screens.frame(submission, moment) | shown | {
        "parts": screens.parts_of(form, form.filled),
        "versions": told.versions,
        "compared": screens.compared(
            form, told.versions, asked.get("from", ""), asked.get("to", "")
        ),
        "evidence": evidence.evidence_of(submission),
        "may_submit": access.may_submit(scope, submission.group.code),
        "refusal": services.closed_problem(submission.call, moment),
        "out_of_turn": moving.first_back(submission),
        "reasons": ReturnReason.choices,
        "typed": typed,
        "password_problem": typed.password_problem,
        "moved": _moved(typed.stale, form) if typed.stale else [],
    }  # fmt: skip


def _moved(stale: Stale, form: Any) -> list[Any]:  # noqa: ANN401  # a form and its differences
    if stale.looked_at is None:
        return []
    older = queries.content_of(stale.looked_at)
    return queries.changes(older, queries.content_of(stale.latest), form)
