"""Papers behind the numbers: brought on the page, taken away again only as files."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header

from zhenxing.documents import services as documents
from zhenxing.kernel.problems import Problem
from zhenxing.reporting import queries, services
from zhenxing.reporting.choices import WRITERS
from zhenxing.reporting.views.filling import own_submission
from zhenxing.web.errors import Refusal
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from zhenxing.web.http import Request

EVIDENCE_READERS = "KDLGFVCSX"
UNPROCESSABLE, BROKEN = 422, 500


@policy("reporting.evidence_add", WRITERS, methods=("POST",))
def add(request: Request, period: str, group: str) -> HttpResponse:
    """Take papers in; one that does not fit is named, the others are kept."""
    submission = own_submission(request, period, group)
    brought = request.FILES.getlist("file")
    if not brought:
        raise Refusal(400, "没有收到文件", "没有选择文件，或上传中断", "请回到填报页选好文件再传")
    for file in brought:
        done = services.attach(
            file.read(settings.UPLOAD_BYTES + 1),
            name=file.name or "未命名",
            submission=submission,
            about=request.POST.get("about", ""),
            scope=request.scope,
            moment=request.moment,
        )
        if isinstance(done, Problem):
            messages.error(request, done.sentence)
        else:
            messages.success(request, f"{done.file.name} 已作为佐证保存。")
    return redirect("reporting:fill", period, group)


@policy("reporting.evidence", EVIDENCE_READERS)
def file(request: Request, number: int) -> HttpResponse:
    """Give a paper as the file it came as; never shown in place."""
    paper = get_object_or_404(queries.visible_evidence(request.scope), pk=number)
    path = documents.stored_at(paper.file.sha256)
    data = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(data).hexdigest() != paper.file.sha256:
        why = "存放的文件不在了，或与登记的指纹（SHA-256）不符"
        raise Refusal(BROKEN, "这份佐证打不开", why, "请把文件名和时间告诉县级管理员，由备份恢复")
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=paper.file.name) or "attachment"
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
