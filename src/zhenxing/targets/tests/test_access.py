"""The matrix's rows on targets, role by role."""

from __future__ import annotations

import pytest

from zhenxing.targets import access
from zhenxing.targets.access import Seat, Seats

ALL = "AKDLGFVCSX"


def seats(*held: tuple[str, str] | tuple[str, str, str], name: str = "me") -> Seats:
    return Seats(name, frozenset(Seat(*seat) for seat in held))


def of(role: str) -> Seats:
    """Give the standing person of a role: at T01, for group T01-G3, or at the county."""
    place = {"A": "H00", "K": "H00", "X": "H00", "D": "D01", "V": "T01-V01"}.get(role, "T01")
    return seats((role, place, "T01-G3")) if role in "GF" else seats((role, place))


@pytest.mark.parametrize("role", ALL)
def test_only_office_and_department_prepare_and_only_the_office_decides(role: str) -> None:
    assert access.may_prepare(of(role)) is (role in "KD")
    assert access.may_decide(of(role)) is (role == "K")
    assert access.may_approve(of(role), ["somebody"]) is (role == "K")
    assert access.may_set(of(role), "D01") is (role in "KD")
    assert access.may_set(of(role), "D02") is (role == "K")
    assert access.may_write(of(role), "D01") is (role in "KD")
    assert access.may_write(of(role), "") is (role == "K")


@pytest.mark.parametrize("role", ALL)
def test_only_the_leader_acknowledges_and_signs(role: str) -> None:
    assert access.may_acknowledge(of(role), "T01") is (role == "L")
    assert access.may_sign(of(role), "T01", "office") is (role == "L")
    assert not access.may_acknowledge(of(role), "T02")
    assert not access.may_sign(of(role), "T02", "office")
    assert not access.may_sign(of(role), "T01", "me")


@pytest.mark.parametrize("role", ALL)
def test_who_breaks_down_and_who_only_proposes(role: str) -> None:
    own, other = ["T01-G3"], ["T01-G2"]
    assert access.may_break_down(of(role), "T01", own) is (role in "KCG")
    assert access.may_break_down(of(role), "T01", other) is (role in "KC")
    assert access.may_break_down(of(role), "T02", ["T02-G3"]) is (role == "K")
    assert access.may_propose_breakdown(of(role), "T01", own) is (role in "KCGF")
    assert access.may_propose_breakdown(of(role), "T01", other) is (role in "KC")
    assert access.may_assign(of(role), "T01") is (role in "KC")
    assert access.may_assign(of(role), "T02") is (role == "K")


def test_who_had_a_hand_in_it_does_not_approve() -> None:
    assert not access.may_approve(of("K"), ["me", "other"])


@pytest.mark.parametrize("role", "LAX")
def test_who_signs_audits_or_runs_accounts_writes_nothing_whatever_else_they_hold(
    role: str,
) -> None:
    both = seats(
        (role, "T01" if role == "L" else "H00"), ("K", "H00"), ("C", "T01"), ("F", "T01", "T01-G3")
    )
    assert not access.may_prepare(both)
    assert not access.may_decide(both)
    assert not access.may_break_down(both, "T01", ["T01-G3"])
    assert not access.may_propose_breakdown(both, "T01", ["T01-G3"])
    assert not access.may_assign(both, "T01")


def test_a_seat_in_one_place_lends_nothing_to_another() -> None:
    both = seats(("C", "T02"), ("S", "T01"))
    assert not access.may_break_down(both, "T01", [])
    assert not access.may_assign(both, "T01")
    assert access.may_assign(both, "T02")
