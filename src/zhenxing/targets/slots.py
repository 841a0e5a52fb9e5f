"""What this part shows on lower pages: who answers for an indicator, and the way to its targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from zhenxing.targets import queries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenxing.engine.rows import Row


def line_of_indicator(context: Mapping[str, Any], _: object = None) -> SafeString:
    """Show who answers for the indicator of the page."""
    told, unit, asked = context["told"], context["town"], context["asked"]
    code = told.indicator.code
    line = queries.lines_of(unit, [code], asked.day)[code]
    shown = {"line": line, "indicator": told.indicator, "town": unit, "asked": asked}
    return mark_safe(render_to_string("targets/slot_line.html", shown))  # noqa: S308  # a template's


def link_of_list(context: Mapping[str, Any], _: object = None) -> SafeString:
    """Lead from the list of a unit's indicators to its targets."""
    address = reverse("targets:town", args=[context["town"].code])
    return format_html(
        '<a class="button" href="{}?{}">目标任务</a>', address, context["asked"].keep
    )


def link_of_row(context: Mapping[str, Any], thing: object) -> SafeString:
    """Lead from the targets of a row to their own page."""
    row = cast("Row", thing)
    if not row.judgements:
        return SafeString()
    return format_html(
        ' <a class="row-more" href="{}?{}" aria-label="{}的目标和分解">→</a>',
        reverse("targets:one", args=[row.unit, row.indicator.code]),
        context["asked"].keep,
        row.indicator.name,
    )
