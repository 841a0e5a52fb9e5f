"""Incoming papers: listed, brought in, read beside the pages, given back as they came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.adoption import forms, registers
from zhenxing.adoption.choices import READERS, WRITERS, IntakeState
from zhenxing.adoption.queries import papers as asking
from zhenxing.adoption.services import reading, taking
from zhenxing.adoption.views import answers
from zhenxing.documents.choices import PaperKind
from zhenxing.documents.models import Paper
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.services import ActRefusedError
from zhenxing.reporting.services.evidence import plain_name
from zhenxing.targets import queries as target_queries
from zhenxing.web import listing as web_listing
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from zhenxing.web.http import Request

SORTS = {
    "received": "received", "title": "title", "number": "number", "issuer": "issuer",
    "kind": "kind", "unit": "unit__position", "every": "every", "seen": "seen",
}  # fmt: skip
SEARCHED = ("title", "number", "issuer", "unit__name", "about__name", "note")


@policy("adoption.papers", READERS)
def listing(request: Request) -> HttpResponse:
    """List the papers a person may read, the newest first."""
    rows, kind = asking.register(request.scope), request.GET.get("kind", "")
    if kind in PaperKind.values:
        rows = rows.filter(kind=kind)
    show = request.GET.get("show", "")
    if show in asking.SHOWN:
        rows = rows.filter(asking.SHOWN[show][1])
    if "xlsx" in request.GET:
        return answers.workbook(registers.papers(rows, request.moment), "来文.xlsx")
    found = web_listing.of_query(request, rows, search=SEARCHED, sorts=SORTS, first="-received")
    mine = asking.registers_for(request.scope, request.moment.business_date)
    context = {
        "here": "reading", "listing": found, "kind": kind, "kinds": PaperKind.choices,
        "may_bring": bool(mine), "show": show,
        "shown": [(key, words) for key, (words, _) in asking.SHOWN.items()],
    }  # fmt: skip
    return render(request, "adoption/papers.html", context)


@policy("adoption.new", WRITERS)
def new(request: Request) -> HttpResponse:
    """Ask for a paper and what the register is to say of it."""
    return _ask(request, {}, {}, ())


@policy("adoption.bring", WRITERS, methods=("POST",))
def bring(request: Request) -> HttpResponse:
    """Take a paper in and have it read; what was typed stays where it is refused."""
    posted, brought = request.POST.dict(), request.FILES.get("file")
    heading, problems = forms.heading_of(posted)
    if brought is None:
        problems["file"] = Problem("文件", "没有选，或上传中断", "请再选一次")
    if heading is None or brought is None or problems:
        return _ask(request, posted, problems, ())
    data, name = brought.read(settings.UPLOAD_BYTES + 1), plain_name(brought.name or "")
    try:
        paper = taking.register(
            data=data, name=name, heading=heading, scope=request.scope, moment=request.moment
        )
    except ActRefusedError as refused:
        return _ask(request, posted, {}, refused.problems)
    if paper.readings.exists():
        messages.warning(request, "这份文件登记过，下面就是；没有重复登记。")
        return redirect("adoption:reading", key=paper.pk)
    return _begin(request, paper, heading.year, "")


@policy("adoption.again", WRITERS, methods=("POST",))
def again(request: Request, key: int) -> HttpResponse:
    """Read a paper anew, as of another year or in another encoding."""
    paper, year = _paper(request, key), forms.year_of(request.POST.get("year", ""))
    if isinstance(year, Problem):
        messages.error(request, year.sentence)
        return redirect("adoption:progress", key=key)
    return _begin(request, paper, year, request.POST.get("encoding", ""))


@policy("adoption.progress", READERS)
def progress(request: Request, key: int) -> HttpResponse:
    """Show how far a reading is; the page looks again by itself, and may be left."""
    paper = _paper(request, key)
    reading.fail_lost(request.moment)
    intake = paper.intakes.first()
    if intake and intake.state == IntakeState.DONE:
        return redirect("adoption:reading", key=key)
    seats = target_queries.seats(request.scope, request.moment.business_date)
    waits = intake is not None and intake.state in asking.WAITS
    context = {
        "here": "reading", "paper": paper, "intake": intake, "waits": waits,
        "may_read": asking.may_decide(paper, seats), "encodings": reading.ENCODINGS.items(),
    }  # fmt: skip
    response = render(request, "adoption/progress.html", context)
    if waits:
        response.headers["Refresh"] = "2"
    return response


@policy("adoption.original", READERS)
def original(request: Request, key: int) -> HttpResponse:
    """Give the paper as the file it came as, its fingerprint checked."""
    return answers.original(_paper(request, key).file)


def _begin(request: Request, paper: Paper, year: int | None, encoding: str) -> HttpResponse:
    """Have a paper read; asking twice is asking once."""
    try:
        intake = reading.ask(
            paper=paper, year=year, encoding=encoding, scope=request.scope, moment=request.moment
        )
    except ActRefusedError as refused:
        for problem in refused.problems:
            messages.warning(request, problem.sentence)
    else:
        reading.start(intake, request.moment)
    return redirect("adoption:progress", key=paper.pk)


def _ask(
    request: Request,
    posted: Mapping[str, str],
    faults: Mapping[str, Problem],
    problems: tuple[Problem, ...],
) -> HttpResponse:
    today = request.moment.business_date
    context: dict[str, Any] = {
        "here": "reading", "posted": posted, "faults": faults, "problems": problems,
        "units": asking.registers_for(request.scope, today),
        "abouts": asking.abouts_for(request.scope, today),
        "kinds": PaperKind.choices, "today": today,
        "most": settings.UPLOAD_BYTES // answers.MEGABYTE,
    }  # fmt: skip
    status = answers.UNPROCESSABLE if faults or problems else 200
    return render(request, "adoption/new.html", context, status=status)


def _paper(request: Request, key: int) -> Paper:
    rows = Paper.objects.visible_to(request.scope).select_related("unit", "about", "file")
    return get_object_or_404(rows, pk=key)
