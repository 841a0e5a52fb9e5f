"""Periods: keys, ends, neighbours and order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.kernel.periods import Kind, Period, PeriodError

YEARS = st.integers(1901, 2198)
PERIODS = st.one_of(
    st.builds(Period.whole_year, YEARS),
    st.builds(Period.half, YEARS, st.integers(1, 2)),
    st.builds(Period.quarter, YEARS, st.integers(1, 4)),
    st.builds(Period.month, YEARS, st.integers(1, 12)),
    st.builds(Period.jan_feb, YEARS),
)
CONSECUTIVE = PERIODS.filter(lambda period: period.kind is not Kind.JAN_FEB)


@given(PERIODS)
def test_its_key_reads_back(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(CONSECUTIVE)
def test_neighbours_touch_and_return(period: Period) -> None:
    assert period.previous.last_day + timedelta(days=1) == period.first_day
    assert period.next.first_day - timedelta(days=1) == period.last_day
    assert period.previous.next == period
    assert period.previous < period < period.next


@given(PERIODS, PERIODS)
def test_the_later_end_is_the_greater_period(one: Period, other: Period) -> None:
    ends_first = (one.last_day, len(one.months)) < (other.last_day, len(other.months))
    assert (one < other) is ends_first


@given(PERIODS)
def test_a_period_holds_its_own_days_and_no_others(period: Period) -> None:
    assert period.contains(period.first_day)
    assert period.contains(period.last_day)
    assert not period.contains(period.first_day - timedelta(days=1))
    assert not period.contains(period.last_day + timedelta(days=1))
    assert {period.first_day.month, period.last_day.month} <= set(period.months)


@pytest.mark.parametrize(
    ("key", "label", "to_date"),
    [
        ("2023", "2023年", "2023年"),
        ("2023-H1", "2023年上半年", "2023年1—6月"),
        ("2023-H2", "2023年下半年", "2023年1—12月"),
        ("2023-Q1", "2023年一季度", "2023年1—3月"),
        ("2023-Q3", "2023年三季度", "2023年1—9月"),
        ("2023-09", "2023年9月", "2023年1—9月"),
        ("2023-01", "2023年1月", "2023年1月"),
        ("2023-01..02", "2023年1—2月", "2023年1—2月"),
    ],
)
def test_readers_see_the_usual_names(key: str, label: str, to_date: str) -> None:
    period = Period.parse(key)
    assert (period.label, period.to_date_label) == (label, to_date)


@pytest.mark.parametrize(
    "text",
    ["", "23", "2023-9", "2023-13", "2023-00", "2023-Q5", "2023-H3", "2023-01..03",
     "\uff12\uff10\uff12\uff13",
     "2023\n", " 2023", "2023-q3", "1023-01", "2200"],
)  # fmt: skip
def test_a_text_that_is_no_key_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(PeriodError, match="请"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("last_month", "span"), [(0, 1), (13, 1), (5, 3), (7, 6), (6, 12), (3, 2), (4, 4), (0, 3)]
)
def test_months_that_form_no_period_are_refused(last_month: int, span: int) -> None:
    with pytest.raises(PeriodError, match="没有以"):
        Period(2023, last_month, span)


def test_january_february_stands_among_the_months() -> None:
    merged = Period.jan_feb(2023)
    assert (str(merged.previous), str(merged.next)) == ("2022-12", "2023-03")
    assert merged.kind is Kind.JAN_FEB
    assert merged.first_day == date(2023, 1, 1)


def test_a_period_is_over_only_after_its_last_day() -> None:
    october = Period.month_of(date(2023, 10, 20))
    assert not october.is_over(date(2023, 10, 31))
    assert october.is_over(date(2023, 11, 1))


def test_the_same_period_a_year_before_keeps_its_kind() -> None:
    assert [str(Period.parse(k).last_year) for k in ("2023", "2023-01..02", "2024-02")] == [
        "2022", "2022-01..02", "2023-02",
    ]  # fmt: skip


def test_periods_key_a_dictionary() -> None:
    assert {Period.parse("2023-Q3"): 1}[Period.quarter(2023, 3)] == 1
