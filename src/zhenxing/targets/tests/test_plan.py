"""What the plan asks for by a month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from zhenxing.indicators.models import Curve, Indicator
from zhenxing.indicators.tests import make as make_indicators
from zhenxing.kernel.periods import Period
from zhenxing.targets.queries import Plan, month_plan
from zhenxing.targets.tests import make

SEPTEMBER = Period.month(2023, 9)


def told(plan: Plan) -> tuple[object, ...]:
    return plan.to_date, plan.of_period, plan.is_broken_down


def test_a_target_without_a_breakdown_goes_by_the_months_gone(
    county: cast.County, paid_in: Indicator
) -> None:
    make_indicators.target(county.town, paid_in, "12000")
    plan = month_plan("T01", ["paid_in"], SEPTEMBER, cast.TODAY)["paid_in"]
    assert told(plan) == (9000, 1000, False)
    assert plan.way == "按计划曲线"


def test_it_goes_by_the_indicators_own_curve(county: cast.County, paid_in: Indicator) -> None:
    shares = ["0", "0", "0", "0", "0", "44", "44", "44", "44", "80", "100", "100"]
    paid_in.curve = Curve.objects.create(code="grain", name="粮食", shares=shares, basis="收获")
    paid_in.save()
    make_indicators.target(county.town, paid_in, "1900")
    plan = month_plan("T01", ["paid_in"], SEPTEMBER, cast.TODAY)["paid_in"]
    assert told(plan) == (836, 0, False)


def test_a_breakdown_takes_the_place_of_the_curve(county: cast.County, paid_in: Indicator) -> None:
    target = make_indicators.target(county.town, paid_in, "12000")
    make.breakdown(target, county.town_office, [500] * 6 + [1000, 1500, 2000, 1000, 1000, 1000])
    plan = month_plan("T01", ["paid_in"], SEPTEMBER, cast.TODAY)["paid_in"]
    assert told(plan) == (7500, 2000, True)
    quarter = month_plan("T01", ["paid_in"], Period.quarter(2023, 3), cast.TODAY)["paid_in"]
    assert told(quarter) == (7500, 4500, True)


def test_a_proposal_plans_nothing(county: cast.County, paid_in: Indicator) -> None:
    target = make_indicators.target(county.town, paid_in, "12000")
    make.breakdown(target, county.reporter, [1] * 12, proposed=True)
    assert not month_plan("T01", ["paid_in"], SEPTEMBER, cast.TODAY)["paid_in"].is_broken_down


def test_an_adjusted_target_no_longer_goes_by_the_old_breakdown(
    county: cast.County, paid_in: Indicator
) -> None:
    old = make_indicators.target(county.town, paid_in, "12000")
    make.breakdown(old, county.town_office, [1000] * 12)
    make_indicators.target(
        county.town, paid_in, "24000", version=2, issued=date(2023, 7, 1), reason="上调"
    )
    plan = month_plan("T01", ["paid_in"], SEPTEMBER, cast.TODAY)["paid_in"]
    assert told(plan) == (18000, 2000, False)
    before = month_plan("T01", ["paid_in"], SEPTEMBER, date(2023, 6, 30))["paid_in"]
    assert told(before) == (9000, 1000, True)


def test_a_rate_is_due_in_full_and_has_no_month_of_its_own(
    county: cast.County, paid_in: Indicator
) -> None:
    share = make_indicators.indicator(
        "share", "参保率", county.statistics, kind="rate", reading="as_is", measure="%", decimals=1
    )
    make_indicators.target(county.town, share, "90")
    plan = month_plan("T01", ["share"], SEPTEMBER, cast.TODAY)["share"]
    assert (plan.to_date, plan.of_period) == (Decimal("90.0"), None)


def test_what_has_no_open_level_target_has_no_plan(county: cast.County, paid_in: Indicator) -> None:
    make_indicators.target(county.town, paid_in, None, masked=True, text="**")
    make_indicators.target(county.town, paid_in, "12", kind="growth")
    make_indicators.target(county.rival, paid_in, "12000")
    assert month_plan("T01", ["paid_in", "unknown"], SEPTEMBER, cast.TODAY) == {}


def test_it_asks_as_often_for_many_as_for_one(county: cast.County, paid_in: Indicator) -> None:
    codes = ["paid_in"]
    make.breakdown(make_indicators.target(county.town, paid_in, "12"), county.town_office, [1] * 12)
    for number in range(5):
        other = make_indicators.indicator(f"i{number}", f"指标{number}", county.statistics)
        target = make_indicators.target(county.town, other, "12")
        make.breakdown(target, county.town_office, [1] * 12)
        codes.append(other.code)
    with CaptureQueriesContext(connection) as asked:
        assert len(month_plan("T01", codes, SEPTEMBER, cast.TODAY)) == 6
    assert len(asked) <= 5
