"""Rounds: listed, begun, where one stands, its runs, each step of its life."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.accounts import services as accounts
from zhenxing.assessment.choices import READERS, Purpose, RoundState
from zhenxing.assessment.models import Job, Round, Scheme
from zhenxing.assessment.queries import rounds as asking
from zhenxing.assessment.queries import shaken, tables
from zhenxing.assessment.queries.schemes import issued_late
from zhenxing.assessment.screens import round_screen
from zhenxing.assessment.services import rounds, running
from zhenxing.assessment.services.rounds import Opening
from zhenxing.assessment.services.standing import refuse
from zhenxing.kernel.periods import Period
from zhenxing.organisation.services import ActRefusedError
from zhenxing.web import listing as web_listing
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpResponse

    from zhenxing.kernel.problems import Problem
    from zhenxing.web.http import Request

KEEPERS = "KS"
DECIDERS = "KSC"  # a town's office that is one person strong has its deputy decide
UNPROCESSABLE = 422
SORTS = {
    "scheme": "scheme__name", "period": "period", "state": "state", "opened": "opened",
    "published": "published",
}  # fmt: skip


@policy("assessment.rounds", READERS)
def listing(request: Request) -> HttpResponse:
    """List the rounds a person may read about."""
    return _list(request)


@policy("assessment.round_open", KEEPERS, methods=("POST",))
def begin(request: Request) -> HttpResponse:
    """Begin a round of a scheme the person's office keeps."""
    kept = Scheme.objects.kept_by(request.scope).select_related("owner")
    scheme = get_object_or_404(kept, code=request.POST.get("scheme", ""))
    try:
        opening = Opening(
            request.POST.get("period", "").strip(),
            _day(request, "as_of", "数据截至") or request.moment.business_date,
            _day(request, "until", "自评和评分截止"),
        )
        made = rounds.open_round(
            scheme=scheme, opening=opening, scope=request.scope, moment=request.moment
        )
    except ActRefusedError as refused:
        return _list(request, refused.problems)
    messages.success(request, f"已开始：{made}")
    return redirect("assessment:round", key=made.pk)


@policy("assessment.round", READERS)
def one(request: Request, key: int) -> HttpResponse:
    """Show where a round stands and, as far as the person sees it, its result."""
    return _show(request, _round(request, key))


@policy("assessment.round_run", KEEPERS, methods=("POST",))
def run(request: Request, key: int) -> HttpResponse:
    """Ask for a run; it goes on beside the pages."""
    round_ = _kept(request, key)
    purpose = request.POST.get("purpose", "")
    try:
        if purpose not in Purpose.values:
            refuse("用途", "没有选", "请选试算、初评或终评")
        job = running.ask_run(
            round_=round_,
            purpose=purpose,
            as_of=_day(request, "as_of", "数据截至") or round_.as_of,
            scope=request.scope,
            moment=request.moment,
            note=request.POST.get("note", ""),
        )
    except ActRefusedError as refused:
        return _show(request, round_, refused.problems)
    running.start(job, request.moment)
    return redirect("assessment:job", key=job.pk)


@policy("assessment.job", KEEPERS)
def job(request: Request, key: int) -> HttpResponse:
    """Show how far a run is; the page looks again by itself and may be left."""
    running.fail_lost(request.moment)
    kept = Round.objects.kept_by(request.scope)
    rows = Job.objects.filter(round__in=kept).select_related("round__scheme", "run")
    found = get_object_or_404(rows.defer("run__inputs", "run__result"), pk=key)
    context = {
        "here": "assessment", "job": found, "round": found.round, "share": Decimal(found.share),
    }  # fmt: skip
    response = render(request, "assessment/run_job.html", context)
    if found.ended is None:
        response.headers["Refresh"] = "2"
    return response


@policy("assessment.round_mark", KEEPERS, methods=("POST",))
def mark(request: Request, key: int) -> HttpResponse:
    """Make the newest first run the first mark."""
    round_ = _kept(request, key)
    found = asking.first_run(round_)

    def verb() -> Round:
        if found is None or str(found.number) != request.POST.get("number", ""):
            refuse("初评", "又有了新的初评测算", "请看过最近一次再确认")
        return rounds.mark(round_=round_, run=found, scope=request.scope, moment=request.moment)

    return _do(request, round_, verb)


@policy("assessment.round_reply", KEEPERS, methods=("POST",))
def reply(request: Request, key: int) -> HttpResponse:
    """Open the replies up to a day; with the newest final run where the round was led back."""
    round_ = _kept(request, key)

    def verb() -> Round:
        until = _day(request, "until", "申诉截止")
        if until is None:
            refuse("申诉截止", "没有填写", "请写申诉的最后一天")
        newest = asking.newest_run(round_)
        is_final = newest is not None and newest.purpose == Purpose.FINAL
        return rounds.open_replies(
            round_=round_, until=until, run=newest if is_final else None,
            scope=request.scope, moment=request.moment,
        )  # fmt: skip

    return _do(request, round_, verb)


