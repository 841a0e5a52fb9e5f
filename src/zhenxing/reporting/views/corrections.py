"""Correction slips: listed, proposed with evidence, signed by four, read for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.accounts import services as accounts
from zhenxing.documents import services as documents
from zhenxing.kernel.periods import Period, PeriodError
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.models import WorkingGroup
from zhenxing.reporting import access, correction_papers, correction_screens
from zhenxing.reporting.models import CorrectionSlip
from zhenxing.reporting.queries import correcting
from zhenxing.reporting.queries import pattern as patterns
from zhenxing.reporting.services import correcting as services
from zhenxing.reporting.services.evidence import plain_name
from zhenxing.reporting.services.wishing import MOST_PAPERS, Paper, Wish
from zhenxing.web import listing as web_listing
from zhenxing.web.errors import NOT_FOUND, Refusal
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenxing.reporting.queries.correcting import Place
    from zhenxing.reporting.queries.pattern import Case
    from zhenxing.web.http import Request

READERS = "KDLGFVCSX"
PROPOSERS = "FV"
UNPROCESSABLE, CONFLICT = 422, 409
SEARCHED = ("number", "unit__name", "indicator__name", "reason")
SORTS = {"number": "pk", "unit": "unit__position", "period": "period", "state": "state"}
CASE_SORTS: dict[str, Callable[[Case], Any]] = {
    "day": lambda case: case.day,
    "unit": lambda case: case.unit.code,
    "kind": lambda case: case.kind,
    "way": lambda case: case.way.label,
}


@policy("reporting.slips", READERS)
def listing(request: Request) -> HttpResponse:
    """List the slips that the person may read, those that wait for them first to be found."""
    rows, state = correcting.slips(request.scope), request.GET.get("state", "")
    unit = request.GET.get("unit", "")
    if unit:
        rows = rows.filter(unit__code=unit)
    kept = correction_screens.kept(rows, request.scope, state)
    if "xlsx" in request.GET:
        content = correction_papers.register(kept.prefetch_related("steps"), request.moment)
        return correction_papers.answer(content, "更正单.xlsx")
    context = {
        "here": "corrections",
        "state": state,
        "counts": correction_screens.counts(rows, request.scope),
        "may_read_pattern": request.scope.reads_all_figures,
        "listing": web_listing.of_query(
            request, kept.prefetch_related("steps"), search=SEARCHED, sorts=SORTS, first="-number"
        ),
    }
    return render(request, "reporting/slips.html", context)


@policy("reporting.slip_pattern", "KX")
def pattern(request: Request) -> HttpResponse:
    """Count, unit by unit, the returns and corrections after which a number was better."""
    cases = patterns.cases()
    unit, way = request.GET.get("unit", ""), request.GET.get("way", "")
    shown = [case for case in cases if unit in {"", case.unit.code} and way in {"", case.way}]
    if "xlsx" in request.GET:
        content = correction_papers.pattern(shown, request.moment)
        return correction_papers.answer(content, "更正和退回分析.xlsx")
    context = {
        "here": "corrections",
        "tallies": patterns.tallies(cases),
        "unit": unit,
        "way": way,
        "ways": list(patterns.Way),
        "listing": web_listing.of_rows(
            request, shown, words=lambda case: case.words, sorts=CASE_SORTS, first="-day"
        ),
    }
    return render(request, "reporting/slip_pattern.html", context)


@policy("reporting.slip_new", PROPOSERS)
def new(request: Request, group: str, indicator: str, period: str) -> HttpResponse:
    """Show what counts now, and ask for the number, the reason and the papers."""
    place = _own_place(request, group, indicator, period)
    context = correction_screens.new(place, request.moment) | {"most": MOST_PAPERS}
    return render(request, "reporting/slip_new.html", context)


@policy("reporting.slip_propose", PROPOSERS, methods=("POST",))
def propose(request: Request, group: str, indicator: str, period: str) -> HttpResponse:
    """Take the wish in, or give the page back with everything wrong and every word kept."""
    place = _own_place(request, group, indicator, period)
    papers = [
        Paper(plain_name(file.name or ""), file.read(settings.UPLOAD_BYTES + 1))
        for file in request.FILES.getlist("papers")
    ]
    wish = Wish(request.POST.get("new", ""), request.POST.get("reason", ""), papers)
    done = services.propose(place=place, wish=wish, scope=request.scope, moment=request.moment)
    if isinstance(done, CorrectionSlip):
        messages.success(request, f"{done.number} 已提出，等镇主要领导签署；原来的数仍然作数。")
        return redirect("reporting:slip", number=done.number)
    before = correcting.slip_under_way(place)
    if before and before.steps.filter(by=request.scope.username).exists():
        messages.warning(request, "这个数已经提过更正单，就是这一张，没有再提。")
        return redirect("reporting:slip", number=before.number)
    context = correction_screens.new(place, request.moment)
    context |= {"problems": done, "wish": wish, "most": MOST_PAPERS}
    return render(request, "reporting/slip_new.html", context, status=UNPROCESSABLE)


@policy("reporting.slip", READERS)
def one(request: Request, number: str) -> HttpResponse:
    """Show a slip: old and new, why, the papers, the four signatures, what would change."""
    slip = _slip(request, number)
    context = correction_screens.one(slip, request.scope, request.moment)
    return render(request, "reporting/slip.html", context)


@policy("reporting.slip_sign", "L", methods=("POST",))
def sign(request: Request, number: str) -> HttpResponse:
    """Take the town leader's signature, given with the password."""
    return _signed(request, number, services.sign)


