"""The month: what holds for any county."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenxing.engine.accumulate import Reading
from zhenxing.engine.facts import Facts, FigureFact, IndicatorDef, TargetFact
from zhenxing.engine.lamps import Colour
from zhenxing.engine.month import assess
from zhenxing.engine.rows import State
from zhenxing.engine.standing import Standing
from zhenxing.engine.tests.make import (
    MONTHLY,
    PEERS,
    QUARTERLY,
    SEPTEMBER,
    TODAY,
    aim,
    facts,
    fai,
    figure,
)
from zhenxing.kernel.values import MASKED, MISSING, is_known

INDICATORS = [
    fai(),
    fai(code="gdp", release=QUARTERLY, growth="given", rank_by="growth"),
    fai(code="visitors", reading=Reading.CURRENT, rank_by="value"),
]
UNITS = st.sampled_from(["T01", "T01", "T02", "T11", "H00"])
CODES = st.sampled_from(["fai", "fai", "gdp", "visitors"])
KEYS = st.sampled_from(
    ["2023-09", "2022-09", "2023-09", "2022-Q2", "2023-06", "2023-Q2", "2023-08", "2023-10"]
)
NUMBERS = st.one_of(st.integers(0, 2000).map(Decimal), st.sampled_from([MISSING, MASKED]))
FIGURES = st.builds(
    lambda value, key, unit, code, standing, minute, growth: figure(
        value, key, unit=unit, indicator=code, standing=standing, minute=minute, growth=growth
    ),
    NUMBERS, KEYS, UNITS, CODES, st.sampled_from(list(Standing)), st.integers(0, 2),
    st.sampled_from([None, "-1", "5"]),
)  # fmt: skip
TARGETS = st.builds(
    lambda parts, unit, code, version: aim(unit=unit, indicator=code, version=version, **parts),
    st.sampled_from([
        {"value": 1000}, {"value": 10, "kind": "growth"}, {"masked": True}, {"no_task": True},
        {"value": 1, "kind": "range", "high": Decimal(2)}, {"value": 900, "comparator": "<="},
        {"value": 1, "kind": "rank"}, {"value": 0},
    ]),
    UNITS, CODES, st.integers(1, 3),
)  # fmt: skip
ALWAYS = [figure(800), figure(700, unit="T02"), figure(MISSING, unit="T11")]
COUNTIES = st.tuples(
    st.lists(FIGURES, max_size=20).map(lambda figures: ALWAYS + figures),
    st.lists(TARGETS, max_size=12).map(lambda targets: [aim(1000), *targets]),
)


def county(
    figures: list[FigureFact], targets: list[TargetFact], indicators: list[IndicatorDef]
) -> Facts:
    return facts(figures, targets, indicators=indicators)


@given(st.data(), COUNTIES)
@settings(max_examples=60)
def test_the_order_of_rows_changes_nothing(
    data: st.DataObject, parts: tuple[list[FigureFact], list[TargetFact]]
) -> None:
    straight = county(*parts, INDICATORS)
    turned = Facts(
        indicators=data.draw(st.permutations(INDICATORS)),
        peers=dict(data.draw(st.permutations(list(PEERS.items())))),
        figures=data.draw(st.permutations(parts[0])),
        targets=data.draw(st.permutations(parts[1])),
        rules=straight.rules,
    )
    one, other = (assess(each, asked=SEPTEMBER, today=TODAY) for each in (straight, turned))
    assert one.rows == other.rows


@given(COUNTIES)
@settings(max_examples=60)
def test_every_row_says_what_it_is(parts: tuple[list[FigureFact], list[TargetFact]]) -> None:
    month = assess(county(*parts, INDICATORS), asked=SEPTEMBER, today=TODAY)
    assert len(month.rows) == len(PEERS) * len(INDICATORS)
    for row in month.rows:
        assert row.lamp.reason
        lit = row.lamp.colour in (Colour.GREEN, Colour.YELLOW, Colour.RED)
        assert lit is (row.state is State.JUDGED)
        if row.state is State.JUDGED:
            assert row.main is not None
            assert row.lamp.rule is not None
        if not is_known(row.value):
            assert row.completion is None
        if row.value is MISSING:
            assert row.missing


@given(COUNTIES)
@settings(max_examples=40)
def test_rows_of_one_town_are_those_of_the_whole_county(
    parts: tuple[list[FigureFact], list[TargetFact]],
) -> None:
    given_facts = county(*parts, INDICATORS)
    whole = assess(given_facts, asked=SEPTEMBER, today=TODAY)
    own = assess(given_facts, asked=SEPTEMBER, today=TODAY, units={"T02"})
    assert own.rows == tuple(row for row in whole.rows if row.unit == "T02")


@given(
    st.lists(st.integers(0, 3000), min_size=3, max_size=3),
    st.integers(1, 500),
    st.sampled_from(["completion", "value"]),
)
def test_a_higher_value_never_lowers_completion_lead_or_rank(
    values: list[int], more: int, rank_by: str
) -> None:
    units = ["T01", "T02", "T03"]
    peers = dict.fromkeys(units, "山区镇")

    def outcome(own: int) -> tuple[Decimal, Decimal, int]:
        figures = [figure(own)] + [
            figure(v, unit=u) for u, v in zip(units[1:], values[1:], strict=True)
        ]
        targets = [aim(1500, unit=unit) for unit in units]
        month = assess(
            facts(figures, targets, peers=peers, indicators=[fai(rank_by=rank_by)]),
            asked=SEPTEMBER,
            today=TODAY,
        )
        row = month.row("T01", "fai")
        assert row.completion is not None
        assert row.lead is not None
        assert row.place is not None
        return row.completion, row.lead, -row.place.place

    before, after = outcome(values[0]), outcome(values[0] + more)
    assert after[0] >= before[0]
    assert after[1] >= before[1]
    assert after[2] >= before[2]


@given(st.dates(date(2023, 1, 1), date(2024, 3, 1)))
def test_a_page_of_an_earlier_day_knows_nothing_later(today: date) -> None:
    figures = [
        figure(n, f"2023-{n:02}", known=date(2023, n, 20), standing=Standing.SUBMITTED)
        for n in range(1, 13)
    ]
    month = assess(facts(figures, [aim(12)]), asked=SEPTEMBER, today=today)
    row = month.row("T01", "fai")
    shown = [*row.figures, *([row.early] if row.early else [])]
    assert all(each.business_date <= today for each in shown)
    if row.period is not None:
        assert MONTHLY.published_on(row.period) <= today
