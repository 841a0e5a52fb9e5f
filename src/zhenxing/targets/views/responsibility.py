"""Who answers for what in a unit, and one leader's charges with their month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.accounts.models import User
from zhenxing.indicators import queries as indicator_queries
from zhenxing.indicators.models import Indicator
from zhenxing.organisation.models import WorkingGroup
from zhenxing.targets import access, forms, queries, services
from zhenxing.targets.choices import READERS
from zhenxing.targets.views.answers import UNPROCESSABLE, indicator_of, unit_of
from zhenxing.targets.views.labels import month_rows
from zhenxing.web import listing as web_listing
from zhenxing.web.asking import asked
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from zhenxing.engine.rows import Row
    from zhenxing.kernel.problems import Problem
    from zhenxing.organisation.models import Unit
    from zhenxing.targets.queries import Line
    from zhenxing.web.http import Request

Answered = tuple[Indicator, "Line"]
SORTS: dict[str, Callable[[Answered], object]] = {
    "order": lambda row: row[0].position,
    "name": lambda row: row[0].name,
    "whole": lambda row: str(row[1].whole) if row[1].whole else None,
    "direct": lambda row: str(row[1].direct) if row[1].direct else None,
}


@policy("targets.responsibility", READERS)
def listing(request: Request, code: str) -> HttpResponse:
    """List who answers for each indicator of a unit; who may set it gets the form."""
    return _list(request, unit_of(request, code), (), {})


@policy("targets.assign", "KC", methods=("POST",))
def assign(request: Request, code: str) -> HttpResponse:
    """Set who answers for an indicator from a day on."""
    unit, posted = unit_of(request, code), request.POST.dict()
    indicator = indicator_of(request, code, posted.get("indicator", ""))
    answer, problems = forms.read_answer(posted, unit, request.moment.business_date)
    if answer is None:
        return _list(request, unit, problems, posted)
    try:
        services.assign(
            unit=unit, indicator=indicator, answer=answer, scope=request.scope,
            moment=request.moment,
        )  # fmt: skip
    except services.ActRefusedError as refused:
        return _list(request, unit, refused.problems, posted)
    messages.success(request, f"已定{indicator.name}的责任人")
    return redirect("targets:responsibility", code=code)


@policy("targets.leader", READERS)
def leader(request: Request, username: str) -> HttpResponse:
    """Show one leader's charges: every indicator answered for in whole, with its month."""
    person, question = get_object_or_404(_people(request), username=username), asked(request)
    codes_of: dict[Unit, list[str]] = {}
    for unit, code in queries.charges_of(person, question.day):
        codes_of.setdefault(unit, []).append(code)
    readable = set(indicator_queries.readable_units(request.scope).values_list("code", flat=True))
    charges: list[tuple[Unit, list[Row]]] = []
    for unit, codes in codes_of.items():
        visible = indicator_queries.visible_codes(request.scope, unit.code)
        kept = [code for code in codes if visible is None or code in visible]
        if unit.code in readable and kept:
            charges.append((unit, month_rows(unit, question, kept)))
    context = {"here": "targets", "asked": question, "person": person, "charges": charges}
    return render(request, "targets/leader.html", context)


def _people(request: Request) -> QuerySet[User]:
    """Give the people with a place in a unit the person may read."""
    units = indicator_queries.readable_units(request.scope)
    places = Q(memberships__group__unit__in=units) | Q(posts__unit__in=units)
    return User.objects.filter(places).distinct()


def _list(
    request: Request, unit: Unit, problems: Sequence[Problem], posted: dict[str, str]
) -> HttpResponse:
    question = asked(request)
    codes = indicator_queries.visible_codes(request.scope, unit.code)
    indicators = Indicator.objects.select_related("field", "lead")
    if codes is not None:
        indicators = indicators.filter(code__in=codes)
    lines = queries.lines_of(unit, [each.code for each in indicators], question.day)
    rows = [(each, lines[each.code]) for each in indicators]
    seats = queries.seats(request.scope, request.moment.business_date)
    may_assign = access.may_assign(seats, unit.code)
    chosen = posted.get("indicator") or request.GET.get("indicator", "")
    context = {
        "here": "targets",
        "town": unit,
        "asked": question,
        "listing": web_listing.of_rows(request, rows, words=_words, sorts=SORTS, first="order"),
        "may_assign": may_assign,
        "chosen": next((each for each in rows if may_assign and each[0].code == chosen), None),
        "members": _members(unit) if may_assign else (),
        "groups": WorkingGroup.objects.filter(unit=unit) if may_assign else (),
        "problems": problems,
        "posted": posted,
    }
    status = UNPROCESSABLE if problems else 200
    return render(request, "targets/responsibility.html", context, status=status)


def _members(unit: Unit) -> QuerySet[User]:
    people = User.objects.filter(memberships__group__unit=unit, is_active=True)
    return people.distinct().order_by("username")


def _words(row: Answered) -> str:
    indicator, line = row
    people = " ".join(str(person) for person in line.people)
    return f"{indicator.name} {indicator.code} {people} {line.group.name if line.group else ''}"
