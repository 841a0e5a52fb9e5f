"""States of a call and of a submission, and the table of moves between them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class CallKind(models.TextChoices):
    """Whether a call comes every month or was made once, for a reason, until a day."""

    MONTHLY = "monthly", "每月填报"
    TEMPORARY = "temporary", "临时任务"


class CallState(models.TextChoices):
    """Whether a month may still be handed in."""

    PROPOSED = "proposed", "待批准"
    REFUSED = "refused", "未批准"
    PLANNED = "planned", "未开始"
    OPEN = "open", "填报中"
    EXPIRED = "expired", "已到期"
    CLOSED = "closed", "已关闭"


class Status(models.TextChoices):
    """Where a group's submission stands."""

    NOT_STARTED = "not_started", "未开始"
    DRAFT = "draft", "填报中"
    SUBMITTED = "submitted", "已提交"
    REVIEWED = "reviewed", "已审核"
    SIGNED = "signed", "已签发"
    CONFIRMED = "confirmed", "已核定"
    RETURNED = "returned", "已退回"
    IMPORTED = "imported", "初始导入"


HANDED_IN = frozenset(
    {Status.SUBMITTED, Status.REVIEWED, Status.SIGNED, Status.CONFIRMED, Status.IMPORTED}
)


class Move(models.TextChoices):
    """What may be done to a submission; every one is an act with its person and moment."""

    SUBMIT = "submit", "提交"
    REVIEW = "review", "审核"
    SIGN = "sign", "签发"
    CONFIRM = "confirm", "核定"
    RETURN = "return", "退回"


@dataclass(frozen=True)
class Rule:
    """From which states a move is legal, where it leads, and whose it is."""

    before: frozenset[Status]
    after: Status
    roles: str


def _rule(before: set[Status], after: Status, roles: str) -> Rule:
    return Rule(frozenset(before), after, roles)


_BEGUN = {Status.NOT_STARTED, Status.DRAFT, Status.SUBMITTED, Status.RETURNED}
# The whole life: what is not here is refused. A confirmation is made indicator by indicator; the
# last one moves the submission. Whoever returns must be able to see what they return.
MOVES: dict[Move, tuple[Rule, ...]] = {
    Move.SUBMIT: (_rule(_BEGUN, Status.SUBMITTED, "FV"),),
    Move.REVIEW: (_rule({Status.SUBMITTED}, Status.REVIEWED, "GF"),),
    Move.SIGN: (_rule({Status.REVIEWED}, Status.SIGNED, "L"),),
    Move.CONFIRM: (_rule({Status.SIGNED, Status.CONFIRMED}, Status.CONFIRMED, "D"),),
    Move.RETURN: (
        _rule({Status.SUBMITTED, Status.REVIEWED}, Status.RETURNED, "GFL"),
        _rule({Status.SIGNED}, Status.RETURNED, "LDK"),
        _rule({Status.CONFIRMED}, Status.RETURNED, "K"),
    ),
}


def legal(move: Move, status: Status, role: str) -> Rule | None:
    """Give the rule by which a role may make a move now, or None."""
    for rule in MOVES[move]:
        if status in rule.before and role in rule.roles:
            return rule
    return None


class ReturnReason(models.TextChoices):
    """Why a submission or a slip goes back; a text stands beside it."""

    EVIDENCE = "evidence", "与佐证不符"
    NO_EVIDENCE = "no_evidence", "缺佐证"
    ARITHMETIC = "arithmetic", "合计对不上"
    DEFINITION = "definition", "口径不符"
    MEASURE = "measure", "计量单位有误"
    JUMP = "jump", "变动原因没有说明"
    WORDS = "words", "文字不全或与数不符"
    OTHER = "other", "其他"


class ExtensionState(models.TextChoices):
    """Where a wish for more days stands."""

    ASKED = "asked", "待镇里提出意见"
    PROPOSED = "proposed", "待考核办批准"
    GRANTED = "granted", "已批准"
    REFUSED = "refused", "未批准"


class SlipState(models.TextChoices):
    """Where a correction slip stands: four signatures, or back with a reason."""

    PROPOSED = "proposed", "待签署"
    SIGNED = "signed", "待主管部门核实"
    VERIFIED = "verified", "待考核办核准"
    APPROVED = "approved", "已更正"
    REFUSED = "refused", "未通过"


class SlipMove(models.TextChoices):
    """What may be done to a correction slip."""

    PROPOSE = "propose", "提出"
    SIGN = "sign", "签署"
    VERIFY = "verify", "核实"
    APPROVE = "approve", "核准"
    REFUSE = "refuse", "不同意"


@dataclass(frozen=True)
class SlipRule:
    """From which state a signature is legal, where it leads, and whose it is."""

    before: SlipState
    after: SlipState
    role: str


# The four signatures in their order; whose turn it is may also refuse, which ends the slip.
SLIP_MOVES: dict[SlipMove, SlipRule] = {
    SlipMove.SIGN: SlipRule(SlipState.PROPOSED, SlipState.SIGNED, "L"),
    SlipMove.VERIFY: SlipRule(SlipState.SIGNED, SlipState.VERIFIED, "D"),
    SlipMove.APPROVE: SlipRule(SlipState.VERIFIED, SlipState.APPROVED, "K"),
}
OPEN_SLIPS = tuple(rule.before for rule in SLIP_MOVES.values())


def next_move(state: str) -> SlipMove | None:
    """Give the signature a slip waits for; None where it has been decided."""
    return next((move for move, rule in SLIP_MOVES.items() if rule.before == state), None)


PARTS = {
    "done": "完成情况",
    "problems": "存在问题",
    "measures": "下步措施",
    "suggestions": "意见建议",
}

READERS = "KLGFVCSX"
WRITERS = "FV"