@policy("assessment.round_reopen", DECIDERS, methods=("POST",))
def reopen(request: Request, key: int) -> HttpResponse:
    """Lead a round back with a reason."""
    round_ = _round(request, key)
    _require_office(request, round_)
    said = {"reason": request.POST.get("reason", "")}
    return _do(request, round_, lambda: rounds.reopen(
        round_=round_, scope=request.scope, moment=request.moment, **said
    ))  # fmt: skip


@policy("assessment.round_check", DECIDERS, methods=("POST",))
def check(request: Request, key: int) -> HttpResponse:
    """Confirm the newest run as the second person."""
    round_ = _round(request, key)
    _require_office(request, round_)

    def verb() -> Round:
        newest = asking.newest_run(round_)
        if newest is None:
            refuse("复核", "还没有测算", "请先测算")
        return rounds.check(
            round_=round_, run=newest, ticked=request.POST.getlist("seen"),
            note=request.POST.get("note", ""), scope=request.scope, moment=request.moment,
        )  # fmt: skip

    return _do(request, round_, verb)


@policy("assessment.round_publish", DECIDERS, methods=("POST",))
def publish(request: Request, key: int) -> HttpResponse:
    """Publish the checked result, with the password once more."""
    round_ = _round(request, key)
    _require_office(request, round_)
    problem = accounts.reauthenticate(request, request.POST.get("password", ""))
    if problem is not None:
        return _show(request, round_, publish_problem=problem)
    return _do(request, round_, lambda: rounds.publish(
        round_=round_, document=request.POST.get("document", ""), scope=request.scope,
        moment=request.moment,
    ))  # fmt: skip


@policy("assessment.round_revoke", KEEPERS, methods=("POST",))
def revoke(request: Request, key: int) -> HttpResponse:
    """Take a round back with a reason and the password."""
    round_ = _kept(request, key)
    problem = accounts.reauthenticate(request, request.POST.get("password", ""))
    if problem is not None:
        return _show(request, round_, revoke_problem=problem)
    return _do(request, round_, lambda: rounds.revoke(
        round_=round_, reason=request.POST.get("reason", ""), scope=request.scope,
        moment=request.moment,
    ))  # fmt: skip


def _do(request: Request, round_: Round, verb: Callable[[], Round]) -> HttpResponse:
    """Do a step, or show the page with what refuses it and what was typed."""
    try:
        done = verb()
    except ActRefusedError as refused:
        return _show(request, round_, refused.problems)
    messages.success(request, f"已办：{done.get_state_display()}")
    return redirect("assessment:round", key=done.pk)


def _show(
    request: Request, round_: Round, problems: Sequence[Problem] = (), **signing: Problem
) -> HttpResponse:
    """Show a round; `signing` is what was wrong with the password, by the form it stood in."""
    is_refused = bool(problems or signing)
    day = request.moment.business_date
    seen = tables.sight(request.scope, round_, day)
    screen = round_screen(round_, seen, request.GET.get("run", ""), day)
    context: dict[str, Any] = {
        "here": "assessment",
        "round": round_,
        "screen": screen,
        "may": asking.may_of(request.scope, round_, day),
        "problems": problems,
        "posted": request.POST.dict() if is_refused else {},
        "late": issued_late(round_.edition, Period.parse(round_.period).first_day),
        "listing": None if screen.table is None else web_listing.of_rows(
            request, screen.kept(request.GET.get("group", ""), request.GET.get("grade", "")),
            words=lambda line: line.words, sorts=screen.sorts, first="order",
        ),
        **signing,
    }  # fmt: skip
    status = UNPROCESSABLE if is_refused else 200
    return render(request, "assessment/round.html", context, status=status)


def _list(request: Request, problems: Sequence[Problem] = ()) -> HttpResponse:
    rows, state = asking.rounds(request.scope), request.GET.get("state", "")
    counts = [(key, word, rows.filter(state=key).count()) for key, word in RoundState.choices]
    if state in RoundState.values:
        rows = rows.filter(state=state)
    context = {
        "here": "assessment",
        "listing": web_listing.of_query(
            request, rows, search=("scheme__name", "period", "document"), sorts=SORTS,
            first="-opened",
        ),
        "shaken": shaken.told(request.scope, request.moment.business_date),
        "counts": counts,
        "state": state,
        "kept": Scheme.objects.kept_by(request.scope),
        "problems": problems,
        "posted": request.POST.dict() if problems else {},
        "today": request.moment.business_date,
    }  # fmt: skip
    status = UNPROCESSABLE if problems else 200
    return render(request, "assessment/rounds.html", context, status=status)


def _round(request: Request, key: int) -> Round:
    return get_object_or_404(asking.rounds(request.scope), pk=key)


def _kept(request: Request, key: int) -> Round:
    """Give a round of the person's own office, else 404."""
    kept = Round.objects.kept_by(request.scope).values("pk")
    return get_object_or_404(asking.rounds(request.scope).filter(pk__in=kept), pk=key)


def _require_office(request: Request, round_: Round) -> None:
    """Answer 404 to whoever neither keeps nor decides the round."""
    may = asking.may_of(request.scope, round_, request.moment.business_date)
    if not (may.keeps or may.sees_all):
        get_object_or_404(Round.objects.none(), pk=round_.pk)


def _day(request: Request, name: str, where: str) -> date | None:
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(where, f"「{text[:20]}」不是日期", "请写成2023-10-25这样")
