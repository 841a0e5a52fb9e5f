"""结果运用: listed, proposed from a published result, approved, heard, paid, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.assessment import access, registers
from zhenxing.assessment.choices import READERS, UseKind, UseState
from zhenxing.assessment.models import Round, RunRow, Use
from zhenxing.assessment.queries import uses as asking
from zhenxing.assessment.services import using
from zhenxing.assessment.views import replies
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets import queries as target_queries
from zhenxing.web import listing as web_listing
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http import HttpResponse

    from zhenxing.web.http import Request

KEEPERS, DECIDERS = "KS", "KCS"
HELD_AGAINST = "KSX"  # whose pages hold results against what is known now: it is reckoned anew
SORTS = {
    "day": "pk",
    "unit": "unit__position",
    "kind": "kind",
    "amount": "amount",
    "state": "state",
}
SEARCHED = ("unit__name", "condition", "words", "document", "round__scheme__name", "reason")


@policy("assessment.uses", READERS)
def listing(request: Request) -> HttpResponse:
    """List the uses a person may read, with the money by state and what rests on false figures."""
    everything = asking.uses(request.scope)
    asked = {name: request.GET.get(name, "") for name in ("state", "kind", "round")}
    rows = _narrowed(everything, asked)
    if "xlsx" in request.GET:
        return replies.made(registers.uses(rows, request.moment), "结果运用.xlsx")
    today = request.moment.business_date
    context = {
        "here": "assessment",
        "asked": asked,
        "states": UseState.choices,
        "kinds": UseKind.choices,
        "totals": asking.totals(rows),
        "shaken": asking.shaken(everything.filter(state__in=asking.ALIVE), today)
        if request.scope.has(*HELD_AGAINST)
        else (),
        "published": asking.published(request.scope),
        "listing": web_listing.of_query(request, rows, search=SEARCHED, sorts=SORTS, first="-day"),
    }
    return render(request, "assessment/uses.html", context)


@policy("assessment.use_new", KEEPERS)
def new(request: Request, key: int) -> HttpResponse:
    """Show a published result, unit by unit, and the form for the one that was chosen."""
    return _ask(request, _published(request, key), (), request.GET.dict())


@policy("assessment.use_propose", KEEPERS, methods=("POST",))
def propose(request: Request, key: int) -> HttpResponse:
    """Propose what follows; what was typed stays where it is refused."""
    round_, posted = _published(request, key), request.POST.dict()
    amount = replies.figure(posted.get("amount", ""))
    if posted.get("amount", "").strip() and amount is None:
        what = f"「{posted['amount'][:30]}」不是数"
        return _ask(request, round_, [Problem("金额", what, "请只写万元数")], posted)
    words = [posted.get(name, "") for name in ("kind", "condition", "words")]
    offer = using.Offer(words[0], words[1], words[2], amount, posted.get("document", ""))
    try:
        use = using.propose(
            round_=round_,
            code=posted.get("code", ""),
            offer=offer,
            scope=request.scope,
            moment=request.moment,
        )
    except ActRefusedError as refused:
        return _ask(request, round_, refused.problems, posted)
    messages.success(request, "已提出，等另一位同事批准。")
    return redirect("assessment:use", key=use.pk)


@policy("assessment.use", READERS)
def one(request: Request, key: int) -> HttpResponse:
    """Show a use from its condition to its payment, step by step."""
    return _show(request, _use(request, key), (), {})


@policy("assessment.use_hear", KEEPERS, methods=("POST",))
def hear(request: Request, key: int) -> HttpResponse:
    """Record the hearing of a case of honest error."""
    day = replies.day_of(request.POST.get("day", ""))
    if day is None:
        wrong = [Problem("听证日期", "没有写，或不是日期", "请写成 2023-10-20 这样")]
        return _show(request, _use(request, key), wrong, request.POST.dict())
    return _try(request, key, using.hear, day=day, words=request.POST.get("hearing", ""))


@policy("assessment.use_approve", DECIDERS, methods=("POST",))
def approve(request: Request, key: int) -> HttpResponse:
    """Approve a use, as the second person."""
    return _try(request, key, using.approve, note=request.POST.get("note", ""))


@policy("assessment.use_decline", DECIDERS, methods=("POST",))
def decline(request: Request, key: int) -> HttpResponse:
    """Refuse a use, as the second person."""
    return _try(request, key, using.decline, reason=request.POST.get("reason", ""))


@policy("assessment.use_fulfil", KEEPERS, methods=("POST",))
def fulfil(request: Request, key: int) -> HttpResponse:
    """Record that it was paid or done, with its voucher."""
    paper = next(iter(replies.papers_of(request, "voucher")), None)
    return _try(request, key, using.fulfil, note=request.POST.get("done", ""), paper=paper)


@policy("assessment.use_withdraw", KEEPERS, methods=("POST",))
def withdraw(request: Request, key: int) -> HttpResponse:
    """Withdraw a use with its reason."""
    return _try(request, key, using.withdraw, reason=request.POST.get("withdrawn", ""))


@policy("assessment.use_voucher", READERS)
def voucher(request: Request, key: int) -> HttpResponse:
    """Give the voucher of what was paid or done."""
    use = _use(request, key)
    if use.voucher is None:
        raise Http404
    return replies.kept(use.voucher)


@policy("assessment.use_paper", READERS)
def paper(request: Request, key: int) -> HttpResponse:
    """Give a use as a paper to hand on."""
    use = _use(request, key)
    mark = replies.DEMO if request.is_demo else ""
    content = registers.use_paper(use, use.round.scheme.owner.name, mark=mark)
    return replies.made(content, f"{use.unit.name}{use.get_kind_display()}办理单.docx")


def _try(request: Request, key: int, verb: Callable[..., Use], **said: object) -> HttpResponse:
    """Do what was asked on what was seen, or show the page with what refuses it."""
    use, seen = _use(request, key), replies.whole(request.POST.dict(), "seen")
    try:
        done = verb(use=use, seen=seen, scope=request.scope, moment=request.moment, **said)
    except ActRefusedError as refused:
        return _show(request, _use(request, key), refused.problems, request.POST.dict())
    messages.success(request, f"已办：{done.get_state_display()}。")
    return redirect("assessment:use", key=key)


def _show(
    request: Request, use: Use, problems: Sequence[Problem], posted: Mapping[str, str]
) -> HttpResponse:
    today = request.moment.business_date
    seats, scheme = target_queries.seats(request.scope, today), use.round.scheme
    owner, is_countys = scheme.owner.code, scheme.is_countys
    is_proposed = use.state == UseState.PROPOSED
    keeps = access.keeps(seats, owner, is_countys=is_countys)
    decides = access.decides(seats, owner, [use.proposed_by], is_countys=is_countys)
    rows = RunRow.objects.filter(run=use.round.result_id, code=use.code)
    context: dict[str, Any] = {
        "here": "assessment",
        "use": use,
        "row": rows.first(),
        "steps": use.steps.all(),
        "seen": asking.seen(use),
        "shaken": asking.shaken([use], today) if request.scope.has(*HELD_AGAINST) else (),
        "problems": problems,
        "posted": posted,
        "today": today,
        "may_hear": keeps and is_proposed and use.kind == UseKind.TOLERANCE,
        "may_decide": decides and is_proposed,
        "may_fulfil": keeps and use.state == UseState.APPROVED and use.kind != UseKind.REPLACEMENT,
        "may_withdraw": keeps and use.state in asking.ALIVE,
        "is_replacement": use.kind == UseKind.REPLACEMENT,
    }
    status = replies.UNPROCESSABLE if problems else 200
    return render(request, "assessment/use.html", context, status=status)


def _ask(
    request: Request, round_: Round, problems: Sequence[Problem], posted: Mapping[str, str]
) -> HttpResponse:
    rows = list(RunRow.objects.filter(run=round_.result_id).select_related("unit"))
    chosen = next((row for row in rows if row.code == posted.get("code")), None)
    context = {
        "here": "assessment",
        "round": round_,
        "rows": rows,
        "chosen": chosen,
        "conditions": asking.conditions_of(chosen, round_) if chosen else (),
        "kinds": UseKind.choices,
        "problems": problems,
        "posted": posted,
    }
    status = replies.UNPROCESSABLE if problems else 200
    return render(request, "assessment/use_new.html", context, status=status)


def _narrowed(rows: Any, asked: Mapping[str, str]) -> Any:  # noqa: ANN401  # a query set
    if asked["state"] in UseState.values:
        rows = rows.filter(state=asked["state"])
    if asked["kind"] in UseKind.values:
        rows = rows.filter(kind=asked["kind"])
    if replies.whole(asked, "round"):
        rows = rows.filter(round=replies.whole(asked, "round"))
    return rows


def _published(request: Request, key: int) -> Round:
    return get_object_or_404(asking.published(request.scope), pk=key)


def _use(request: Request, key: int) -> Use:
    return get_object_or_404(asking.uses(request.scope).select_related("voucher"), pk=key)
