"""What a scope says of its person."""

from __future__ import annotations

import pytest

from zhenxing.web.policy import LETTERS
from zhenxing.web.scope import NOBODY, Scope


@pytest.mark.parametrize("letter", "ADKX")
def test_a_county_post_sees_every_unit(letter: str) -> None:
    assert Scope("somebody", roles=frozenset(letter)).sees_county


@pytest.mark.parametrize("letter", "LGFVCS")
def test_a_town_post_sees_its_own(letter: str) -> None:
    assert not Scope("somebody", roles=frozenset(letter)).sees_county


def test_only_assessment_and_audit_read_every_figure() -> None:
    readers = [one for one in LETTERS if Scope("x", roles=frozenset(one)).reads_all_figures]
    assert readers == ["K", "X"]


def test_it_knows_a_role_held_anywhere() -> None:
    scope = Scope("somebody", roles=frozenset("FG"))
    assert scope.has("L", "G")
    assert not scope.has("L", "K")
    assert not scope.has()


def test_a_visitor_is_nobody() -> None:
    assert not NOBODY.signed_in
    assert NOBODY.units == frozenset()
