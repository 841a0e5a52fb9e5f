"""What this part puts on the page of an indicator: its slips, and the way to a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from zhenxing.indicators.models import Charge
from zhenxing.indicators.queries import History
from zhenxing.reporting import access
from zhenxing.reporting.queries import correcting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenxing.organisation.models import WorkingGroup
    from zhenxing.web.scope import Scope

SHOWN = 5


def propose_button(context: Mapping[str, Any], told: object) -> SafeString:
    """Show the reporter who answers for the indicator the way to a slip, once the month is over."""
    if not isinstance(told, History) or told.row.period is None:
        return SafeString()
    group = _group(context["scope"], told)
    place = correcting.place_of(group, told.indicator.code, told.row.period) if group else None
    if place is None or correcting.not_correctable(place) is not None:
        return SafeString()
    return _drawn("slip_button", context, {"place": place, "period": str(place.period)})


def slips_panel(context: Mapping[str, Any], told: object) -> SafeString:
    """Show the last slips about the indicator, decided or not."""
    if not isinstance(told, History):
        return SafeString()
    rows = correcting.slips(context["scope"]).filter(unit=told.unit, indicator=told.indicator)
    found = list(rows[:SHOWN])
    return _drawn("slip_panel", context, {"slips": found}) if found else SafeString()


def _group(scope: Scope, told: History) -> WorkingGroup | None:
    """Give the group that answers for the indicator, if the person hands in for it."""
    charges = Charge.objects.filter(
        indicator=told.indicator, group__unit=told.unit, group__code__in=scope.reports
    )
    found = charges.select_related("group__unit").first()
    return found.group if found and access.may_submit(scope, found.group.code) else None


def _drawn(name: str, context: Mapping[str, Any], shown: dict[str, object]) -> SafeString:
    return render_to_string(f"reporting/{name}.html", shown, request=context["request"])
