"""Months open by themselves, on the day and by the rule that stand in the county's papers."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests import cast
from zhenxing.audit.models import Entry
from zhenxing.audit.queries import verify
from zhenxing.kernel.periods import Period
from zhenxing.reporting import services
from zhenxing.reporting.models import Submission
from zhenxing.reporting.queries.calendar import Reckoner
from zhenxing.reporting.tests import make, make_calls

pytestmark = pytest.mark.django_db


def scheduled(period: str) -> tuple[str, str]:
    """Give a month's due day and why."""
    schedule = Reckoner().schedule(Period.parse(period))
    return str(schedule.due), schedule.why


def test_a_month_opens_on_its_day_by_no_person(month: make.Month) -> None:
    assert make_calls.opened(date(2023, 11, 14)) == []
    (call,) = make_calls.opened(date(2023, 11, 15))
    assert (call.code, call.opens, call.due) == ("2023-11", date(2023, 11, 15), date(2023, 11, 27))
    entry = Entry.objects.latest("sequence")
    assert (entry.action, entry.actor, entry.actor_role) == (
        "reporting.call.opened",
        "calendar",
        "",
    )
    assert json.loads(entry.details)["rule"]["why"] == "11月25日遇周六，顺延到11月27日（周一）"
    assert Submission.objects.filter(call=call).count() == 14


def test_opened_twice_changes_nothing(month: make.Month) -> None:
    make_calls.opened(date(2023, 11, 15))
    before = make.row_counts()
    assert make_calls.opened(date(2023, 11, 15)) == []
    assert make_calls.opened(date(2023, 11, 30)) == []
    assert make.row_counts() == before


def test_it_keeps_the_rule_and_its_basis(month: make.Month) -> None:
    make_calls.announce(2023)
    make_calls.due_rule(day=20, inclusive=False, on_rest_day="previous", opens=10)
    (call,) = make_calls.opened(date(2023, 11, 10))
    assert call.due == date(2023, 11, 17)
    assert call.rule == {
        "label": "当月20日前（不含当日），逢休息日提前到上一工作日",
        "basis": "县府办〔2023〕2号",
        "why": "11月19日遇周日，提前到11月17日（周五）",
        "provisional": False,
    }


def test_a_server_that_stood_still_catches_up_over_the_year_s_end(month: make.Month) -> None:
    calls = make_calls.opened(date(2024, 2, 16))
    assert [call.code for call in calls] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert make_calls.opened(date(2024, 2, 16)) == []


def test_a_month_opened_after_its_last_day_is_nobody_s_lateness(month: make.Month) -> None:
    november, december = make_calls.opened(date(2023, 12, 20))
    # 15 to 27 November are 8 working days; December opens late but in time.
    assert november.due == date(2024, 1, 1)
    assert "才开出" in november.rule["why"]
    assert (december.opens, december.due) == (date(2023, 12, 20), date(2023, 12, 25))


def test_a_site_that_begins_opens_what_can_still_be_handed_in(county: cast.County) -> None:
    (call,) = make_calls.opened(date(2023, 10, 20))
    assert call.code == "2023-10"


def test_a_site_that_begins_before_the_opening_day_waits(county: cast.County) -> None:
    assert make_calls.opened(date(2023, 10, 3)) == []


def test_a_site_without_groups_opens_nothing(county: cast.County) -> None:
    for group in county.groups.values():
        group.closed = date(2023, 10, 1)
        group.save()
    assert make_calls.opened(date(2023, 10, 20)) == []


def test_a_rule_of_the_next_month_opens_before_its_due_day(month: make.Month) -> None:
    make_calls.due_rule(day=5, months_after=1, opens=25)
    reckoner = Reckoner()
    assert reckoner.opening(Period.parse("2023-11")) == date(2023, 11, 25)
    assert scheduled("2023-11") == ("2023-12-05", "12月5日（周二）为工作日")
    assert scheduled("2023-12") == ("2024-01-05", "1月5日（周五）为工作日")


