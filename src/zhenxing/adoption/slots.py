"""What this part shows on lower pages: the papers that targets and reference values came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from zhenxing.adoption.choices import READERS
from zhenxing.adoption.queries import sources
from zhenxing.indicators.queries import History

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhenxing.adoption.queries.sources import Place, Source
    from zhenxing.engine.rows import Row
    from zhenxing.targets.queries import Detail


def of_row(context: Mapping[str, Any], thing: object) -> SafeString:
    """Lead from the targets of a row to the lines they were read in.

    A page that wants this gives `sources`, asked once for all its rows.
    """
    known = cast("Mapping[Place, Source]", context.get("sources") or {})
    row = cast("Row", thing)
    places = (sources.place_of(each.target) for each in row.judgements)
    found = [known[place] for place in places if place in known]
    return format_html_join(
        "",
        ' <a class="row-source" href="{}" title="《{}》第{}条：{}">原文</a>',
        (
            (reverse("adoption:line", args=[each.item]), each.title, each.number, each.quote)
            for each in found
        ),
    )


def of_indicator(context: Mapping[str, Any], told: object) -> SafeString:
    """Show where an indicator's targets were read, and the reference values kept of it."""
    scope = context["scope"]
    if not isinstance(told, History) or not scope.has(*READERS):
        return SafeString()
    known = sources.of_units({told.unit.code}, scope)
    places = [(each.target, sources.place_of(each.target)) for each in told.row.judgements]
    aims = [
        (f"目标 {fact.target.label}", fact.document, known[place])
        for fact, place in places
        if place in known
    ]
    kept = [
        (f"参考值 {each.written}{told.indicator.measure}", each.period, source)
        for each, source in sources.references(told.unit.code, told.indicator.code, scope)
    ]
    return _panel([*aims, *kept])


def of_targets(context: Mapping[str, Any], told: object) -> SafeString:
    """Show in which lines of papers an indicator's targets were read, every version."""
    scope = context["scope"]
    if not scope.has(*READERS):
        return SafeString()
    versions = cast("Detail", told).versions
    found = sources.of_targets(versions, scope)
    rows = [
        (f"第{row.version}版 {row.aim.label}", row.document, found[row.pk])
        for row in versions
        if row.pk in found
    ]
    return _panel(rows)


def _panel(rows: Iterable[tuple[str, str, Source]]) -> SafeString:
    found = list(rows)
    if not found:
        return SafeString()
    return SafeString(render_to_string("adoption/slot_sources.html", {"rows": found}))
