"""What this part puts on the demo page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from zhenxing.organisation.forms import BusinessDateForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.safestring import SafeString


def date_panel(context: Mapping[str, Any], _thing: object) -> SafeString:
    """Show the form that moves the working day."""
    form = BusinessDateForm(initial={"to": context["business_date"]})
    return render_to_string(
        "organisation/demo_date.html", {"form": form}, request=context["request"]
    )
