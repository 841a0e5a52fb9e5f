"""Working days around the National Day of 2023, and the due day of the monthly return."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.kernel.periods import Period
from zhenxing.kernel.workdays import DueRule, OnRestDay, WorkCalendar

HOLIDAYS = {date(2023, 9, 29) + timedelta(days=n): False for n in range(8)}
MADE_UP = {date(2023, 10, 7): True, date(2023, 10, 8): True}
AUTUMN = WorkCalendar({**HOLIDAYS, **MADE_UP}, frozenset({2023}))
DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))


def test_made_up_days_count_and_holidays_do_not() -> None:
    assert AUTUMN.is_workday(date(2023, 10, 7))
    assert AUTUMN.is_workday(date(2023, 10, 8))
    assert not AUTUMN.is_workday(date(2023, 10, 6))
    assert not AUTUMN.is_workday(date(2023, 10, 14))


def test_the_national_holiday_shortens_the_way_to_the_tenth() -> None:
    assert AUTUMN.workdays_between(date(2023, 9, 28), date(2023, 10, 10)) == 4
    assert WorkCalendar().workdays_between(date(2023, 9, 28), date(2023, 10, 10)) == 8


@given(DAYS, st.integers(-40, 40))
def test_counting_undoes_adding(day: date, workdays: int) -> None:
    assert AUTUMN.workdays_between(day, AUTUMN.add(day, workdays)) == (
        workdays if workdays >= 0 or AUTUMN.is_workday(day) else workdays + 1
    )


@given(DAYS, DAYS, DAYS)
def test_stretches_add_up(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    parts = AUTUMN.workdays_between(first, middle) + AUTUMN.workdays_between(middle, last)
    assert parts == AUTUMN.workdays_between(first, last)


def test_no_days_added_stays_even_on_a_rest_day() -> None:
    assert AUTUMN.add(date(2023, 10, 1), 0) == date(2023, 10, 1)


@pytest.mark.parametrize(
    ("key", "rule", "due"),
    [
        ("2023-10", DueRule(), date(2023, 10, 25)),
        ("2023-11", DueRule(), date(2023, 11, 27)),
        ("2023-11", DueRule(on_rest_day="previous"), date(2023, 11, 24)),
        ("2023-11", DueRule(on_rest_day="keep"), date(2023, 11, 25)),
        ("2023-10", DueRule(inclusive=False), date(2023, 10, 24)),
        ("2023-02", DueRule(day=31), date(2023, 2, 28)),
        ("2023-09", DueRule(day=30), date(2023, 10, 7)),
        ("2023-Q4", DueRule(day=5, months_after=1), date(2024, 1, 5)),
        ("2023-09", DueRule(day=1, inclusive=False, on_rest_day="keep"), date(2023, 8, 31)),
    ],
)
def test_worked_due_days(key: str, rule: DueRule, due: date) -> None:
    assert AUTUMN.due_day(Period.parse(key), rule) == due


@pytest.mark.parametrize(
    ("rule", "label"),
    [
        (DueRule(), "当月25日前（含当日），逢休息日顺延到下一工作日"),
        (DueRule(5, inclusive=False, on_rest_day="previous", months_after=1),
         "次月5日前（不含当日），逢休息日提前到上一工作日"),
        (DueRule(5, on_rest_day="keep", months_after=2), "2个月后5日前（含当日），逢休息日不变"),
    ],
)  # fmt: skip
def test_a_due_rule_reads_aloud(rule: DueRule, label: str) -> None:
    assert rule.label == label


@pytest.mark.parametrize(("day", "months_after"), [(0, 0), (32, 0), (25, -1)])
def test_a_day_no_month_has_is_refused(day: int, months_after: int) -> None:
    with pytest.raises(ValueError, match="请写1—31日"):
        DueRule(day=day, months_after=months_after)


def test_an_unannounced_year_says_so() -> None:
    assert AUTUMN.unannounced(date(2023, 1, 1), date(2023, 12, 31)) is None
    problem = AUTUMN.unannounced(date(2024, 1, 5), date(2023, 12, 20))
    assert problem is not None
    assert problem.level == "warning"
    assert "2024年放假安排尚未录入" in problem.what
    assert "2023" not in problem.what
    assert not AUTUMN.is_announced(2024)


def test_a_later_change_outside_moves_no_deadline() -> None:
    days = {date(2023, 10, 25): True}
    calendar = WorkCalendar(days)
    days[date(2023, 10, 25)] = False
    assert calendar.is_workday(date(2023, 10, 25))


@pytest.mark.parametrize("on_rest_day", ["next", "previous"])
@given(month=st.integers(1, 12), day=st.integers(1, 31))
def test_a_moved_due_day_is_a_working_day(on_rest_day: OnRestDay, month: int, day: int) -> None:
    due = AUTUMN.due_day(Period.month(2023, month), DueRule(day=day, on_rest_day=on_rest_day))
    assert AUTUMN.is_workday(due)
