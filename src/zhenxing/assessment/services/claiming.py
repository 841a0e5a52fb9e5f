"""Claims: brought by one person with a paper, approved or refused by a second one."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.assessment import access
from zhenxing.assessment.choices import ClaimKind, ClaimState
from zhenxing.assessment.models import Claim
from zhenxing.assessment.queries import claims as asking
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
from zhenxing.organisation.models import Unit
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from zhenxing.assessment.access import Posts
    from zhenxing.assessment.queries.claims import Ground
    from zhenxing.assessment.queries.subjects import Subject
    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.services.wishing import Paper
    from zhenxing.web.scope import Scope

LONGEST_WORDS, LONGEST_DOCUMENT, LONGEST_REMARK = 300, 60, 200
# What moves a unit's rank by itself needs its paper; a counted matter may do with the number.
NEED_PAPER = {ClaimKind.BONUS, ClaimKind.PENALTY, ClaimKind.VETO}


@dataclass(frozen=True)
class Said:
    """A matter as somebody brings it: about whom, what, when, how much, on which ground."""

    code: str
    kind: str
    event: str
    day: date
    words: str
    amount: Decimal | None = None
    document: str = ""
    paper: Paper | None = None


def propose(*, said: Said, is_another: bool = False, scope: Scope, moment: Moment) -> Claim:
    """Bring a matter. One that looks like an earlier one is told, unless `is_another` says not."""
    _check(said, scope, moment)
    with audit.act(
        "assessment.claim.proposed",
        subject=f"{said.code} {said.event}",
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        subject, seats = _check(said, scope, moment)
        twins = asking.alike(said.code, said.event, said.day, said.document.strip())
        if twins and not is_another:
            told = "、".join(f"{each.number}（{each.get_state_display()}）" for each in twins)
            next_ = "是同一件就不要再报；确是另一件，请勾选“确是另一件事”后再交"
            refuse(f"{subject.name} {said.event}", f"与{told}像是同一件事", next_)
        claim = _claim(said, subject, seats, scope, moment)
        if said.paper:
            [claim.paper] = keep_papers(act, [said.paper], scope, moment)
        claim.save()
        act.vouch(claim)
        act.details |= _details(claim) | {"alike": [each.number for each in twins]}
    return claim


def approve(*, claim: Claim, remark: str = "", scope: Scope, moment: Moment) -> Claim:
    """Let a matter count, as the second person."""
    refuse_all(written("复核意见", remark, LONGEST_REMARK))
    return _decide(claim, ClaimState.APPROVED, remark, scope, moment)


def decline(*, claim: Claim, remark: str, scope: Scope, moment: Moment) -> Claim:
    """Say, as the second person, why a matter does not count."""
    refuse_all(written("复核意见", remark, LONGEST_REMARK, "请写明为什么不予认定"))
    return _decide(claim, ClaimState.REFUSED, remark, scope, moment)


def withdraw(*, claim: Claim, reason: str, scope: Scope, moment: Moment) -> Claim:
    """Take back a matter that nobody has decided yet."""
    refuse_all(written("撤回原因", reason, LONGEST_REMARK, "请写明为什么撤回"))
    with _moving(claim, "assessment.claim.withdrawn", scope, moment) as (row, seats):
        if not asking.may_withdraw(row, seats):
            refuse(row.number, "这件事由提出的人或组织考核的单位撤回")
        row.state, row.remark = ClaimState.WITHDRAWN, reason.strip()
    return row


def _decide(claim: Claim, to: ClaimState, remark: str, scope: Scope, moment: Moment) -> Claim:
    action = "approved" if to == ClaimState.APPROVED else "refused"
    with _moving(claim, f"assessment.claim.{action}", scope, moment) as (row, seats):
        if row.proposed_by == scope.username:
            refuse(row.number, "是您自己提出的，复核的须是另一个人", "请另一位同事复核")
        if not asking.may_decide(row, seats):
            refuse(row.number, "这件事不由您复核")
        row.state, row.remark = to, remark.strip()
        row.decided_by, row.decided_name = scope.username, said_by(scope, moment)["by_name"]
        row.decided_on = moment.business_date
    return row


@contextmanager
def _moving(
    claim: Claim, action: str, scope: Scope, moment: Moment
) -> Iterator[tuple[Claim, Posts]]:
    """Decide a claim as it now stands; one decided already is told."""
    with audit.act(
        action,
        subject=claim.number,
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        row = Claim.objects.select_related("unit__parent").get(pk=claim.pk)
        if row.state != ClaimState.PROPOSED:
            what = f"这件事{row.get_state_display()}，不能再办"
            refuse(row.number, what, "请刷新页面看它现在的状态")
        yield row, target_queries.seats(scope, moment.business_date)
        _leave(row, act)


def _leave(row: Claim, act: Act) -> None:
    row.save()
    act.vouch(row)
    act.details |= _details(row) | {"state": row.state, "remark": row.remark}


def _check(said: Said, scope: Scope, moment: Moment) -> tuple[Subject, Posts]:
    """Refuse, with everything that is wrong, what cannot be brought; give whom it is about."""
    seats = target_queries.seats(scope, moment.business_date)
    if not access.proposes_claims(seats):
        refuse("事项认定", "由考核办、主管部门和镇的综合协调、督查考核人员提出")
    ground = asking.ground(scope, seats, moment.business_date)
    problems = _faults(said, ground, moment.business_date)
    refuse_all(problems)
    return ground.subjects[said.code], seats


def _faults(said: Said, ground: Ground, today: date) -> list[Problem]:
    problems = []
    matter = ground.matter(said.kind, said.event)
    if matter is None:
        what = f"「{said.event}」不在现行方案列的、由您提出的事项里" if said.event else "没有选"
        problems.append(Problem("事项", what, "请从列出的事项中选"))
    elif said.code not in matter.codes:
        what = "没有选，或这一事项不考核所选的单位" if said.code else "没有选"
        problems.append(Problem("单位", what, f"考核它的方案是{'、'.join(matter.schemes)}"))
    if said.day > today:
        problems.append(Problem("发生日期", "在今天之后", "请写事情发生的那一天"))
    problems += written("情况", said.words, LONGEST_WORDS, "请写明时间、地点、什么事")
    problems += written("依据文号", said.document, LONGEST_DOCUMENT)
    problems += unfit_papers([said.paper] if said.paper else [])
    if said.kind in NEED_PAPER and said.paper is None:
        problems.append(Problem("依据", "没有附文件", "加分、扣分、一票否决请附通报、批文等原件"))
    elif said.paper is None and not said.document.strip():
        problems.append(Problem("依据", "没有文号，也没有附文件", "请至少写一样"))
    return problems


def _claim(said: Said, subject: Subject, seats: Posts, scope: Scope, moment: Moment) -> Claim:
    department = None
    if seats.departments and not access.keeps(seats, subject.town, is_countys=True):
        department = Unit.objects.filter(code__in=seats.departments).order_by("code").first()
    return Claim(
        number=_number(moment.business_date.year),
        unit=subject.unit,
        code=subject.code,
        kind=said.kind,
        event=said.event,
        day=said.day,
        amount=said.amount,
        words=said.words.strip(),
        document=said.document.strip(),
        department=department,
        proposed_by=scope.username,
        proposed_name=said_by(scope, moment)["by_name"],
        proposed_on=moment.business_date,
    )


def _number(year: int) -> str:
    """Give the year's next number; the act holds everybody else back meanwhile."""
    head = f"SX{year}-"
    last = Claim.objects.filter(number__startswith=head).order_by("-number").first()
    return f"{head}{int(last.number.removeprefix(head)) + 1 if last else 1:05d}"


def _details(claim: Claim) -> dict[str, object]:
    return {
        "number": claim.number,
        "code": claim.code,
        "kind": claim.kind,
        "event": claim.event,
        "day": claim.day,
        "amount": claim.amount,
        "document": claim.document,
    }


__all__ = ["Said", "approve", "decline", "propose", "withdraw"]
