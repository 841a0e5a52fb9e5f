"""Which posts may stand together, and who may give them: the hard rules of the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.choices import GROUP_ROLES, SEATS, Decision, UnitKind
from zhenxing.web.scope import NOBODY, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from zhenxing.organisation.models import CalendarProposal, PostRequest

__all__ = [
    "NOBODY",
    "Proposal",
    "Scope",
    "Seat",
    "against_asking",
    "against_deciding",
    "against_keeping",
    "against_proposing",
    "approver_of",
    "overlaps",
    "problems",
    "sees_phones",
]

# Whoever holds one of these stands over others; another administrator and a paper are needed.
HIGH = frozenset({Role.ADMINISTRATOR, Role.ASSESSMENT, Role.AUDITOR})


@dataclass(frozen=True)
class Seat:
    """A post as plain values, before it is anybody's."""

    role: Role
    kind: UnitKind
    unit: str
    group: str = ""
    group_unit: str = ""
    since: date | None = None
    until: date | None = None


def overlaps(one: Seat, other: Seat) -> bool:
    """Whether there is a day on which both posts are held; an open end goes on for ever."""
    return _starts_before_end(one, other) and _starts_before_end(other, one)


def problems(seat: Seat, held: Iterable[Seat]) -> list[Problem]:
    """Say why a person who holds those posts may not be given this one; empty if nothing does."""
    return [*_of_the_seat(seat), *_beside(seat, [other for other in held if overlaps(seat, other)])]


@dataclass(frozen=True)
class Proposal:
    """Something that waits for a second person: by whom, about whom, who may approve it."""

    proposed_by: str
    about: str
    approver: Role

    @classmethod
    def of_post(cls, asked: PostRequest) -> Proposal:
        """Give a request for a post as plain values."""
        role = Role(asked.role)
        return cls(asked.proposed_by.username, asked.person.username, approver_of(role))

    @classmethod
    def of_calendar(cls, proposal: CalendarProposal) -> Proposal:
        """Give a change of the calendar as plain values; it is about nobody."""
        return cls(proposal.proposed_by.username, "", Role.ASSESSMENT)


def approver_of(role: Role) -> Role:
    """Give the role whose holder approves a post of this role."""
    return Role.ADMINISTRATOR if role in HIGH else Role.ASSESSMENT


def sees_phones(scope: Scope, username: str) -> bool:
    """Whether the person sees this one's telephone number whole rather than masked."""
    return scope.has(Role.ADMINISTRATOR) or scope.username == username


def against_keeping(scope: Scope, about: str) -> list[Problem]:
    """Say why the person may not change this one's account or posts; nobody changes their own."""
    if not scope.has(Role.ADMINISTRATOR):
        return [Problem("人员", "只有县级管理员能办理", "请联系县级管理员")]
    if scope.username == about:
        return [Problem("人员", "不能改自己的账号和权限", "请另一位县级管理员办理")]
    return []


def against_asking(scope: Scope, role: Role, about: str, document: str) -> list[Problem]:
    """Say why the person may not ask for a post of this role for this one."""
    found = against_keeping(scope, about)
    if role in HIGH and not document.strip():
        found.append(
            Problem("文号", f"授予{role.label}要有任命文件，没有填写文号", "请填写任命文件的文号")
        )
    return found


def against_proposing(scope: Scope) -> list[Problem]:
    """Say why the person may not propose to change the calendar."""
    if scope.has(Role.ADMINISTRATOR, Role.ASSESSMENT):
        return []
    return [Problem("工作日历", "只有考核办和县级管理员能提出修改", "请联系县考核办")]


def against_deciding(scope: Scope, proposal: Proposal, decision: Decision) -> list[Problem]:
    """Say why the person may not decide so: whoever proposed withdraws, a second one decides."""
    is_own = scope.username == proposal.proposed_by
    if decision == Decision.WITHDRAWN:
        return [] if is_own else [Problem("撤回", "不是您提出的", "请由提出人撤回，或驳回它")]
    if is_own:
        return [Problem("复核", "是您自己提出的，要由另一个人复核", "请另一位有权复核的人办理")]
    if scope.username == proposal.about:
        return [Problem("复核", "是给您自己的岗位，不能由您复核", "请另一位有权复核的人办理")]
    if not scope.has(proposal.approver):
        who = proposal.approver.label
        return [Problem("复核", f"要由{who}复核", f"请联系{who}")]
    return []


def _of_the_seat(seat: Seat) -> Iterator[Problem]:
    wanted = SEATS[seat.role]
    if seat.kind != wanted:
        yield Problem(
            f"岗位「{seat.role.label}」",
            f"只能设在{wanted.label}，不能设在{seat.kind.label}{seat.unit}",
            f"请改选一个{wanted.label}",
        )
    if seat.group and seat.role not in GROUP_ROLES:
        yield Problem(f"岗位「{seat.role.label}」", "不属于某一个专班", "请去掉专班")
    if seat.group and seat.group_unit != seat.unit:
        yield Problem(
            f"岗位「{seat.role.label}」",
            f"专班{seat.group}不是{seat.unit}的专班",
            "请改选本单位的专班",
        )
    if seat.role == Role.REPORTER and not seat.group:
        yield Problem(f"岗位「{seat.role.label}」", "没有写明替哪个专班填报", "请选一个专班")
    if seat.since and seat.until and seat.until < seat.since:
        yield Problem(f"岗位「{seat.role.label}」", "止日早于起日", "请核对起止日期")


def _beside(seat: Seat, held: list[Seat]) -> Iterator[Problem]:
    roles = {other.role for other in held}
    for lonely, why in (
        (Role.AUDITOR, "审计不得兼任其他角色"),
        (Role.ADMINISTRATOR, "县级管理员不得兼任业务角色"),
    ):
        both = roles | {seat.role}
        if lonely in both and both != {lonely}:
            others = "、".join(sorted(role.label for role in both - {lonely}))
            yield Problem(
                f"岗位「{seat.role.label}」",
                f"{why}，同期另有{others}",
                "请先结束其中一个岗位，或另选人员",
            )
    if any(
        (other.role, other.unit, other.group) == (seat.role, seat.unit, seat.group)
        for other in held
    ):
        yield Problem(f"岗位「{seat.role.label}」", "这个人同期已有同样的岗位", "请核对起止日期")


def _starts_before_end(one: Seat, other: Seat) -> bool:
    return one.since is None or other.until is None or one.since <= other.until
