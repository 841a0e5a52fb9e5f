"""The tree of units, one unit, and the act that moves the demo's day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.accounts.choices import Role
from zhenxing.organisation import profiles, queries, services
from zhenxing.organisation.forms import BusinessDateForm
from zhenxing.organisation.models import Unit
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenxing.web.http import Request

EVERYBODY = "AKDLGFVCSX"


@policy("organisation.units", EVERYBODY)
def units(request: Request) -> HttpResponse:
    """Show the units this person may open, as a tree, or those whose name fits the search."""
    wanted = request.GET.get("q", "").strip()
    sections = queries.sections(request.scope, request.moment.business_date, wanted)
    context = {"here": "units", "sections": sections, "wanted": wanted}
    return render(request, "organisation/units.html", context)


@policy("organisation.unit", EVERYBODY)
def unit(request: Request, code: str) -> HttpResponse:
    """Show one unit: profiles, offices, villages, groups, past results."""
    visible = Unit.objects.visible_to(request.scope).select_related("parent")
    shown = get_object_or_404(visible, code=code)
    known = list(shown.profiles.order_by("as_of"))
    context = {
        "here": "units",
        "unit": shown,
        "town": shown if shown.town_code == shown.code else None,
        "profiles": known,
        "lines": profiles.lines(known),
        "doubts": [(profile, doubt) for profile in known for doubt in profiles.doubts(profile)],
        "children": queries.children(shown, request.scope, request.moment.business_date),
        "groups": queries.groups_of(shown, request.scope, request.moment.business_date),
        "results": shown.past_results.order_by("-year"),
        "may_keep": request.scope.has(Role.ADMINISTRATOR),
    }
    return render(request, "organisation/unit.html", context)


@policy("organisation.demo_date", demo=True, methods=("POST",))
def demo_date(request: Request) -> HttpResponse:
    """Move the demo's working day."""
    form = BusinessDateForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return redirect("accounts:demo")
    try:
        site = services.move_business_date(
            **form.cleaned_data, by=queries.actor(request.scope), moment=request.moment
        )
    except services.ActRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"业务日期已改到{site.business_date}，并已记入账本。")
    return redirect("accounts:demo")
