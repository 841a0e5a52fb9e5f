"""A number is what somebody can have typed, and a remainder of arithmetic is told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.documents.cells import Cell, Sheet, position, reference


def stored(text: str) -> Cell:
    return Cell("F6", "number", text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4740", "4740"),
        ("8.1300000000000008", "8.13"),
        ("0.10000000000000001", "0.1"),
        ("1.25E+3", "1250"),
        ("1E-2", "0.01"),
        ("-0", "0"),
        ("12.50", "12.5"),
        ("123456789012345", "123456789012345"),
    ],
)
def test_it_reads_what_was_typed(text: str, number: str) -> None:
    assert str(stored(text).number) == number
    assert not stored(text).has_remainder


@pytest.mark.parametrize(
    "text", ["0.30000000000000004", "1.0000000000000002", "1234.5600000000015"]
)
def test_it_tells_a_remainder_of_arithmetic(text: str) -> None:
    assert stored(text).has_remainder
    assert len(str(stored(text).number).replace(".", "").lstrip("0")) <= 15


@pytest.mark.parametrize("text", ["", "NaN", "Infinity", "1e999999", "十二", "1_000 1", "9" * 100])
def test_it_takes_nothing_else_for_a_number(text: str) -> None:
    assert stored(text).number is None
    assert not stored(text).has_remainder


@given(st.decimals(min_value=-(10**10), max_value=10**10, places=4))
def test_a_typed_number_survives_excel(typed: Decimal) -> None:
    """Excel keeps the double and writes 17 digits of it."""
    cell = stored(f"{float(typed):.17g}")
    assert cell.number == typed
    assert not cell.has_remainder


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_a_reference_says_its_place(row: int, column: int) -> None:
    assert position(reference(row, column)) == (row, column)


def test_it_knows_excels_last_cell() -> None:
    assert reference(1_048_576, 16_384) == "XFD1048576"


@pytest.mark.parametrize("text", ["", "6F", "F0", "f6", "ABCD1", "F6:F7", "F12345678"])
def test_it_refuses_what_is_no_reference(text: str) -> None:
    with pytest.raises(ValueError, match="不是单元格"):
        position(text)


def test_a_sheet_knows_what_a_merged_range_covers() -> None:
    sheet = Sheet("表", cells={"A1": Cell("A1", "text", " 一 ")}, merged=("B2:C3", "E5", "坏"))
    assert sheet.covered("C3") == "B2:C3"
    assert sheet.covered("E5") == "E5"
    assert sheet.covered("D3") is None
    assert sheet.text("A1") == "一"
    assert not sheet.text("Z9")
