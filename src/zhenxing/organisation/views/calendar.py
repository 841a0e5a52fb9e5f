"""The calendar: a year's holidays and make-up workdays, and by which day calls are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from zhenxing.organisation import access, queries, services
from zhenxing.organisation.choices import Decision
from zhenxing.organisation.forms import AnswerForm, DaysForm, DueRuleForm, stated
from zhenxing.organisation.models import CalendarProposal
from zhenxing.organisation.views.answers import done, page
from zhenxing.organisation.views.posts import DECIDERS
from zhenxing.organisation.views.units import EVERYBODY
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenxing.web.http import Request

EARLIEST, LATEST = 2000, 2099


@policy("organisation.calendar", EVERYBODY)
def calendar(request: Request) -> HttpResponse:
    """Show a year's calendar and the due rule."""
    return _page(request, _year(request.GET.get("year", ""), request))


@policy("organisation.propose_days", DECIDERS, methods=("POST",))
def propose_days(request: Request) -> HttpResponse:
    """Propose a year's days."""
    year, form = _year(request.POST.get("year", ""), request), DaysForm(request.POST)
    if done(
        form,
        lambda: services.propose_days(
            year, **form.cleaned_data, scope=request.scope, moment=request.moment
        ),
    ):
        messages.success(request, f"{year}年放假安排已提出，等考核办另一人复核后生效。")
        return redirect(f"{reverse('organisation:calendar')}?year={year}")
    return _page(request, year, days_form=form)


@policy("organisation.propose_rule", DECIDERS, methods=("POST",))
def propose_rule(request: Request) -> HttpResponse:
    """Propose a due rule."""
    form = DueRuleForm(request.POST)
    if done(
        form,
        lambda: services.propose_rule(
            form.rule,
            form.cleaned_data["opens"],
            basis=form.cleaned_data["basis"],
            scope=request.scope,
            moment=request.moment,
        ),
    ):
        messages.success(request, "截止规则已提出，等考核办另一人复核；从下一次填报起用。")
        return redirect("organisation:calendar")
    return _page(request, request.moment.business_date.year, rule_form=form)


@policy("organisation.decide_calendar", DECIDERS, methods=("POST",))
def decide_calendar(request: Request, key: int) -> HttpResponse:
    """Approve, refuse or withdraw a proposal."""
    found = get_object_or_404(CalendarProposal.objects.select_related("proposed_by"), pk=key)
    form = AnswerForm(request.POST)
    if done(
        form, lambda: services.decide_calendar(found, form.given(request.scope, request.moment))
    ):
        messages.success(request, f"{found}：{Decision(found.decision).label}。")
    else:
        messages.error(request, form.said)
    year = found.year or request.moment.business_date.year
    return redirect(f"{reverse('organisation:calendar')}?year={year}")


def _page(request: Request, number: int, **forms: object) -> HttpResponse:
    year, due = queries.calendar_year(number), queries.due_rule()
    context = {
        "here": "calendar",
        "year": year,
        "years": queries.calendar_years(request.moment.business_date),
        "due": due,
        "dues": queries.due_days(number, due),
        "proposals": [
            (each, queries.answers_open(request.scope, access.Proposal.of_calendar(each)))
            for each in queries.calendar_proposals()
        ],
        "may_propose": not access.against_proposing(request.scope),
        "days_form": DaysForm(initial={"days": year.lines, "basis": year.basis}),
        "rule_form": DueRuleForm(initial=stated(due.rule, due.opens_day, due.basis)),
        **forms,
    }
    return page(request, "organisation/calendar.html", context)


def _year(asked: str, request: Request) -> int:
    said = int(asked) if asked.isdecimal() else request.moment.business_date.year
    return said if EARLIEST <= said <= LATEST else request.moment.business_date.year
