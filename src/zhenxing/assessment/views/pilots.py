"""Pilot towns: who is one, applications, the choice of two and two, the two-year rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.accounts import services as accounts
from zhenxing.assessment import access, pilot_screens
from zhenxing.assessment.choices import READERS
from zhenxing.assessment.models import Application, PilotProposal, Round, Use
from zhenxing.assessment.queries import pilots as asking
from zhenxing.assessment.services import applying, piloting
from zhenxing.assessment.views import replies
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.models import Unit
from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets import queries as target_queries
from zhenxing.web import listing as web_listing
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http import HttpResponse

    from zhenxing.web.http import Request

WRITERS = "GFCS"
NO_DAY = Problem("日期", "没有写，或不是日期", "请写成 2023-11-01 这样")
SORTS: dict[str, Callable[[Any], Any]] = {
    "unit": lambda each: each.pilot.unit.code,
    "category": lambda each: (each.pilot.category, each.pilot.unit.code),
    "since": lambda each: each.pilot.since,
    "below": lambda each: each.below,
}


@policy("assessment.pilots", READERS)
def listing(request: Request) -> HttpResponse:
    """Show who is a pilot since when, each year's result, and how it stands against the rule."""
    return _list(request, (), {})


@policy("assessment.selection", READERS)
def selection(request: Request, key: int) -> HttpResponse:
    """Guide through a selection: applications, marks, result, proposal, approval."""
    return _select(request, _selection(request, key), (), {})


@policy("assessment.application_write", WRITERS, methods=("POST",))
def write(request: Request, key: int, code: str) -> HttpResponse:
    """Write a town's application."""
    round_, posted = _selection(request, key), request.POST
    unit = get_object_or_404(Unit.objects.filter(code__in=request.scope.towns), code=code)
    bid = applying.Bid(
        posted.get("category", ""), posted.get("statement", ""), replies.papers_of(request)
    )
    try:
        row = applying.apply(
            round_=round_, unit=unit, bid=bid, seen=posted.get("seen", ""),
            scope=request.scope, moment=request.moment,
        )  # fmt: skip
    except ActRefusedError as refused:
        return _select(request, round_, refused.problems, posted.dict())
    messages.success(request, "申报稿已存，等本镇主要领导签发；签发以前不算申报。")
    return redirect("assessment:application", key=row.pk)


@policy("assessment.application", READERS)
def application(request: Request, key: int) -> HttpResponse:
    """Show a town's application with its papers and what may be done about it."""
    return _apply(request, _application(request, key), (), {})


@policy("assessment.application_sign", "L", methods=("POST",))
def sign(request: Request, key: int) -> HttpResponse:
    """File an application with the leader's password."""
    wrong = accounts.reauthenticate(request, request.POST.get("password", ""))
    if wrong:
        again = {"password_problem": wrong}
        return _apply(request, _application(request, key), (), again)
    return _move(request, key, applying.sign)


@policy("assessment.application_withdraw", f"{WRITERS}L", methods=("POST",))
def withdraw(request: Request, key: int) -> HttpResponse:
    """Take an application back."""
    return _move(request, key, applying.withdraw)


@policy("assessment.application_paper", READERS)
def paper(request: Request, key: int, number: int) -> HttpResponse:
    """Give a paper of an application."""
    papers = _application(request, key).papers.select_related("file")
    return replies.kept(get_object_or_404(papers, pk=number).file)


@policy("assessment.pilots_propose", "K", methods=("POST",))
def propose(request: Request, key: int) -> HttpResponse:
    """Propose the towns that were ticked."""
    round_, posted = _selection(request, key), request.POST
    categories = {each.code: each.category for each in asking.candidates(round_)}
    picks = {code: categories.get(code, "") for code in posted.getlist("pick")}
    choice = piloting.Choice(picks, posted.get("words", ""), posted.get("document", ""))
    try:
        piloting.propose(round_=round_, choice=choice, scope=request.scope, moment=request.moment)
    except ActRefusedError as refused:
        typed: dict[str, Any] = {**posted.dict(), "picked": set(picks)}
        return _select(request, round_, refused.problems, typed)
    messages.success(request, "建议名单已提出，等另一位同事批准。")
    return redirect("assessment:selection", key=key)


@policy("assessment.pilots_approve", "K", methods=("POST",))
def approve(request: Request, key: int, number: int) -> HttpResponse:
    """Approve a proposal: its towns are pilots from the day on."""
    since = replies.day_of(request.POST.get("since", ""))
    if since is None:
        return _select(request, _selection(request, key), [NO_DAY], request.POST.dict())
    return _decide(request, (key, number), piloting.approve, since=since)


@policy("assessment.pilots_decline", "K", methods=("POST",))
def decline(request: Request, key: int, number: int) -> HttpResponse:
    """Refuse a proposal with the reason."""
    remark = request.POST.get("remark", "")
    return _decide(request, (key, number), piloting.decline, remark=remark)


