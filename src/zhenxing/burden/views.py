"""The burden page: what was asked of whom, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from zhenxing.burden import queries, sheets
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from zhenxing.web.http import Request

READERS = "KLGFCSX"


@policy("burden.overview", READERS)
def overview(request: Request) -> HttpResponse:
    """Show a month by unit, a year by month, and what was asked besides."""
    years, said = queries.years(), request.GET.get("year", "")
    year = int(said) if said.isdecimal() and int(said) in years else max(years, default=0)
    today = request.moment.business_date
    told = queries.overview(year, request.GET.get("period", ""), request.scope, today)
    if "xlsx" in request.GET:
        response = HttpResponse(sheets.overview(told, request.moment), content_type=sheets.EXCEL)
        response.headers["Content-Disposition"] = (
            content_disposition_header(as_attachment=True, filename=f"填报负担-{year}.xlsx")
            or "attachment"
        )
        return response
    context = {
        "here": "burden",
        "told": told,
        "years": years,
        "year": year,
        "formulas": sheets.FORMULAS,
    }
    return render(request, "burden/overview.html", context)
