"""Which figure counts, the year to date, and growth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.engine.accumulate import Reading, ToDate, year_to_date
from zhenxing.engine.growth import Growth, computed, counting_growth
from zhenxing.engine.growth import given as given_growth
from zhenxing.engine.standing import Standing, Vintage, counting, counts_before
from zhenxing.engine.tests.make import figure
from zhenxing.kernel.periods import Period
from zhenxing.kernel.rounding import half_up
from zhenxing.kernel.values import MASKED, MISSING, Value

MONTHS = [Period.month(2023, month) for month in (1, 2, 3)]
VALUES = st.one_of(st.integers(-5, 5).map(Decimal), st.sampled_from([MISSING, MASKED]))
FIGURES = st.builds(
    lambda value, standing, minute: figure(value, standing=standing, minute=minute),
    VALUES,
    st.sampled_from(list(Standing)),
    st.integers(0, 3),
)


def test_the_order_of_what_counts() -> None:
    order = ["confirmed", "correction", "signed", "submitted", "rollup", "flash"]
    held = [figure(n, standing=Standing(name), minute=n) for n, name in enumerate(order)]
    while held:
        best = counting(reversed(held))
        assert best is held[0]
        held.pop(0)


def test_the_first_load_counts_like_a_confirmation_and_the_later_record_wins() -> None:
    first = figure(1, standing=Standing.IMPORTED, minute=1)
    later = figure(2, standing=Standing.CONFIRMED, minute=2)
    assert counting([later, first]) is later
    assert counting([later, first._replace(recorded=later.recorded.replace(hour=5))]) != later


def test_twins_but_for_their_standing_are_chosen_by_a_fixed_order() -> None:
    twins = [figure(1, standing=Standing.CONFIRMED), figure(1, standing=Standing.IMPORTED)]
    assert counting(twins) is twins[0]
    assert counting(reversed(twins)) is twins[0]


def test_a_figure_that_is_there_counts_before_a_confirmed_hole() -> None:
    hole = figure(MISSING, standing=Standing.CONFIRMED, minute=9)
    flash = figure(5, standing=Standing.FLASH)
    assert counting([hole, flash]) is flash
    assert counting([flash, hole]) is flash
    assert counting([hole]) is hole
    assert counting([]) is None


def test_a_masked_confirmation_counts_before_a_submitted_number() -> None:
    masked = figure(MASKED, standing=Standing.CONFIRMED)
    assert counting([figure(5, standing=Standing.SUBMITTED, minute=9), masked]) is masked


@given(st.lists(FIGURES, min_size=1, max_size=4))
def test_the_order_of_records_decides_nothing(figures: list[object]) -> None:
    chosen = {counting(order) for order in permutations(figures)}  # type: ignore[type-var]
    assert len(chosen) == 1


@given(FIGURES, FIGURES, FIGURES)
def test_counting_before_is_an_order(one: object, two: object, three: object) -> None:
    if counts_before(one, two) and counts_before(two, three):  # type: ignore[arg-type]
        assert counts_before(one, three)  # type: ignore[arg-type]
    assert not (counts_before(one, two) and counts_before(two, one))  # type: ignore[arg-type]


def test_standings_and_vintages_have_words_and_stored_values() -> None:
    assert Standing("imported").label == "初始导入"
    assert Vintage("preliminary").label == "初步"
    assert not Standing.CONFIRMED.outweighs(Standing.IMPORTED)
    assert [v.order for v in Vintage] == [1, 2, 3]


@pytest.mark.parametrize("reading", [Reading.CUMULATIVE, Reading.AS_IS])
def test_a_cumulative_figure_speaks_for_itself(reading: Reading) -> None:
    assert year_to_date(reading, MONTHS, {3: Decimal(9)}) == ToDate(Decimal(9))
    assert year_to_date(reading, MONTHS, {1: Decimal(9)}) == ToDate(MISSING, (MONTHS[2],))
    assert year_to_date(reading, MONTHS, {3: MASKED}) == ToDate(MASKED)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({1: Decimal(1), 2: Decimal(2), 3: Decimal(4)}, ToDate(Decimal(7))),
        ({1: Decimal(1), 3: Decimal(4)}, ToDate(MISSING, (MONTHS[1],))),
        ({1: Decimal(1), 2: MASKED, 3: Decimal(4)}, ToDate(MASKED)),
        ({1: MISSING, 2: MASKED}, ToDate(MISSING, (MONTHS[0], MONTHS[2]))),
        ({1: Decimal(0), 2: Decimal(0), 3: Decimal(0)}, ToDate(Decimal(0))),
    ],
)
def test_current_figures_add_up_and_name_their_holes(
    values: dict[int, Value], expected: ToDate
) -> None:
    assert year_to_date(Reading.CURRENT, MONTHS, values) == expected


def test_a_year_to_date_of_no_period_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one period"):
        year_to_date(Reading.CURRENT, [], {})


def test_readings_have_words() -> None:
    assert [reading.label for reading in Reading] == ["当年累计", "当期", "期末"]


@pytest.mark.parametrize(
    ("now", "before", "percent"),
    [("23", "13", "76.92"), ("11.28", "7.83", "44.06"), ("-50", "-100", "50.00"), ("5", "5", "0")],
)
def test_worked_growths(now: str, before: str, percent: str) -> None:
    growth = computed(Decimal(now), Decimal(before))
    assert growth.value is not None
    assert half_up(growth.value, 2) == Decimal(percent)
    assert (growth.given, growth.label, growth.reason) == (False, "计算", "")


@pytest.mark.parametrize(
    ("now", "before", "reason"),
    [
        (MISSING, Decimal(1), "本期无数"), (None, Decimal(1), "本期无数"),
        (Decimal(1), MISSING, "上年同期无数"), (Decimal(1), MASKED, "上年同期无数"),
        (Decimal(1), None, "上年同期无数"), (Decimal(1), Decimal(0), "上年同期为零"),
    ],
)  # fmt: skip
def test_no_growth_says_why(now: Value | None, before: Value | None, reason: str) -> None:
    growth = computed(now, before)
    assert growth.value is None
    assert growth.reason.startswith(reason)


def test_given_and_computed_are_never_put_one_for_the_other() -> None:
    office, own = given_growth(None), computed(Decimal(2), Decimal(1))
    assert counting_growth("given", office, own) is office
    assert counting_growth("computed", office, own) is own
    assert counting_growth("none", office, own) is None
    assert given_growth(Decimal("5.2")) == Growth(Decimal("5.2"), given=True)
    assert given_growth(Decimal("5.2")).label == "给出"


def test_a_figure_of_the_test_county_is_known_at_its_end() -> None:
    assert figure(1).business_date == date(2023, 9, 30)


def test_what_was_taken_back_counts_no_more_and_a_later_signing_counts_again() -> None:
    handed_in = figure(5, standing=Standing.SUBMITTED, minute=1)
    signed = figure(5, standing=Standing.SIGNED, minute=2)
    back = figure(MISSING, standing=Standing.SIGNED, minute=3)._replace(withdraws=True)
    again = figure(6, standing=Standing.SIGNED, minute=4)
    assert counting([signed, handed_in]) is signed
    assert counting([back, signed, handed_in]) is handed_in
    assert counting([again, back, signed, handed_in]) is again
    assert counting([back, signed]) is None


def test_a_second_return_takes_the_second_signing_back_too() -> None:
    first = figure(5, standing=Standing.SIGNED, minute=1)
    marks = [
        figure(MISSING, standing=Standing.SIGNED, minute=minute)._replace(withdraws=True)
        for minute in (4, 2)
    ]
    second = figure(6, standing=Standing.SIGNED, minute=3)
    assert counting([*marks, second, first]) is None
