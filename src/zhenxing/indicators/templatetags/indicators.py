"""How a row of the month is written on a page: value, targets, lamp, bar, heat cell."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.html import format_html

from zhenxing.engine.lamps import Colour
from zhenxing.engine.rows import Row, State
from zhenxing.kernel import wording
from zhenxing.kernel.values import MASKED, MISSING, is_known
from zhenxing.web.templatetags.wording import NOTHING, bar

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from zhenxing.engine.targets import Target
    from zhenxing.kernel.values import Value

register = template.Library()

GREY_WORDS = {
    State.NOT_PUBLISHED: "未公布",
    State.NOT_RECEIVED: "未收到",
    State.MASKED: "未公开",
    State.UNDECIDED: "未判",
}
AWAITED = {State.NOT_PUBLISHED, State.NOT_RECEIVED}
LIT = {Colour.GREEN, Colour.YELLOW, Colour.RED}


@register.filter
def shown(value: Value | None, places: int = 0) -> str:
    """Write a value; masked, missing and not there are three different signs."""
    if value is None:
        return NOTHING
    if is_known(value):
        return wording.number(value, places)
    return "**" if value is MASKED else "未报"


@register.filter
def value_of(row: Row) -> str:
    """Write the row's year to date; what the statistics office still owes is not 未报."""
    if row.value is MISSING and row.indicator.is_received:
        return NOTHING
    return shown(row.value, row.indicator.decimals)


@register.filter
def aims(row: Row) -> list[str]:
    """Give every target in force, the level first: ≥1,900 and 增12%."""
    return [_label(each.target.target) for each in row.judgements] or [NOTHING]


@register.filter
def targets_of(row: Row) -> str:
    """Write every target in force in one line."""
    return "；".join(aims(row))


@register.filter(name="is_known")
def has_value(row: Row) -> bool:
    """Whether the row has a value to show: not missing, not masked."""
    return is_known(row.value)


@register.simple_tag
def lamp_of(row: Row) -> SafeString:
    """Draw the row's lamp; what has no lamp says so in words."""
    colour = row.lamp.colour
    if colour in LIT:
        return format_html(
            '<span class="lamp lamp-{}" title="{}">{}</span>',
            colour.value, row.lamp.reason, colour.label,
        )  # fmt: skip
    if colour is Colour.GREY:
        words = GREY_WORDS.get(row.state, colour.label)
        return format_html(
            '<span class="lamp lamp-grey" title="{}">{}</span>', row.lamp.reason, words
        )
    if colour is Colour.MISSING:
        return format_html('<span class="tag tag-late" title="{}">未报</span>', row.lamp.reason)
    return format_html('<span class="faint">{}</span>', row.lamp.reason)


@register.simple_tag
def bar_of(row: Row) -> SafeString:
    """Draw the share done against the time mark."""
    return bar(row.completion, row.time_progress, late=row.lamp.colour is Colour.RED)


@register.simple_tag
def heat(row: Row, keep: str) -> SafeString:
    """Draw one cell of the heat table: shape left, signed points right; four kinds of no number.

    `keep` is the part of the address that carries month and day to the indicator's page.
    """
    address = f"{reverse('indicators:one', args=[row.unit, row.indicator.code])}?{keep}"
    css, words = _heat_words(row)
    return format_html(
        '<td class="heat heat-{}"><a href="{}" title="{}">{}{}</a></td>',
        css, address, row.lamp.reason,
        format_html('<span class="skip">{}</span>', row.lamp.colour.label) if css in LIT else "",
        words,
    )  # fmt: skip


def _heat_words(row: Row) -> tuple[str, str]:
    colour, figure = row.lamp.colour, _heat_figure(row)
    if colour in LIT and figure is not None:
        return colour.value, figure
    if colour is Colour.MISSING:
        return "missing", "未报"
    if row.state in AWAITED:
        return "grey", GREY_WORDS[row.state]
    words = {State.MASKED: "**", State.NO_TASK: "无任务", State.NO_TARGET: "无目标"}
    return "none", words.get(row.state, colour.label)


def _heat_figure(row: Row) -> str | None:
    measured: Decimal | None = row.main.measured if row.main else None
    if row.lead is not None:
        measured = row.lead
    return None if measured is None else wording.signed(measured, 1)


def _label(target: Target) -> str:
    return "无任务" if target.no_task else target.label
