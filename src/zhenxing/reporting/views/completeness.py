"""Who came and who came in time: towns by months, and one unit's groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from zhenxing.organisation.models import Unit
from zhenxing.reporting import call_screens, call_sheets
from zhenxing.reporting.queries import completeness
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from zhenxing.web.http import Request

READERS = "KLGFCSX"


@policy("reporting.completeness", READERS)
def overview(request: Request) -> HttpResponse:
    """Show towns by months."""
    frame, standings = _asked(request)
    matrix = completeness.by_town(frame["calls"], standings)
    if "xlsx" in request.GET:
        content = call_sheets.completeness(matrix, "报送完整和及时", request.moment)
        return call_sheets.answer(content, f"报送完整和及时-{frame['year']}.xlsx")
    context = frame | {"matrix": matrix, "formulas": call_sheets.FORMULAS}
    return render(request, "reporting/completeness.html", context)


@policy("reporting.completeness_unit", READERS)
def unit(request: Request, code: str) -> HttpResponse:
    """Show one town's groups by months, each cell with its day."""
    town = get_object_or_404(Unit.objects.visible_to(request.scope).towns(), code=code)
    frame, found = _asked(request)
    standings = [each for each in found if each.town.pk == town.pk]
    matrix = completeness.by_group(frame["calls"], standings)
    if "xlsx" in request.GET:
        name = f"{town.name}报送完整和及时"
        content = call_sheets.completeness(matrix, name, request.moment)
        return call_sheets.answer(content, f"{name}-{frame['year']}.xlsx")
    context = frame | {
        "town": town,
        "matrix": matrix,
        "rows": completeness.cells(matrix.calls, standings),
        "tags": call_screens.TAGS,
        "formulas": call_sheets.FORMULAS,
    }
    return render(request, "reporting/completeness_unit.html", context)


def _asked(request: Request) -> tuple[dict[str, Any], list[completeness.Standing]]:
    """Read which year is asked for, the latest where none is, and whether of the villages."""
    years, said = completeness.years(), request.GET.get("year", "")
    year = int(said) if said.isdecimal() and int(said) in years else max(years, default=0)
    today, villages = request.moment.business_date, bool(request.GET.get("villages"))
    calls = completeness.begun_in(year, today)
    standings = completeness.standings(calls, request.scope, today)
    frame = {
        "here": "completeness",
        "year": year,
        "years": years,
        "calls": calls,
        "villages": villages,
    }
    return frame, call_screens.of_groups(standings, villages=villages)
