"""A new indicator for a thing that was read and that the dictionary lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from zhenxing.adoption import forms
from zhenxing.adoption.models import Item
from zhenxing.adoption.queries import sources
from zhenxing.adoption.services import teaching
from zhenxing.adoption.views import answers
from zhenxing.indicators import choices
from zhenxing.indicators.models import IndicatorField
from zhenxing.indicators.queries.teaching import leads_for
from zhenxing.organisation.services import ActRefusedError
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse

    from zhenxing.kernel.problems import Problem
    from zhenxing.web.http import Request

# A harvest needs its months, which the county's pack gives.
FREQUENCIES = (("year", "每年"), ("half", "每半年"), ("quarter", "每季"), ("month", "每月"))


@policy("adoption.indicator", choices.TEACHERS)
def indicator(request: Request, key: int) -> HttpResponse:
    """Ask for a new indicator, with what the paper says of it filled in."""
    item = _item(request, key)
    return _ask(request, item, forms.prefilled(item))


@policy("adoption.create", choices.TEACHERS, methods=("POST",))
def create(request: Request, key: int) -> HttpResponse:
    """Add the indicator and map the thing to it; what was typed stays where it is refused."""
    item, posted = _item(request, key), request.POST.dict()
    try:
        made = teaching.create(
            item=item,
            edition=forms.whole(posted.get("edition", "")),
            said=forms.new_indicator(posted),
            scope=request.scope,
            moment=request.moment,
        )
    except ActRefusedError as refused:
        return _ask(request, item, posted, refused.problems)
    messages.success(request, f"已新建指标“{made.name}”，第{item.number}条归到了它。")
    address = reverse("adoption:reading", args=[item.reading.paper_id])
    return redirect(f"{address}#f{sources.anchor_of(item)}")


def _item(request: Request, key: int) -> Item:
    rows = Item.objects.visible_to(request.scope)
    return get_object_or_404(rows.select_related("reading__paper", "split_of"), pk=key)


def _ask(
    request: Request, item: Item, posted: Mapping[str, str], problems: Sequence[Problem] = ()
) -> HttpResponse:
    context: dict[str, Any] = {
        "here": "reading", "item": item, "paper": item.reading.paper, "posted": posted,
        "problems": problems, "leads": leads_for(request.scope, request.moment.business_date),
        "fields": IndicatorField.objects.all(), "natures": choices.Nature.choices,
        "sources": choices.SOURCES, "readings": choices.Reading.choices,
        "directions": choices.Direction.choices, "types": choices.Kind.choices,
        "frequencies": FREQUENCIES,
    }  # fmt: skip
    status = answers.UNPROCESSABLE if problems else 200
    return render(request, "adoption/indicator.html", context, status=status)
