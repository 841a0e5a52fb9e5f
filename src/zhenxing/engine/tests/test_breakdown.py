"""Targets broken down: whatever is split, parts and remainder are the target to the last digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.engine.breakdown import (
    SplitError,
    added,
    by_curve,
    left_over,
    path,
    quarters,
    remainder,
    split,
    to_date,
)
from zhenxing.engine.curves import LINEAR, STEADY, Curve

AMOUNTS = st.decimals(-(10**9), 10**9, places=4)
WEIGHTS = st.lists(st.decimals(0, 1000, places=2), min_size=1, max_size=40).filter(any)
PLACES = st.integers(0, 4)
GRAIN = Curve("粮食", tuple(map(Decimal, [0] * 5 + [44] * 4 + [80, 100, 100])), "收获")


@given(AMOUNTS, WEIGHTS, PLACES)
def test_parts_and_remainder_are_the_target(
    whole: Decimal, weights: list[Decimal], places: int
) -> None:
    done = split(whole, weights, places)
    assert added([*done.parts, done.remainder]) == whole
    assert len(done.parts) == len(weights)


@given(AMOUNTS, WEIGHTS, PLACES)
def test_the_remainder_is_rounding_alone(
    whole: Decimal, weights: list[Decimal], places: int
) -> None:
    done = split(whole, weights, places)
    assert abs(done.remainder) <= len(weights) * Decimal(5).scaleb(-places - 1)


@given(AMOUNTS, WEIGHTS, PLACES)
def test_a_part_has_no_more_decimals_and_nothing_goes_to_who_has_no_weight(
    whole: Decimal, weights: list[Decimal], places: int
) -> None:
    for part, weight in zip(split(whole, weights, places).parts, weights, strict=True):
        assert part == part.quantize(Decimal(1).scaleb(-places))
        assert weight or not part


@given(AMOUNTS, PLACES)
def test_a_year_by_its_curve_is_the_target_again(whole: Decimal, places: int) -> None:
    for curve in (LINEAR, STEADY, GRAIN):
        done = by_curve(whole, places, curve)
        assert len(done.parts) == 12
        assert added([*done.parts, done.remainder]) == whole
        assert added(quarters("sum", done.parts)) == added(done.parts)
        assert to_date("sum", done.parts)[-1] == added(done.parts)


@given(st.decimals(0, 10**9, places=4), PLACES)
def test_a_path_never_falls_and_ends_at_the_target(whole: Decimal, places: int) -> None:
    for curve in (LINEAR, STEADY, GRAIN):
        done = path(whole, places, curve)
        assert list(done.parts) == sorted(done.parts)
        assert added([done.parts[-1], done.remainder]) == whole
        assert quarters("path", done.parts)[-1] == done.parts[-1]


@pytest.mark.parametrize("weights", [[], [Decimal(0)], [Decimal(2), Decimal(-1)]])
def test_weights_that_split_nothing_are_refused(weights: list[Decimal]) -> None:
    with pytest.raises(SplitError, match="分解的份额合计为零或有负数"):
        split(Decimal(10), weights, 0)


@pytest.mark.parametrize(
    ("whole", "parts", "left"),
    [("10000", [833] * 12, "4"), ("1400", [117] * 12, "-4"), ("96", [8] * 12, "0")],
)
def test_worked_months(whole: str, parts: list[int], left: str) -> None:
    done = by_curve(Decimal(whole), 0)
    assert list(done.parts) == parts
    assert done.remainder == Decimal(left)


def test_grain_goes_by_its_harvest() -> None:
    done = by_curve(Decimal(1900), 0, GRAIN)
    assert [int(part) for part in done.parts] == [0, 0, 0, 0, 0, 836, 0, 0, 0, 684, 380, 0]
    assert done.remainder == 0


def test_what_is_left_by_manner() -> None:
    parts = [Decimal(40), Decimal(50)]
    assert left_over("sum", Decimal(100), parts) == 10
    assert left_over("path", Decimal(100), parts) == 50
    assert left_over("path", Decimal(100), []) == 100
    assert left_over("each", Decimal(100), parts) is None
    assert remainder(Decimal(80), parts) == -10
    assert list(to_date("path", parts)) == parts
