"""What was accepted in papers and waits for its part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from zhenxing.adoption import registers
from zhenxing.adoption.choices import READERS
from zhenxing.adoption.queries import waiting
from zhenxing.adoption.views import answers
from zhenxing.web import listing as web_listing
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenxing.web.http import Request

SORTS = {
    "subject": lambda row: row.item.subject,
    "kind": lambda row: row.item.number + 1000 * waiting.KINDS.index(row.item.kind),
    "who": lambda row: row.who or None,
    "paper": lambda row: (row.item.reading.paper.received, row.title),
    "there": lambda row: row.is_there,
}


@policy("adoption.drafts", READERS)
def listing(request: Request) -> HttpResponse:
    """List the accepted groups, days, tasks and projects, with what the site has already."""
    kind = request.GET.get("kind", "")
    rows = waiting.rows(request.scope, request.moment.business_date, kind)
    if "xlsx" in request.GET:
        return answers.workbook(registers.waiting(rows, request.moment), "待用的事.xlsx")
    found = web_listing.of_rows(
        request, rows, words=lambda row: row.words, sorts=SORTS, first="kind"
    )
    context = {
        "here": "reading", "listing": found, "kind": kind,
        "kinds": [(each.value, each.label) for each in waiting.KINDS],
    }  # fmt: skip
    return render(request, "adoption/drafts.html", context)
