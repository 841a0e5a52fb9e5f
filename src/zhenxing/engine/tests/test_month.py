"""The month of a small county: each state a row can be in, and what stands in the row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhenxing.engine.accumulate import Reading
from zhenxing.engine.curves import STEADY, Curve
from zhenxing.engine.facts import Facts, FigureFact, IndicatorDef, TargetFact
from zhenxing.engine.lamps import Colour, RuleBook
from zhenxing.engine.month import assess
from zhenxing.engine.ranks import Direction
from zhenxing.engine.releases import Release
from zhenxing.engine.rows import Row, State
from zhenxing.engine.standing import Standing, Vintage
from zhenxing.engine.tests.make import (
    PEERS,
    QUARTERLY,
    SEPTEMBER,
    TODAY,
    aim,
    facts,
    fai,
    figure,
)
from zhenxing.kernel.periods import Period
from zhenxing.kernel.rounding import half_up
from zhenxing.kernel.values import MASKED, MISSING

GRAIN = Curve("粮食", tuple(map(Decimal, [0] * 5 + [44] * 4 + [80, 100, 100])), "近三年")


def town(given: Facts, *, asked: Period = SEPTEMBER, today: date = TODAY, unit: str = "T01") -> Row:
    """Return the only indicator's row of one town."""
    rows = assess(given, asked=asked, today=today, units=[unit]).rows
    assert len(rows) == 1
    return rows[0]


def one(*figures: FigureFact, targets: list[TargetFact] | None = None, **changes: object) -> Row:
    """Return T01's row of one indicator with these figures."""
    aims = [aim(10000)] if targets is None else targets
    return town(facts(figures, aims, indicators=[fai(**changes)]))


def two(value: Decimal | None) -> Decimal | None:
    return None if value is None else half_up(value, 2)


def test_a_row_tells_value_completion_lead_and_lamp() -> None:
    row = one(figure(8208, ref="F6"))
    assert (row.unit, row.indicator.code, row.asked) == ("T01", "fai", SEPTEMBER)
    assert row.period == SEPTEMBER
    assert row.value == Decimal(8208)
    assert two(row.completion) == Decimal("82.08")
    assert row.time_progress == 75
    assert two(row.lead) == Decimal("7.08")
    assert row.curve == "按月均衡"
    assert (row.lamp.colour, row.state) == (Colour.GREEN, State.JUDGED)
    assert row.lamp.reason == "超序时进度7.08个百分点，达到或超过序时进度"
    assert row.lamp.rule == "lead"
    assert row.figure is not None
    assert row.figure.ref == "F6"
    assert (row.standing, row.vintage) == (Standing.CONFIRMED, Vintage.FINAL)
    assert row.main is row.judgements[0]
    assert (row.awaited, row.awaited_on, row.early) == (None, None, None)


def test_worked_october_is_ahead_by_forty_two_points() -> None:
    given = facts([figure(1005136, "2023-10")], [aim(800000)])
    row = town(given, asked=Period.parse("2023-10"), today=date(2023, 11, 20))
    assert two(row.completion) == Decimal("125.64")
    assert two(row.lead) == Decimal("42.31")


@pytest.mark.parametrize(
    ("value", "colour"), [(7500, "green"), (7499, "yellow"), (6500, "yellow"), (6499, "red")]
)
def test_the_countys_thresholds(value: int, colour: str) -> None:
    assert one(figure(value)).lamp.colour == colour


def test_an_own_curve_is_held_against_and_named() -> None:
    row = one(figure(4737), curve=GRAIN)
    assert row.curve == "粮食"
    assert row.time_progress == 44
    assert two(row.lead) == Decimal("3.37")


def test_a_rate_is_due_in_full_unless_it_has_a_curve() -> None:
    row = one(figure(94), targets=[aim(95)], kind="rate", reading=Reading.AS_IS)
    assert (row.curve, row.lamp.colour) == (STEADY.name, Colour.YELLOW)
    assert one(figure(94), targets=[aim(95)], kind="rate", curve=GRAIN).curve == "粮食"


