"""Claims: listed, brought with their paper, decided by a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.assessment import claim_register
from zhenxing.assessment.choices import READERS, ClaimKind, ClaimState
from zhenxing.assessment.queries import claims as asking
from zhenxing.assessment.services import claiming
from zhenxing.assessment.services.claiming import Said
from zhenxing.assessment.views import replies
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets import queries as target_queries
from zhenxing.web import listing as web_listing
from zhenxing.web.errors import NOT_FOUND
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from zhenxing.assessment.models import Claim
    from zhenxing.web.http import Request

PROPOSERS, DECIDERS = "KDCS", "KCS"
SORTS = {
    "number": "number",
    "day": "day",
    "unit": "unit__position",
    "kind": "kind",
    "event": "event",
    "state": "state",
}
SEARCHED = ("number", "unit__name", "event", "words", "document", "proposed_name")


@policy("assessment.claims", READERS)
def listing(request: Request) -> HttpResponse:
    """List the claims a person may read."""
    found = web_listing.of_query(
        request, _filtered(request), search=SEARCHED, sorts=SORTS, first="-number"
    )
    if "xlsx" in request.GET:
        rows = list(found.page.paginator.object_list)
        mark = replies.DEMO if request.is_demo else ""
        book = claim_register.claims(rows, asking.names_of(rows), request.moment, mark=mark)
        return replies.made(book, "事项认定.xlsx")
    context = {
        "here": "assessment",
        "listing": found,
        "names": asking.names_of(found.page),
        "kinds": ClaimKind.choices,
        "states": ClaimState.choices,
        "asked": {name: request.GET.get(name, "") for name in ("kind", "state")},
        "may_propose": request.scope.has(*PROPOSERS),
    }
    return render(request, "assessment/claims.html", context)


@policy("assessment.claim_new", PROPOSERS)
def new(request: Request) -> HttpResponse:
    """Show the form on which a matter is brought."""
    return _form(request, ())


@policy("assessment.claim_propose", PROPOSERS, methods=("POST",))
def propose(request: Request) -> HttpResponse:
    """Bring a matter."""
    said = _read(request)
    if isinstance(said, list):
        return _form(request, said)
    try:
        claim = claiming.propose(
            said=said,
            is_another="another" in request.POST,
            scope=request.scope,
            moment=request.moment,
        )
    except ActRefusedError as refused:
        return _form(request, refused.problems)
    messages.success(request, f"{claim.number} 已提出，等另一个人复核；复核以后才计入考核。")
    return redirect("assessment:claim", claim.pk)


@policy("assessment.claim", READERS)
def one(request: Request, key: int) -> HttpResponse:
    """Show a claim with its paper, what looks like the same matter, and what may be done."""
    return _show(request, _claim(request, key), ())


@policy("assessment.claim_paper", READERS)
def paper(request: Request, key: int) -> HttpResponse:
    """Give a claim's paper as the file it came as."""
    claim = _claim(request, key)
    if claim.paper is None:
        raise NOT_FOUND
    return replies.kept(claim.paper)


@policy("assessment.claim_approve", DECIDERS, methods=("POST",))
def approve(request: Request, key: int) -> HttpResponse:
    """Let a matter count, as the second person."""
    remark = request.POST.get("remark", "")
    return _try(request, _claim(request, key), claiming.approve, remark=remark)


@policy("assessment.claim_refuse", DECIDERS, methods=("POST",))
def refuse(request: Request, key: int) -> HttpResponse:
    """Say why a matter does not count, as the second person."""
    remark = request.POST.get("remark", "")
    return _try(request, _claim(request, key), claiming.decline, remark=remark)


@policy("assessment.claim_withdraw", PROPOSERS, methods=("POST",))
def withdraw(request: Request, key: int) -> HttpResponse:
    """Take a matter back that nobody has decided yet."""
    reason = request.POST.get("reason", "")
    return _try(request, _claim(request, key), claiming.withdraw, reason=reason)


def _filtered(request: Request) -> QuerySet[Claim]:
    rows = asking.claims(request.scope)
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    rows = rows.filter(kind=kind) if kind in ClaimKind.values else rows
    return rows.filter(state=state) if state in ClaimState.values else rows


def _claim(request: Request, key: int) -> Claim:
    return get_object_or_404(asking.claims(request.scope), pk=key)


def _try(request: Request, claim: Claim, verb: Callable[..., Claim], **said: str) -> HttpResponse:
    try:
        done = verb(claim=claim, scope=request.scope, moment=request.moment, **said)
    except ActRefusedError as refused:
        return _show(request, claim, refused.problems)
    messages.success(request, f"{done.number}：{done.get_state_display()}。")
    return redirect("assessment:claim", claim.pk)


def _read(request: Request) -> Said | list[Problem]:
    posted, problems = request.POST.dict(), []
    kind, _, event = posted.get("matter", "").partition(":")
    day = replies.day_of(posted.get("day", ""))
    if day is None:
        problems.append(Problem("发生日期", "没有写，或不是日期", "请写成 2023-09-12 这样"))
    written = posted.get("amount", "").strip()
    amount = replies.figure(written)
    if written and amount is None:
        problems.append(Problem("金额或数量", f"「{written[:20]}」不是数", "请只写数字"))
    papers = replies.papers_of(request, "paper")
    if problems or day is None:
        return problems
    return Said(
        code=posted.get("code", ""),
        kind=kind,
        event=event,
        day=day,
        words=posted.get("words", ""),
        amount=amount,
        document=posted.get("document", ""),
        paper=papers[0] if papers else None,
    )


def _form(request: Request, problems: Sequence[Problem]) -> HttpResponse:
    day = request.moment.business_date
    ground = asking.ground(request.scope, target_queries.seats(request.scope, day), day)
    context: dict[str, Any] = {
        "here": "assessment",
        "matters": ground.matters,
        "subjects": ground.subjects.values(),
        "posted": request.POST,
        "problems": problems,
        "today": day,
    }
    status = replies.UNPROCESSABLE if problems else 200
    return render(request, "assessment/claim_new.html", context, status=status)


def _show(request: Request, claim: Claim, problems: Sequence[Problem]) -> HttpResponse:
    seats = target_queries.seats(request.scope, request.moment.business_date)
    is_open = claim.state == ClaimState.PROPOSED
    twins = asking.alike(claim.code, claim.event, claim.day, claim.document, but=claim.pk)
    visible = asking.claims(request.scope).filter(pk__in=[each.pk for each in twins])
    context: dict[str, Any] = {
        "here": "assessment",
        "claim": claim,
        "name": asking.names_of([claim]).get(claim.code, claim.code),
        "alike": visible,
        "may_decide": is_open and asking.may_decide(claim, seats),
        "may_withdraw": is_open and asking.may_withdraw(claim, seats),
        "posted": request.POST,
        "problems": problems,
    }
    status = replies.UNPROCESSABLE if problems else 200
    return render(request, "assessment/claim.html", context, status=status)
