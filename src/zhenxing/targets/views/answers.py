"""What several views answer alike: files, units and indicators within scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from zhenxing.indicators import queries as indicator_queries
from zhenxing.indicators.models import Indicator

if TYPE_CHECKING:
    from zhenxing.organisation.models import Unit
    from zhenxing.web.http import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
UNPROCESSABLE = 422
DEMO = "演示数据"


def unit_of(request: Request, code: str) -> Unit:
    """Give the county or town if its figures may be read, else 404."""
    return get_object_or_404(indicator_queries.readable_units(request.scope), code=code)


def indicator_of(request: Request, unit: str, code: str) -> Indicator:
    """Give an indicator if it may be read for the unit, else 404."""
    rows = Indicator.objects.select_related("field", "lead", "curve", "part_of")
    codes = indicator_queries.visible_codes(request.scope, unit)
    return get_object_or_404(rows if codes is None else rows.filter(code__in=codes), code=code)


def file(content: bytes, name: str, kind: str) -> HttpResponse:
    """Give bytes to download."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response


def mark_of(request: Request) -> str:
    """Give the mark that files of a demo carry."""
    return DEMO if request.is_demo else ""
