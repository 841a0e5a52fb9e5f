"""The way from anywhere to the very line of a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from zhenxing.adoption.choices import READERS
from zhenxing.adoption.models import Item
from zhenxing.adoption.queries import sources
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenxing.web.http import Request


@policy("adoption.line", READERS)
def line(request: Request, key: int) -> HttpResponse:
    """Open a thing that was read where it stands in its paper, in the version it was read in."""
    rows = Item.objects.visible_to(request.scope).select_related("reading", "split_of")
    item = get_object_or_404(rows, pk=key)
    address = reverse("adoption:reading", args=[item.reading.paper_id])
    return redirect(f"{address}?version={item.reading.version}#t{sources.anchor_of(item)}")
