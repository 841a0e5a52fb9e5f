"""Programmes and chains of a unit: the list, and one with its indicators' month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render

from zhenxing.indicators import queries as indicator_queries
from zhenxing.targets import queries
from zhenxing.targets.choices import READERS
from zhenxing.targets.views.answers import unit_of
from zhenxing.web.asking import asked
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpResponse

    from zhenxing.engine.rows import Row
    from zhenxing.organisation.models import Unit
    from zhenxing.web.asking import Asked
    from zhenxing.web.http import Request


@policy("targets.labels", READERS)
def listing(request: Request, code: str) -> HttpResponse:
    """List the programmes and chains."""
    unit = unit_of(request, code)
    context = {
        "here": "targets",
        "town": unit,
        "asked": asked(request),
        "labels": list(queries.labels()),
    }
    return render(request, "targets/labels.html", context)


@policy("targets.label", READERS)
def one(request: Request, code: str, label: str) -> HttpResponse:
    """Show a programme or chain: its indicators with the unit's month."""
    unit, question = unit_of(request, code), asked(request)
    found = get_object_or_404(queries.labels(), code=label)
    codes = queries.codes_of(found)
    visible = indicator_queries.visible_codes(request.scope, code)
    kept = [each for each in codes if visible is None or each in visible]
    context = {
        "here": "targets",
        "town": unit,
        "asked": question,
        "label": found,
        "rows": month_rows(unit, question, kept),
        "hidden": len(codes) - len(kept),
    }
    return render(request, "targets/label.html", context)


def month_rows(unit: Unit, question: Asked, codes: Collection[str]) -> list[Row]:
    """Give a unit's month for some indicators, in the order they are named."""
    peers = indicator_queries.class_of(unit.code, question.day)
    month = indicator_queries.month(
        question.month, question.day, peers=peers, units=[unit.code], codes=codes
    )
    order = {code: place for place, code in enumerate(codes)}
    return sorted(month.rows, key=lambda row: order[row.indicator.code])
