"""The administrator's upkeep of units and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from zhenxing.organisation import queries, services
from zhenxing.organisation.forms import (
    CloseForm,
    GroupForm,
    LeaveForm,
    MemberForm,
    RenameForm,
    UnitForm,
)
from zhenxing.organisation.models import Membership, Unit, WorkingGroup
from zhenxing.organisation.views.answers import beside, done, page
from zhenxing.organisation.views.people import KEEPERS
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpResponse

    from zhenxing.organisation.views.answers import Refused
    from zhenxing.web.http import Request


@policy("organisation.upkeep", KEEPERS)
def upkeep(request: Request, code: str) -> HttpResponse:
    """Show what can be changed about a unit."""
    return _unit_page(request, _unit(code))


@policy("organisation.rename_unit", KEEPERS, methods=("POST",))
def rename_unit(request: Request, code: str) -> HttpResponse:
    """Give a unit another name."""
    unit, form = _unit(code), RenameForm(request.POST)
    if _acted(request, form, lambda **said: services.rename(unit, **said), "已改名"):
        return redirect("organisation:upkeep", code)
    return _unit_page(request, _unit(code), rename=form)


@policy("organisation.close_unit", KEEPERS, methods=("POST",))
def close_unit(request: Request, code: str) -> HttpResponse:
    """Close a unit on a day."""
    unit, form = _unit(code), CloseForm(request.POST)
    if _acted(request, form, lambda **said: services.close(unit, **said), "已定撤销日期"):
        return redirect("organisation:upkeep", code)
    return _unit_page(request, unit, close=form)


@policy("organisation.open_unit", KEEPERS, methods=("POST",))
def open_unit(request: Request, code: str) -> HttpResponse:
    """Set up a unit below this one."""
    above = _unit(code)
    form = UnitForm(request.POST, above=above, on=request.moment.business_date)
    if done(
        form,
        lambda: services.open_unit(
            form.new,
            document=form.cleaned_data["document"],
            scope=request.scope,
            moment=request.moment,
        ),
    ):
        messages.success(request, f"{form.cleaned_data['name']}已设立，并已记入账本。")
        return redirect("organisation:upkeep", form.cleaned_data["code"])
    return _unit_page(request, above, new_unit=form)


@policy("organisation.open_group", KEEPERS, methods=("POST",))
def open_group(request: Request, code: str) -> HttpResponse:
    """Set up a working group of this unit."""
    unit = _unit(code)
    form = GroupForm(request.POST, of=unit, on=request.moment.business_date)
    if done(
        form,
        lambda: services.open_group(
            form.new,
            document=form.cleaned_data["document"],
            scope=request.scope,
            moment=request.moment,
        ),
    ):
        messages.success(request, f"{form.cleaned_data['name']}已成立，并已记入账本。")
        return redirect("organisation:group", form.new.code)
    return _unit_page(request, unit, new_group=form)


@policy("organisation.group", KEEPERS)
def group(request: Request, code: str) -> HttpResponse:
    """Show what can be changed about a working group."""
    return _group_page(request, _group(code))


@policy("organisation.rename_group", KEEPERS, methods=("POST",))
def rename_group(request: Request, code: str) -> HttpResponse:
    """Give a group another name."""
    found, form = _group(code), RenameForm(request.POST)
    if _acted(request, form, lambda **said: services.rename(found, **said), "已改名"):
        return redirect("organisation:group", code)
    return _group_page(request, _group(code), rename=form)


@policy("organisation.close_group", KEEPERS, methods=("POST",))
def close_group(request: Request, code: str) -> HttpResponse:
    """Close a group on a day."""
    found, form = _group(code), CloseForm(request.POST)
    if _acted(request, form, lambda **said: services.close(found, **said), "已定撤销日期"):
        return redirect("organisation:group", code)
    return _group_page(request, found, close=form)


@policy("organisation.join_group", KEEPERS, methods=("POST",))
def join_group(request: Request, code: str) -> HttpResponse:
    """Put a person into a group."""
    found = _group(code)
    form = MemberForm(request.POST, of=found, on=request.moment.business_date)
    if done(
        form,
        lambda: services.join_group(form.new, scope=request.scope, moment=request.moment),
    ):
        messages.success(request, "已加入，并已记入账本。")
        return redirect("organisation:group", code)
    return _group_page(request, found, member=form)


@policy("organisation.leave_group", KEEPERS, methods=("POST",))
def leave_group(request: Request, key: int) -> HttpResponse:
    """End a person's place in a group."""
    rows = Membership.objects.select_related("group__unit", "person")
    place, form = get_object_or_404(rows, pk=key), LeaveForm(request.POST)
    if _acted(request, form, lambda **said: services.leave_group(place, **said), "已离开"):
        return redirect("organisation:group", place.group.code)
    return _group_page(request, place.group, leave=(place.pk, form))


def _acted(request: Request, form: forms.Form, act: Callable[..., object], said: str) -> bool:
    """Do the act with what the form says, and say so."""
    is_done = done(
        form, lambda: act(**form.cleaned_data, scope=request.scope, moment=request.moment)
    )
    if is_done:
        messages.success(request, f"{said}，并已记入账本。")
    return is_done


def _unit(code: str) -> Unit:
    return get_object_or_404(Unit.objects.select_related("parent"), code=code)


def _group(code: str) -> WorkingGroup:
    return get_object_or_404(WorkingGroup.objects.select_related("unit"), code=code)


def _unit_page(request: Request, unit: Unit, **forms: object) -> HttpResponse:
    day = request.moment.business_date
    context = {
        "here": "units",
        "unit": unit,
        "groups": unit.groups.order_by("code"),
        "rename": RenameForm(initial={"name": unit.name}),
        "close": CloseForm(initial={"on": day}),
        "new_unit": UnitForm(above=unit, on=day) if UnitForm.fits(unit) else None,
        "new_group": GroupForm(of=unit, on=day) if unit.town_code == unit.code else None,
        **forms,
    }
    return page(request, "organisation/upkeep.html", context)


def _group_page(request: Request, found: WorkingGroup, **forms: object) -> HttpResponse:
    day = request.moment.business_date
    refused = cast("Refused", forms.pop("leave", None))
    blank = lambda: LeaveForm(initial={"until": day})  # noqa: E731  # one for each place
    context = {
        "here": "units",
        "group": found,
        "places": beside(queries.places_in(found), "leave", blank, refused),
        "rename": RenameForm(initial={"name": found.name}),
        "close": CloseForm(initial={"on": day}),
        "member": MemberForm(of=found, on=day),
        **forms,
    }
    return page(request, "organisation/group.html", context, refused=refused is not None)
