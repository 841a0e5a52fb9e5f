"""The months: when each is due and why, who is missing, and how it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.kernel.problems import Problem
from zhenxing.reporting import access, call_screens, call_sheets, services
from zhenxing.reporting.models import Call, Submission, Urging, Version
from zhenxing.reporting.queries import completeness, listed
from zhenxing.web import listing as web_listing
from zhenxing.web.errors import BAD_REQUEST, Refusal
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from zhenxing.web.http import Request

READERS = "KDLGFCSX"
OFFICE, URGERS, REPORTERS = "K", "KC", "FV"
CONFLICT = 409


@policy("reporting.calls", READERS)
def listing(request: Request) -> HttpResponse:
    """List the months and what was asked besides: due days with their reason, who came."""
    today = request.moment.business_date
    rows = listed.calls(request.scope, today)
    if "xlsx" in request.GET:
        return call_sheets.answer(call_sheets.calls(rows, request.moment), "填报任务.xlsx")
    context = {
        "here": "calls",
        "proposes": access.may_propose_calls(request.scope),
        "doubt": listed.doubt(today),
        "rule": listed.rule(),
        "listing": web_listing.of_rows(
            request, rows, words=lambda row: row.words, sorts=listed.SORTS, first="-month"
        ),
    }
    return render(request, "reporting/calls.html", context)


@policy("reporting.call", READERS)
def one(request: Request, code: str) -> HttpResponse:
    """Show a call: its day and why, who is missing, what waits for whom."""
    call = _call(request, code)
    return render(
        request, "reporting/call.html", call_screens.one(call, request.scope, request.moment)
    )


@policy("reporting.call_closing", OFFICE, methods=("POST",))
def propose_closing(request: Request, code: str) -> HttpResponse:
    """Propose to close a month."""
    call = _call(request, code)
    done = services.propose_closing(call=call, scope=request.scope, moment=request.moment)
    return _back(request, done, call, "已提出关闭，请考核办另一位经办人复核后关闭。")


@policy("reporting.call_close", OFFICE, methods=("POST",))
def close(request: Request, code: str) -> HttpResponse:
    """Close a month that another person proposed to close."""
    call = _call(request, code)
    done = services.close_call(call=call, scope=request.scope, moment=request.moment)
    return _back(request, done, call, "已关闭，关闭根记在账本里，印在通报上。")


@policy("reporting.urge", URGERS, methods=("POST",))
def urge(request: Request, code: str) -> HttpResponse:
    """Urge the groups that were ticked, or all that have not handed in."""
    call = _call(request, code)
    groups = request.POST.getlist("groups")
    if request.POST.get("all"):
        standings = completeness.standings([call], request.scope, request.moment.business_date)
        groups = [
            each.submission.group.code for each in standings if not each.submission.is_handed_in
        ]
    done = services.urge(
        call=call,
        groups=groups,
        text=request.POST.get("text", ""),
        scope=request.scope,
        moment=request.moment,
    )
    count = len(done) if isinstance(done, tuple) else 0
    return _back(request, done, call, f"已催报{count}个专班，对方看到后这里显示已读。")


@policy("reporting.urging_read", REPORTERS, methods=("POST",))
def read_urging(request: Request, number: int) -> HttpResponse:
    """Say that an urging arrived."""
    visible = Submission.objects.visible_to(request.scope)
    rows = Urging.objects.filter(submission__in=visible)
    urging = get_object_or_404(rows.select_related("submission__group__unit"), pk=number)
    done = services.read_urging(urging=urging, scope=request.scope, moment=request.moment)
    _refuse(done)
    messages.success(request, "已签收，催报的人会看到已读。")
    call = urging.submission.call
    return redirect("reporting:one", period=call.code, group=urging.submission.group.code)


@policy("reporting.ruling", OFFICE, methods=("POST",))
def rule(request: Request, number: str) -> HttpResponse:
    """Rule on a late form that was filled offline."""
    visible = Submission.objects.visible_to(request.scope)
    rows = Version.objects.filter(submission__in=visible)
    version = get_object_or_404(
        rows.select_related("submission__call", "submission__group"), receipt=number
    )
    said = request.POST.get("counts_as_on_time", "")
    if said not in {"yes", "no"}:
        raise BAD_REQUEST
    done = services.rule_on_lateness(
        version=version,
        counts_as_on_time=said == "yes",
        reason=request.POST.get("reason", ""),
        scope=request.scope,
        moment=request.moment,
    )
    return _back(request, done, version.submission.call, "已认定，原记录不变。")


def _call(request: Request, code: str) -> Call:
    return get_object_or_404(Call.objects.visible_to(request.scope), code=code)


def _back(request: Request, done: Any, call: Call, said: str) -> HttpResponse:  # noqa: ANN401  # whatever a service gives
    """Answer with the call's page and a sentence, or with why it was refused."""
    _refuse(done)
    messages.success(request, said)
    return redirect("reporting:call", code=call.code)


def _refuse(done: object) -> None:
    if isinstance(done, Problem):
        raise Refusal(CONFLICT, "没有办成", f"{done.where}：{done.what}", done.next)
