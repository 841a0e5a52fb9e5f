"""Which posts may stand together: the hard rules of the permission matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.choices import GROUP_ROLES, SEATS, UnitKind
from zhenxing.web.scope import NOBODY, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

__all__ = ["NOBODY", "Scope", "Seat", "overlaps", "problems"]


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
