"""Where the word 目标 leads, and the county's matrix of indicators by towns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render

from zhenxing.indicators import queries as indicator_queries
from zhenxing.targets import queries, sheets
from zhenxing.targets.choices import COUNTY_READERS, READERS
from zhenxing.targets.views.answers import XLSX, file, mark_of
from zhenxing.web.asking import asked
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenxing.web.http import Request


@policy("targets.home", READERS)
def home(request: Request) -> HttpResponse:
    """Lead to the person's own town, or to the county's matrix."""
    scope = request.scope
    if scope.has(*COUNTY_READERS) or not scope.towns:
        return redirect("targets:county")
    return redirect("targets:town", code=min(scope.towns))


@policy("targets.county", COUNTY_READERS)
def matrix(request: Request) -> HttpResponse:
    """Show every target of the year in force, towns side by side."""
    question = asked(request)
    codes = indicator_queries.visible_codes(request.scope)
    told = queries.matrix(question.month.year, question.day, codes)
    title = f"{question.month.year}年各镇目标任务"
    if "xlsx" in request.GET:
        book = sheets.county(title, told, question.day, mark=mark_of(request))
        return file(book, f"{title}.xlsx", XLSX)
    context = {"here": "targets", "asked": question, "told": told, "heading": title}
    return render(request, "targets/county.html", context)
