"""Published results, for everybody: ranks, grades, totals and what proves them; no evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render

from zhenxing.assessment.models import Round
from zhenxing.assessment.queries import reckoning, tables
from zhenxing.assessment.queries import rounds as asking
from zhenxing.assessment.queries.schemes import issued_late
from zhenxing.assessment.queries.tables import Sight
from zhenxing.kernel.periods import Period
from zhenxing.web import listing as web_listing
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from zhenxing.web.http import Request

SORTS = {"scheme": "scheme__name", "period": "period", "published": "published"}


@policy("assessment.public", public=True)
def listing(request: Request) -> HttpResponse:
    """List the county's published results."""
    found = web_listing.of_query(
        request,
        _published(),
        search=("scheme__name", "period", "document"),
        sorts=SORTS,
        first="-published",
    )
    return render(request, "assessment/public.html", {"here": "results", "listing": found})


@policy("assessment.public_one", public=True)
def one(request: Request, key: int) -> HttpResponse:
    """Show one published result with its digests; one that was tampered with says so."""
    round_ = get_object_or_404(_published(), pk=key)
    run = round_.runs.select_related("edition__scheme__owner").get(pk=round_.result_id or 0)
    before = asking.before(round_)
    everything = Sight(everything=True)
    context = {
        "here": "results",
        "round": round_,
        "run": run,
        "table": tables.table(run, everything, before.result if before else None),
        "is_whole": reckoning.is_whole(run),
        "before": before,
        "late": issued_late(round_.edition, Period.parse(round_.period).first_day),
    }
    return render(request, "assessment/public_one.html", context)


def _published() -> QuerySet[Round]:
    """Give the published rounds of the county's own schemes."""
    rows = Round.objects.published().filter(scheme__owner__parent__isnull=True)
    return rows.select_related("scheme__owner", "edition").defer("edition__text")
