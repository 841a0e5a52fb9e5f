"""Lamp rules: worked sets, exact holes and overlaps, every fault of a rule file at its line."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.engine.lamps import MEASURES, Colour, Interval, RuleSet, light, load_rules
from zhenxing.engine.lamps.intervals import holes, overlaps
from zhenxing.engine.tests.make import ROOT, heshan_rules
from zhenxing.kernel.problems import Problem

DOCUMENTED = (ROOT / "docs" / "algorithms" / "lamps.md").read_text(encoding="utf-8")


def city() -> tuple[dict[str, RuleSet], list[Problem]]:
    """Load the rule sets printed in the documentation."""
    block = re.search(r"```yaml\n(.*?)```", DOCUMENTED, re.DOTALL)
    assert block is not None
    book, problems = load_rules(block[1], "lamps.md")
    return {rules.id: rules for rules in book.sets}, problems


def test_the_citys_progress_rule_loads_with_its_hole_told_exactly() -> None:
    sets, problems = city()
    assert sorted(sets) == ["assignment", "city-entry", "city-progress", "city-start"]
    assert [problem.level for problem in problems] == ["warning"]
    told = problems[0]
    assert told.what == (
        "「项目投资进度」没有规定超欠序时进度大于−10且小于0（个百分点）时亮什么灯，落在其中的亮灰灯"
    )
    assert told.where == "lamps.md 第11行"
    assert f"{told.what}；{told.next}。" in DOCUMENTED
    assert sets["city-progress"].holes == [Interval.of(above=Decimal(-10), below=Decimal(0))]


@pytest.mark.parametrize(
    ("rules", "value", "colour"),
    [
        ("city-progress", "42.31", "green"), ("city-progress", "0", "green"),
        ("city-progress", "-0.01", "grey"), ("city-progress", "-9.99", "grey"),
        ("city-progress", "-10", "yellow"), ("city-progress", "-12.92", "yellow"),
        ("city-progress", "-30", "yellow"), ("city-progress", "-30.01", "red"),
        ("city-start", "0", "green"), ("city-start", "1", "yellow"), ("city-start", "2", "yellow"),
        ("city-start", "3", "red"), ("city-start", "8", "red"),
        ("city-entry", "0", "green"), ("city-entry", "1", "yellow"), ("city-entry", "2", "red"),
        ("assignment", "4", "green"), ("assignment", "3", "yellow"), ("assignment", "0", "yellow"),
        ("assignment", "-1", "red"),
    ],
)  # fmt: skip
def test_worked_lamps_of_one_city(rules: str, value: str, colour: str) -> None:
    assert light(city()[0][rules], Decimal(value)).colour == colour


def test_a_number_in_the_hole_is_grey_and_says_so() -> None:
    lamp = light(city()[0]["city-progress"], Decimal(-5))
    assert lamp.reason == "欠序时进度5.00个百分点，规则未覆盖"
    assert (lamp.rule, lamp.basis) == ("city-progress", "某市重大项目红黄绿灯管理办法")


def test_the_demo_countys_rules_load_clean_and_cover_everything() -> None:
    book, problems = heshan_rules()
    assert problems == ()
    assert {rules.measure for rules in book.sets} == {"lead", "growth_gap", "over", "rank_gap"}
    assert all(rules.holes == [] and rules.overlaps == [] for rules in book.sets)


def test_the_worked_table_of_the_documentation_holds() -> None:
    rows = re.findall(
        r"^\| (lead|growth gap|over) ([+−]?[\d.]+) \| (\w+) \| (.+) \|$", DOCUMENTED, re.MULTILINE
    )
    assert len(rows) == 8
    for measure, number, colour, reason in rows:
        rules = heshan_rules()[0].find(measure.replace(" ", "_"))
        assert rules is not None
        lamp = light(rules, Decimal(number.replace("−", "-")))
        assert (lamp.colour, lamp.reason) == (colour, reason)


@pytest.mark.parametrize(
    ("measure", "value", "words"),
    [
        ("lead", "0", "与序时进度持平"), ("lead", "0.001", "超序时进度不足0.01个百分点"),
        ("growth_gap", "0", "增速与目标持平"), ("growth_gap", "1.2", "增速高于目标1.20个百分点"),
        ("growth_gap", "-1.2", "增速低于目标1.20个百分点"), ("over", "0", "未超上限"),
        ("over", "12", "超上限12.00%"), ("months_missed", "0", "未过计划月份"),
        ("months_missed", "3", "已过计划月份3个月"),
        ("months_unentered", "0", "已入统或开工未满1个月"),
        ("months_unentered", "2", "开工2个月未入统"), ("workdays_left", "0", "今日到期"),
        ("workdays_left", "3", "距到期还有3个工作日"), ("workdays_left", "-2", "已逾期2个工作日"),
        ("rank_gap", "0", "位次达到目标"), ("rank_gap", "-2", "位次距目标差2位"),
    ],
)  # fmt: skip
def test_measures_tell_their_numbers(measure: str, value: str, words: str) -> None:
    assert MEASURES[measure].tell(Decimal(value)) == words


def test_a_threshold_reached_but_for_noise_is_reached() -> None:
    rules = heshan_rules()[0].find("lead")
    assert rules is not None
    assert light(rules, Decimal("-0.0000000001")).colour == Colour.GREEN


BOUNDS = st.integers(-4, 4).map(Decimal)
INTERVALS = st.builds(
    lambda low, low_open, high, high_open: Interval.of(
        **{("above" if low_open else "at_least"): low},
        **{("below" if high_open else "at_most"): high},
    ),
    st.one_of(st.none(), BOUNDS), st.booleans(), st.one_of(st.none(), BOUNDS), st.booleans(),
)  # fmt: skip
SAMPLES = [Decimal(n) / 2 for n in range(-10, 11)]


@given(INTERVALS, st.lists(INTERVALS, max_size=4))
def test_holes_are_just_the_points_no_band_holds(domain: Interval, bands: list[Interval]) -> None:
    found = holes(domain, bands)
    for point in SAMPLES:
        uncovered = domain.holds(point) and not any(band.holds(point) for band in bands)
        assert any(hole.holds(point) for hole in found) is uncovered


@given(INTERVALS, st.lists(INTERVALS, max_size=4))
def test_overlaps_are_just_the_points_two_bands_hold(
    domain: Interval, bands: list[Interval]
) -> None:
    found = overlaps(domain, bands)
    for point in SAMPLES:
        pairs = {(i, j) for i, j, shared in found if shared.holds(point)}
        expected = {
            (i, j)
            for j, late in enumerate(bands)
            for i, early in enumerate(bands[:j])
            if domain.holds(point) and early.holds(point) and late.holds(point)
        }
        assert pairs == expected


@given(BOUNDS, BOUNDS)
def test_whole_numbers_meet_where_reals_leave_a_hole(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    bands = [
        Interval.of(at_most=low, whole=True),
        Interval.of(above=low, at_most=high, whole=True),
        Interval.of(at_least=high + 1, whole=True),
    ]
    assert holes(Interval.of(whole=True), bands) == []
    assert overlaps(Interval.of(whole=True), bands) == []


@pytest.mark.parametrize(
    ("bounds", "whole", "words"),
    [
        ({"above": -10, "below": 0}, False, "大于−10且小于0"),
        ({"at_least": -10, "at_most": 0}, False, "不小于−10且不大于0"),
        ({"below": 0}, False, "小于0"), ({"above": 0}, False, "大于0"), ({}, False, "为任何数"),
        ({"at_least": 5, "at_most": 5}, False, "等于5"),
        ({"above": 0, "below": 3}, True, "为1至2"), ({"above": 0, "below": 2}, True, "为1"),
        ({"above": 2}, True, "为3及以上"), ({"below": 0}, True, "为−1及以下"),
        ({}, True, "为任何整数"),
        ({"at_least": Decimal("0.5"), "at_most": Decimal("2.5")}, True, "为1至2"),
    ],
)  # fmt: skip
def test_intervals_read_exactly(bounds: dict[str, int], whole: bool, words: str) -> None:  # noqa: FBT001  # a case's column
    exact = {name: Decimal(bound) for name, bound in bounds.items()}
    assert Interval.of(**exact, whole=whole).words(whole=whole) == words


BASE = "- id: a\n  name: 甲\n  basis: 某办法\n  measure: {measure}\n  bands: [{bands}]\n"


def loaded(bands: str, measure: str = "lead") -> tuple[RuleSet | None, list[str]]:
    text = BASE.format(measure=measure, bands=bands)
    book, problems = load_rules(text, "lamps.yaml")
    return next(iter(book.sets), None), [problem.what for problem in problems]


def test_an_overlap_of_two_lamps_is_an_error_and_lights_grey() -> None:
    rules, told = loaded("{lamp: 绿, at_least: 0, words: 好}, {lamp: 红, at_most: 0, words: 差}")
    assert told == ["「甲」对超欠序时进度等于0（个百分点）规定了两次：绿灯、红灯"]
    assert rules is not None
    assert light(rules, Decimal(0)).reason == "与序时进度持平，规则重叠（绿灯、红灯）"
    assert light(rules, Decimal(0)).colour == Colour.GREY
    assert light(rules, Decimal(1)).colour == Colour.GREEN


def test_an_overlap_of_one_colour_still_lights() -> None:
    rules, told = loaded("{lamp: red, at_least: 0, words: 甲}, {lamp: red, below: 3, words: 乙}")
    assert len(told) == 1
    assert rules is not None
    assert light(rules, Decimal(1)).colour == Colour.RED


def test_holes_between_whole_numbers_are_told_in_whole_numbers() -> None:
    _, told = loaded(
        "{lamp: green, at_most: 0, words: 好}, {lamp: red, at_least: 3, words: 差}",
        "months_missed",
    )
    assert told == ["「甲」没有规定已过计划月份为1至2（个月）时亮什么灯，落在其中的亮灰灯"]


def test_a_domain_narrows_what_must_be_covered() -> None:
    text = BASE.format(
        measure="lead\n  domain: {low: -100, high: 100}",
        bands="{lamp: green, at_least: 0, words: 好}, {lamp: red, below: 0, words: 差}",
    )
    book, problems = load_rules(text, "lamps.yaml")
    assert problems == []
    lamp = light(book.sets[0], Decimal(101))
    assert (lamp.colour, lamp.reason) == (
        Colour.GREY, "超序时进度101.00个百分点，不在规则适用范围内",
    )  # fmt: skip


def test_a_rule_set_naming_the_indicator_comes_first() -> None:
    text = "\n".join(
        f"- {{id: {code}, name: {code}, basis: 某办法, measure: lead, {extra}"
        "bands: [{lamp: green, at_least: 0, words: 好}, {lamp: red, below: 0, words: 差}]}"
        for code, extra in (("all", ""), ("own", "indicators: [fai, gdp], "),
                            ("works", "subject: project, "))
    )  # fmt: skip
    book, problems = load_rules(text, "lamps.yaml")
    assert problems == []
    found = [
        book.find("lead", indicator="fai"), book.find("lead", indicator="grain"),
        book.find("lead", subject="project"), book.find("over"),
    ]  # fmt: skip
    assert [rules and rules.id for rules in found] == ["own", "all", "works", None]


def test_two_sets_for_one_thing_are_refused() -> None:
    bands = "bands: [{lamp: green, words: 好}]"
    texts = [
        f"- {{id: a, name: 甲, basis: 办法, measure: lead, {bands}}}",
        f"- {{id: a, name: 乙, basis: 办法, measure: over, {bands}}}",
        f"- {{id: c, name: 丙, basis: 办法, measure: lead, {bands}}}",
        f"- {{id: d, name: 丁, basis: 办法, measure: lead, indicators: [fai], {bands}}}",
        f"- {{id: e, name: 戊, basis: 办法, measure: lead, indicators: [gdp, fai], {bands}}}",
    ]
    book, problems = load_rules("\n".join(texts), "lamps.yaml")
    assert [rules.id for rules in book.sets] == ["a", "d"]
    assert [(p.where, p.what) for p in problems] == [
        ("lamps.yaml 第2行", "规则「a」已有"),
        ("lamps.yaml 第3行", "「c」与「a」判的是同一件事"),
        ("lamps.yaml 第5行", "「e」与「d」判的是同一件事"),
    ]


@pytest.mark.parametrize(
    ("bands", "measure", "told"),
    [
        ("{lamp: blue, at_least: 0, words: 好}", "lead", "不认识「blue」"),
        ("{lamp: green, at_least: x, words: 好}", "lead", "「x」不是数"),
        ("{lamp: green, at_least: 0}", "lead", "缺少「words」"),
        ("{lamp: green, at_least: 0, above: 1, words: 好}", "lead", "同时写了at_least和above"),
        ("{lamp: green, at_most: 0, below: 1, words: 好}", "lead", "同时写了at_most和below"),
        ("{lamp: green, at_least: 5, below: 5, words: 好}", "lead", "没有数能落进去"),
        ("{lamp: green, above: 0, below: 1, words: 好}", "rank_gap", "没有数能落进去"),
        ("{lamp: green, words: [好]}", "lead", "这里应当是一个值"),
        ("{lamp: green, words: 好}", "lagging", "不认识「lagging」"),
        ("{lamp: green, words: 好}", "lead\n  subject: firm", "不认识「firm」"),
        ("{lamp: green, words: 好}", "lead\n  domain: {low: 5, high: 1}", "适用范围是空的"),
        ("{lamp: green, words: 好}", "months_missed\n  domain: {high: -1}", "适用范围是空的"),
    ],
)  # fmt: skip
def test_each_fault_of_a_rule_file_is_told(bands: str, measure: str, told: str) -> None:
    _, problems = loaded(bands, measure)
    assert len(problems) == 1
    assert told in problems[0]


def test_all_faults_are_told_at_once_with_their_lines() -> None:
    text = """
- id: a
  name: 甲
  measure: leed
  bands:
    - {lamp: grean, at_least: 0, words: 好}
    - {lamp: red, below: zero, words: 差, why: 因为}
- 别的
"""
    book, problems = load_rules(text, "lamps.yaml")
    assert book.sets == ()
    assert [(problem.where, problem.what) for problem in problems] == [
        ("lamps.yaml 第2行", "缺少「basis」"),
        ("lamps.yaml 第4行", "不认识「leed」"),
        ("lamps.yaml 第6行", "不认识「grean」"),
        ("lamps.yaml 第7行", "不认识的项「why」"),
        ("lamps.yaml 第7行", "「zero」不是数"),
        ("lamps.yaml 第8行", "这里应当是“名称: 值”"),
    ]
