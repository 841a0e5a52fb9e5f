"""The month of a small county: places in the class, moves, and the order of rows."""

from __future__ import annotations

from datetime import date

import pytest

from zhenxing.engine.facts import IndicatorDef
from zhenxing.engine.month import assess
from zhenxing.engine.ranks import Direction
from zhenxing.engine.tests.make import (
    PEERS,
    QUARTERLY,
    SEPTEMBER,
    TODAY,
    aim,
    facts,
    fai,
    figure,
    one,
    town,
)
from zhenxing.kernel.periods import Period
from zhenxing.kernel.values import MASKED


def test_ranks_stay_inside_the_class_and_move_since_the_month_before() -> None:
    peers = {**PEERS, "T03": "山区镇"}
    given = facts(
        [
            figure(9000), figure(8000, unit="T02"), figure(9900, unit="T11"),
            figure(99, unit="H00"), figure(100, "2023-08"), figure(200, "2023-08", unit="T02"),
            figure(300, "2023-08", unit="T03"),
        ],
        [aim(10000, unit=unit) for unit in peers],
        peers=peers,
    )  # fmt: skip
    month = assess(given, asked=SEPTEMBER, today=TODAY)
    labels = {row.unit: row.place and row.place.label for row in month.rows}
    assert labels == {"H00": None, "T01": "1/2 ↑2", "T02": "2/2 →", "T03": None, "T11": "1/1"}


@pytest.mark.parametrize(
    ("rank_by", "first"), [("completion", "T02"), ("growth", "T01"), ("value", "T02")]
)
def test_ranks_go_by_what_the_indicator_says(rank_by: str, first: str) -> None:
    figures = [
        figure(v, p, unit=u, growth=g)
        for u, v, g in (("T01", 500, "9"), ("T02", 800, "3"))
        for p in ("2023-08", "2023-09")
    ]
    given = facts(
        figures, [aim(1000), aim(900, unit="T02")],
        indicators=[fai(rank_by=rank_by, growth="given")],
    )  # fmt: skip
    rows = assess(given, asked=SEPTEMBER, today=TODAY).rows
    places = {row.unit: row.place for row in rows if row.place}
    assert {unit: (p.place, p.move) for unit, p in places.items()} == {
        unit: (1 if unit == first else 2, 0) for unit in ("T01", "T02")
    }


@pytest.mark.parametrize("rank_by", ["growth", "value"])
def test_a_unit_without_what_is_ranked_by_has_no_place(rank_by: str) -> None:
    assert one(figure(MASKED), rank_by=rank_by, growth="none").place is None


def test_lower_is_better_where_the_indicator_says_so() -> None:
    given = facts(
        [figure(3), figure(5, unit="T02")],
        indicators=[fai(rank_by="value", direction=Direction.LOWER)],
    )
    place = town(given).place
    assert place is not None
    assert place.place == 1


def test_the_second_period_of_a_year_moves_from_the_first() -> None:
    given = facts(
        [
            figure(500, "2023-01"), figure(600, "2023-01", unit="T02"),
            figure(900, "2023-02"), figure(700, "2023-02", unit="T02"),
        ],
        indicators=[fai(rank_by="value")],
    )  # fmt: skip
    row = town(given, asked=Period.parse("2023-02"), today=date(2023, 3, 20))
    assert row.place is not None
    assert row.place.move == 1


def test_the_first_period_of_a_year_has_no_move() -> None:
    given = facts([figure(500, "2023-01"), figure(400, "2022-12")], [aim(1000)])
    row = town(given, asked=Period.parse("2023-01"), today=date(2023, 2, 20))
    assert row.place is not None
    assert row.place.move is None


def test_rows_are_found_by_unit_and_code_and_stand_in_order() -> None:
    indicators = [IndicatorDef(code=code, name=code, release=QUARTERLY) for code in ("b", "a")]
    month = assess(facts(indicators=indicators), asked=SEPTEMBER, today=TODAY)
    keys = [(row.unit, row.indicator.code) for row in month.rows]
    assert keys == [(unit, code) for unit in sorted(PEERS) for code in "ab"]
    assert month.row("T02", "b").unit == "T02"
    with pytest.raises(KeyError):
        month.row("T99", "b")
