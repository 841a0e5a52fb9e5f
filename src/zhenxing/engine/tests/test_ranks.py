"""Ranks: competition, direction, noise, moves; a plain count agrees."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.engine.ranks import Direction, Place, moved, ranked
from zhenxing.kernel.rounding import divide

SCORES = st.dictionaries(
    st.sampled_from([f"T{n:02}" for n in range(1, 21)]),
    st.one_of(st.none(), st.integers(-3, 3).map(Decimal)),
)


@given(SCORES, st.sampled_from(list(Direction)))
def test_a_place_is_one_more_than_the_number_of_better_ones(
    scores: dict[str, Decimal | None], direction: Direction
) -> None:
    known = {unit: score for unit, score in scores.items() if score is not None}
    sign = 1 if direction is Direction.HIGHER else -1
    expected = {
        unit: Place(1 + sum(sign * other > sign * score for other in known.values()), len(known))
        for unit, score in known.items()
    }
    assert ranked(scores, direction) == expected


@given(SCORES)
def test_the_order_of_units_decides_nothing(scores: dict[str, Decimal | None]) -> None:
    turned = dict(reversed(scores.items()))
    assert ranked(scores, Direction.HIGHER) == ranked(turned, Direction.HIGHER)


@given(SCORES, st.sampled_from([f"T{n:02}" for n in range(1, 21)]))
def test_a_better_score_never_costs_a_place(scores: dict[str, Decimal | None], unit: str) -> None:
    score = scores.get(unit)
    if score is not None:
        before = ranked(scores, Direction.HIGHER)[unit].place
        after = ranked(scores | {unit: score + 1}, Direction.HIGHER)[unit].place
        assert after <= before


def test_ranks_are_taken_before_rounding() -> None:
    scores = {"甲": Decimal("83.334"), "乙": Decimal("83.331")}
    assert ranked(scores, Direction.HIGHER)["乙"].place == 2


def test_noise_does_not_part_equals() -> None:
    third = divide(Decimal(1), Decimal(3))
    scores = {"甲": third * 3, "乙": Decimal(1), "丙": Decimal("0.5")}
    places = ranked(scores, Direction.HIGHER)
    assert [places[unit].place for unit in "甲乙丙"] == [1, 1, 3]


def test_the_worked_table_of_the_documentation() -> None:
    august = ranked(dict(zip("BAED", map(Decimal, (9, 8, 7, 6)), strict=True)), Direction.HIGHER)
    scores = {"A": "91.2", "B": "80.0", "C": "80.0", "D": "79.9999"}
    now = ranked({unit: Decimal(s) for unit, s in scores.items()} | {"E": None}, Direction.HIGHER)
    shown = {unit: place.label for unit, place in moved(now, august).items()}
    assert shown == {"A": "1/4 ↑1", "B": "2/4 ↓1", "C": "2/4", "D": "4/4 →"}


@pytest.mark.parametrize("direction", list(Direction))
def test_nobody_is_nobody(direction: Direction) -> None:
    assert ranked({}, direction) == {}
