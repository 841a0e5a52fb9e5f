"""How figures, dates, lamps and bars are written on a page; a builtin library of every template."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from zhenxing.kernel import wording
from zhenxing.kernel.periods import Period
from zhenxing.web import navigation, slots
from zhenxing.web.scope import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from zhenxing.web.listing import Listing

register = template.Library()

NOTHING = "—"
SHOWN_OF_PHONE = 5
WHOLE = Decimal(100)
LAMP_WORDS = {"green": "绿灯", "yellow": "黄灯", "red": "红灯", "grey": "未公布"}


@register.filter
def number(value: Decimal | int | None, places: int | None = None) -> str:
    """Write a number with thousands commas; nothing becomes a dash, never a zero."""
    return NOTHING if value is None else wording.number(Decimal(value), places)


@register.filter
def signed(value: Decimal | int | None, places: int = 2) -> str:
    """Write a number with + or − before it."""
    return NOTHING if value is None else wording.signed(Decimal(value), places)


@register.filter
def percent(value: Decimal | int | None, places: int = 2) -> str:
    """Write a percentage with its sign."""
    return NOTHING if value is None else wording.percent(Decimal(value), places)


@register.filter
def points(value: Decimal | int | None, places: int = 2) -> str:
    """Write a difference of percentages."""
    return NOTHING if value is None else wording.points(Decimal(value), places)


@register.filter
def chinese_date(day: date | None) -> str:
    """Write 2023年10月25日（周三）."""
    return NOTHING if day is None else wording.chinese_date(day)


@register.filter
def short_date(day: date | None) -> str:
    """Write 10月25日（周三）."""
    return NOTHING if day is None else wording.short_date(day)


@register.filter
def clock(at: datetime | None) -> str:
    """Write a real moment to the minute, in the county's time zone."""
    return NOTHING if at is None else localtime(at).strftime("%Y-%m-%d %H:%M")


@register.filter
def masked(number: str) -> str:
    """Write a telephone number with its middle hidden."""
    return f"{number[:3]}****{number[-2:]}" if len(number) > SHOWN_OF_PHONE else "****"


@register.filter
def period_label(period: Period | str) -> str:
    """Write 2023年9月 for a period or its key."""
    return (period if isinstance(period, Period) else Period.parse(period)).label


@register.filter
def to_date_label(period: Period | str) -> str:
    """Write 2023年1—9月 for a period or its key."""
    return (period if isinstance(period, Period) else Period.parse(period)).to_date_label


@register.filter
def named(letters: Iterable[str], names: Mapping[str, str]) -> str:
    """Write the names of letters or codes, in order."""
    return "；".join(names[letter] for letter in letters if letter in names)


@register.simple_tag
def lamp(colour: str, words: str = "") -> SafeString:
    """Draw a lamp: a shape and a word, for the colour green, yellow, red or grey."""
    key = str(getattr(colour, "value", colour))
    return format_html('<span class="lamp lamp-{}">{}</span>', key, words or LAMP_WORDS[key])


@register.simple_tag
def move(places: int | None) -> SafeString:
    """Draw a rank's move: places won are ▲, places lost ▼."""
    if not places:
        return format_html('<span class="move move-none">{}</span>', NOTHING)
    css, sign, word = ("up", "▲", "上升") if places > 0 else ("down", "▼", "下降")
    return format_html(
        '<span class="move move-{}" title="{}{}位">{}{}</span>',
        css,
        word,
        abs(places),
        sign,
        abs(places),
    )


@register.simple_tag
def bar(
    done: Decimal | None,
    time: Decimal | None = None,
    *,
    late: bool = False,
) -> SafeString:
    """Draw the share done against the mark of time, both in percent; the gap is amber, or red."""
    if done is None:
        return format_html('<svg class="bar" aria-hidden="true">{}</svg>', _rect("track", 0, WHOLE))
    filled = min(max(done, Decimal(0)), WHOLE)
    label = f"完成 {wording.percent(done)}"
    gap = mark = SafeString()
    if time is not None:
        label = f"{label}，序时进度 {wording.percent(time)}"
        mark = format_html(
            '<line class="bar-time" x1="{0}%" x2="{0}%" y1="1" y2="15"/>', _exact(time)
        )
        if filled < time:
            gap = _rect("gap-late" if late else "gap", filled, time - filled)
    return format_html(
        '<svg class="bar" role="img" aria-label="{}">{}{}{}{}</svg>',
        label,
        _rect("track", 0, WHOLE),
        _rect("fill", 0, filled),
        gap,
        mark,
    )


@register.simple_tag(takes_context=True)
def navigation_links(context: Mapping[str, Any]) -> list[navigation.Link]:
    """Give the navigation of this person; a page that shows a town puts `town` into its context."""
    town = getattr(context.get("town"), "code", "")
    scope = context.get("scope") or NOBODY
    day = context.get("business_date")
    return list(navigation.links(scope, str(context.get("here", "")), town, day))


@register.simple_tag(takes_context=True)
def slot(context: Mapping[str, Any], name: str, thing: object = None) -> SafeString:
    """Show what higher parts put into this place of the page."""
    return slots.shown(name, context, thing)


@register.simple_tag
def listing_address(listing: Listing[Any], **changes: str | int) -> str:
    """Give the address of a list with some of what was asked changed."""
    return listing.address(**changes)


@register.simple_tag
def sort_link(listing: Listing[Any], key: str, label: str) -> SafeString:
    """Make a column's header sort the list, and the other way round when clicked again."""
    here = listing.sort.removeprefix("-") == key
    return format_html(
        '<a class="sort{}" href="{}"{}>{}</a>',
        "" if listing.sort.startswith("-") else " sort-up",
        listing.address(sort=listing.turned(key)),
        SafeString(' aria-current="true"') if here else "",
        label,
    )


def _rect(kind: str, start: Decimal | int, width: Decimal) -> SafeString:
    return format_html(
        '<rect class="bar-{}" x="{}%" y="4" width="{}%" height="8"/>',
        kind,
        _exact(start),
        _exact(width),
    )


def _exact(value: Decimal | int) -> str:
    return f"{Decimal(value):.2f}"
