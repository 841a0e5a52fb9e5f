"""What a scheme needs, read from the site: who, which figures, targets, claims; frozen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from zhenxing.assessment.models import Claim, Pilot
from zhenxing.assessment.queries import reckoning
from zhenxing.assessment.queries import rounds as asking
from zhenxing.assessment.queries.snapshots import (
    Snapshot,
    facts_of,
    snapshot_from_json,
    snapshot_of,
)
from zhenxing.assessment.queries.subjects import subjects_of
from zhenxing.assessment.services import rounds
from zhenxing.assessment.tests import rounds_make as make
from zhenxing.indicators.tests import make as make_figures
from zhenxing.organisation.models import UnitProfile

if TYPE_CHECKING:
    from zhenxing.assessment.models import Edition
    from zhenxing.indicators.models import Indicator

pytestmark = pytest.mark.django_db
DAY = date(2023, 10, 18)
CURRENT = make.TEXT.replace("  rounding:", "  monthly: current\n  rounding:")


def taken(of: Edition, period: str = make.PERIOD, day: date = cast.TODAY) -> Snapshot:
    """Take a snapshot, and see that it reads back the same."""
    found = snapshot_of(of, reckoning.rules(of), period, day)
    text = found.as_json()
    assert snapshot_from_json(text) == found
    assert snapshot_from_json(text).as_json() == text
    return found


def value(found: Snapshot, unit: str, code: str, period: str = make.PERIOD) -> Decimal | str | None:
    """Give a figure of a snapshot, or why there is none; None where there is no row."""
    for row in found.figures:
        if row[:3] == (unit, code, period):
            return row[3] if row[3] is not None else row[6]
    return None


@pytest.fixture
def fai(county: cast.County) -> Indicator:
    """Give the indicator, cumulated from January."""
    return make_figures.indicator("fai", "固定资产投资", county.statistics)


def test_towns_come_with_their_class_and_profile_of_the_day(county: cast.County) -> None:
    UnitProfile.objects.create(
        unit=county.town, as_of=date(2023, 1, 1), people=6536, area_km2=Decimal("120.50"),
        town_class="山区镇",
    )  # fmt: skip
    UnitProfile.objects.create(
        unit=county.town, as_of=date(2023, 11, 1), people=7000, town_class="川道镇"
    )
    found = subjects_of(make.edition(county.county).scheme, DAY)
    assert [each.code for each in found] == ["T01", "T02", "T03"]
    town = found[0].attributes
    assert (town["class"], town["people"], town["area_km2"]) == ("山区镇", "6536", "120.5")
    assert found[0].own == county.town
    assert (found[0].above, found[0].town) == ("H00", "T01")


def test_a_town_assesses_its_own_villages_offices_and_groups(county: cast.County) -> None:
    villages = make.edition(county.town, code="village", subjects="villages").scheme
    found = subjects_of(villages, DAY)
    assert {(each.code, each.attributes["class"], each.town) for each in found} == {
        ("T01-V01", "村", "T01"), ("T01-O01", "站所", "T01"),
    }  # fmt: skip
    groups = subjects_of(make.edition(county.town, code="group", subjects="groups").scheme, DAY)
    assert [each.code for each in groups] == [f"T01-G{n}" for n in range(1, 8)]
    assert (groups[0].own, groups[0].unit, groups[0].attributes["key"]) == (
        None, county.town, "G1",
    )  # fmt: skip


def test_the_county_may_assess_all_villages_and_groups(county: cast.County) -> None:
    groups = make.edition(county.county, code="group", subjects="groups").scheme
    assert len(subjects_of(groups, DAY)) == len(county.groups)
    villages = make.edition(county.county, code="village", subjects="villages").scheme
    assert {each.code for each in subjects_of(villages, DAY)} == {"T01-V01", "T01-O01"}


def test_a_town_is_assessed_alone_where_it_keeps_the_scheme(county: cast.County) -> None:
    own = make.edition(county.town, code="own").scheme
    assert [each.code for each in subjects_of(own, DAY)] == ["T01"]


def test_pilots_are_those_of_the_day_with_their_category(county: cast.County) -> None:
    Pilot.objects.create(
        unit=county.rival, category="special", document="文", since=date(2023, 3, 1)
    )
    scheme = make.edition(county.county, code="pilot", subjects="pilots").scheme
    assert subjects_of(scheme, date(2023, 2, 1)) == []
    (found,) = subjects_of(scheme, DAY)
    assert (found.code, found.attributes["category"]) == ("T02", "特色镇")


def test_what_was_known_on_the_day_counts_and_names_its_figure(
    county: cast.County, fai: Indicator
) -> None:
    first = make_figures.figure(county.town, fai, make.PERIOD, "6000.50")
    make_figures.figure(county.town, fai, make.PERIOD, "7000", business_date=date(2023, 10, 19))
    of = make.edition(county.county)
    early = taken(of, day=DAY)
    assert value(early, "T01", "fai") == Decimal("6000.5")
    assert value(taken(of), "T01", "fai") == 7000
    cell = early.facts().figures["T01", "fai"][2023 * 12 + 8, True]
    assert cell.where == f"青溪镇 固定资产投资 2023-09 核定（数据{first.pk}）"


def test_a_missing_and_a_masked_figure_say_so_and_are_no_zero(
    county: cast.County, fai: Indicator
) -> None:
    make_figures.figure(county.town, fai, make.PERIOD, None)
    make_figures.figure(county.rival, fai, make.PERIOD, None, absent="masked")
    found = taken(make.edition(county.county))
    assert value(found, "T01", "fai") == "报的是缺数"
    assert value(found, "T02", "fai") == "数未公开（*）"
    assert value(found, "T03", "fai") is None


def test_a_quarter_that_closes_with_the_month_is_its_figure(
    county: cast.County, fai: Indicator
) -> None:
    make_figures.figure(county.town, fai, "2023-Q3", "900")
    found = taken(make.edition(county.county))
    assert value(found, "T01", "fai", "2023-Q3") == 900


def test_months_of_their_own_are_added_up_with_every_hole_named(county: cast.County) -> None:
    sold = make_figures.indicator("fai", "网络零售额", county.statistics, reading="current")
    for month in range(1, 10):
        make_figures.figure(county.town, sold, f"2023-{month:02}", "10")
        if month != 4:  # the month that is not there
            make_figures.figure(county.rival, sold, f"2023-{month:02}", "10")
    for month in range(1, 10):
        value_, absent = ("1", "") if month != 2 else (None, "masked")  # February
        make_figures.figure(county.plain, sold, f"2023-{month:02}", value_, absent=absent)
    found = taken(make.edition(county.county))
    assert value(found, "T01", "fai") == 90
    assert value(found, "T02", "fai") == "2023-04没有数，累计算不出"
    assert value(found, "T03", "fai") == "数未公开（*）"
    row = next(row for row in found.figures if row[0] == "T01")
    assert row[4] == "9个月的数"


def test_cumulated_months_are_taken_apart_where_the_scheme_reads_months(
    county: cast.County, fai: Indicator
) -> None:
    for month, cumulated in ((1, "100"), (2, "250"), (3, None), (5, "700"), (6, "900")):
        make_figures.figure(county.town, fai, f"2023-{month:02}", cumulated)
    found = taken(make.edition(county.county, CURRENT), "2023-06")
    told = {row[2]: row[3] if row[3] is not None else row[6] for row in found.figures}
    assert told == {
        "2023-01": 100, "2023-02": 150, "2023-03": "报的是缺数",
        "2023-05": "2023-04没有数，当月算不出", "2023-06": 200,
    }  # fmt: skip


def test_a_growth_that_is_given_is_its_own_indicator_with_its_own_target(
    county: cast.County, fai: Indicator
) -> None:
    make_figures.figure(county.town, fai, make.PERIOD, "6000", growth_given=Decimal("8.50"))
    make_figures.target(county.town, fai, "9", kind="growth")
    text = make.TEXT.replace(
        "    target: schedule\n", "    value: fai_growth\n    target: target(fai_growth)\n"
    )
    found = taken(make.edition(county.county, text))
    assert value(found, "T01", "fai_growth") == Decimal("8.5")
    targets = {(row[0], row[1]): row[3] for row in found.targets}
    assert targets == {("T01", "fai"): 9, ("T01", "fai_growth"): 9}
    run = reckoning.reckon(make.edition(county.county, text), found)
    assert run.result.row("T01") is not None


def test_the_target_in_force_counts_a_task_that_is_none_and_one_that_is_hidden_say_so(
    county: cast.County, fai: Indicator
) -> None:
    make_figures.target(county.town, fai, "10000")
    make_figures.target(
        county.town, fai, "12000", version=2, issued=date(2023, 10, 19), document="调整"
    )
    make_figures.target(county.rival, fai, None, no_task=True)
    make_figures.target(county.plain, fai, None, masked=True)
    of = make.edition(county.county)
    assert {row[0]: row[3] or row[5] for row in taken(of, day=DAY).targets} == {
        "T01": 10000, "T02": "/", "T03": "目标未公开（*）",
    }  # fmt: skip
    (row,) = (row for row in taken(of).targets if row[0] == "T01")
    assert (row[3], row[4]) == (Decimal(12000), "调整第2版")


def test_a_group_takes_its_towns_figures_of_what_it_is_charged_with(
    county: cast.County, fai: Indicator
) -> None:
    make_figures.charge(county.groups["T01-G3"], fai)
    make_figures.figure(county.town, fai, make.PERIOD, "6000")
    make_figures.target(county.town, fai, "10000")
    found = taken(make.edition(county.town, code="group", subjects="groups"))
    assert value(found, "T01-G3", "fai") == 6000
    assert value(found, "T01-G2", "fai") is None
    assert value(found, "T01", "fai") == 6000  # the town above, for at(fai, parent)
    targets = {row[0]: row[3] or row[5] for row in found.targets if row[1] == "fai"}
    assert (targets["T01-G3"], targets["T01-G2"]) == (Decimal(10000), "/")


def test_the_first_day_of_a_towns_own_return_says_whether_it_was_late(
    county: cast.County, fai: Indicator
) -> None:
    text = make.TEXT.replace("  rounding:", "  due: 25\n  rounding:")
    make_figures.figure(county.town, fai, make.PERIOD, "5000", standing="submitted",
                        business_date=date(2023, 10, 2))  # fmt: skip
    make_figures.figure(county.town, fai, make.PERIOD, "5000", standing="confirmed")
    found = taken(make.edition(county.county, text))
    assert [row[7] for row in found.figures] == [date(2023, 10, 2)]


def test_approved_claims_are_events_and_no_others(county: cast.County) -> None:
    def claim(number: str, event: str, state: str, decided: date | None) -> None:
        Claim.objects.create(
            number=number, unit=county.town, code="T01", kind="bonus", event=event,
            day=date(2023, 8, 1), words="试点", state=state, proposed_by="a", proposed_name="甲",
            proposed_on=date(2023, 8, 2), decided_by="b" if decided else "", decided_on=decided,
        )  # fmt: skip

    claim("S1", "试点示范", "approved", date(2023, 10, 1))
    claim("S2", "试点示范", "proposed", None)
    claim("S3", "试点示范", "approved", date(2023, 10, 19))
    claim("S4", "别的事", "approved", date(2023, 10, 1))
    found = taken(make.edition(county.county), day=DAY)
    assert [(row[0], row[1], row[4]) for row in found.events] == [("S1", "T01", None)]
    assert found.facts().events[0].where == "事项S1"


def test_another_schemes_result_is_kept_as_it_was_read(
    county: cast.County,
) -> None:
    make.figures(county)
    base = make.opened(county.assessor, make.edition(county.county), period="2023-08")
    make.marked(county.assessor, base)
    text = make.TEXT.replace("id: town-2023", "id: both-2023").replace(
        "sections:\n", "let:\n  基础: score(town-2023)\nsections:\n"
    ).replace("    target: schedule\n", "    value: 基础\n    target: 90\n")  # fmt: skip
    found = taken(make.edition(county.county, text, code="both"), "2023-08")
    assert [each["scheme"] for each in found.others] == ["town-2023"]


def test_one_read_asks_few_questions_however_many_units(
    county: cast.County, fai: Indicator
) -> None:
    for town in (county.town, county.rival, county.plain):
        make_figures.figure(town, fai, make.PERIOD, "1")
    of = make.edition(county.county)
    rules = reckoning.rules(of)
    with CaptureQueriesContext(connection) as asked:
        facts = facts_of(of, rules, make.PERIOD, cast.TODAY)
    assert len(facts.units) == 3
    assert len(asked) <= 9


def test_an_earlier_published_result_of_the_scheme_is_looked_back_on(county: cast.County) -> None:
    make.figures(county)
    second = make.assessor(county, 1)
    of = make.edition(county.county)
    base = make.opened(county.assessor, of, period="2023-08")
    base = make.replied(county.assessor, make.marked(county.assessor, base))
    held = base.result
    assert held is not None
    latest = asking.newest_run(base)
    assert latest is not None
    rounds.check(
        round_=base, run=latest, ticked=asking.draw(base, latest).keys, note="没有八月的数",
        scope=cast.scope(second), moment=cast.moment(date(2023, 10, 23)),
    )  # fmt: skip
    make.published(second, base)
    found = taken(of)
    assert [each["period"] for each in found.previous] == ["2023-08"]
    assert set(found.previous[0]["rows"][0]) == {"unit", "total", "rank", "grade"}


QUARTERLY = {"frequency": "quarter", "lag": 1, "day": 20}


def test_a_figure_that_is_not_published_yet_says_when_it_will_be(county: cast.County) -> None:
    release = QUARTERLY | {"day": 28}
    gdp = make_figures.indicator("fai", "生产总值", county.statistics, release=release)
    make_figures.figure(county.town, gdp, "2023-Q2", "6000")
    of = make.edition(county.county)
    waiting = "未到公布期，2023年三季度，2023年10月28日（周六）公布"
    assert value(taken(of), "T01", "fai") == waiting
    august = "未到公布期，按季度公布，下一期是2023年三季度，2023年10月28日（周六）公布"
    assert value(taken(of, "2023-08"), "T01", "fai", "2023-08") == august
    late = date(2023, 11, 2)
    assert value(taken(of, day=late), "T01", "fai") is None  # overdue: it is missing
    between = value(taken(of, "2023-08", late), "T01", "fai", "2023-08")
    assert between == "这一期没有数，按季度公布，下一期是2023年三季度，2023年10月28日（周六）公布"
    make_figures.figure(county.town, gdp, "2023-Q3", "9000")
    assert value(taken(of), "T01", "fai", "2023-Q3") == 9000
    assert value(taken(of), "T01", "fai") is None


def test_a_growth_that_is_not_published_yet_says_so_too(county: cast.County) -> None:
    gdp = make_figures.indicator(
        "gdp", "生产总值", county.statistics, release=QUARTERLY | {"day": 28}
    )
    text = make.TEXT.replace("id: fai\n", "id: fai\n    value: gdp_growth\n")
    found = taken(make.edition(county.county, text))
    assert str(value(found, "T01", "gdp_growth")).startswith("未到公布期")
    make_figures.figure(county.town, gdp, "2023-Q3", "9000", growth_given="6.1")
    found = taken(make.edition(county.county, text))
    assert value(found, "T01", "gdp_growth", "2023-Q3") == Decimal("6.1")
    assert str(value(found, "T02", "gdp_growth")).startswith("未到公布期")


def test_an_item_whose_figure_is_not_published_yet_says_so_on_its_page(
    county: cast.County, client: Client
) -> None:
    make.figures(county)
    release = QUARTERLY | {"day": 28}
    make_figures.indicator("gdp", "生产总值", county.statistics, release=release)
    text = make.TEXT.replace("id: fai\n    name: 固定资产投资", "id: gdp\n    name: 生产总值")
    round_ = make.opened(county.assessor, make.edition(county.county, text))
    run = make.run(county.assessor, round_)
    assert run.rows.get(code="T01").total is None
    shown = make.page(client, county.assessor, "unit", round_.pk, "T01", query="?item=gdp")
    assert '<span class="lamp lamp-grey">未公布</span>' in shown
    assert "缺指标「生产总值」（未到公布期，2023年三季度，2023年10月28日（周六）公布）" in shown
    assert "县统计局" in shown
