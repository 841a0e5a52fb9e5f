"""The hand-in: what is due, the form out and in, the check before it counts, the receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header

from zhenxing.audit import queries as audit_queries
from zhenxing.audit.models import Receipt
from zhenxing.reporting import access, desk, queries, screens, services, sheets
from zhenxing.reporting.choices import READERS, WRITERS
from zhenxing.reporting.form import workbook
from zhenxing.reporting.form.answers import content_from
from zhenxing.reporting.form.reading import LONGEST_NUMBER
from zhenxing.reporting.models import Submission, Upload, Version
from zhenxing.reporting.views import life
from zhenxing.web import listing as web_listing
from zhenxing.web.errors import BAD_REQUEST, Refusal
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zhenxing.web.http import Request

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPROCESSABLE, CONFLICT = 422, 409


@policy("reporting.list", READERS)
def listing(request: Request) -> HttpResponse:
    """List a month's hand-in: one's own groups, the town's seven, or the county's."""
    today = request.moment.business_date
    call = queries.call_for(request.GET.get("period", ""), today)
    if call is None:
        return render(request, "reporting/none.html", {"here": "returns"})
    villages = "villages" in request.GET
    is_mine = request.scope.roles <= set(WRITERS) and not villages
    dues = (
        queries.own_dues(request.scope)
        if is_mine
        else queries.dues(call, request.scope, villages=villages)
    )
    shown = [due for due in dues if due.is_in(request.GET.get("state", ""))]
    if "xlsx" in request.GET:
        return _file(
            sheets.states(call, shown, request.moment), f"{call.period}填报情况.xlsx", EXCEL
        )
    order = "-month" if is_mine else "place"
    context = screens.listed(call, dues, request.scope, request.moment) | {
        "is_mine": is_mine,
        "villages": villages,
        "state": request.GET.get("state", ""),
        "listing": web_listing.of_rows(
            request, shown, words=lambda due: due.words, sorts=queries.DUE_SORTS, first=order
        ),
    }
    return render(request, "reporting/list.html", context)


@policy("reporting.one", READERS)
def one(request: Request, period: str, group: str) -> HttpResponse:
    """Show a group's hand-in: its versions and differences, how far it has come, what to do."""
    submission = _submission(request, period, group)
    return life.one_page(request, submission, desk.Typed())


@policy("reporting.form", WRITERS)
def form(request: Request, period: str, group: str) -> HttpResponse:
    """Give the Excel form; with `from` an upload's numbers stand in it."""
    submission = _own(request, period, group)
    filled = None
    if request.GET.get("from"):
        upload = get_object_or_404(
            _uploads(request).filter(submission=submission), pk=_uuid(request.GET["from"])
        )
        filled = content_from(upload.content["values"], upload.content["parts"])
    asked = queries.form_of(submission, request.moment.business_date, filled=filled)
    return _file(workbook.written(asked, request.moment.at), f"{asked.title}.xlsx", EXCEL)


@policy("reporting.upload", WRITERS, methods=("POST",))
def upload(request: Request, period: str, group: str) -> HttpResponse:
    """Read an uploaded form: on to its check, or back with everything that is wrong."""
    submission = _own(request, period, group)
    brought = request.FILES.get("file")
    if brought is None:
        raise Refusal(400, "没有收到文件", "没有选择文件，或上传中断", "请回到填报页选好文件再传")
    name = brought.name or "未命名.xlsx"
    kept = services.upload(
        brought.read(settings.UPLOAD_BYTES + 1),
        name=name,
        submission=submission,
        scope=request.scope,
        moment=request.moment,
    )
    if isinstance(kept, Upload):
        return redirect("reporting:preview", token=kept.token)
    context = screens.refused(submission, kept, request.moment) | {"name": name}
    return render(request, "reporting/refused.html", context, status=UNPROCESSABLE)


@policy("reporting.preview", WRITERS)
def preview(request: Request, token: UUID) -> HttpResponse:
    """Show what an upload says before it counts."""
    kept = get_object_or_404(_uploads(request), pk=token)
    handed = Version.objects.filter(key=token).first()
    if handed:
        return redirect("reporting:receipt", number=handed.receipt)
    if kept.base_version != kept.submission.latest:
        return _overtaken(request, kept, queries.latest_of(kept.submission))
    context = screens.preview(kept, request.moment)
    return render(request, "reporting/preview.html", context)


@policy("reporting.submit", WRITERS, methods=("POST",))
def submit(request: Request, token: UUID) -> HttpResponse:
    """Hand an upload in; sent again it leads to the same receipt."""
    kept = get_object_or_404(_uploads(request), pk=token)
    base = request.POST.get("base_version", "")
    if not base.isdecimal() or len(base) > LONGEST_NUMBER:
        raise BAD_REQUEST
    done = services.submit(
        token=token, scope=request.scope, moment=request.moment, base_version=int(base)
    )
    if isinstance(done, services.Handed):
        if done.unchanged:
            messages.info(request, f"与{done.version.label}一样，没有另记一版；原回执仍然有效。")
        return redirect("reporting:receipt", number=done.receipt)
    if isinstance(done, services.Conflict):
        return _overtaken(request, kept, done.latest)
    raise Refusal(CONFLICT, "没有报上", f"{done.where}{done.what}", done.next)


@policy("reporting.receipt", READERS)
def receipt(request: Request, number: str) -> HttpResponse:
    """Show a receipt, how to keep it and how to check it."""
    version = get_object_or_404(_versions(request), receipt=number)
    kept = get_object_or_404(Receipt.objects.select_related("entry"), pk=number)
    context = screens.frame(version.submission, request.moment) | {
        "version": version,
        "receipt": kept,
        "entry": kept.entry,
        "early": (version.submission.call.due - version.business_date).days,
        "count": len(version.values),
    }
    return render(request, "reporting/receipt.html", context)


@policy("reporting.receipt_file", READERS)
def receipt_file(request: Request, number: str) -> HttpResponse:
    """Give the receipt as the file that `receipt_check.py` reads."""
    get_object_or_404(_versions(request), receipt=number)
    kept = get_object_or_404(Receipt, pk=number)
    return _file(
        audit_queries.receipt_file(kept).encode(), f"回执-{number}.json", "application/json"
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BAD_REQUEST from error


def _overtaken(request: Request, kept: Upload, latest: Version | None) -> HttpResponse:
    """Answer 409 with both versions side by side; nothing of either is lost."""
    context = screens.conflict(kept, latest, request.moment)
    return render(request, "reporting/conflict.html", context, status=CONFLICT)


def _submission(request: Request, period: str, group: str) -> Submission:
    rows = Submission.objects.visible_to(request.scope).select_related(
        "call", "group__unit__parent"
    )
    return get_object_or_404(rows, call__code=period, group__code=group)


def _own(request: Request, period: str, group: str) -> Submission:
    """Give the submission to the group's own reporter; another group of the town is refused."""
    submission = _submission(request, period, group)
    if not access.may_submit(request.scope, group):
        who = f"{submission.group.name}的报表只由该专班的填报员下载、上传"
        raise Refusal(403, "这不是您填的表", who, "请填您本专班的表；岗位有变动请联系县级管理员")
    return submission


def _uploads(request: Request) -> QuerySet[Upload]:
    rows = Upload.objects.filter(by__username=request.scope.username)
    return rows.select_related("submission__call", "submission__group__unit", "file")


def _versions(request: Request) -> QuerySet[Version]:
    visible = Submission.objects.visible_to(request.scope)
    rows = Version.objects.filter(submission__in=visible)
    return rows.select_related("submission__call", "submission__group__unit", "file")


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response
