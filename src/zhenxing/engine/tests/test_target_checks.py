"""Targets held against each other: what cannot all be true is said, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from zhenxing.engine.ranks import Direction
from zhenxing.engine.target_checks import Known, checked, ends, sum_of_parts
from zhenxing.engine.targets import Target, TargetKind

D = Decimal
QUOTAS = {"优秀": D(30), "良好": D(70)}


def aim(kind: TargetKind, value: str | None = None, **more: Any) -> Target:  # noqa: ANN401  # a target's parts
    return Target(kind=kind, value=None if value is None else D(value), **more)


def known(**more: Any) -> Known:  # noqa: ANN401  # what is known
    said: dict[str, Any] = {"name": "投资", "measure": "万元", "year": 2023}
    return Known(**(said | more))


def told(*aims: Target, **more: Any) -> list[str]:  # noqa: ANN401  # what is known
    problems = checked(aims, known(**more))
    assert all(problem.level == "warning" and problem.next for problem in problems)
    return [problem.what for problem in problems]


def test_one_target_alone_contradicts_nothing() -> None:
    assert told(aim("value", "100"), last_year=D(90), of=10, quotas=QUOTAS) == []


def test_nothing_is_said_of_what_is_masked_or_no_task() -> None:
    masked = Target(kind="growth", masked=True, text="**%")
    assert told(aim("value", "100"), masked, last_year=D(50)) == []
    assert told(aim("value", "100"), Target(kind="growth", no_task=True), last_year=D(50)) == []


@pytest.mark.parametrize(
    ("level", "growth", "last", "word"),
    [
        ("112", "12", "100", ""),
        ("112.04", "12", "100", ""),
        ("112.05", "12", "100", "数值目标更高"),
        ("112.044", "12.04", "100", ""),
        ("110", "12", "100", "增速目标更高"),
        ("1128", "44", "783", "数值目标更高"),
    ],
)
def test_growth_and_level_agree_with_last_year_or_not(
    level: str, growth: str, last: str, word: str
) -> None:
    said = told(aim("value", level), aim("growth", growth), last_year=D(last))
    assert len(said) == bool(word)
    assert all(word in what for what in said)


def test_where_less_is_better_the_lower_level_is_the_harder() -> None:
    level, growth = aim("value", "80", comparator="<="), aim("growth", "-10", comparator="<=")
    (said,) = told(level, growth, last_year=D(100), direction=Direction.LOWER)
    assert "−20.0%" in said
    assert said.endswith("数值目标更高")


@pytest.mark.parametrize("last", [None, D(0), D(-5)])
def test_without_a_last_year_above_nought_no_growth_is_implied(last: Decimal | None) -> None:
    assert told(aim("value", "100"), aim("growth", "12"), last_year=last) == []


def test_a_range_is_held_by_its_low_end() -> None:
    (said,) = told(aim("range", "120", high=D(130)), aim("growth", "12"), last_year=D(100))
    assert said.startswith("目标120—130万元")


@pytest.mark.parametrize(
    ("rank", "grade", "of", "count"),
    [("3", "优秀", 10, 0), ("4", "优秀", 10, 1), ("7", "良好", 10, 0), ("8", "良好", 10, 1),
     ("3", "优秀", 9, 1), ("4", "合格", 10, 0), ("4", "优秀", 0, 0), ("12", "合格", 10, 1)],
)  # fmt: skip
def test_a_rank_has_the_places_of_its_grade(rank: str, grade: str, of: int, count: int) -> None:
    said = told(aim("rank", rank), aim("grade", text=grade), of=of, quotas=QUOTAS)
    assert len(said) == count


def test_a_rank_without_a_grade_is_only_held_against_the_number_of_units() -> None:
    assert told(aim("rank", "4"), of=10, quotas=QUOTAS) == []
    assert told(aim("rank", "11"), of=10) == ["同类只有10个单位，位次目标前11名没有意义"]


def test_a_rank_that_the_levels_of_the_class_do_not_give() -> None:
    peers = {"甲镇": D(90), "乙镇": D(80), "丙镇": D(70)}
    assert told(aim("value", "85"), aim("rank", "2"), peers=peers) == []
    (said,) = told(aim("value", "75"), aim("rank", "2"), peers=peers)
    assert "本单位排第3" in said
    low = {"direction": Direction.LOWER, "peers": peers}
    assert told(aim("value", "60", comparator="<="), aim("rank", "1"), **low) == []


def test_a_gap_against_rank_and_level() -> None:
    gap = aim("gap", "5", comparator="<=")
    (said,) = told(gap, aim("rank", "1"))
    assert said == "位次目标前1名时没有落后于人的差距，差距目标却是差距≤5"
    peers = {"甲镇": D(90), "乙镇": D(80)}
    assert told(gap, aim("value", "86"), peers=peers) == []
    (said,) = told(gap, aim("value", "70"), peers=peers)
    assert "与最好的甲镇目标90万元还差20万元" in said
    assert told(gap, aim("value", "99"), peers=peers) == []
    low = {"direction": Direction.LOWER, "peers": peers}
    (said,) = told(gap, aim("value", "99", comparator="<="), **low)
    assert "最好的乙镇" in said


def test_a_year_against_the_way_to_a_later_one() -> None:
    later = {2025: D(100), 2022: D(1)}
    assert told(aim("value", "80"), last_year=D(70), later=later) == []
    (said,) = told(aim("value", "75"), last_year=D(70), later=later)
    assert "今年应到80万元，本年目标≥75少5万元" in said
    assert told(aim("value", "75"), later=later) == []
    low = {"direction": Direction.LOWER, "last_year": D(70), "later": {2024: D(50)}}
    (said,) = told(aim("value", "65", comparator="<="), **low)
    assert "多5万元" in said


def test_a_limit_on_the_wrong_side_is_said() -> None:
    assert told(aim("value", "9", comparator="<=")) == ["投资越高越好，目标≤9却是上限"]
    (said,) = told(aim("growth", "3"), direction=Direction.LOWER)
    assert said == "投资越低越好，目标增3%却是下限"


@pytest.mark.parametrize(
    ("county", "towns", "word"),
    [
        ("100", ["40", "60"], ""),
        ("100", ["40", "50"], "比县目标≥100少10万元"),
        ("100", ["40", "70"], "比县目标≥100多10万元"),
        ("100", [], ""),
    ],
)
def test_the_towns_add_up_to_the_county_or_not(county: str, towns: list[str], word: str) -> None:
    parts = [*(aim("value", town) for town in towns), Target(no_task=True), aim("growth", "5")]
    said = [problem.what for problem in sum_of_parts(aim("value", county), parts, known())]
    assert len(said) == bool(word)
    assert all(word in what for what in said)


def test_a_county_without_an_open_level_is_left_alone() -> None:
    parts = [aim("value", "5")]
    assert sum_of_parts(aim("growth", "5"), parts, known()) == []
    assert sum_of_parts(Target(masked=True), parts, known()) == []


def test_the_ends_of_a_range() -> None:
    assert ends(D(1), D(1)) == []
    assert ends(D(2), D(1))[0].is_error