def test_a_quarterly_figure_whose_day_has_not_come_is_grey_with_its_day() -> None:
    row = one(figure(6000, "2023-Q2"), release=QUARTERLY, leading=("invoices", "power"), headline=1)
    assert (row.lamp.colour, row.state) == (Colour.GREY, State.NOT_PUBLISHED)
    assert row.lamp.reason == "三季度数10月24日发布，未到发布日不判进度"
    assert (str(row.awaited), row.awaited_on) == ("2023-Q3", date(2023, 10, 24))
    assert (str(row.period), row.value) == ("2023-Q2", Decimal(6000))
    assert row.completion == 60
    assert row.leading == ("invoices", "power")
    assert row.main is row.judgements[0]
    assert row.judgements[0].state is State.NOT_PUBLISHED


def test_between_two_quarters_the_last_one_speaks_and_is_judged_at_its_own_time() -> None:
    given = facts(
        [figure(6000, "2023-Q2")],
        [aim(10000)],
        indicators=[fai(release=QUARTERLY, leading=("power",))],
    )
    row = town(given, asked=Period.parse("2023-08"), today=date(2023, 9, 20))
    assert str(row.period) == "2023-Q2"
    assert row.time_progress == 50
    assert row.lamp.colour == Colour.GREEN
    assert row.leading == ("power",)


def test_a_quarter_in_its_own_month_needs_no_leading_items() -> None:
    given = facts(
        [figure(8000, "2023-09")],
        [aim(10000)],
        indicators=[fai(release=QUARTERLY, leading=("power",))],
    )
    row = town(given, today=date(2023, 10, 24))
    assert (row.leading, row.lamp.colour, row.value) == ((), Colour.GREEN, Decimal(8000))


@pytest.mark.parametrize(
    ("release", "asked", "today", "reason"),
    [
        (QUARTERLY, "2023-02", date(2023, 3, 20), "一季度数4月20日发布，未到发布日不判进度"),
        (Release("year", day=18), "2023-09", TODAY, "全年数2024年1月18日发布，未到发布日不判进度"),
        (Release("month", day=18), "2023-10", TODAY, "10月数11月18日发布，未到发布日不判进度"),
        (Release("month", day=18, january_merged=True), "2023-01", date(2023, 2, 20),
         "1—2月数3月18日发布，未到发布日不判进度"),
    ],
)  # fmt: skip
def test_nothing_out_yet_this_year(release: Release, asked: str, today: date, reason: str) -> None:
    given = facts([], [aim(100)], indicators=[fai(release=release, growth="given")])
    row = town(given, asked=Period.parse(asked), today=today)
    assert row.lamp.reason == reason
    assert row.lamp.colour == Colour.GREY
    assert row.place is None
    assert row.growth_computed.reason == "本期无数，不能计算增速"
    if row.period is None:
        assert (row.value, row.completion, row.time_progress, row.lead) == (None, None, None, None)
        assert row.figure is None
        assert (row.standing, row.vintage) == (None, None)
        assert row.growth is row.growth_given


def test_before_the_first_release_an_uncounted_growth_says_so() -> None:
    given = facts(indicators=[fai(release=QUARTERLY, growth="none")])
    row = town(given, asked=Period.parse("2023-02"), today=date(2023, 3, 20))
    assert row.growth is None
    assert row.growth_computed.reason == "该指标不计增速"


def test_a_flash_handed_in_early_is_shown_and_judges_nothing() -> None:
    given = facts(
        [
            figure(8000),
            figure(9000, "2023-10", standing=Standing.FLASH, known=date(2023, 10, 19)),
        ],
        [aim(10000)],
    )
    row = town(given, asked=Period.parse("2023-10"))
    assert row.early is not None
    assert row.early.value == Decimal(9000)
    assert (row.value, row.state) == (Decimal(8000), State.NOT_PUBLISHED)


@pytest.mark.parametrize("absence", [MISSING, MASKED])
def test_an_early_hole_is_nothing_to_show(absence: object) -> None:
    early = figure(0, "2023-10", known=date(2023, 10, 19))._replace(value=absence)  # type: ignore[arg-type]
    row = town(facts([early], [aim(10000)]), asked=Period.parse("2023-10"))
    assert row.early is None


def test_a_due_figure_that_did_not_come_is_missing_neither_red_nor_zero() -> None:
    row = one()
    assert (row.lamp.colour, row.state) == (Colour.MISSING, State.MISSING)
    assert row.lamp.reason == "9月数未报"
    assert row.value is MISSING
    assert row.missing == (SEPTEMBER,)
    assert (row.completion, row.lead, row.place) == (None, None, None)


