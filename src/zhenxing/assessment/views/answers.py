"""What several views of schemes answer alike: files, and the status of a refused form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.http import content_disposition_header

if TYPE_CHECKING:
    from zhenxing.web.http import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
UNPROCESSABLE = 422
DEMO = "演示数据"


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
