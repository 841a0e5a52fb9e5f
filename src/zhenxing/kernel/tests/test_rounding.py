"""Rounding half up, named; an independent count in whole numbers agrees."""

from __future__ import annotations

from decimal import Decimal, DivisionByZero, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.kernel.rounding import ROUNDINGS, RoundingError, denoise, divide, half_up, rounding

FIGURES = st.decimals(min_value=-(10**14), max_value=10**14, places=7)


@given(FIGURES, st.integers(0, 6))
def test_it_agrees_with_rounding_by_whole_numbers(value: Decimal, places: int) -> None:
    sevenths = int(value.scaleb(7))  # the figure in units of 1e-7
    unit = 10 ** (7 - places)
    magnitude = (abs(sevenths) + unit // 2) // unit
    expected = Decimal(magnitude if sevenths >= 0 else -magnitude).scaleb(-places)
    assert half_up(value, places) == expected


@given(FIGURES, FIGURES, st.integers(0, 6))
def test_it_never_turns_an_order_round(one: Decimal, other: Decimal, places: int) -> None:
    low, high = sorted((one, other))
    assert half_up(low, places) <= half_up(high, places)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("125.642", 2, "125.64"), ("42.3087", 2, "42.31"), ("0.5", 0, "1"), ("2.5", 0, "3"),
        ("-2.5", 0, "-3"), ("-0.004", 2, "0.00"), ("1E+3", 1, "1000.0"), ("7", 3, "7.000"),
        ("123456789012345678901234567890.125", 2, "123456789012345678901234567890.13"),
    ],
)  # fmt: skip
def test_worked_cases(value: str, places: int, shown: str) -> None:
    assert str(half_up(Decimal(value), places)) == shown


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        half_up(0.1, 2)  # type: ignore[arg-type]  # the refusal is what is tested


@pytest.mark.parametrize("places", [-1, 10])
def test_more_or_fewer_places_than_a_figure_has_are_refused(places: int) -> None:
    with pytest.raises(ValueError, match="places"):
        half_up(Decimal(1), places)


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="cannot be rounded"):
        half_up(Decimal(value), 2)


def test_noise_below_a_billionth_goes() -> None:
    assert denoise(Decimal("83.33333333333333")) == denoise(Decimal("83.33333333333334"))
    assert denoise(Decimal("0.000000001")) > 0


def test_division_does_not_depend_on_the_callers_context() -> None:
    with localcontext() as context:
        context.prec = 4
        narrow = divide(Decimal(10), Decimal(12))
    assert narrow == divide(Decimal(10), Decimal(12))
    assert half_up(narrow, 9) == Decimal("0.833333333")


def test_division_by_zero_is_the_callers_mistake() -> None:
    with pytest.raises(DivisionByZero):
        divide(Decimal(1), Decimal(0))


def test_roundings_have_names() -> None:
    assert rounding("half_up_4")(Decimal("1.00005")) == Decimal("1.0001")
    assert sorted(ROUNDINGS) == [f"half_up_{places}" for places in range(10)]


def test_an_unknown_name_is_refused_in_chinese() -> None:
    with pytest.raises(RoundingError, match="没有名为「bankers」的取舍方法；请写"):
        rounding("bankers")
