"""The table editor: a scheme as rows, its own text beside, the checker live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render

from zhenxing.assessment import editions
from zhenxing.assessment.choices import OFFICE
from zhenxing.assessment.editor_form import form_of, rule_forms
from zhenxing.assessment.queries import schemes as asking
from zhenxing.assessment.services import schemes as services
from zhenxing.assessment.sheet import parse, text_of, told_by_row
from zhenxing.assessment.sheet.posting import done, posted
from zhenxing.assessment.sheet.totals import totals
from zhenxing.assessment.views.answers import UNPROCESSABLE
from zhenxing.organisation.services import ActRefusedError
from zhenxing.web.errors import Refusal
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from zhenxing.assessment.models import Edition
    from zhenxing.assessment.sheet import Sheet
    from zhenxing.kernel.problems import Problem
    from zhenxing.web.http import Request

CONFLICT = 409


@policy("assessment.scheme_edit", OFFICE)
def edit(request: Request, code: str, number: int) -> HttpResponse:
    """Show a draft as rows, or as text where it has no shape of rows or the person asks."""
    row = _draft(request, code, number)
    sheet = None if "text" in request.GET else parse(row.text)
    return _page(request, row, sheet, row.text)


@policy("assessment.scheme_sheet", OFFICE, methods=("POST",))
def sheet(request: Request, code: str, number: int) -> HttpResponse:
    """Save the rows, or add, take away and move one; what is not saved yet stays on the page."""
    row, made = _draft(request, code, number), posted(request.POST.dict())
    act = request.POST.get("do", "save")
    if act == "save":
        return _save(request, row, made, text_of(made))
    at = done(made, act) if ":" in act or act == "section" else "head"
    return _page(request, row, made, text_of(made), {"at": at, "is_unsaved": True})


@policy("assessment.scheme_text", OFFICE, methods=("POST",))
def text(request: Request, code: str, number: int) -> HttpResponse:
    """Save the text itself, written by hand."""
    written = request.POST.get("text", "").replace("\r\n", "\n")
    return _save(request, _draft(request, code, number), None, written)


@policy("assessment.scheme_check", OFFICE, methods=("POST",))
def check(request: Request, code: str, number: int) -> HttpResponse:
    """Check what stands on the page without keeping it; a piece of a page."""
    _draft(request, code, number)
    if "text" in request.POST:
        written = request.POST["text"].replace("\r\n", "\n")
        context = _checked(parse(written), written)
    else:
        made = posted(request.POST.dict())
        context = _checked(made, text_of(made))
    return render(request, "assessment/editor_check.html", context)


def _draft(request: Request, code: str, number: int) -> Edition:
    row = editions.edition_of(request, code, number)
    if not editions.may(request, row).keep:
        raise Refusal(403, "不能改这个方案", "方案由考核单位自己的人员拟定", "请联系考核办")
    if not row.is_draft:
        what = f"这一版{row.get_state_display()}，不再改"
        raise Refusal(CONFLICT, "不能改", what, "要修订请另拟新的一版")
    return row


def _save(request: Request, row: Edition, made: Sheet | None, written: str) -> HttpResponse:
    seen = request.POST.get("draft", "")
    try:
        services.save(
            edition=row,
            draft=int(seen) if seen.isdecimal() and len(seen) < 9 else 0,  # noqa: PLR2004  # a small number
            text=written,
            scope=request.scope,
            moment=request.moment,
            reason=request.POST.get("reason", ""),
        )
    except ActRefusedError as refused:
        row.refresh_from_db()
        more = {"problems": refused.problems, "is_unsaved": True}
        return _page(request, row, made, written, more)
    messages.success(request, "已存稿")
    response = redirect("assessment:scheme_edit", code=row.scheme.code, number=row.number)
    response.headers["Location"] += "?text" if made is None else ""
    return response


def _checked(sheet: Sheet | None, written: str) -> dict[str, Any]:
    found = asking.checked(written)
    return {
        "told": told_by_row(written, found.problems),
        "errors": len(found.errors),
        "totals": totals(sheet) if sheet else (),
        "is_text": sheet is None,
    }


def _page(
    request: Request,
    row: Edition,
    sheet: Sheet | None,
    written: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    more = more or {}
    indicators = asking.indicators()
    codes = {code for code, _, _ in indicators}
    problems: Sequence[Problem] = more.get("problems", ())
    context = {
        "here": "assessment",
        "edition": row,
        "form": form_of(sheet, codes) if sheet else None,
        "rule_forms": rule_forms(),
        "written": written,
        "stored": row.text if problems else "",
        "reason": request.POST.get("reason", row.reason),
        "indicators": indicators,
        "departments": asking.departments(request.moment.business_date),
        **_checked(sheet, written),
        **more,
    }
    return render(
        request, "assessment/editor.html", context, status=UNPROCESSABLE if problems else 200
    )
