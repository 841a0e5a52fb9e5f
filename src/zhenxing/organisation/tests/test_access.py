"""The hard rules of posts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.accounts.choices import Role
from zhenxing.organisation import access
from zhenxing.organisation.access import Seat
from zhenxing.organisation.choices import GROUP_ROLES, SEATS, UnitKind

START = date(2023, 1, 1)
KINDS = {
    UnitKind.COUNTY: "H00",
    UnitKind.DEPARTMENT: "D01",
    UnitKind.TOWN: "T01",
    UnitKind.VILLAGE: "T01-V01",
}

roles = st.sampled_from(list(Role))
days = st.none() | st.integers(0, 400).map(lambda count: START + timedelta(days=count))


def seat(role: Role, since: date | None = None, until: date | None = None) -> Seat:
    """Give a post that stands by itself."""
    kind = SEATS[role]
    group = "T01-G3" if role == Role.REPORTER else ""
    return Seat(role, kind, KINDS[kind], group, "T01" if group else "", since, until)


def spans() -> st.SearchStrategy[tuple[date | None, date | None]]:
    return st.tuples(days, days).filter(
        lambda span: not (span[0] and span[1] and span[1] < span[0])
    )


def held_on(one: Seat, day: date) -> bool:
    return (one.since is None or one.since <= day) and (one.until is None or one.until >= day)


def words(new: Seat, *held: Seat) -> str:
    return "".join(problem.sentence for problem in access.problems(new, held))


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_its_place(role: Role) -> None:
    assert access.problems(seat(role), []) == []


@given(roles, st.sampled_from(list(KINDS)))
def test_a_post_stands_only_at_its_kind_of_unit(role: Role, kind: UnitKind) -> None:
    there = Seat(role, kind, KINDS[kind], *(("T01-G3", "T01") if role == Role.REPORTER else ()))
    refused = access.problems(there, [])
    assert bool(refused) == (SEATS[role] != kind)


@given(roles)
def test_only_two_roles_may_belong_to_a_group(role: Role) -> None:
    here = Seat(role, SEATS[role], "T01", "T01-G3", "T01")
    assert ("不属于某一个专班" in words(here)) == (role not in GROUP_ROLES)


def test_a_reporter_needs_a_group() -> None:
    assert "没有写明替哪个专班填报" in words(Seat(Role.REPORTER, UnitKind.TOWN, "T01"))


def test_a_group_leader_may_lead_none() -> None:
    assert words(Seat(Role.GROUP_LEADER, UnitKind.TOWN, "T01")) == ""


def test_nobody_fills_in_for_another_towns_group() -> None:
    assert "不是T01的专班" in words(Seat(Role.REPORTER, UnitKind.TOWN, "T01", "T02-G3", "T02"))


def test_a_post_does_not_end_before_it_begins() -> None:
    assert "止日早于起日" in words(seat(Role.AUDITOR, START, START - timedelta(days=1)))


@given(roles, spans(), roles, spans())
def test_the_administrator_and_the_auditor_stand_alone(
    one: Role,
    one_span: tuple[date | None, date | None],
    other: Role,
    other_span: tuple[date | None, date | None],
) -> None:
    new, held = seat(one, *one_span), seat(other, *other_span)
    together = any(
        held_on(new, START + timedelta(days=count)) and held_on(held, START + timedelta(days=count))
        for count in range(-1, 402)
    )
    lonely = {Role.ADMINISTRATOR, Role.AUDITOR}
    forbidden = together and (one == other or bool(lonely & {one, other}))
    assert bool(access.problems(new, [held])) == forbidden


def test_the_refusal_names_the_other_role() -> None:
    assert "县级管理员不得兼任业务角色，同期另有考核办" in words(
        seat(Role.ADMINISTRATOR), seat(Role.ASSESSMENT)
    )
    assert "审计不得兼任其他角色，同期另有审计" not in words(
        seat(Role.AUDITOR), seat(Role.REPORTER)
    )


def test_the_same_post_twice_at_once_is_refused() -> None:
    assert "已有同样的岗位" in words(seat(Role.REPORTER), seat(Role.REPORTER))


def test_the_same_post_after_it_ended_is_not() -> None:
    earlier = seat(Role.REPORTER, START, START + timedelta(days=30))
    assert words(seat(Role.REPORTER, START + timedelta(days=31)), earlier) == ""


@given(spans(), spans())
def test_whether_two_overlap_does_not_depend_on_which_is_first(
    one: tuple[date | None, date | None], other: tuple[date | None, date | None]
) -> None:
    first, second = seat(Role.AUDITOR, *one), seat(Role.AUDITOR, *other)
    assert access.overlaps(first, second) == access.overlaps(second, first)