@policy("assessment.pilot_replace", "K", methods=("POST",))
def replace(request: Request, key: int) -> HttpResponse:
    """Propose that a pilot be replaced, by the two-year rule."""
    pilot, document = get_object_or_404(asking.pilots(), pk=key), request.POST.get("document", "")
    try:
        use = piloting.propose_replacement(
            pilot=pilot, document=document, scope=request.scope, moment=request.moment
        )
    except ActRefusedError as refused:
        return _list(request, refused.problems, request.POST.dict())
    messages.success(request, "已提出调整替换，等另一位同事批准。")
    return redirect("assessment:use", key=use.pk)


@policy("assessment.pilot_end", "K", methods=("POST",))
def end(request: Request, key: int, use: int) -> HttpResponse:
    """End a pilot by an approved replacement; the named successor follows the next day."""
    pilot, posted = get_object_or_404(asking.pilots(), pk=key), request.POST.dict()
    ground = get_object_or_404(Use.objects.visible_to(request.scope), pk=use)
    until = replies.day_of(posted.get("until", ""))
    if until is None:
        return _list(request, [NO_DAY], posted)
    how = piloting.Exit(until, posted.get("document", ""), "succeeds" in posted)
    try:
        follows = piloting.end(
            pilot=pilot, use=ground, how=how, scope=request.scope, moment=request.moment
        )
    except ActRefusedError as refused:
        return _list(request, refused.problems, posted)
    after = f"，{follows.unit.name}次日递补" if follows else ""
    messages.success(request, f"{pilot.unit.name}退出试点{after}。")
    return redirect("assessment:pilots")


def _list(request: Request, problems: Sequence[Problem], posted: Mapping[str, str]) -> HttpResponse:
    rows = asking.standings(asking.pilots())
    current = [each for each in rows if each.pilot.until is None or "all" in request.GET]
    context = {
        "here": "assessment",
        "listing": web_listing.of_rows(
            request,
            current,
            words=lambda each: f"{each.pilot.unit.name}{each.pilot.document}",
            sorts=SORTS,
            first="category",
        ),
        "due": [each for each in rows if each.is_due] if request.scope.has("K", "X") else [],
        "selections": asking.selections(request.scope),
        "shows_all": "all" in request.GET,
        "may_run": request.scope.has("K"),
        "today": request.moment.business_date,
        "problems": problems,
        "posted": posted,
    }
    status = replies.UNPROCESSABLE if problems else 200
    return render(request, "assessment/pilots.html", context, status=status)


def _select(
    request: Request, round_: Round, problems: Sequence[Problem], posted: Mapping[str, Any]
) -> HttpResponse:
    context = pilot_screens.selection(round_, request.scope, request.moment.business_date)
    context |= {"problems": problems, "posted": posted}
    status = replies.UNPROCESSABLE if problems else 200
    return render(request, "assessment/pilot_selection.html", context, status=status)


def _apply(
    request: Request,
    row: Application,
    problems: Sequence[Problem],
    more: Mapping[str, object],
) -> HttpResponse:
    today, town = request.moment.business_date, row.unit.code
    seats = target_queries.seats(request.scope, today)
    context = {
        "here": "assessment",
        "application": row,
        "papers": row.papers.select_related("file"),
        "seen": asking.print_of(row),
        "is_open": asking.takes_applications(row.round, today),
        "may_write": access.prepares_for(seats, town, town),
        "may_sign": access.signs_for(seats, town),
        "problems": problems,
        **more,
    }
    status = replies.UNPROCESSABLE if problems or more else 200
    return render(request, "assessment/pilot_application.html", context, status=status)


def _move(request: Request, key: int, verb: Callable[..., Application]) -> HttpResponse:
    row, seen = _application(request, key), request.POST.get("seen", "")
    try:
        done = verb(application=row, seen=seen, scope=request.scope, moment=request.moment)
    except ActRefusedError as refused:
        return _apply(request, _application(request, key), refused.problems, {})
    messages.success(request, f"已办：{done.get_state_display()}。")
    return redirect("assessment:application", key=key)


def _decide(
    request: Request, keys: tuple[int, int], verb: Callable[..., object], **said: object
) -> HttpResponse:
    round_ = _selection(request, keys[0])
    proposal = get_object_or_404(PilotProposal.objects.filter(round=round_), pk=keys[1])
    try:
        verb(proposal=proposal, scope=request.scope, moment=request.moment, **said)
    except ActRefusedError as refused:
        return _select(request, round_, refused.problems, request.POST.dict())
    messages.success(request, "已办。")
    return redirect("assessment:selection", key=keys[0])


def _selection(request: Request, key: int) -> Round:
    return get_object_or_404(asking.selections(request.scope), pk=key)


def _application(request: Request, key: int) -> Application:
    rows = Application.objects.visible_to(request.scope)
    return get_object_or_404(rows.select_related("unit", "round__scheme"), pk=key)
