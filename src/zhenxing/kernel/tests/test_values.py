"""Absences: never a zero, never false."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhenxing.kernel.values import MASKED, MISSING, Absence, is_known


@pytest.mark.parametrize("absence", list(Absence))
def test_an_absence_refuses_to_be_true_or_false(absence: Absence) -> None:
    with pytest.raises(TypeError, match="缺数不是零"):
        bool(absence)


@pytest.mark.parametrize("absence", list(Absence))
def test_an_absence_refuses_arithmetic(absence: Absence) -> None:
    with pytest.raises(TypeError):
        absence + Decimal(1)  # type: ignore[operator]  # that it cannot is what is tested


def test_zero_is_known_and_absences_are_not() -> None:
    assert [is_known(v) for v in (Decimal(0), MISSING, MASKED, None)] == [True, False, False, False]


def test_missing_and_masked_are_two() -> None:
    assert (MISSING.label, MASKED.label) == ("未报", "未公开")
