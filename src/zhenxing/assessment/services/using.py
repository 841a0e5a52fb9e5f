"""结果运用: what follows from a published result, from its condition to its payment.

Two persons of the office, the unit alone (never a person), tolerance only after its hearing; what
was won on figures that prove false is withdrawn with its reason.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.assessment import access
from zhenxing.assessment.choices import RoundState, UseAct, UseKind, UseState
from zhenxing.assessment.models import Round, Use, UseStep
from zhenxing.assessment.queries import uses as asking
from zhenxing.assessment.queries.assessed import Assessed, assessed
from zhenxing.assessment.services.standing import (
    keep_papers,
    refuse,
    refuse_all,
    said_by,
    unfit_papers,
    written,
)
from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.store.fields import LIMIT, PLACES
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.services.wishing import Paper
    from zhenxing.web.scope import Scope

LONGEST_CONDITION, LONGEST_WORDS, LONGEST_DOCUMENT = 200, 300, 60
LONGEST_HEARING, LONGEST_REASON = 500, 200
_ACTIONS = {
    UseAct.PROPOSED: "assessment.use.proposed",
    UseAct.HEARD: "assessment.use.heard",
    UseAct.APPROVED: "assessment.use.approved",
    UseAct.REFUSED: "assessment.use.refused",
    UseAct.DONE: "assessment.use.done",
    UseAct.WITHDRAWN: "assessment.use.withdrawn",
}
# From which states a step may be taken, and what it leads to.
_MOVES = {
    UseAct.HEARD: ((UseState.PROPOSED,), UseState.PROPOSED),
    UseAct.APPROVED: ((UseState.PROPOSED,), UseState.APPROVED),
    UseAct.REFUSED: ((UseState.PROPOSED,), UseState.REFUSED),
    UseAct.DONE: ((UseState.APPROVED,), UseState.DONE),
    UseAct.WITHDRAWN: (
        (UseState.PROPOSED, UseState.APPROVED, UseState.DONE),
        UseState.WITHDRAWN,
    ),
}


@dataclass(frozen=True)
class Offer:
    """What is to follow from a result: its kind, the condition met, content, money, document."""

    kind: str
    condition: str
    words: str
    amount: Decimal | None = None
    document: str = ""


def propose(*, round_: Round, code: str, offer: Offer, scope: Scope, moment: Moment) -> Use:
    """Propose what follows from one unit's published result."""
    refuse_all(_faults(offer))
    with audit.act(
        _ACTIONS[UseAct.PROPOSED],
        subject=f"{round_} {code}",
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        now = Round.objects.select_related("scheme__owner", "result").get(pk=round_.pk)
        _ask_keeper(now, scope, moment.business_date)
        place = _ask_result(now, code, offer)
        use = Use(
            round=now,
            unit=place.unit,
            code=code,
            kind=offer.kind,
            condition=offer.condition.strip(),
            words=offer.words.strip(),
            amount=offer.amount,
            document=offer.document.strip(),
            proposed_by=scope.username,
            proposed_on=moment.business_date,
        )
        finish(act, use, UseAct.PROPOSED, use.words, said_by(scope, moment))
    return use


def hear(*, use: Use, day: date, words: str, seen: int, scope: Scope, moment: Moment) -> Use:
    """Record the hearing before honest error is tolerated."""
    problems = written("听证情况", words, LONGEST_HEARING, "请写明谁参加、查明了什么、结论是什么")
    if day > moment.business_date:
        problems.append(Problem("听证日期", f"{day}还没有到", "请在听证以后记入"))
    refuse_all(problems)
    note = words.strip()
    with _moving(use, seen, UseAct.HEARD, note, scope, moment) as (row, _):
        if row.kind != UseKind.TOLERANCE:
            refuse(_name(row), f"{row.get_kind_display()}不经听证", "听证只用于容错免责")
        row.heard_on, row.hearing = day, note
    return row


def approve(*, use: Use, note: str, seen: int, scope: Scope, moment: Moment) -> Use:
    """Approve a use, as the second person; tolerance only once its hearing is recorded."""
    refuse_all(written("意见", note, LONGEST_HEARING))
    with _moving(use, seen, UseAct.APPROVED, note.strip(), scope, moment) as (row, _):
        _ask_second(row, scope, moment.business_date)
        if row.kind == UseKind.TOLERANCE and row.heard_on is None:
            refuse(_name(row), "容错免责还没有听证记录", "请先记入听证日期和情况")
        if row.round.state != RoundState.PUBLISHED:
            refuse(_name(row), f"这次考核{row.round.get_state_display()}", "请撤销这一件")
        row.state = UseState.APPROVED
        row.decided_by, row.decided_on = scope.username, moment.business_date
    return row


def decline(*, use: Use, reason: str, seen: int, scope: Scope, moment: Moment) -> Use:
    """Refuse a proposal, as the second person, with the reason."""
    refuse_all(written("不批准的原因", reason, LONGEST_REASON, "请写明为什么"))
    with _moving(use, seen, UseAct.REFUSED, reason.strip(), scope, moment) as (row, _):
        _ask_second(row, scope, moment.business_date)
        row.state, row.reason = UseState.REFUSED, reason.strip()
        row.decided_by, row.decided_on = scope.username, moment.business_date
    return row


def fulfil(
    *, use: Use, note: str, paper: Paper | None, seen: int, scope: Scope, moment: Moment
) -> Use:
    """Record that it was paid or done; money only with its voucher."""
    papers = [paper] if paper else []
    refuse_all([*written("兑现情况", note, LONGEST_HEARING), *unfit_papers(papers)])
    with _moving(use, seen, UseAct.DONE, note.strip(), scope, moment) as (row, act):
        if row.kind == UseKind.REPLACEMENT:
            refuse(_name(row), "调整替换随试点的退出一并办结", "请到试点页办理退出")
        if row.amount and not papers:
            refuse(_name(row), "兑现金额须附凭据", "请附上拨款单或银行回单")
        row.voucher = next(iter(keep_papers(act, papers, scope, moment)), None)
        row.state, row.done_on = UseState.DONE, moment.business_date
    return row


def withdraw(*, use: Use, reason: str, seen: int, scope: Scope, moment: Moment) -> Use:
    """Withdraw a use with its reason, such as a figure behind it that proves false."""
    refuse_all(written("撤销原因", reason, LONGEST_REASON, "请写明哪里不实、凭什么撤销"))
    with _moving(use, seen, UseAct.WITHDRAWN, reason.strip(), scope, moment) as (row, _):
        row.state, row.reason = UseState.WITHDRAWN, reason.strip()
    return row


def finish(act: Act, use: Use, what: UseAct, note: str, said: dict[str, object]) -> None:
    """Store how a use stands now with its new step; the act's entry holds both."""
    use.save()
    act.seal([UseStep(use=use, act=what, note=note, **said)])
    act.vouch(use)
    act.details |= {
        "round": str(use.round),
        "code": use.code,
        "kind": use.kind,
        "condition": use.condition,
        "amount": use.amount,
        "document": use.document,
        "state": use.state,
        "note": note,
    }


@contextmanager
def _moving(
    use: Use, seen: int, what: UseAct, note: str, scope: Scope, moment: Moment
) -> Iterator[tuple[Use, Act]]:
    """Do one step on a use as it now is; refuse what was decided on an older state."""
    with audit.act(
        _ACTIONS[what], subject=_name(use), by=organisation_queries.actor(scope), moment=moment
    ) as act:
        row = Use.objects.select_related("unit", "round__scheme__owner").get(pk=use.pk)
        if asking.seen(row) != seen:
            refuse(
                _name(row),
                f"您看过以后又办过，现在{row.get_state_display()}",
                "请看过现在的样子再办；您写的内容还在下面",
            )
        if row.state not in _MOVES[what][0]:
            refuse(_name(row), f"{row.get_state_display()}，不能{what.label}", "请看办理经过")
        if what not in {UseAct.APPROVED, UseAct.REFUSED}:
            _ask_keeper(row.round, scope, moment.business_date)
        yield row, act
        finish(act, row, what, note, said_by(scope, moment))


def _ask_keeper(round_: Round, scope: Scope, day: date) -> None:
    scheme, seats = round_.scheme, target_queries.seats(scope, day)
    if not access.keeps(seats, scheme.owner.code, is_countys=scheme.is_countys):
        refuse("结果运用", "由组织这项考核的单位办理")


def _ask_second(row: Use, scope: Scope, day: date) -> None:
    scheme, seats = row.round.scheme, target_queries.seats(scope, day)
    owner, hands = scheme.owner.code, [row.proposed_by]
    if not access.decides(seats, owner, hands, is_countys=scheme.is_countys):
        refuse(_name(row), "须由组织考核的单位里没有提出它的另一个人决定", "请另一位同事办理")


def _ask_result(round_: Round, code: str, offer: Offer) -> Assessed:
    """Refuse what does not follow from the result; give whom it is about."""
    if round_.state != RoundState.PUBLISHED:
        refuse("结果运用", f"这次考核{round_.get_state_display()}，结果没有公布", "公布以后再提出")
    place = assessed(round_.result, code)
    if place is None:
        refuse("单位", f"公布的结果里没有「{code}」", "请从结果里选单位")
    if offer.condition.strip() not in asking.conditions_of(place.row, round_):
        refuse("条件", f"{place.name}的结果不符合「{offer.condition}」", "请从列出的条件里选")
    if offer.kind in asking.PAID and not place.row.eligible:
        refuse(place.name, "按方案不可参评，得分照列，不予奖励表彰", "请核对方案的参评条件")
    twin = Use.objects.filter(round=round_, code=code, kind=offer.kind, state__in=asking.ALIVE)
    if twin.filter(condition=offer.condition.strip()).exists():
        refuse(place.name, "同一条件下已经提出过同类的一件", "请在那一件里办理，或先撤销它")
    return place


def _faults(offer: Offer) -> list[Problem]:
    problems = [
        *written("条件", offer.condition, LONGEST_CONDITION, "请从结果的等次、位次中选"),
        *written("内容", offer.words, LONGEST_WORDS, "请写明给这个单位什么、做什么"),
        *written("文号", offer.document, LONGEST_DOCUMENT),
    ]
    if offer.kind not in UseKind.values:
        problems.append(Problem("类别", "没有选", "请选奖励、表彰、约谈、调整替换或容错免责"))
    return problems + _amount_faults(offer)


def _amount_faults(offer: Offer) -> list[Problem]:
    if offer.amount is None:
        return []
    if offer.kind not in asking.PAID:
        return [Problem("金额", "只有奖励、表彰写金额", "请清空金额")]
    exponent = offer.amount.as_tuple().exponent
    is_fine = isinstance(exponent, int) and exponent >= -PLACES
    if not is_fine or not 0 < offer.amount < LIMIT:
        return [Problem("金额", f"「{offer.amount}」不能用", "请写大于0、最多四位小数的万元数")]
    return []


def _name(use: Use) -> str:
    return f"{use.unit}{use.get_kind_display()}"
