"""Questions about the county."""

from __future__ import annotations

from datetime import date

from tests import cast
from zhenxing.kernel.workdays import DueRule
from zhenxing.organisation import queries
from zhenxing.organisation.models import CalendarDay, CalendarYear, UnitProfile


def test_a_demo_works_on_the_day_it_was_moved_to(county: cast.County) -> None:
    assert queries.business_date(queries.site(), date(2026, 1, 5)) == cast.TODAY


def test_a_demo_never_moved_works_on_today(county: cast.County) -> None:
    county.site.business_date = None
    assert queries.business_date(county.site, date(2026, 1, 5)) == date(2026, 1, 5)


def test_a_real_site_works_on_today(db: None) -> None:
    cast.build(demo=False)
    assert queries.business_date(queries.site(), date(2026, 1, 5)) == date(2026, 1, 5)


def test_before_a_county_is_loaded_there_is_no_site(db: None) -> None:
    assert queries.site() is None
    assert queries.business_date(None, date(2026, 1, 5)) == date(2026, 1, 5)


def test_towns_are_those_that_exist_on_the_day(county: cast.County) -> None:
    county.plain.closed = date(2023, 10, 20)
    county.plain.save()
    county.rival.opened = date(2023, 10, 20)
    county.rival.save()
    assert [town.code for town in queries.towns_on(date(2023, 10, 19))] == ["T01", "T03"]
    assert [town.code for town in queries.towns_on(date(2023, 10, 20))] == ["T01", "T02"]


def test_the_county_without_villages_and_offices(county: cast.County) -> None:
    codes = [unit.code for unit in queries.county_units()]
    assert codes == ["D01", "D02", "H00", "T01", "T02", "T03"]


def test_a_class_is_that_of_the_last_profile_up_to_the_day(county: cast.County) -> None:
    UnitProfile.objects.create(unit=county.town, as_of=date(2023, 6, 30), town_class="川道镇")
    UnitProfile.objects.create(unit=county.town, as_of=date(2023, 8, 31), people=10)
    later = {"T01": "川道镇", "T02": "山区镇", "T03": "川道镇"}
    assert queries.classes_on(date(2023, 10, 20)) == later
    assert queries.classes_on(date(2023, 6, 29)) == later | {"T01": "山区镇"}


def test_a_class_before_the_first_profile_is_that_of_the_first(county: cast.County) -> None:
    UnitProfile.objects.create(unit=county.town, as_of=date(2023, 6, 30), town_class="川道镇")
    assert queries.classes_on(date(2020, 1, 1))["T01"] == "山区镇"


def test_the_calendar_holds_what_is_stored(db: None) -> None:
    CalendarYear.objects.create(year=2023, announced=True)
    CalendarYear.objects.create(year=2027, announced=False)
    CalendarDay.objects.create(day=date(2023, 10, 7), is_workday=True, name="调休", source="x")
    CalendarDay.objects.create(day=date(2023, 10, 2), is_workday=False, name="国庆", source="x")
    calendar = queries.work_calendar()
    assert calendar.is_workday(date(2023, 10, 7))
    assert not calendar.is_workday(date(2023, 10, 2))
    assert calendar.is_announced(2023)
    assert not calendar.is_announced(2027)


def test_without_a_rule_of_its_own_a_call_is_due_by_the_25th(county: cast.County) -> None:
    assert queries.due_rule() == (DueRule(25, inclusive=True, on_rest_day="next"), "", 15)


def test_a_sites_own_rule_decides_with_its_basis(county: cast.County) -> None:
    county.site.due_rule = {
        "day": 5, "inclusive": False, "on_rest_day": "previous", "months_after": 1,
        "basis": "禾政发〔2023〕1号", "opens": 20,
    }  # fmt: skip
    county.site.save()
    rule, basis, opens_day = queries.due_rule()
    assert rule == DueRule(5, inclusive=False, on_rest_day="previous", months_after=1)
    assert (basis, opens_day) == ("禾政发〔2023〕1号", 20)
