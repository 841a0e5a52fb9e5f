"""A table pasted from Word or Excel, shown beside what it was taken for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from zhenxing.assessment import editions
from zhenxing.assessment.choices import OFFICE, SchemeKind, Subjects
from zhenxing.assessment.queries import schemes as asking
from zhenxing.assessment.sheet import text_of
from zhenxing.assessment.sheet.pasting import grid_of, pasted, sheet_of
from zhenxing.targets.views.answers import UNPROCESSABLE
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenxing.web.http import Request


@policy("assessment.scheme_paste", OFFICE, methods=("GET", "POST"))
def paste(request: Request) -> HttpResponse:
    """Take a pasted table; show each guess beside its words. Keeping it is a step of its own."""
    said = request.POST
    context = {
        "here": "assessment",
        "owners": asking.owners(editions.seats_of(request), request.scope),
        "kinds": SchemeKind.choices,
        "subjects": Subjects.choices,
        "table": said.get("table", ""),
        "posted": said.dict(),
    }
    if request.method != "POST":
        return render(request, "assessment/scheme_paste.html", context)
    found = pasted(grid_of(said.get("table", "")))
    year = str(request.moment.business_date.year)
    name = said.get("name", "").strip()
    head = {"id": f"scheme-{year}", "name": name, "year": year}
    head = {cell: text for cell, text in head.items() if text}
    codes = {each: code for code, each, _ in asking.indicators()}
    context |= {"found": found, "text": text_of(sheet_of(found, head, codes))}
    status = 200 if found.lines else UNPROCESSABLE
    return render(request, "assessment/scheme_paste.html", context, status=status)