def test_zero_is_a_figure() -> None:
    row = one(figure(0))
    assert (row.value, row.lamp.colour) == (Decimal(0), Colour.RED)
    assert row.place is not None


def test_a_missing_figure_is_told_even_without_a_target() -> None:
    assert one(targets=[]).state is State.MISSING
    assert one(targets=[aim(masked=True)]).state is State.MISSING


def test_a_whole_year_that_did_not_come_is_named_so() -> None:
    given = facts([], [aim(5)], indicators=[fai(release=Release("year", lag_months=0, day=20))])
    row = town(given, asked=Period.parse("2023-12"), today=date(2023, 12, 25))
    assert row.lamp.reason == "全年数未报"


def test_a_masked_figure_is_not_judged() -> None:
    row = one(figure(MASKED))
    assert (row.lamp.colour, row.lamp.reason) == (Colour.GREY, "数据未公开")
    assert row.value is MASKED


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


def test_current_figures_add_up_and_a_hole_is_named() -> None:
    months = [figure(100 * n, f"2023-{n:02}", standing=Standing.SIGNED) for n in range(1, 10)]
    months[3] = months[3]._replace(standing=Standing.FLASH, vintage=Vintage.FLASH)
    row = one(*months, reading=Reading.CURRENT, release=Release("month", day=18))
    assert row.value == Decimal(4500)
    assert len(row.figures) == 9
    assert (row.standing, row.vintage) == (Standing.FLASH, Vintage.FLASH)
    holed = one(*months[:2], *months[4:], reading=Reading.CURRENT)
    assert holed.value is MISSING
    assert holed.lamp.reason == "3月数、4月数未报"
    assert [str(period) for period in holed.missing] == ["2023-03", "2023-04"]


def test_a_quarter_among_months_that_are_added_is_not_counted_twice() -> None:
    months = [figure(100, f"2023-{n:02}") for n in range(1, 10)]
    quarter = figure(99999, "2023-Q3", standing=Standing.CORRECTION, minute=9)
    assert one(*months, quarter, reading=Reading.CURRENT).value == Decimal(900)
    assert one(*months, quarter._replace(standing=Standing.CONFIRMED)).value == Decimal(99999)


@pytest.mark.parametrize("key", ["2023-01..02", "2023-Q2", "2023-H1", "2023-H2", "2023"])
def test_no_longer_period_enters_a_sum_of_months(key: str) -> None:
    months = [figure(100, f"2023-{n:02}") for n in range(1, 13)]
    longer = figure(99999, key, standing=Standing.CORRECTION)
    given = facts([*months[: longer.period.last_month - 1], longer], indicators=[
        fai(reading=Reading.CURRENT)
    ])  # fmt: skip
    row = town(given, asked=longer.period, today=date(2024, 3, 1))
    assert [period.last_month for period in row.missing] == [longer.period.last_month]


def test_the_merged_january_counts_under_either_name() -> None:
    release = Release("month", day=18, january_merged=True)
    for key in ("2023-02", "2023-01..02"):
        given = facts([figure(300, key)], [aim(1000)], indicators=[fai(release=release)])
        row = town(given, asked=Period.parse("2023-02"), today=date(2023, 3, 20))
        assert (str(row.period), row.value) == ("2023-01..02", Decimal(300))
        assert two(row.lead) == Decimal("13.33")


def test_as_known_on_an_earlier_day() -> None:
    given = facts(
        [
            figure(7000, standing=Standing.SUBMITTED, known=date(2023, 9, 25)),
            figure(8000, standing=Standing.CONFIRMED, known=date(2023, 10, 18)),
            figure(8100, standing=Standing.CORRECTION, known=date(2023, 11, 2), minute=9),
            figure(8200, standing=Standing.CONFIRMED, known=date(2023, 11, 9), minute=9),
        ],
        [aim(10000)],
    )
    shown = [town(given, today=date(2023, *day)).value for day in ((10, 18), (11, 5), (11, 9))]
    assert shown == [8000, 8000, 8200]


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


def test_every_state_has_its_word() -> None:
    assert all(state.label for state in State)
