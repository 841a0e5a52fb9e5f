"""Schemes and their editions, for everyone who reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count
from django.shortcuts import render

from zhenxing.assessment.choices import READERS
from zhenxing.assessment.models import Scheme
from zhenxing.web import listing as web_listing
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenxing.web.http import Request

SORTS = {"name": "name", "kind": "kind", "owner": "owner__position", "editions": "count"}


@policy("assessment.schemes", READERS)
def listing(request: Request) -> HttpResponse:
    """List the schemes a person may read."""
    rows = Scheme.objects.visible_to(request.scope).select_related("owner")
    found = web_listing.of_query(
        request,
        rows.annotate(count=Count("editions")),
        search=("name", "code", "owner__name"),
        sorts=SORTS,
        first="kind",
    )
    return render(request, "assessment/schemes.html", {"here": "assessment", "listing": found})
