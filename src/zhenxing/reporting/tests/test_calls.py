"""A month begins by the rule and ends for good."""

from __future__ import annotations

from datetime import date

import pytest

from tests import cast
from zhenxing.audit.models import Entry
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.models import CalendarDay
from zhenxing.reporting import queries, services
from zhenxing.reporting.models import Call, Submission
from zhenxing.reporting.tests import make

pytestmark = pytest.mark.django_db

NOVEMBER = Period.parse("2023-11")
BEGINS = date(2023, 11, 15)


def opened(county: cast.County, letter: str = "K", **said: date) -> Call | Problem:
    return services.open_call(
        period=NOVEMBER,
        opens=BEGINS,
        scope=cast.scope(county.of_role(letter)),
        moment=cast.moment(BEGINS),
        **said,
    )


def test_it_is_due_on_the_25th_or_the_workday_after(county: cast.County) -> None:
    call = opened(county)
    assert isinstance(call, Call)
    assert call.due == date(2023, 11, 27)
    assert Entry.objects.get(action="reporting.call.opened").subject == "2023年11月填报"


def test_a_made_up_workday_counts(county: cast.County) -> None:
    CalendarDay.objects.create(day=date(2023, 11, 25), is_workday=True, name="调休", source="测试")
    call = opened(county)
    assert isinstance(call, Call)
    assert call.due == date(2023, 11, 25)


def test_every_group_that_exists_gets_its_place(county: cast.County) -> None:
    gone = county.groups["T02-G7"]
    gone.closed = date(2023, 11, 1)
    gone.save()
    call = opened(county)
    assert isinstance(call, Call)
    assert Submission.objects.filter(call=call).count() == 13
    assert services.ensure_submissions(call) == 0


def test_it_is_opened_once(county: cast.County) -> None:
    opened(county)
    entries = Entry.objects.count()
    again = opened(county)
    assert isinstance(again, Problem)
    assert "已经有了" in again.what
    assert Entry.objects.count() == entries


def test_it_is_not_due_before_it_begins(county: cast.County) -> None:
    assert isinstance(opened(county, due=date(2023, 11, 14)), Problem)


@pytest.mark.parametrize("letter", [*"ADLGFVCSX"])
def test_nobody_else_opens_or_closes(month: make.Month, letter: str) -> None:
    before = make.row_counts()
    scope = cast.scope(month.county.of_role(letter))
    assert isinstance(opened(month.county, letter), Problem)
    after = cast.moment(make.DAY_AFTER)
    for end in (services.propose_closing, services.close_call):
        assert isinstance(end(call=month.october, scope=scope, moment=after), Problem)
    assert make.row_counts() == before


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2023, 10, 14), "10月15日（周日）开始，10月25日（周三）24时截止"),
        (date(2023, 10, 20), "10月25日（周三）24时截止，还有5天"),
        (date(2023, 10, 25), "10月25日（周三）24时截止，就是今天"),
        (date(2023, 10, 28), "10月25日（周三）已截止3天，仍收表，记为逾期"),
    ],
)
def test_it_counts_down(month: make.Month, day: date, said: str) -> None:
    assert month.october.countdown(day) == said
    assert month.september.countdown(day) == "已于10月9日（周一）关闭"


def test_the_current_month_is_the_latest_that_has_begun(month: make.Month) -> None:
    assert queries.current_call(cast.TODAY) == month.october
    assert queries.current_call(date(2023, 10, 14)) == month.september
    assert queries.current_call(date(2023, 1, 1)) == month.september
    assert queries.call_for("2023-09", cast.TODAY) == month.september
    assert queries.call_for("1999-01", cast.TODAY) == month.october
    assert queries.around(month.october) == (month.september, None)
