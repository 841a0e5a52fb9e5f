"""A second person of the assessment office, calls by the calendar, due rules, holidays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.accounts.tests import make as make_accounts
from zhenxing.indicators.models import Indicator
from zhenxing.organisation.models import CalendarDay, CalendarYear, Site
from zhenxing.organisation.tests import make as make_organisation
from zhenxing.reporting import services
from zhenxing.reporting.models import Call

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.reporting.models import Submission

DAY = timedelta(days=1)


def second_assessor(county: cast.County) -> User:
    """Give the county's office its second person."""
    person = make_accounts.person("assessment-2", "陆则", password=cast.PASSWORD)
    make_organisation.post(person, Role.ASSESSMENT, county.county)
    return person


def town_office(county: cast.County) -> User:
    """Give the other town an office of its own."""
    person = make_accounts.person("t02-office", "石文", password=cast.PASSWORD)
    make_organisation.post(person, Role.TOWN_OFFICE, county.rival)
    return person


def due_rule(**said: Any) -> None:  # noqa: ANN401  # the words of Site.due_rule
    """Enter a due rule."""
    Site.objects.update(due_rule={"basis": "县府办〔2023〕2号", **said})


def announce(year: int, **days: bool) -> None:
    """Enter a year's arrangement; `d0127=False` is a holiday on 27 January, True a make-up day."""
    CalendarYear.objects.update_or_create(
        year=year, defaults={"announced": True, "basis": "国办发明电"}
    )
    for key, worked in days.items():
        CalendarDay.objects.create(
            day=date(year, int(key[1:3]), int(key[3:])),
            is_workday=worked,
            name="补班" if worked else "节日",
            source="测试",
        )


def opened(today: date) -> list[Call]:
    """Do the day's openings."""
    return services.open_due_calls(cast.moment(today))


def closed(call: Call, county: cast.County, second: User, day: date) -> Call:
    """Close a month by two persons."""
    first = services.propose_closing(
        call=call, scope=cast.scope(county.assessor), moment=cast.moment(day)
    )
    assert isinstance(first, Call), first
    done = services.close_call(call=call, scope=cast.scope(second), moment=cast.moment(day))
    assert isinstance(done, Call), done
    return done


def fresh(submission: Submission) -> Submission:
    """Give a submission as the database now has it."""
    return type(submission).objects.select_related("call", "group__unit").get(pk=submission.pk)


def foreign_lead(county: cast.County, code: str) -> None:
    """Give an indicator to the other department."""
    Indicator.objects.filter(code=code).update(lead=county.farming)


def move(day: date) -> None:
    """Let the demo site work on a day."""
    Site.objects.update(business_date=day)
