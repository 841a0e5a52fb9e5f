"""A result: its table as a file, one unit item by item, reckoned anew, packed to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from zhenxing.assessment import parcels, screens
from zhenxing.assessment.choices import READERS
from zhenxing.assessment.models import Run
from zhenxing.assessment.queries import moving, reckoning, results, tables
from zhenxing.assessment.queries import rounds as asking
from zhenxing.assessment.queries.schemes import issued_late
from zhenxing.kernel.periods import Period
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from zhenxing.assessment.models import Round
    from zhenxing.assessment.queries.tables import Sight
    from zhenxing.web.http import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DEMO = "演示数据"


@policy("assessment.round_sheet", READERS)
def sheet(request: Request, key: int) -> HttpResponse:
    """Give the table of a result as a workbook."""
    round_, seen = _seen(request, key)
    run = _run(request, round_, seen)
    before = asking.before(round_)
    table = tables.table(run, seen, before.result if before else None)
    title = f"{round_.scheme.name}{Period.parse(round_.period).label}得分"
    book = parcels.workbook(
        title, run, table, issuer=round_.scheme.owner.name, mark=DEMO if request.is_demo else ""
    )
    return _file(book, f"{title}.xlsx", XLSX)


@policy("assessment.unit", READERS)
def unit(request: Request, key: int, code: str) -> HttpResponse:
    """Show one unit's result: each item, lost points, the way to the cell, why its rank moved."""
    round_, seen = _seen(request, key)
    run = _run(request, round_, seen)
    page = results.unit_page(run, code, seen, request.scope, request.GET.get("item", ""))
    if page is None:
        raise Http404
    sees_whole = seen.sees(code)
    against = _against(request, round_, run) if sees_whole else None
    names = {line.told.code: line.told.name for line in page.lines}
    context = {
        "here": "assessment",
        "round": round_,
        "run": run,
        "page": page,
        "code": code,
        "seen": seen,
        "sees_whole": sees_whole,
        "by_loss": request.GET.get("by") == "loss",
        "against": against,
        "story": moving.story(against, run, code, names) if against else None,
        "earlier": _earlier(round_, run, seen),
        "days_left": _days_left(round_, request),
        "late": issued_late(round_.edition, Period.parse(round_.period).first_day),
    }
    return render(request, "assessment/unit.html", context)


@policy("assessment.recompute", READERS)
def recompute(request: Request, key: int) -> HttpResponse:
    """Reckon a run from what it keeps, and say whether everything is equal."""
    round_, seen = _seen(request, key)
    if not seen.everything:
        raise Http404
    run = _run(request, round_, seen)
    context = {
        "here": "assessment",
        "round": round_,
        "run": run,
        "anew": reckoning.recheck(run),
        "may_take": _may_take(request, round_),
    }
    return render(request, "assessment/run_recheck.html", context)


@policy("assessment.parcel", "KSCX")
def parcel(request: Request, key: int) -> HttpResponse:
    """Give rules, inputs and result of a run, to be scored again elsewhere."""
    round_, seen = _seen(request, key)
    if not _may_take(request, round_):
        raise Http404
    run = _run(request, round_, seen)
    name = f"{round_.scheme.code}-{run.period}-{run.number}.zip"
    return _file(parcels.parcel(run), name, "application/zip")


def _seen(request: Request, key: int) -> tuple[Round, Sight]:
    round_ = get_object_or_404(asking.rounds(request.scope), pk=key)
    seen = tables.sight(request.scope, round_, request.moment.business_date)
    if seen.nothing:
        raise Http404
    return round_, seen


def _run(request: Request, round_: Round, seen: Sight) -> Run:
    found = screens.chosen(round_, seen, request.GET.get("run", ""))
    if found is None:
        raise Http404
    return found


def _against(request: Request, round_: Round, run: Run) -> Run | None:
    """Give what a result is held against: the run asked for, the last period, the run before."""
    asked = request.GET.get("against", "")
    runs = round_.runs.exclude(pk=run.pk).exclude(purpose="trial")
    if asked.isdecimal() and len(asked) < 5:  # noqa: PLR2004  # a number of runs
        return runs.filter(number=int(asked)).first()
    before = asking.before(round_)
    if before is not None and before.result is not None and asked != "run":
        return before.result
    return runs.filter(number__lt=run.number).order_by("-number").first()


def _earlier(round_: Round, run: Run, seen: Sight) -> list[Run]:
    runs = round_.runs.exclude(pk=run.pk).exclude(purpose="trial").defer("inputs", "result")
    return list(runs) if seen.everything or seen.codes else []


def _days_left(round_: Round, request: Request) -> int | None:
    if round_.reply_until is None or not round_.takes_appeals(request.moment.business_date):
        return None
    return (round_.reply_until - request.moment.business_date).days + 1


def _may_take(request: Request, round_: Round) -> bool:
    """Whether the person may take all figures of a run away: who reads them all anyway."""
    return asking.may_of(request.scope, round_, request.moment.business_date).sees_all


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response
