"""What is in time, what is late, what is missing: each kind by itself."""

from __future__ import annotations

import doctest
from datetime import date
from decimal import Decimal

import pytest

from zhenxing.reporting import timeliness
from zhenxing.reporting.timeliness import HandIn, Tally, Timing, timing

DUE, UNTIL = date(2023, 10, 25), date(2023, 10, 30)
IN_DAY, LATE_DAY, LATER = date(2023, 10, 25), date(2023, 10, 28), date(2023, 11, 2)


def test_its_examples_run() -> None:
    assert doctest.testmod(timeliness).failed == 0


@pytest.mark.parametrize(
    ("hand_in", "today", "told"),
    [
        (HandIn(DUE, first=IN_DAY, is_in=True), LATER, Timing.ON_TIME),
        (HandIn(DUE, UNTIL, first=IN_DAY, is_in=True), LATER, Timing.ON_TIME),
        (HandIn(DUE, UNTIL, first=LATE_DAY, is_in=True), LATER, Timing.EXTENDED),
        (HandIn(DUE, UNTIL, first=LATER, is_in=True), LATER, Timing.LATE),
        (HandIn(DUE, first=LATE_DAY, is_in=True), LATER, Timing.LATE),
        (HandIn(DUE, first=LATE_DAY, ruled_on_time=True, is_in=True), LATER, Timing.RULED),
        (HandIn(DUE), IN_DAY, Timing.AHEAD),
        (HandIn(DUE), LATE_DAY, Timing.MISSING),
        (HandIn(DUE, UNTIL), LATE_DAY, Timing.AHEAD),
        (HandIn(DUE, first=IN_DAY), IN_DAY, Timing.AHEAD),
        (HandIn(DUE, first=IN_DAY), LATER, Timing.RETURNED),
        (HandIn(DUE, is_imported=True, is_in=True), LATER, Timing.IMPORTED),
    ],
)
def test_each_is_what_its_days_say(hand_in: HandIn, today: date, told: Timing) -> None:
    assert timing(hand_in, today) is told


def test_the_shares_of_nothing_are_nothing() -> None:
    nothing = Tally.of([Timing.IMPORTED])
    assert (nothing.asked, nothing.complete, nothing.timely, nothing.timely_as_ruled) == (
        0, None, None, None,
    )  # fmt: skip


def test_what_is_not_due_yet_spoils_no_timeliness() -> None:
    running = Tally.of([Timing.ON_TIME, Timing.EXTENDED, Timing.AHEAD, Timing.AHEAD])
    assert (running.complete, running.timely) == (Decimal(50), Decimal(100))
    assert (running.on_time, running.extended, running.ahead, running.come) == (1, 1, 2, 2)


def test_what_came_back_and_stayed_away_is_missing() -> None:
    told = Tally.of([Timing.MISSING, Timing.RETURNED, Timing.LATE, Timing.RULED])
    assert (told.missing, told.late, told.ruled) == (2, 1, 1)
