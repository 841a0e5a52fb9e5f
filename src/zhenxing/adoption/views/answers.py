"""What several pages answer alike: files that the site wrote, papers as they came."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from zhenxing.documents import services as documents
from zhenxing.web.errors import Refusal

if TYPE_CHECKING:
    from zhenxing.documents.models import File

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPROCESSABLE, BROKEN = 422, 500
MEGABYTE = 1024 * 1024


def workbook(content: bytes, name: str) -> HttpResponse:
    """Give a workbook that the site wrote."""
    return _given(content, name, XLSX)


def original(file: File) -> HttpResponse:
    """Give a paper as the file it came as; never shown in place."""
    path = documents.stored_at(file.sha256)
    data = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(data).hexdigest() != file.sha256:
        why = "存放的文件不在了，或与登记的指纹（SHA-256）不符"
        raise Refusal(BROKEN, "这份来文打不开", why, "请把文件名和时间告诉县级管理员，由备份恢复")
    response = _given(data, file.name, "application/octet-stream")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _given(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response
