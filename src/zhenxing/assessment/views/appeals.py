"""Appeals: listed, prepared by the assessed, filed by their leader, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.accounts import services as accounts
from zhenxing.assessment import access, registers
from zhenxing.assessment.choices import (
    READERS,
    AppealEffect,
    AppealRemedy,
    AppealState,
)
from zhenxing.assessment.models import Appeal, Round
from zhenxing.assessment.queries import appeals as asking
from zhenxing.assessment.queries.assessed import assessed, items_of, newest, printed
from zhenxing.assessment.services import appealing
from zhenxing.assessment.views import replies
from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets import queries as target_queries
from zhenxing.web import listing as web_listing
from zhenxing.web.errors import NOT_FOUND
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http import HttpResponse

    from zhenxing.assessment.queries.assessed import Assessed
    from zhenxing.kernel.problems import Problem
    from zhenxing.web.http import Request

WRITERS, ANSWERERS = "GFVCS", "KDS"
SORTS = {"waits": "waits", "unit": "unit__position", "filed": "filed_on", "state": "state"}
SEARCHED = ("unit__name", "item", "words", "wish", "answer", "round__scheme__name")


@policy("assessment.appeals", READERS)
def listing(request: Request) -> HttpResponse:
    """List the appeals a person may read, those that wait for an answer first."""
    rows, state = asking.appeals(request.scope), request.GET.get("state", "")
    counts = [(key, word, rows.filter(state=key).count()) for key, word in AppealState.choices]
    if state in AppealState.values:
        rows = rows.filter(state=state)
    if "xlsx" in request.GET:
        return replies.made(registers.appeals(rows, request.moment), "申诉.xlsx")
    today = request.moment.business_date
    found = web_listing.of_query(request, rows, search=SEARCHED, sorts=SORTS, first="waits")
    context = {
        "here": "assessment",
        "state": state,
        "counts": counts,
        "lines": [_line(each, today) for each in found.page],
        "openings": asking.openings(
            request.scope, target_queries.seats(request.scope, today), today
        ),
        "listing": found,
    }
    return render(request, "assessment/appeals.html", context)


@policy("assessment.appeal_new", WRITERS)
def new(request: Request, key: int, code: str) -> HttpResponse:
    """Show the first mark's items of one of the person's own, to choose which is appealed."""
    round_, place = _place(request, key, code)
    return _ask(request, round_, place, (), request.GET.dict())


@policy("assessment.appeal_draft", WRITERS, methods=("POST",))
def draft(request: Request, key: int, code: str) -> HttpResponse:
    """Begin an appeal; what was typed stays where it is refused."""
    round_, place = _place(request, key, code)
    try:
        appeal = appealing.draft(
            round_=round_,
            code=code,
            plea=_plea(request),
            scope=request.scope,
            moment=request.moment,
        )
    except ActRefusedError as refused:
        return _ask(request, round_, place, refused.problems, request.POST.dict())
    messages.success(request, "申诉已拟好，等镇主要领导签发提交；提交以前不算数。")
    return redirect("assessment:appeal", key=appeal.pk)


@policy("assessment.appeal", READERS)
def one(request: Request, key: int) -> HttpResponse:
    """Show an appeal: what it says, before and after, the papers, the answer, the steps."""
    return _show(request, _appeal(request, key), (), {})


@policy("assessment.appeal_save", WRITERS, methods=("POST",))
def save(request: Request, key: int) -> HttpResponse:
    """Write a draft anew."""
    return _try(request, key, appealing.save, plea=_plea(request))


@policy("assessment.appeal_file", "L", methods=("POST",))
def file(request: Request, key: int) -> HttpResponse:
    """File an appeal with the leader's password."""
    appeal = _appeal(request, key)
    wrong = accounts.reauthenticate(request, request.POST.get("password", ""))
    if wrong:
        return _show(request, appeal, (), {}, password_problem=wrong)
    return _try(request, key, appealing.file)


@policy("assessment.appeal_withdraw", WRITERS + "L", methods=("POST",))
def withdraw(request: Request, key: int) -> HttpResponse:
    """Take an appeal back."""
    return _try(request, key, appealing.withdraw, reason=request.POST.get("reason", ""))


@policy("assessment.appeal_answer", ANSWERERS, methods=("POST",))
def answer(request: Request, key: int) -> HttpResponse:
    """Answer an appeal."""
    posted = request.POST
    verdict = appealing.Verdict(
        posted.get("effect", ""),
        posted.get("answer", ""),
        posted.get("remedy", ""),
        posted.get("number", ""),
        replies.papers_of(request),
    )
    return _try(request, key, appealing.answer, verdict=verdict)


@policy("assessment.appeal_paper", READERS)
def paper(request: Request, key: int, number: int) -> HttpResponse:
    """Give a paper of an appeal or its answer."""
    papers = _appeal(request, key).papers.select_related("file")
    return replies.kept(get_object_or_404(papers, pk=number).file)


def _plea(request: Request) -> appealing.Plea:
    posted = request.POST
    return appealing.Plea(
        posted.get("item", ""),
        posted.get("words", ""),
        posted.get("wish", ""),
        replies.papers_of(request),
    )