@policy("reporting.slip_verify", "D", methods=("POST",))
def verify(request: Request, number: str) -> HttpResponse:
    """Take the lead department's word that its own records say the same."""
    return _signed(request, number, services.verify)


@policy("reporting.slip_approve", "K", methods=("POST",))
def approve(request: Request, number: str) -> HttpResponse:
    """Take the assessment office's approval; the new number counts from here on."""
    return _signed(request, number, services.approve)


@policy("reporting.slip_refuse", "LDK", methods=("POST",))
def refuse(request: Request, number: str) -> HttpResponse:
    """End a slip with a coded reason and a text."""
    slip = _slip(request, number)
    reason, text = request.POST.get("reason", ""), request.POST.get("text", "")
    done = services.refuse(
        slip=slip, reason=reason, text=text, scope=request.scope, moment=request.moment
    )
    if isinstance(done, Problem):
        asked = {"refuse_problem": done, "reason": reason, "text": text}
        return _again(request, slip, asked, CONFLICT)
    messages.success(request, f"{done.number} 已办结：不同意更正，原来的数不变。")
    return redirect("reporting:slip", number=number)


@policy("reporting.slip_evidence", READERS)
def evidence(request: Request, number: str, paper: int) -> FileResponse:
    """Give a paper behind a slip, byte for byte; never shown in the browser itself."""
    slip = _slip(request, number)
    kept = get_object_or_404(slip.evidence.select_related("file"), pk=paper)
    stored = documents.stored_at(kept.file.sha256)
    if not stored.exists():
        raise Refusal(
            404, "文件找不到了", "库里记着这份佐证，存放文件的地方却没有它", "请联系县级管理员"
        )
    return FileResponse(
        stored.open("rb"),
        as_attachment=True,
        filename=kept.file.name,
        content_type="application/octet-stream",
    )


@policy("reporting.slip_paper", READERS)
def paper(request: Request, number: str) -> HttpResponse:
    """Give the slip as an official paper."""
    slip = _slip(request, number)
    content = correction_papers.slip_paper(slip, is_demo=request.is_demo)
    return correction_papers.answer(content, f"{slip.number}.docx")


def _signed(
    request: Request, number: str, verb: Callable[..., CorrectionSlip | Problem]
) -> HttpResponse:
    slip = _slip(request, number)
    opinion = request.POST.get("opinion", "")
    wrong = accounts.reauthenticate(request, request.POST.get("password", ""))
    if wrong:
        asked = {"password_problem": wrong, "opinion": opinion}
        return _again(request, slip, asked, UNPROCESSABLE)
    done = verb(slip=slip, opinion=opinion, scope=request.scope, moment=request.moment)
    if isinstance(done, Problem):
        fresh = _slip(request, number)
        return _again(request, fresh, {"sign_problem": done, "opinion": opinion}, CONFLICT)
    messages.success(request, f"{done.number}：{done.get_state_display()}。")
    return redirect("reporting:slip", number=number)


def _again(
    request: Request, slip: CorrectionSlip, asked: dict[str, object], status: int
) -> HttpResponse:
    """Show the slip once more with what stood against it; what was typed stays."""
    context = correction_screens.one(slip, request.scope, request.moment) | asked
    return render(request, "reporting/slip.html", context, status=status)


def _slip(request: Request, number: str) -> CorrectionSlip:
    return get_object_or_404(correcting.slips(request.scope), number=number)


def _own_place(request: Request, code: str, indicator: str, period: str) -> Place:
    """Give the number to the reporter of the group that answers for it."""
    groups = WorkingGroup.objects.filter(unit__code__in=request.scope.units)
    group = get_object_or_404(groups.select_related("unit"), code=code)
    try:
        place = correcting.place_of(group, indicator, Period.parse(period))
    except PeriodError as error:
        raise NOT_FOUND from error
    if place is None:
        raise NOT_FOUND
    if not access.may_submit(request.scope, code):
        who = f"{group.name}的数只由该专班的填报员提更正单"
        raise Refusal(403, "这不是您填的数", who, "请由该专班填报员提出")
    return place