@pytest.mark.parametrize(
    ("said", "period", "due", "why"),
    [
        ({}, "2023-11", "2023-11-27", "11月25日遇周六，顺延到11月27日（周一）"),
        (
            {"on_rest_day": "previous"},
            "2023-11",
            "2023-11-24",
            "11月25日遇周六，提前到11月24日（周五）",
        ),
        ({"on_rest_day": "keep"}, "2023-11", "2023-11-25", "11月25日遇周六，按规则不变"),
        ({}, "2024-02", "2024-02-26", "2月25日遇周日，顺延到2月26日（周一）"),
        ({"inclusive": False}, "2023-11", "2023-11-24", "11月24日（周五）为工作日"),
        ({"inclusive": False}, "2023-12", "2023-12-25", "12月24日遇周日，顺延到12月25日（周一）"),
        ({"day": 31}, "2024-02", "2024-02-29", "2月29日（周四）为工作日"),
        ({"day": 31}, "2023-02", "2023-02-28", "2月28日（周二）为工作日"),
        ({"day": 31}, "2023-12", "2024-01-01", "12月31日遇周日，顺延到1月1日（周一）"),
    ],
)  # fmt: skip
def test_the_due_day_follows_the_rule_in_every_direction(
    county: cast.County, said: dict[str, object], period: str, due: str, why: str
) -> None:
    make_calls.due_rule(**said)
    assert scheduled(period) == (due, why)


def test_a_saturday_worked_to_make_up_is_no_rest_day(county: cast.County) -> None:
    make_calls.announce(2023, d1125=True)
    assert scheduled("2023-11") == ("2023-11-25", "11月25日补班，照常截止")


def test_spring_festival_moves_it_over_the_whole_holiday(county: cast.County) -> None:
    # 2023: 21–27 January were free, 28 and 29 January (a weekend) were worked.
    free = {f"d01{day}": False for day in range(21, 28)}
    make_calls.announce(2023, **free, d0128=True, d0129=True)
    assert scheduled("2023-01") == ("2023-01-28", "1月25日遇节日，顺延到1月28日（周六）")
    make_calls.due_rule(on_rest_day="previous")
    assert scheduled("2023-01") == ("2023-01-20", "1月25日遇节日，提前到1月20日（周五）")


def test_national_day_moves_a_rule_of_the_first_days(county: cast.County) -> None:
    free = {f"d10{day:02}": False for day in range(1, 7)}
    make_calls.announce(2023, d0929=False, **free, d1007=True, d1008=True)
    make_calls.due_rule(day=3, months_after=1)
    assert scheduled("2023-09") == ("2023-10-07", "10月3日遇节日，顺延到10月7日（周六）")


def test_an_unannounced_year_is_provisional_and_says_so(month: make.Month) -> None:
    (call, *_) = make_calls.opened(date(2023, 11, 15))
    assert call.rule["provisional"]
    assert Reckoner().schedule(Period.parse("2027-02")).doubt is not None
    make_calls.announce(2023)
    assert Reckoner().schedule(call.month).doubt is None
    assert Reckoner().schedule(Period.parse("2027-02")).doubt is not None


def test_a_provisional_day_is_settled_when_the_holidays_are_known(month: make.Month) -> None:
    (call, *_) = make_calls.opened(date(2023, 11, 15))
    assert services.settle_due_days(cast.moment(date(2023, 11, 16))) == []
    make_calls.announce(2023, d1127=False)
    (settled,) = services.settle_due_days(cast.moment(date(2023, 11, 16)))
    assert (settled.pk, settled.due, settled.rule["provisional"]) == (
        call.pk, date(2023, 11, 28), False,
    )  # fmt: skip
    assert services.settle_due_days(cast.moment(date(2023, 11, 16))) == []


def test_a_promised_day_is_not_taken_back(month: make.Month) -> None:
    make_calls.opened(date(2023, 11, 15))
    make_calls.announce(2023, d1125=True)
    (settled,) = services.settle_due_days(cast.moment(date(2023, 11, 16)))
    assert settled.due == date(2023, 11, 27)
    assert "已告知的不提前" in settled.rule["why"]


def test_a_group_founded_meanwhile_gets_its_place_once(month: make.Month) -> None:
    month.october.submissions.filter(group__code="T02-G7").delete()
    (place,) = services.fill_places(cast.moment())
    assert (place.group.code, place.call.code) == ("T02-G7", "2023-10")
    assert services.fill_places(cast.moment()) == []
    assert services.fill_places(cast.moment(make.DAY_AFTER)) == []


@pytest.mark.both_engines
def test_the_ledger_vouches_for_what_the_calendar_did(month: make.Month) -> None:
    make_calls.opened(date(2023, 12, 20))
    make_calls.announce(2023, d1225=False)
    make_calls.announce(2024)
    services.settle_due_days(cast.moment(date(2023, 12, 21)))
    faults = [
        each.sentence for each in verify().problems if "Call" in each.what or "填报" in each.what
    ]
    assert [fault for fault in faults if "背着账本" in fault] == []