def _try(request: Request, key: int, verb: Callable[..., Appeal], **said: object) -> HttpResponse:
    """Do what was asked on what was seen, or show the page with what refuses it."""
    appeal, seen = _appeal(request, key), replies.whole(request.POST.dict(), "seen")
    try:
        done = verb(appeal=appeal, seen=seen, scope=request.scope, moment=request.moment, **said)
    except ActRefusedError as refused:
        return _show(request, _appeal(request, key), refused.problems, request.POST.dict())
    messages.success(request, f"已办：{done.get_state_display()}。")
    return redirect("assessment:appeal", key=key)


def _show(
    request: Request,
    appeal: Appeal,
    problems: Sequence[Problem],
    posted: Mapping[str, str],
    **more: object,
) -> HttpResponse:
    today = request.moment.business_date
    context: dict[str, Any] = {
        "here": "assessment",
        "appeal": appeal,
        "line": _line(appeal, today),
        "items": _items(appeal.round, appeal.code),
        "steps": appeal.steps.all(),
        "papers": appeal.papers.select_related("file"),
        "seen": asking.seen(appeal),
        "problems": problems,
        "posted": posted,
        "effects": AppealEffect.choices,
        "remedies": AppealRemedy.choices,
        "latest": _latest(request, appeal),
        **_may(request, appeal),
        **more,
    }
    status = replies.UNPROCESSABLE if problems or more else 200
    return render(request, "assessment/appeal.html", context, status=status)


def _may(request: Request, appeal: Appeal) -> dict[str, bool]:
    """Say what the person may do about an appeal now."""
    today = request.moment.business_date
    seats, town = target_queries.seats(request.scope, today), appeal.unit.town_code or ""
    prepares = access.prepares_for(seats, appeal.unit.code, town)
    signs = access.signs_for(seats, town)
    is_draft, is_filed = (appeal.state == each for each in (AppealState.DRAFT, AppealState.FILED))
    is_open = appeal.round.takes_appeals(today)
    return {
        "may_write": is_draft and prepares and is_open,
        "may_file": is_draft and signs and is_open,
        "may_withdraw": (is_draft and (prepares or signs)) or (is_filed and signs),
        "may_answer": is_filed and asking.may_answer(appeal, seats),
    }


def _latest(request: Request, appeal: Appeal) -> tuple[Any, str] | None:
    """Give the newest run that may be shown with the item's score in it."""
    scheme = appeal.round.scheme
    seats = target_queries.seats(request.scope, request.moment.business_date)
    sees = access.sees_before_publication(seats, scheme.owner.code, is_countys=scheme.is_countys)
    run = newest(appeal.round, with_trials=sees)
    if run is None or run.pk == appeal.run_id:
        return None
    return run, printed(run.read(), appeal.code, appeal.item)


def _line(appeal: Appeal, today: Any) -> dict[str, Any]:  # noqa: ANN401  # a date
    """Give an appeal as a list shows it, its item by name."""
    told = items_of(appeal.round.edition).get(appeal.item) if appeal.item else None
    return {
        "appeal": appeal,
        "item": told.name if told else appeal.item or appealing.WHOLE,
        "days_left": asking.days_left(appeal.round, today),
    }


def _items(round_: Round, code: str) -> list[dict[str, str]]:
    """Give the items of a unit in the first mark, with what each came to."""
    if round_.result is None:
        return []
    told, result = items_of(round_.edition), round_.result.read()
    row: Mapping[str, Any] = next(
        (each for each in result["rows"] if each["unit"] == code), {"items": {}}
    )
    return [
        {
            "code": item,
            "name": told[item].name if item in told else item,
            "score": each["score"] or "",
            "points": each["points"] or "",
            "why": each["why"],
        }
        for item, each in row["items"].items()
    ]


def _ask(
    request: Request,
    round_: Round,
    place: Assessed,
    problems: Sequence[Problem],
    posted: Mapping[str, str],
) -> HttpResponse:
    context = {
        "here": "assessment",
        "round": round_,
        "place": place,
        "items": _items(round_, place.code),
        "days_left": asking.days_left(round_, request.moment.business_date),
        "problems": problems,
        "posted": posted,
    }
    status = replies.UNPROCESSABLE if problems else 200
    return render(request, "assessment/appeal_new.html", context, status=status)


def _place(request: Request, key: int, code: str) -> tuple[Round, Assessed]:
    """Give a first mark and one of the person's own in it, else 404."""
    rows = Round.objects.select_related("scheme__owner", "edition__scheme", "result")
    round_ = get_object_or_404(rows.defer("result__inputs"), pk=key)
    place = assessed(round_.result, code)
    if place is None or place.unit.code not in request.scope.units:
        raise NOT_FOUND
    return round_, place


def _appeal(request: Request, key: int) -> Appeal:
    rows = asking.appeals(request.scope).select_related("round__result")
    return get_object_or_404(
        rows.defer("run__inputs", "run__result", "round__result__inputs"), pk=key
    )
