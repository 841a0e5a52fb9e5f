"""Changes to the county: posts given and ended, the demo's day moved, the calendar filled."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import chinese_calendar
from chinese_calendar import constants

from zhenxing.accounts.choices import Role
from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import access
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import CalendarDay, CalendarYear, Post, Site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenxing.accounts.models import User
    from zhenxing.audit.models import Actor
    from zhenxing.kernel.moments import Moment
    from zhenxing.organisation.models import Unit, WorkingGroup

CALENDAR_SOURCE = f"国务院办公厅放假通知（chinesecalendar {chinese_calendar.__version__}）"
SATURDAY = 5
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


class ActRefusedError(ValueError):
    """An act the rules forbid; `problems` say why, in the reader's words."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("".join(problem.sentence for problem in problems))
        self.problems = problems


def move_business_date(*, to: date, reason: str, by: Actor, moment: Moment) -> Site:
    """Move the demo's working day; records keep the real moment beside it.

    Refused on a real site, for a day outside 2000–2099, and without a reason.
    """
    site = Site.objects.get(pk=1)
    refused = list(_against_moving(site, to, reason))
    if refused:
        raise ActRefusedError(*refused)
    details = {"from": _iso(site.business_date), "to": _iso(to), "reason": reason}
    with audit.act(
        "organisation.business_date.moved", subject=site.name, by=by, moment=moment, details=details
    ) as act:
        site.business_date = to
        site.save(update_fields=["business_date"])
        act.vouch(site)
    return site


def appoint(  # noqa: PLR0913  # a post is these words
    *,
    person: User,
    role: Role,
    unit: Unit,
    by: Actor,
    moment: Moment,
    group: WorkingGroup | None = None,
    title: str = "",
    document: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Post:
    """Give a person a post, if the hard rules allow it beside those already held."""
    post = Post(
        person=person,
        role=role,
        unit=unit,
        group=group,
        title=title,
        document=document,
        since=since or moment.business_date,
        until=until,
    )
    details = _details(post)
    with audit.act(
        "organisation.post.granted", subject=person.username, by=by, moment=moment, details=details
    ) as act:
        # The act holds the head of the ledger, so nobody else can be granting meanwhile.
        held = Post.objects.filter(person=person).select_related("unit", "group__unit")
        refused = access.problems(seat_of(post), map(seat_of, held))
        if refused:
            raise ActRefusedError(*refused)
        post.save()
        act.vouch(post)
    return post


def end_post(*, post: Post, until: date, reason: str, by: Actor, moment: Moment) -> Post:
    """End a post after its last day; the row stays, as what was true."""
    if post.since is not None and until < post.since:
        raise ActRefusedError(Problem(str(post), "止日早于起日", "请改止日"))
    details = {**_details(post), "until": _iso(until), "reason": reason}
    with audit.act(
        "organisation.post.ended",
        subject=post.person.username,
        by=by,
        moment=moment,
        details=details,
    ) as act:
        post.until = until
        post.save(update_fields=["until"])
        act.vouch(post)
    return post


def seat_of(post: Post) -> access.Seat:
    """Give a post as the plain values the hard rules look at."""
    return access.Seat(
        role=Role(post.role),
        kind=UnitKind(post.unit.kind),
        unit=post.unit.code,
        group=post.group.code if post.group else "",
        group_unit=post.group.unit.code if post.group else "",
        since=post.since,
        until=post.until,
    )


def seed_calendar(years: Iterable[int]) -> None:
    """Fill years nobody has entered yet; a year not announced is stored as just that.

    Call it in an act that vouches for both tables of the calendar.
    """
    known = {day.year for day in constants.holidays}
    entered = set(CalendarYear.objects.filter(announced=True).values_list("year", flat=True))
    for year in set(years) - entered:
        announced = year in known
        CalendarYear.objects.update_or_create(
            year=year,
            defaults={"announced": announced, "basis": CALENDAR_SOURCE if announced else ""},
        )
        CalendarDay.objects.bulk_create(_exceptions(year))


def _exceptions(year: int) -> list[CalendarDay]:
    """Give the year's days that are not what their weekday says."""
    days = [
        (day, False, name) for day, name in constants.holidays.items() if day.weekday() < SATURDAY
    ]
    days += [(day, True, name) for day, name in constants.workdays.items()]
    return [
        CalendarDay(
            day=day, is_workday=worked, name=_chinese(name, worked=worked), source=CALENDAR_SOURCE
        )
        for day, worked, name in days
        if day.year == year
    ]


def _chinese(english: str, *, worked: bool) -> str:
    name = str(constants.Holiday(english).chinese)
    return f"{name}调休上班" if worked else name


def _against_moving(site: Site, to: date, reason: str) -> Iterable[Problem]:
    if not site.is_demo:
        yield Problem(
            "业务日期",
            "本站不是演示站，业务日期就是当天，不能改",
            "如需看某日所知，请用“按某日所知”",
        )
    if not EARLIEST <= to <= LATEST:
        yield Problem("业务日期", "超出2000年至2099年", "请改日期")
    if not reason.strip():
        yield Problem("原因", "没有填写", "请写一句为什么改日期，它会记入账本")


def _details(post: Post) -> dict[str, str]:
    return {
        "role": post.role,
        "unit": post.unit.code,
        "group": post.group.code if post.group else "",
        "title": post.title,
        "document": post.document,
        "since": _iso(post.since),
        "until": _iso(post.until),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
