"""Where a person lands, one town's month, the county's heat table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.adoption.queries import sources
from zhenxing.cockpit import queries, sheets
from zhenxing.cockpit.today import today
from zhenxing.indicators import queries as indicator_queries
from zhenxing.indicators.choices import READERS
from zhenxing.reporting.choices import READERS as RETURN_READERS
from zhenxing.reporting.queries import desk
from zhenxing.web.asking import asked
from zhenxing.web.policy import is_local, policy

if TYPE_CHECKING:
    from zhenxing.web.http import Request

COUNTY_READERS = "KDX"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@policy("cockpit.home", public=True)
def home(request: Request) -> HttpResponse:
    """Send everybody to the page their day begins with."""
    scope = request.scope
    if not scope.signed_in:
        at_home = request.is_demo and is_local(request)
        return redirect("accounts:demo" if at_home else "accounts:sign_in")
    if scope.has(*COUNTY_READERS):
        return redirect("cockpit:county")
    if scope.towns:
        return redirect("cockpit:town", code=min(scope.towns))
    if scope.has("V"):
        return redirect("reporting:list")
    return redirect("organisation:units")


@policy("cockpit.town", READERS)
def town(request: Request, code: str) -> HttpResponse:
    """Show a town's month: targets against time, lamps, who has handed in."""
    unit = get_object_or_404(indicator_queries.readable_units(request.scope), code=code)
    question = asked(request)
    told = queries.town(unit, question, request.scope)
    context = {
        "here": "cockpit",
        "town": unit,
        "asked": question,
        "told": told,
        "sources": sources.of_units({code}, request.scope),
        "things": today(told, question, request.scope),
        "opens_returns": request.scope.has(*RETURN_READERS),
        "urgings": desk.unread_urgings(request.scope) if request.scope.reports else [],
    }
    return render(request, "cockpit/town.html", context)


@policy("cockpit.county", COUNTY_READERS)
def county(request: Request) -> HttpResponse:
    """Show all towns × the headline indicators, and who has handed in."""
    question, wanted = asked(request), request.GET.get("class", "")
    told = queries.county(question, request.scope, wanted)
    context = {"here": "cockpit", "asked": question, "told": told, "wanted": wanted}
    return render(request, "cockpit/county.html", context)


@policy("cockpit.county_sheet", COUNTY_READERS)
def county_sheet(request: Request) -> HttpResponse:
    """Give the heat table as a workbook."""
    question, wanted = asked(request), request.GET.get("class", "")
    told = queries.county(question, request.scope, wanted)
    mark = "演示数据" if request.is_demo else ""
    response = HttpResponse(sheets.heat(told, question, mark=mark), content_type=XLSX)
    name = f"heat-{question.month}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
