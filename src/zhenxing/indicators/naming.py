"""The page of the names an indicator goes by in papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.indicators import access, queries, services
from zhenxing.indicators.choices import TEACHERS
from zhenxing.indicators.models import Indicator
from zhenxing.indicators.queries import teaching
from zhenxing.organisation.services import ActRefusedError
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from zhenxing.kernel.problems import Problem
    from zhenxing.web.http import Request

UNPROCESSABLE = 422
READERS = "KDX"


@policy("indicators.names", READERS)
def names(request: Request, indicator: str) -> HttpResponse:
    """Show the names an indicator goes by."""
    return _show(request, _indicator(request, indicator))


@policy("indicators.add_name", TEACHERS, methods=("POST",))
def add(request: Request, indicator: str) -> HttpResponse:
    """Let the indicator go by another name."""
    row, posted = _indicator(request, indicator), request.POST.dict()
    try:
        made = services.add_synonym(
            indicator=row,
            name=posted.get("name", ""),
            basis=posted.get("basis", ""),
            scope=request.scope,
            moment=request.moment,
        )
    except ActRefusedError as refused:
        return _show(request, row, refused.problems)
    messages.success(request, f"以后读到“{made.name}”就是“{row.name}”。")
    return redirect("indicators:names", indicator=row.code)


@policy("indicators.remove_name", TEACHERS, methods=("POST",))
def remove(request: Request, indicator: str, key: int) -> HttpResponse:
    """Let the indicator go by a name no longer."""
    row = _indicator(request, indicator)
    synonym = get_object_or_404(row.synonyms, pk=key)
    try:
        services.remove_synonym(synonym=synonym, scope=request.scope, moment=request.moment)
    except ActRefusedError as refused:
        return _show(request, row, refused.problems)
    messages.success(request, f"去掉了别名“{synonym.name}”；以前按它归好的不变。")
    return redirect("indicators:names", indicator=row.code)


def _indicator(request: Request, code: str) -> Indicator:
    rows = Indicator.objects.select_related("lead")
    codes = queries.visible_codes(request.scope)
    if codes is not None:
        rows = rows.filter(code__in=codes)
    return get_object_or_404(rows, code=code)


def _show(request: Request, row: Indicator, problems: Sequence[Problem] = ()) -> HttpResponse:
    posts = teaching.posts_of(request.scope, request.moment.business_date)
    context = {
        "here": "indicators", "indicator": row, "rows": list(row.synonyms.all()),
        "problems": problems, "posted": request.POST, "may_teach": access.teaches(
            posts, row.lead.code
        ),
    }  # fmt: skip
    return render(
        request, "indicators/names.html", context, status=UNPROCESSABLE if problems else 200
    )
