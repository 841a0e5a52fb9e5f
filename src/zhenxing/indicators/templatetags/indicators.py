"""How a row of the month is written on a page: value, targets, lamp, bar, heat cell."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html

from zhenxing.engine.lamps import Colour
from zhenxing.engine.rows import Row, State
from zhenxing.kernel import wording
from zhenxing.kernel.values import MASKED, is_known
from zhenxing.web.templatetags.wording import NOTHING, bar

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from zhenxing.engine.targets import Target
    from zhenxing.kernel.values import Value

register = template.Library()

GREY_WORDS = {
    State.NOT_PUBLISHED: "未公布",
    State.MASKED: "未公开",
    State.UNDECIDED: "未判",
}
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
    """Write the row's year to date with the indicator's decimals."""
    return shown(row.value, row.indicator.decimals)


@register.filter
def targets_of(row: Row) -> str:
    """Write every target in force, the level first: 「≥1,900；增12%」."""
    return "；".join(_label(each.target.target) for each in row.judgements) or NOTHING


@register.filter
def says_something(row: Row) -> bool:
    """Whether the row has numbers to show, rather than one reason across its columns."""
    return row.value is not None and row.state is not State.NO_TASK


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
def heat(row: Row | None) -> SafeString:
    """Draw one cell of the heat table: shape left, signed points right; four kinds of no number."""
    if row is None:
        return format_html('<td class="heat num">{}</td>', NOTHING)
    colour, figure = row.lamp.colour, _heat_figure(row)
    if colour in LIT and figure is not None:
        return format_html(
            '<td class="heat heat-{0} num" title="{1}"><span class="mark lamp-{0}">'
            '<span class="skip">{2}</span></span>{3}</td>',
            colour.value, row.lamp.reason, colour.label, figure,
        )  # fmt: skip
    if colour is Colour.MISSING:
        return format_html('<td class="heat heat-missing num" title="{}">未报</td>', row.lamp.reason)
    if row.state is State.MASKED:
        return format_html('<td class="heat num"><abbr title="{}">**</abbr></td>', row.lamp.reason)
    if row.state is State.NOT_PUBLISHED:
        return format_html(
            '<td class="heat heat-unpublished num" title="{}">未公布</td>', row.lamp.reason
        )
    word = "无任务" if row.state is State.NO_TASK else "无目标"
    return format_html('<td class="heat num faint" title="{}">{}</td>', row.lamp.reason, word)


def _heat_figure(row: Row) -> str | None:
    measured: Decimal | None = row.main.measured if row.main else None
    if row.lead is not None:
        measured = row.lead
    return None if measured is None else wording.signed(measured, 1)


def _label(target: Target) -> str:
    return "无任务" if target.no_task else target.label
