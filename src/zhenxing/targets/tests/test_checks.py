"""What targets are held against on the site: last year, class, later years, quotas, county."""

from __future__ import annotations

from datetime import date

from tests import cast
from zhenxing.indicators.models import Indicator
from zhenxing.indicators.tests import make as make_indicators
from zhenxing.targets import queries
from zhenxing.targets.models import GradeQuota
from zhenxing.targets.queries.checks import Ground


def grounded() -> Ground:
    return queries.ground(["paid_in"], 2023, cast.TODAY)


def told(unit: str) -> list[str]:
    return [problem.what for problem in grounded().problems(unit, "paid_in")]


def test_a_year_is_held_against_the_five_year_aim(county: cast.County, paid_in: Indicator) -> None:
    make_indicators.figure(county.town, paid_in, "2022-12", "7000", business_date=date(2023, 1, 18))
    make_indicators.target(county.town, paid_in, "7500")
    make_indicators.target(county.town, paid_in, "10000", year=2025, document="十四五规划")
    make_indicators.target(county.town, paid_in, None, year=2024, masked=True)
    (what,) = told("T01")
    assert what.startswith("2025年目标10,000万元，从上年7,000万元均匀推进今年应到8,000万元")


def test_a_rank_is_held_against_the_class_and_no_other(
    county: cast.County, paid_in: Indicator
) -> None:
    make_indicators.target(county.town, paid_in, "7500")
    make_indicators.target(county.town, paid_in, "1", kind="rank")
    make_indicators.target(county.plain, paid_in, "90000")
    assert told("T01") == []
    make_indicators.target(county.rival, paid_in, "8000")
    assert told("T01") == ["各镇都正好完成数值目标时本单位排第2，达不到位次目标前1名"]


def test_a_grade_is_held_against_its_quota(county: cast.County, paid_in: Indicator) -> None:
    GradeQuota.objects.create(grade="优秀", share="50", basis="考核办法")
    make_indicators.target(county.town, paid_in, "2", kind="rank")
    make_indicators.target(county.town, paid_in, None, kind="grade", text="优秀")
    assert told("T01") == ["2个单位按50%的名额只有1个优秀，位次目标前2名得不到优秀"]


def test_the_towns_are_held_against_the_county(county: cast.County, paid_in: Indicator) -> None:
    make_indicators.target(county.county, paid_in, "20000")
    make_indicators.target(county.town, paid_in, "7500")
    make_indicators.target(county.rival, paid_in, None, no_task=True)
    assert told("H00") == ["各镇目标合计7,500万元，比县目标≥20,000少12,500万元"]
    Indicator.objects.filter(code="paid_in").update(kind="rate")
    assert told("H00") == []


def test_a_last_year_that_is_not_over_is_no_ground(county: cast.County, paid_in: Indicator) -> None:
    make_indicators.figure(
        county.town, paid_in, "2022-11", "7000", business_date=date(2022, 12, 18)
    )
    assert grounded().last_year == {}
