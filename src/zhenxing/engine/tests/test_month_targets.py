"""The month of a small county: each kind of target held against the figure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhenxing.engine.facts import FigureFact, TargetFact
from zhenxing.engine.lamps import Colour, RuleBook
from zhenxing.engine.ranks import Direction
from zhenxing.engine.rows import State
from zhenxing.engine.tests.make import (
    aim,
    facts,
    fai,
    figure,
    one,
    town,
    two,
)
from zhenxing.kernel.values import MASKED, MISSING


def test_a_masked_target_is_shown_and_not_judged() -> None:
    row = one(figure(8000), targets=[aim(kind="growth", masked=True, text="**%")])
    assert (row.lamp.colour, row.lamp.reason, row.state) == (
        Colour.GREY, "目标未公开", State.MASKED,
    )  # fmt: skip
    assert row.judgements[0].target.target.label == "**%"
    assert row.main is None


def test_no_target_lights_no_lamp() -> None:
    row = one(figure(8000), targets=[])
    assert (row.lamp.colour, row.lamp.reason, row.state) == (
        Colour.NONE, "未下达目标", State.NO_TARGET,
    )  # fmt: skip
    assert row.value == Decimal(8000)


def test_no_task_is_neither_lit_nor_ranked() -> None:
    given = facts(
        [figure(1), figure(8000, unit="T02")],
        [aim(no_task=True), aim(10000, unit="T02")],
        indicators=[fai(rank_by="value")],
    )
    row = town(given)
    assert (row.lamp.colour, row.lamp.reason, row.state) == (Colour.NONE, "无任务", State.NO_TASK)
    assert row.place is None
    other = town(given, unit="T02")
    assert other.place is not None
    assert other.place.of == 1


def test_no_task_says_so_before_the_day_of_release() -> None:
    row = town(facts([], [aim(no_task=True)]), today=date(2023, 10, 1))
    assert row.state is State.NO_TASK


def test_a_masked_level_beside_no_task_elsewhere_stays_masked() -> None:
    row = one(figure(1), targets=[aim(no_task=True), aim(kind="growth", masked=True)])
    assert row.state is State.MASKED
    assert [each.state for each in row.judgements] == [State.NO_TASK, State.MASKED]


def test_growth_beside_level_is_judged_apart_and_the_level_lights() -> None:
    row = one(
        figure(8000, growth="9"),
        targets=[aim(12, kind="growth"), aim(10000)],
        growth="given",
    )
    assert [each.measure for each in row.judgements] == ["lead", "growth_gap"]
    assert [each.lamp.colour for each in row.judgements] == [Colour.GREEN, Colour.RED]
    assert row.lamp.colour == Colour.GREEN
    assert row.main is row.judgements[0]


def test_growth_lights_where_the_level_is_masked() -> None:
    row = one(
        figure(8000, growth="11"),
        targets=[aim(masked=True), aim(12, kind="growth")],
        growth="given",
    )
    assert row.lamp.reason == "增速低于目标1.00个百分点，低于增速目标不超过2个百分点"
    assert row.main is row.judgements[1]


def test_given_and_computed_growth_stand_apart() -> None:
    row = one(figure(8000, growth="5.2"), figure(7000, "2022-09"), growth="given")
    assert row.growth is row.growth_given
    assert row.growth_given.value == Decimal("5.2")
    assert two(row.growth_computed.value) == Decimal("14.29")
    assert one(figure(8000, growth="5.2"), figure(7000, "2022-09")).growth == row.growth_computed

    uncounted = one(figure(8000), figure(7000, "2022-09"), growth="none")
    assert uncounted.growth is None
    assert uncounted.growth_computed.reason == "该指标不计增速"


@pytest.mark.parametrize(
    ("figures", "mode", "colour", "reason"),
    [
        ([figure(8000)], "given", "missing", "增速由发布部门给出，尚未给出"),
        ([figure(8000)], "computed", "grey", "上年同期无数，不能计算增速"),
        ([], "computed", "missing", "9月数未报"),
        ([figure(MASKED)], "computed", "grey", "数据未公开"),
        ([figure(8000)], "none", "grey", "该指标不计增速，不能与增速目标对照"),
        ([figure(MISSING, growth="12")], "given", "green", "增速与目标持平，达到增速目标"),
    ],
)
def test_a_growth_target_without_growth_says_why(
    figures: list[FigureFact], mode: str, colour: str, reason: str
) -> None:
    row = one(*figures, targets=[aim(12, kind="growth")], growth=mode)
    assert (row.lamp.colour, row.lamp.reason) == (colour, reason)


def test_a_growth_ceiling_is_judged_the_other_way_round() -> None:
    target = aim(2, kind="growth", comparator="<=")
    assert one(figure(1, growth="1.5"), targets=[target], growth="given").lamp.colour == "green"
    assert one(figure(1, growth="3"), targets=[target], growth="given").lamp.colour == "yellow"


def test_a_range_is_reached_from_its_low_end() -> None:
    target = aim(1, kind="range", high=Decimal(2))
    row = one(figure(1), targets=[target])
    assert row.completion == 100
    assert row.lamp.colour == Colour.GREEN
    assert row.judgements[0].target.target.label == "1—2"


@pytest.mark.parametrize(
    ("value", "colour"), [("4", "green"), ("5", "green"), ("5.5", "yellow"), ("5.6", "red")]
)
def test_a_ceiling_is_judged_by_the_percent_over_it(value: str, colour: str) -> None:
    row = one(figure(value), targets=[aim(5, comparator="<=")], direction=Direction.LOWER)
    assert row.lamp.colour == colour
    assert row.lead is None
    assert row.completion == Decimal(value) * 20
    assert row.main is not None
    assert row.main.measure == "over"


def test_one_accident_over_a_ceiling_of_none_is_red() -> None:
    target = aim(0, comparator="<=")
    assert one(figure(1), targets=[target]).lamp.colour == Colour.RED
    assert one(figure(0), targets=[target]).lamp.colour == Colour.GREEN


@pytest.mark.parametrize("comparator", [">=", "<="])
def test_a_target_that_is_not_above_zero_cannot_be_judged(comparator: str) -> None:
    row = one(figure(5), targets=[aim(-1, comparator=comparator)])
    assert (row.state, row.lamp.colour) == (State.UNDECIDED, Colour.GREY)
    assert row.lamp.reason == "目标值不大于零，不能计算完成率"


def test_a_rank_target_is_judged_by_the_place_in_the_class() -> None:
    targets = [aim(1, kind="rank"), aim(1, kind="rank", unit="T02")]
    given = facts(
        [figure(9000), figure(8000, unit="T02")], targets, indicators=[fai(rank_by="value")]
    )
    assert town(given).lamp.colour == Colour.GREEN
    assert town(given, unit="T02").lamp.reason == "位次距目标差1位，距目标位次不超过2位"
    alone = facts([], targets, indicators=[fai(rank_by="value")])
    assert town(alone).lamp.reason == "没有同类位次，不能与位次目标对照"


def test_a_place_somebody_else_gave_is_held_against_the_rank_target_itself() -> None:
    target = aim(4, kind="rank")
    row = one(figure(5), targets=[target], measure="位", direction=Direction.LOWER)
    assert row.main is not None
    assert row.main.measured == -1
    assert one(targets=[target], measure="位").state is State.MISSING


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"kind": "grade", "text": "优秀"}, "等次目标由年终考核认定，不按月亮灯"),
        ({"kind": "gap", "value": 5}, "差距目标由追赶超越计划对照，不按月亮灯"),
    ],
)
def test_what_is_judged_elsewhere_is_grey_here(parts: dict[str, object], reason: str) -> None:
    row = one(figure(5), targets=[aim(**parts)])  # type: ignore[arg-type]  # a case's parts
    assert (row.state, row.lamp.reason) == (State.UNDECIDED, reason)


def test_without_a_rule_nothing_is_lit() -> None:
    row = town(facts([figure(5)], [aim(5)], rules=RuleBook(())))
    assert (row.lamp.colour, row.lamp.reason) == (Colour.GREY, "没有适用的亮灯规则")
    assert row.state is State.UNDECIDED
    assert row.judgements[0].measured == 25


def test_the_latest_version_of_a_target_counts_and_a_later_issue_is_not_known_yet() -> None:
    targets = [
        aim(10000, version=1), aim(12000, issued=date(2023, 8, 1), version=2),
        aim(13000, issued=date(2023, 8, 1), version=3),
        aim(99, issued=date(2023, 12, 1), version=4),
    ]  # fmt: skip
    row = one(figure(6500), targets=targets)
    assert [each.target.version for each in row.judgements] == [3]
    assert row.completion == 50


def test_a_target_of_another_year_is_not_this_years() -> None:
    target = TargetFact("T01", "fai", 2024, aim(10).target, "文", date(2023, 1, 1))
    assert one(figure(5), targets=[target]).state is State.NO_TARGET
