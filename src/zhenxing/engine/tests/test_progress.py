"""Completion, time progress, lead, ceilings; the worked numbers of the plan documents."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.engine.curves import LINEAR, STEADY, Curve, CurveError, load_curves
from zhenxing.engine.progress import completion, lead, over, time_progress
from zhenxing.kernel.periods import Period
from zhenxing.kernel.rounding import half_up

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=4)
AIMS = st.decimals(min_value=Decimal("0.0001"), max_value=10**9, places=4)
GRAIN = tuple(map(Decimal, (0, 0, 0, 0, 0, 44, 44, 44, 44, 80, 100, 100)))


@pytest.mark.parametrize(
    ("value", "target", "period", "completed", "led"),
    [
        ("1005136", "800000", "2023-10", "125.64", "42.31"),
        ("70.41", "100", "2023-10", "70.41", "-12.92"),
        ("126.02", "193.22", "2023-06", "65.22", "15.22"),
        ("126.02", "193.22", "2023-H1", "65.22", "15.22"),
        ("4400", "20000", "2023", "22.00", "-78.00"),
    ],
)
def test_worked_leads(value: str, target: str, period: str, completed: str, led: str) -> None:
    done = completion(Decimal(value), Decimal(target))
    assert done is not None
    assert half_up(done, 2) == Decimal(completed)
    assert half_up(lead(done, time_progress(Period.parse(period))), 2) == Decimal(led)


def test_exactly_on_time_is_exactly_zero() -> None:
    for month in range(1, 13):
        done = completion(Decimal(month), Decimal(12))
        assert done is not None
        assert lead(done, LINEAR.at(month)) == 0


def test_grain_by_harvest_is_ahead_where_the_calendar_says_behind() -> None:
    done = completion(Decimal(900), Decimal(1900))
    assert done is not None
    grain = Curve("粮食", GRAIN, "近三年")
    assert half_up(lead(done, time_progress(Period.parse("2023-09"), grain)), 2) == Decimal("3.37")
    assert half_up(lead(done, time_progress(Period.parse("2023-09"))), 2) == Decimal("-27.63")


@given(AMOUNTS, AMOUNTS, AIMS)
def test_more_done_is_never_less_complete(one: Decimal, other: Decimal, target: Decimal) -> None:
    low, high = (completion(value, target) for value in sorted((one, other)))
    assert low is not None
    assert high is not None
    assert low <= high


@given(AIMS)
def test_a_target_met_is_a_hundred(target: Decimal) -> None:
    assert completion(target, target) == 100
    assert over(target, target) == 0


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_more_used_is_never_less_over(one: Decimal, other: Decimal, ceiling: Decimal) -> None:
    low, high = sorted((one, other))
    assert over(low, ceiling) <= over(high, ceiling)
    assert (over(high, ceiling) > 0) is (high > ceiling)


def test_no_completion_without_a_target_above_zero() -> None:
    assert completion(Decimal(5), Decimal(0)) is None
    assert completion(Decimal(5), Decimal(-1)) is None


def test_a_ceiling_of_zero_allows_none() -> None:
    assert over(Decimal(1), Decimal(0)) == 100
    assert over(Decimal(0), Decimal(0)) == 0
    with pytest.raises(ValueError, match="below zero"):
        over(Decimal(1), Decimal(-1))


def test_the_linear_curve_ends_at_the_whole() -> None:
    assert LINEAR.at(12) == STEADY.at(1) == 100
    assert half_up(LINEAR.at(10), 2) == Decimal("83.33")


@pytest.mark.parametrize(
    ("shares", "fault"),
    [
        (GRAIN[:11], "有11个数"), ((Decimal(-1), *GRAIN[1:]), "负数或逐月回落"),
        ((*GRAIN[:9], Decimal(40), *GRAIN[10:]), "负数或逐月回落"),
        ((*GRAIN[:11], Decimal(101)), "12月为101"),
    ],
)  # fmt: skip
def test_shares_that_are_no_curve_are_refused(shares: tuple[Decimal, ...], fault: str) -> None:
    with pytest.raises(CurveError, match=fault):
        Curve("粮食", shares, "近三年")


def test_curves_load_with_every_problem_at_its_line() -> None:
    text = """
- {id: grain, name: 粮食, shares: [0, 0, 0, 0, 0, 44, 44, 44, 44, 80, 100, 100], basis: 近三年}
- {id: grain, name: 粮食, shares: [0, 0, 0, 0, 0, 44, 44, 44, 44, 80, 100, 100], basis: 近三年}
- {id: linear, name: 直线, shares: [100], basis: 无}
- {id: late, name: 晚, shares: [0, x, 100], basis: 无}
- {id: bare, name: 空}
- {id: odd, name: 怪, shares: 7, basis: 无}
"""
    curves, problems = load_curves(text, "curves.yaml")
    assert sorted(curves) == ["grain", "linear", "steady"]
    assert curves["linear"] is LINEAR
    assert curves["grain"].at(10) == 80
    assert [problem.where for problem in problems] == [
        f"curves.yaml 第{line}行" for line in (3, 4, 4, 5, 6, 7)
    ]
