"""What every move of a submission is held against, once more, inside its act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.wording import chinese_date
from zhenxing.reporting import access
from zhenxing.reporting.choices import Move, Status, legal
from zhenxing.reporting.models import Confirmation, Step, Submission, Version
from zhenxing.reporting.services.uploading import CORRECTION, month_closed_meanwhile

if TYPE_CHECKING:
    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.choices import Rule
    from zhenxing.reporting.models import Call
    from zhenxing.web.scope import Scope

FOUR_HANDS = "填报、审核、签发、核定须是不同的人，请由别的同志办理；岗位有变动的请联系县级管理员"

# Who has filled, reviewed, signed or confirmed does none of the others on the same submission.
_EXCLUDED: dict[Move, tuple[Move, ...]] = {
    Move.SUBMIT: (Move.REVIEW, Move.SIGN, Move.CONFIRM),
    Move.REVIEW: (Move.SUBMIT, Move.SIGN, Move.CONFIRM),
    Move.SIGN: (Move.SUBMIT, Move.REVIEW, Move.CONFIRM),
    Move.CONFIRM: (Move.SUBMIT, Move.REVIEW, Move.SIGN),
    Move.RETURN: (Move.SUBMIT,),
}
_DONE = {
    Move.SUBMIT: "填报过", Move.REVIEW: "审核过", Move.SIGN: "签发过", Move.CONFIRM: "核定过",
}  # fmt: skip
_NEXT: dict[Status, str] = {
    Status.NOT_STARTED: "请填报员先提交",
    Status.DRAFT: "请填报员先提交",
    Status.RETURNED: "请等填报员改好再提交",
    Status.SUBMITTED: "请专班组长先审核",
    Status.REVIEWED: "请镇领导签发；要改的，请组长先退回再改",
    Status.SIGNED: "请等主管部门核定；要改的，请镇领导、主管部门或考核办先退回再改",
    Status.CONFIRMED: "要改的，请考核办先退回再改",
    Status.IMPORTED: CORRECTION,
}

_FIRST_BACK: dict[Status, str] = {
    Status.REVIEWED: "请组长",
    Status.SIGNED: "请镇领导、主管部门或考核办",
    Status.CONFIRMED: "请考核办",
}


@dataclass(frozen=True)
class Stale:
    """The person looked at a version that is not the latest any more; what they wrote is kept."""

    submission: Submission
    latest: Version
    looked_at: Version | None
    reason: str = ""
    text: str = ""


class StoppedError(Exception):
    """Ends the act under way, so that nothing of it stands."""

    def __init__(self, outcome: Stale | Problem) -> None:
        super().__init__("the act came to nothing")
        self.outcome = outcome


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A move as somebody asks for it: what, on which version, and what they write to it."""

    move: Move
    submission: Submission
    scope: Scope
    moment: Moment
    base_version: int
    reason: str = ""
    text: str = ""

    @property
    def subject(self) -> str:
        """What the ledger calls it."""
        return subject(self.submission)


@dataclass(frozen=True)
class Seen:
    """The submission as it is now, the version that stands, and the rule the move is legal by."""

    submission: Submission
    version: Version
    rule: Rule
    role: str


def subject(submission: Submission) -> str:
    """Give a submission's name in the ledger."""
    return f"{submission.group.code} {submission.call.code}"


def seen_again(asked: Asked) -> Seen:
    """Look again at everything, now that no other act can come between; stop the act if need be."""
    current = locked(asked.submission)
    stop_if(closed_call(current.call))
    role, rule = _right(asked, current)
    latest = current.versions.select_related("file").filter(number=current.latest).first()
    if latest is None:
        raise StoppedError(wrong_state(asked.move, current))
    if latest.number != asked.base_version:
        looked = current.versions.filter(number=asked.base_version).first()
        raise StoppedError(Stale(current, latest, looked, asked.reason, asked.text))
    if rule is None:
        raise StoppedError(wrong_state(asked.move, current))
    stop_if(too_many_hands(asked.move, current, asked.scope.username))
    return Seen(current, latest, rule, role)


def stop_if(problem: Problem | None) -> None:
    """End the act where there is a problem."""
    if problem is not None:
        raise StoppedError(problem)


def locked(submission: Submission) -> Submission:
    """Give a submission as the database now has it, held until the act ends."""
    rows = Submission.objects.select_related("call", "group__unit__parent")
    return rows.select_for_update(of=("self",)).get(pk=submission.pk)


def closed_call(call: Call) -> Problem | None:
    """Say that a month is closed: from then on nothing moves but by a correction slip."""
    if call.closed_on is None:
        return month_closed_meanwhile(call)
    what = f"已于{chinese_date(call.closed_on)}关闭，不能再办理"
    return Problem(f"{Period.parse(call.period).label}填报", what, CORRECTION)


def too_many_hands(move: Move, submission: Submission, username: str) -> Problem | None:
    """Refuse who has already had another part in the submission, in whatever version of it."""
    for other in _EXCLUDED[move]:
        if username in _hands(other, submission):
            done = "核定" if move is Move.CONFIRM else move.label
            what = f"您{_DONE[other]}这份表，不能再{done}"
            return Problem(_place(submission), what, FOUR_HANDS)
    return None


def is_turn_of(move: Move, submission: Submission, scope: Scope) -> bool:
    """Whether a move is legal now and the person's by their posts."""
    if submission.call.closed_on is not None:
        return False
    roles = access.capacities(scope, submission, move)
    return any(legal(move, Status(submission.status), role) for role in roles)


def first_back(submission: Submission) -> Problem | None:
    """Say who has to give a form back before its reporter may change it; None where nobody has."""
    status = Status(submission.status)
    return wrong_state(Move.SUBMIT, submission) if status in _FIRST_BACK else None


def wrong_state(move: Move, submission: Submission) -> Problem:
    """Say why a move cannot be made now, and whose turn it is."""
    status = Status(submission.status)
    if move is Move.SUBMIT and status in _FIRST_BACK:
        what, next_ = f"{status.label}，不能再改", f"{_FIRST_BACK[status]}先退回再改"
    else:
        what, next_ = f"现在是“{status.label}”，不能{move.label}", _NEXT[status]
    return Problem(_place(submission), what, next_)


def not_yours(move: Move, submission: Submission) -> Problem:
    """Say whose a move is."""
    what = f"您的岗位不能{move.label}这份表"
    return Problem(_place(submission), what, access.WHOSE[move])


def _right(asked: Asked, current: Submission) -> tuple[str, Rule | None]:
    """Give the role by which the person makes the move, and the rule if it is legal now."""
    roles = access.capacities(asked.scope, current, asked.move)
    if not roles:
        raise StoppedError(not_yours(asked.move, current))
    status = Status(current.status)
    for role in roles:
        rule = legal(asked.move, status, role)
        if rule is not None:
            return role, rule
    return roles[0], None


def _hands(move: Move, submission: Submission) -> set[str]:
    if move is Move.SUBMIT:
        people = Version.objects.filter(submission=submission)
        return set(people.values_list("by", flat=True))
    if move is Move.CONFIRM:
        lines = Confirmation.objects.filter(submission=submission)
        return set(lines.values_list("by", flat=True))
    steps = Step.objects.filter(submission=submission, move=move)
    return set(steps.values_list("by", flat=True))


def _place(submission: Submission) -> str:
    return f"{submission.group.unit.name}{submission.group.name}"
