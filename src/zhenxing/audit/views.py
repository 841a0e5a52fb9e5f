"""The ledger's pages: entries, closed months' roots, the receipt checker and its key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render

from zhenxing.audit import keys, queries, receipt_check
from zhenxing.audit.forms import LedgerFilter
from zhenxing.audit.models import Entry
from zhenxing.web import listing
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from zhenxing.web.http import Request

EVERYBODY = "AKDLGFVCSX"
SEARCHED = ("subject", "actor_name", "actor")


@policy("audit.ledger", EVERYBODY)
def ledger(request: Request) -> HttpResponse:
    """List the entries this person may read."""
    visible = Entry.objects.visible_to(request.scope)
    form = LedgerFilter(request.GET)
    found = listing.of_query(
        request,
        form.applied(visible),
        search=SEARCHED,
        sorts={"sequence": "sequence", "day": "business_date", "actor": "actor_name"},
        first="-sequence",
    )
    context = {
        "here": "ledger",
        "listing": found,
        "actions": queries.actions(visible),
        "form": form,
        "asked": form.cleaned_data,
        "head": Entry.objects.order_by("-sequence").first(),
    }
    return render(request, "audit/ledger.html", context)


@policy("audit.public", public=True)
def public(request: Request) -> HttpResponse:
    """Show the closed months' roots, and nothing else of the ledger."""
    context = {"roots": queries.closing_roots(), "has_key": keys.exist()}
    return render(request, "audit/public.html", context)


@policy("audit.checker", public=True)
def checker(request: Request) -> HttpResponse:
    """Give the file that checks receipts offline."""
    text = Path(receipt_check.__file__).read_bytes()
    return _download(
        HttpResponse(text, content_type="text/x-python; charset=utf-8"), "receipt_check.py"
    )


@policy("audit.key", public=True)
def key(request: Request) -> HttpResponse:
    """Give the public key that receipts are checked with."""
    if not keys.exist():
        raise Http404("本站还没有记过账，钥匙在第一次记账时生成。")
    return _download(JsonResponse(keys.public()), "site-key.json")


def _download(response: HttpResponse, name: str) -> HttpResponse:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
