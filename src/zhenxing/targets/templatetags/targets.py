"""How breakdowns and acknowledgements are written on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from zhenxing.targets import queries

if TYPE_CHECKING:
    from zhenxing.indicators.models import Target

register = template.Library()

register.filter("steps_of", queries.signed_steps)
register.filter("is_signed", queries.is_signed)


@register.filter
def acknowledged_by(row: Target) -> str:
    """Say who took note of a target; nobody is an empty text."""
    return row.acknowledgement.by_name if queries.is_acknowledged(row) else ""
