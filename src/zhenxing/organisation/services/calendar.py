"""The calendar filled, and changed by one person with a second one's approval."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import chinese_calendar
from chinese_calendar import constants

from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.workdays import DueRule
from zhenxing.organisation import access, queries
from zhenxing.organisation.choices import CalendarMatter, Decision
from zhenxing.organisation.models import CalendarDay, CalendarProposal, CalendarYear, Site
from zhenxing.organisation.services.proposals import Answer, decide
from zhenxing.organisation.services.refusals import ActRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

CALENDAR_SOURCE = f"国务院办公厅放假通知（chinesecalendar {chinese_calendar.__version__}）"
SATURDAY = 5


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


def propose_days(
    year: int,
    days: Sequence[tuple[date, bool, str]],
    *,
    basis: str,
    scope: Scope,
    moment: Moment,
) -> CalendarProposal:
    """Propose a year's holidays and make-up workdays whole, as its notice announces them.

    days: each exception with whether it is worked and its name.
    """
    proposal = CalendarProposal(
        matter=CalendarMatter.DAYS,
        year=year,
        basis=basis,
        content={"days": [[day.isoformat(), worked, name] for day, worked, name in days]},
    )
    return _proposed(proposal, list(_against_days(year, days)), scope, moment)


def propose_rule(
    rule: DueRule, opens: int, *, basis: str, scope: Scope, moment: Moment
) -> CalendarProposal:
    """Propose by which day calls are due and when they open, from the next call on."""
    proposal = CalendarProposal(
        matter=CalendarMatter.DUE,
        basis=basis,
        content={
            "day": rule.day,
            "inclusive": rule.inclusive,
            "on_rest_day": rule.on_rest_day,
            "months_after": rule.months_after,
            "opens": opens,
        },
    )
    refused = []
    if rule.months_after == 0 and opens >= rule.day:
        refused.append(
            Problem("开始日", f"{opens}日不早于截止的{rule.day}日，没有填报的时间", "请改早")
        )
    return _proposed(proposal, refused, scope, moment)


def decide_calendar(proposal: CalendarProposal, answer: Answer) -> CalendarProposal:
    """Approve, refuse or withdraw a proposal; approved, the next call follows it."""
    details = {"content": proposal.content, "basis": proposal.basis}
    with decide(proposal, answer, "organisation.calendar", details) as act:
        refused = access.against_deciding(
            answer.scope, access.Proposal.of_calendar(proposal), answer.decision
        )
        if refused:
            raise ActRefusedError(*refused)
        if answer.decision == Decision.APPROVED:
            _carry_out(proposal, act)
    return proposal


def _proposed(
    proposal: CalendarProposal, refused: list[Problem], scope: Scope, moment: Moment
) -> CalendarProposal:
    refused = [*access.against_proposing(scope), *refused]
    if not proposal.basis.strip():
        refused.append(Problem("依据", "没有填写", "请写明通知的名称和文号"))
    proposal.proposed_at, proposal.proposed_by = moment.at, queries.person(scope)
    with audit.act(
        "organisation.calendar.proposed",
        subject=str(proposal),
        by=queries.actor(scope),
        moment=moment,
        details={"content": proposal.content, "basis": proposal.basis},
    ) as act:
        twins = CalendarProposal.objects.filter(
            matter=proposal.matter, year=proposal.year, decision=Decision.PENDING
        )
        if twins.exists():
            refused.append(
                Problem(str(proposal), "已有一份申请在等复核", "请等复核，或先撤回那一份")
            )
        if refused:
            raise ActRefusedError(*refused)
        proposal.save(force_insert=True)
        act.vouch(proposal)
    return proposal


def _carry_out(proposal: CalendarProposal, act: Act) -> None:
    if proposal.matter == CalendarMatter.DUE:
        site = Site.objects.get(pk=1)
        site.due_rule = {**proposal.content, "basis": proposal.basis}
        site.save(update_fields=["due_rule"])
        act.vouch(site)
        return
    number = int(proposal.year or 0)
    year, _ = CalendarYear.objects.update_or_create(
        year=number, defaults={"announced": True, "basis": proposal.basis[:80]}
    )
    CalendarDay.objects.filter(day__year=number).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(
            day=date.fromisoformat(day), is_workday=worked, name=name, source=proposal.basis[:60]
        )
        for day, worked, name in proposal.content["days"]
    )
    # The whole table: days are taken out as well as put in.
    act.vouch(year, CalendarDay)


def _against_days(year: int, days: Sequence[tuple[date, bool, str]]) -> Iterator[Problem]:
    if not days:
        yield Problem(f"{year}年放假安排", "一天也没有写", "请按通知逐天填写")
    seen: set[date] = set()
    for day, worked, _ in days:
        if day.year != year:
            yield Problem(str(day), f"不在{year}年", "请改年份或删去这一行")
        if day in seen:
            yield Problem(str(day), "写了两次", "请删去一行")
        if worked and day.weekday() < SATURDAY:
            yield Problem(str(day), "是周一至周五，本来就上班", "请删去这一行，或改成放假")
        seen.add(day)
