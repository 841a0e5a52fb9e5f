"""What several pages of this part answer alike: files, typed numbers, papers that were brought."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from zhenxing.documents import services as documents
from zhenxing.reporting.services.evidence import plain_name
from zhenxing.reporting.services.wishing import Paper
from zhenxing.web.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenxing.documents.models import File
    from zhenxing.web.http import Request

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
DEMO = "演示数据"
UNPROCESSABLE, BROKEN = 422, 500
_WHOLE = re.compile(r"[0-9]{1,9}")
_FIGURE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?")


def papers_of(request: Request, name: str = "papers") -> list[Paper]:
    """Read the files that came with a form, each under a harmless name."""
    return [
        Paper(plain_name(file.name or ""), file.read(settings.UPLOAD_BYTES + 1))
        for file in request.FILES.getlist(name)
    ]


def made(content: bytes, name: str) -> HttpResponse:
    """Give a file that the site wrote."""
    response = HttpResponse(content, content_type=KINDS[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response


def kept(file: File) -> HttpResponse:
    """Give a paper as the file it came as; never shown in place."""
    path = documents.stored_at(file.sha256)
    data = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(data).hexdigest() != file.sha256:
        why = "存放的文件不在了，或与登记的指纹（SHA-256）不符"
        raise Refusal(BROKEN, "这份材料打不开", why, "请把文件名和时间告诉县级管理员，由备份恢复")
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def whole(posted: Mapping[str, str], name: str) -> int:
    """Read a small whole number; what is none counts as zero."""
    written = posted.get(name, "").strip()
    return int(written) if _WHOLE.fullmatch(written) else 0


def figure(written: str) -> Decimal | None:
    """Read a plain number; None for anything else."""
    plain = written.strip().replace(",", "").replace("，", "")
    return Decimal(plain) if _FIGURE.fullmatch(plain) else None


def day_of(written: str) -> date | None:
    """Read a date as a form writes it; None for anything else."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None
