"""Who may issue, acknowledge, break down and sign: the matrix's rows on targets, as predicates.

They go by the posts held on the day, place by place: two posts never lend each other their reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role

if TYPE_CHECKING:
    from collections.abc import Collection

# Whoever signs, audits or gives out accounts writes no target, whatever else they hold.
NEVER_WRITE = (Role.TOWN_LEADER, Role.ADMINISTRATOR, Role.AUDITOR)


@dataclass(frozen=True)
class Seat:
    """One post as plain values: a role letter at a unit, for a group where it has one."""

    role: str
    unit: str
    group: str = ""


@dataclass(frozen=True)
class Seats:
    """Who a person is today: the name they sign in with, and every post."""

    username: str
    held: frozenset[Seat]

    def has(self, *roles: str) -> bool:
        """Whether one of the roles is held anywhere."""
        return any(seat.role in roles for seat in self.held)

    def at(self, unit: str, *roles: str) -> bool:
        """Whether one of the roles is held at the unit."""
        return any(seat.role in roles and seat.unit == unit for seat in self.held)

    def of_group(self, groups: Collection[str], *roles: str) -> bool:
        """Whether one of the roles is held for one of the groups."""
        return any(seat.role in roles and seat.group in groups for seat in self.held)

    @property
    def writes(self) -> bool:
        """Whether the person may write anything here at all."""
        return not self.has(*NEVER_WRITE)

    @property
    def departments(self) -> frozenset[str]:
        """The departments the person speaks for."""
        return frozenset(seat.unit for seat in self.held if seat.role == Role.DEPARTMENT)


def may_prepare(seats: Seats) -> bool:
    """Whether the person writes drafts of issues: the assessment office, or a department."""
    return seats.writes and seats.has(Role.ASSESSMENT, Role.DEPARTMENT)


def may_set(seats: Seats, lead: str) -> bool:
    """Whether the person writes lines on an indicator that this department leads."""
    return may_prepare(seats) and (seats.has(Role.ASSESSMENT) or lead in seats.departments)


def may_write(seats: Seats, department: str) -> bool:
    """Whether the person writes in an issue that this department put forward (none: the office)."""
    return may_prepare(seats) and (seats.has(Role.ASSESSMENT) or department in seats.departments)


def may_decide(seats: Seats) -> bool:
    """Whether the person approves or returns issues at all."""
    return seats.writes and seats.has(Role.ASSESSMENT)


def may_approve(seats: Seats, hands: Collection[str]) -> bool:
    """Whether the person is the second one: of the office, and had no hand in the issue."""
    return may_decide(seats) and seats.username not in hands


def may_acknowledge(seats: Seats, unit: str) -> bool:
    """Whether the person takes note of a unit's targets: its leader."""
    return seats.at(unit, Role.TOWN_LEADER)


def may_break_down(seats: Seats, unit: str, groups: Collection[str]) -> bool:
    """Whether the person writes a breakdown: office of the county or town, leader of a group."""
    if not seats.writes:
        return False
    return (
        seats.has(Role.ASSESSMENT)
        or seats.at(unit, Role.TOWN_OFFICE)
        or seats.of_group(groups, Role.GROUP_LEADER)
    )


def may_propose_breakdown(seats: Seats, unit: str, groups: Collection[str]) -> bool:
    """Whether the person writes a breakdown or at least puts one forward: the group's reporter."""
    if may_break_down(seats, unit, groups):
        return True
    return seats.writes and seats.of_group(groups, Role.REPORTER)


def may_sign(seats: Seats, unit: str, maker: str) -> bool:
    """Whether the person signs a unit's breakdown: its leader, who did not write it."""
    return seats.at(unit, Role.TOWN_LEADER) and seats.username != maker


def may_assign(seats: Seats, unit: str) -> bool:
    """Whether the person says who answers for a unit's indicators: its office, or the county's."""
    return seats.writes and (seats.has(Role.ASSESSMENT) or seats.at(unit, Role.TOWN_OFFICE))
