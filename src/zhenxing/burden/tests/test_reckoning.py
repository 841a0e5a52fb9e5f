"""What is counted as burden, and what is not."""

from __future__ import annotations

import doctest
from decimal import Decimal

import pytest

from zhenxing.burden import reckoning
from zhenxing.burden.reckoning import Burden, Want, median

ONE, TWO = ("T01", "paid_in", "2023-10"), ("T01", "jobs", "2023-10")


def test_its_examples_run() -> None:
    assert doctest.testmod(reckoning).failed == 0


def test_the_worked_case_of_the_page_of_algorithms() -> None:
    places = [("T01", f"i{number}", "2023-10") for number in range(12)]
    wants = [
        Want(place, received=number < 2, known=number == 2) for number, place in enumerate(places)
    ]
    told = Burden.of(wants, [7, 12, 40])
    assert (told.asked, told.spared, told.minutes) == (9, Decimal("25.00"), Decimal(12))


def test_a_number_that_nobody_fills_in_is_not_asked_twice() -> None:
    received = [Want(ONE, received=True), Want(ONE, received=True)]
    assert Burden.of(received, []).twice == 0
    assert Burden.of([Want(ONE), Want(ONE), Want(ONE), Want(TWO)], []).twice == 2


def test_a_known_one_that_is_received_is_counted_once() -> None:
    told = Burden.of([Want(ONE, received=True, known=True)], [])
    assert (told.received, told.known, told.asked) == (1, 0, 0)


@pytest.mark.parametrize(
    ("values", "middle"), [([], None), ([5], "5"), ([9, 1], "5"), ([1, 100, 3], "3")]
)
def test_the_middle_one_is_taken(values: list[int], middle: str | None) -> None:
    assert median(values) == (None if middle is None else Decimal(middle))


def test_nothing_has_no_share() -> None:
    nothing = Burden.of([], [])
    assert (nothing.spared, nothing.minutes, nothing.wanted) == (None, None, 0)
