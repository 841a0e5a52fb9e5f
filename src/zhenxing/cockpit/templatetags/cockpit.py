"""One block a working group: handed in, under way, not begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join

from zhenxing.reporting.choices import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from zhenxing.cockpit.queries import HandIn

register = template.Library()

WIDTH, STEP = 21, 24
FILLS = {Status.NOT_STARTED.value: "none", Status.DRAFT.value: "soft"}


@register.simple_tag
def blocks(hand_ins: Sequence[HandIn]) -> SafeString:
    """Draw a town's groups as blocks; the words say the same."""
    words = "，".join(f"{each.group.name}{each.label}" for each in hand_ins)
    drawn = format_html_join(
        "",
        '<rect class="fill-{}" x="{}" width="{}" height="10"/>',
        ((FILLS.get(each.status, "deep"), n * STEP, WIDTH) for n, each in enumerate(hand_ins)),
    )
    return format_html(
        '<svg class="blocks" viewBox="0 0 {} 10" role="img" aria-label="{}">{}</svg>',
        max(len(hand_ins) * STEP, STEP), words, drawn,
    )  # fmt: skip
