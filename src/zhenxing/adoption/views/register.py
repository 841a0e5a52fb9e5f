"""A paper's card in the register: its heading, who has read it, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.adoption import forms
from zhenxing.adoption.choices import READERS, WRITERS
from zhenxing.adoption.queries import circulation, places
from zhenxing.adoption.queries import papers as asking
from zhenxing.adoption.services import circulating, taking
from zhenxing.adoption.views import answers
from zhenxing.adoption.views.reading import paper_of
from zhenxing.documents.choices import PaperKind
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets import queries as target_queries
from zhenxing.targets.choices import COUNTY_READERS
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from zhenxing.documents.models import Paper
    from zhenxing.web.http import Request

MOST_READERS = 60


@policy("adoption.register", READERS)
def card(request: Request, key: int) -> HttpResponse:
    """Show a paper's card."""
    return _show(request, paper_of(request, key))


@policy("adoption.change", WRITERS, methods=("POST",))
def change(request: Request, key: int) -> HttpResponse:
    """Write a paper's heading anew."""
    paper, posted = paper_of(request, key), request.POST.dict()
    heading, problems = forms.heading_of(posted | {"unit": paper.unit.code})
    if heading is None:
        return _show(request, paper, problems.values())
    try:
        taking.change(paper=paper, heading=heading, scope=request.scope, moment=request.moment)
    except ActRefusedError as refused:
        return _show(request, paper, refused.problems)
    return _done(request, paper, "登记已改。")


@policy("adoption.send", WRITERS, methods=("POST",))
def send(request: Request, key: int) -> HttpResponse:
    """Send a paper round."""
    paper, written = paper_of(request, key), request.POST.get("due", "")
    due = forms.day_of(written)
    if written.strip() and due is None:
        fault = Problem("限期", f"「{written[:20]}」不是日期", "请写成 2023-10-20 这样")
        return _show(request, paper, [fault])
    try:
        rows = circulating.send(
            paper=paper, persons=set(request.POST.getlist("person")), due=due,
            wish=request.POST.get("wish", ""), scope=request.scope, moment=request.moment,
        )  # fmt: skip
    except ActRefusedError as refused:
        return _show(request, paper, refused.problems)
    return _done(request, paper, f"已送{len(rows)}人传阅。")


@policy("adoption.seen", circulation.READS, methods=("POST",))
def seen(request: Request, key: int) -> HttpResponse:
    """Say that one has read a paper."""
    paper, remark = paper_of(request, key), request.POST.get("remark", "")
    try:
        circulating.seen(paper=paper, remark=remark, scope=request.scope, moment=request.moment)
    except ActRefusedError as refused:
        return _show(request, paper, refused.problems)
    return _done(request, paper, "已记您阅知。")


@policy("adoption.recall", WRITERS, methods=("POST",))
def recall(request: Request, key: int, copy: int) -> HttpResponse:
    """Take a paper back from somebody who has not read it."""
    paper = paper_of(request, key)
    row = get_object_or_404(paper.circulations.select_related("person"), pk=copy)
    try:
        circulating.recall(copy=row, scope=request.scope, moment=request.moment)
    except ActRefusedError as refused:
        return _show(request, paper, refused.problems)
    return _done(request, paper, f"已从{row.person.name}处撤回。")


@policy("adoption.follow", WRITERS, methods=("POST",))
def follow(request: Request, key: int) -> HttpResponse:
    """Put down what came of a paper."""
    paper, posted = paper_of(request, key), request.POST
    try:
        circulating.follow(
            paper=paper, words=posted.get("words", ""), address=posted.get("address", ""),
            scope=request.scope, moment=request.moment,
        )  # fmt: skip
    except ActRefusedError as refused:
        return _show(request, paper, refused.problems)
    return _done(request, paper, "办理情况已记。")


def _done(request: Request, paper: Paper, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("adoption:register", key=paper.pk)


def _show(request: Request, paper: Paper, problems: Iterable[Problem] = ()) -> HttpResponse:
    today, faults = request.moment.business_date, list(problems)
    rounds = circulation.rounds(paper, today)
    seats = target_queries.seats(request.scope, today)
    followups = list(paper.followups.all())
    placed = places.placed(
        circulation.written_on(paper),
        request.scope,
        opens_issues=request.scope.has(*COUNTY_READERS),
    )
    mine = next(
        (each for each in rounds if each.row.person.username == request.scope.username), None
    )
    context: dict[str, Any] = {
        "here": "reading", "paper": paper, "problems": faults, "posted": request.POST.dict(),
        "rounds": rounds, "unread": sum(each.row.read_on is None for each in rounds),
        "late": sum(each.is_late for each in rounds),
        "mine": mine, "is_read": paper.readings.exists(),
        "placed": placed, "followups": followups, "lines": len(placed) + len(followups),
    }  # fmt: skip
    if asking.may_decide(paper, seats):
        context |= _forms(request, {each.row.person.username for each in rounds})
    status = answers.UNPROCESSABLE if faults else 200
    return render(request, "adoption/register.html", context, status=status)


def _forms(request: Request, sent: set[str]) -> dict[str, Any]:
    """Give what the forms of a keeper ask for; people are found by name, place or title."""
    today, words = request.moment.business_date, request.GET.get("find", "").strip()
    ticked = set(request.POST.getlist("person"))
    found = [
        each
        for each in circulation.readers(request.scope, today)
        if each.username not in sent
        and (each.username in ticked or words in each.name or words in each.place)
    ]
    found.sort(key=lambda each: each.username not in ticked)
    return {
        "may_keep": True, "find": words, "readers": found[:MOST_READERS], "ticked": ticked,
        "more": max(0, len(found) - MOST_READERS), "kinds": PaperKind.choices,
        "abouts": asking.abouts_for(request.scope, today),
    }  # fmt: skip
