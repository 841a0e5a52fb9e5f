"""Papers to download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from zhenxing.indicators import queries as indicator_queries
from zhenxing.indicators.choices import READERS
from zhenxing.papers import queries
from zhenxing.web.asking import asked, month_named
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from zhenxing.web.http import Request

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@policy("papers.notice", READERS)
def notice(request: Request, code: str, period: str) -> HttpResponse:
    """Give the month's notice of a unit as a Word file."""
    unit = get_object_or_404(indicator_queries.readable_units(request.scope), code=code)
    month, day = month_named(period), asked(request).day
    codes = indicator_queries.visible_codes(request.scope, code)
    response = HttpResponse(queries.month_notice(unit, month, day, codes), content_type=DOCX)
    name = f"notice-{code}-{month}.docx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
