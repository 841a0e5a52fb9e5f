"""A table pasted from Word or Excel, shown beside what it was taken for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import render

from zhenxing.assessment import editions
from zhenxing.assessment.choices import OFFICE, SchemeKind, Subjects
from zhenxing.assessment.queries import schemes as asking
from zhenxing.assessment.sheet import text_of
from zhenxing.assessment.sheet.pasting import Pasted, grid_of, pasted, sheet_of
from zhenxing.assessment.views.answers import UNPROCESSABLE
from zhenxing.documents import services as documents
from zhenxing.kernel.problems import Problem
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenxing.web.http import Request


@policy("assessment.scheme_paste", OFFICE, methods=("GET", "POST"))
def paste(request: Request) -> HttpResponse:
    """Take a pasted table; show each guess beside its words. Keeping it is a step of its own."""
    said = request.POST
    context: dict[str, Any] = {
        "here": "assessment",
        "owners": asking.owners(editions.seats_of(request), request.scope),
        "kinds": SchemeKind.choices,
        "subjects": Subjects.choices,
        "table": said.get("table", ""),
        "posted": said.dict(),
    }
    if request.method != "POST":
        return render(request, "assessment/scheme_paste.html", context)
    grid = _grid(request)
    found = Pasted((), (grid,)) if isinstance(grid, Problem) else pasted(grid)
    year = str(request.moment.business_date.year)
    name = said.get("name", "").strip()
    head = {"id": f"scheme-{year}", "name": name, "year": year}
    head = {cell: text for cell, text in head.items() if text}
    codes = {each: code for code, each, _ in asking.indicators()}
    context |= {"found": found, "text": text_of(sheet_of(found, head, codes))}
    status = 200 if found.lines else UNPROCESSABLE
    return render(request, "assessment/scheme_paste.html", context, status=status)


def _grid(request: Request) -> list[list[str]] | Problem:
    """Give the cells that were brought: of a file if there is one, else of what was pasted."""
    brought = request.FILES.get("file")
    if brought is None:
        return grid_of(request.POST.get("table", ""))
    data, name = brought.read(settings.UPLOAD_BYTES + 1), brought.name or "未命名"
    if name.lower().endswith(".docx"):
        text = documents.read_paper(data, name)
        if isinstance(text, Problem):
            return text
        return grid_of("\n".join(line for line in text.splitlines() if "\t" in line))
    book = documents.read_workbook(data, name)
    return book if isinstance(book, Problem) else documents.fullest_rows(book)
