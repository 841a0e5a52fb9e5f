"""The month of a small county: what a row says, and the states without a judgement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhenxing.engine.accumulate import Reading
from zhenxing.engine.curves import STEADY, Curve
from zhenxing.engine.facts import TargetFact
from zhenxing.engine.lamps import Colour
from zhenxing.engine.releases import Release
from zhenxing.engine.rows import State
from zhenxing.engine.standing import Standing, Vintage
from zhenxing.engine.tests.make import (
    QUARTERLY,
    SEPTEMBER,
    TODAY,
    aim,
    facts,
    fai,
    figure,
    one,
    town,
    two,
)
from zhenxing.kernel.periods import Period
from zhenxing.kernel.values import MASKED, MISSING

GRAIN = Curve("粮食", tuple(map(Decimal, [0] * 5 + [44] * 4 + [80, 100, 100])), "近三年")


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


@pytest.mark.parametrize("aims", [[], [aim(10000)], [aim(masked=True)]])
def test_what_the_statistics_office_has_not_given_is_no_default_of_the_unit(
    aims: list[TargetFact],
) -> None:
    row = one(targets=aims, nature="统计调查")
    assert row.lamp.colour is Colour.GREY
    assert row.lamp.reason == "9月数未收到（由统计部门提供，不由本单位填报）"
    assert row.state is State.NOT_RECEIVED
    assert row.missing == (SEPTEMBER,)


def test_a_whole_year_that_did_not_come_is_named_so() -> None:
    given = facts([], [aim(5)], indicators=[fai(release=Release("year", lag_months=0, day=20))])
    row = town(given, asked=Period.parse("2023-12"), today=date(2023, 12, 25))
    assert row.lamp.reason == "全年数未报"


def test_a_masked_figure_is_not_judged() -> None:
    row = one(figure(MASKED))
    assert (row.lamp.colour, row.lamp.reason) == (Colour.GREY, "数据未公开")
    assert row.value is MASKED


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


def test_every_state_has_its_word() -> None:
    assert all(state.label for state in State)
