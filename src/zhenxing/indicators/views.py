"""A unit's indicators as a tree table, and one indicator with all it has been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from zhenxing.indicators import charts, naming, queries, sheets
from zhenxing.indicators.choices import READERS
from zhenxing.indicators.models import Indicator
from zhenxing.indicators.screens import Screen
from zhenxing.organisation.models import Unit
from zhenxing.web.asking import asked
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from zhenxing.web.asking import Asked
    from zhenxing.web.http import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@policy("indicators.list", READERS)
def listing(request: Request, code: str) -> HttpResponse:
    """Show every indicator of a unit, by field, with its month."""
    unit = get_object_or_404(queries.readable_units(request.scope), code=code)
    question = asked(request)
    codes = queries.visible_codes(request.scope, code)
    month = queries.month(
        question.month,
        question.day,
        peers=queries.class_of(code, question.day),
        units=[code],
        codes=codes,
    )
    order = {known.code: place for place, known in enumerate(queries.definitions(codes))}
    rows = sorted(month.rows, key=lambda row: order[row.indicator.code])
    wanted, show = request.GET.get("q", "").strip(), request.GET.get("show", "")
    screen = Screen.of(rows, question, wanted, show)
    if "xlsx" in request.GET:
        return _workbook(request, unit, question, screen)
    context = {"here": "indicators", "town": unit, "asked": question, "screen": screen}
    return render(request, "indicators/list.html", context)


def _workbook(request: Request, unit: Unit, question: Asked, screen: Screen) -> HttpResponse:
    mark = "演示数据" if request.is_demo else ""
    content = sheets.month(unit.name, screen.rows, question, synonyms=queries.synonyms(), mark=mark)
    response = HttpResponse(content, content_type=XLSX)
    name = f"indicators-{unit.code}-{question.month}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@policy("indicators.one", READERS)
def one(request: Request, code: str, indicator: str) -> HttpResponse:
    """Show one indicator of a unit: course, peers, every vintage, what it means."""
    unit = get_object_or_404(queries.readable_units(request.scope), code=code)
    codes = queries.visible_codes(request.scope, code)
    visible = Indicator.objects.select_related("field", "lead", "curve", "part_of")
    if codes is not None:
        visible = visible.filter(code__in=codes)
    question = asked(request)
    told = queries.history(
        get_object_or_404(visible, code=indicator), unit, question.month, question.day
    )
    names = dict(Unit.objects.towns().values_list("code", "name"))
    context = {
        "here": "indicators",
        "town": unit,
        "asked": question,
        "told": told,
        "row": told.row,
        "this_year": [v for v in told.vintages if v.period.year == question.month.year],
        "earlier": [v for v in told.vintages if v.period.year != question.month.year],
        "chart": charts.trajectory(told),
        "chart_words": charts.described(told),
        "peers": [(names.get(row.unit, unit.name), row) for row in told.peers],
        "leading": Indicator.objects.filter(code__in=told.row.leading).values_list("code", "name"),
        "synonyms": list(told.indicator.synonyms.all()),
        "may_name": request.scope.has(*naming.READERS),
        "charges": told.indicator.charges.filter(group__unit=unit).select_related("group"),
    }
    return render(request, "indicators/one.html", context)
