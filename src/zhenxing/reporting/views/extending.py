"""More days: asked for on the submission's own page, answered on the month's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.kernel.problems import Problem
from zhenxing.reporting import access, services
from zhenxing.reporting.models import Extension, Submission
from zhenxing.web.errors import Refusal
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from zhenxing.web.http import Request

READERS = "KLGFVCSX"
ASKERS, TOWN, OFFICE, ANSWERERS = "FV", "C", "K", "KC"
UNPROCESSABLE, CONFLICT = 422, 409


@policy("reporting.extension", READERS)
def page(request: Request, period: str, group: str) -> HttpResponse:
    """Show what was asked and answered, and the form to ask."""
    submission = _submission(request, period, group)
    return render(request, "reporting/extension.html", _context(request, submission))


@policy("reporting.extension_ask", ASKERS, methods=("POST",))
def ask(request: Request, period: str, group: str) -> HttpResponse:
    """Ask for more days; what was typed stays where it is refused."""
    submission = _submission(request, period, group)
    said = {name: request.POST.get(name, "") for name in ("until", "reason")}
    done = services.ask_extension(
        submission=submission,
        until=_day(said["until"]) or submission.due,
        reason=said["reason"],
        scope=request.scope,
        moment=request.moment,
    )
    if isinstance(done, Problem):
        context = _context(request, submission) | {"problem": done, "said": said}
        return render(request, "reporting/extension.html", context, status=UNPROCESSABLE)
    messages.success(request, "已申请，先由本镇综合协调专班提出意见，再由考核办批准。")
    return redirect("reporting:extension", period=period, group=group)


@policy("reporting.extension_support", TOWN, methods=("POST",))
def support(request: Request, number: int) -> HttpResponse:
    """Say the town's yes."""
    extension = _extension(request, number)
    done = services.support_extension(
        extension=extension, scope=request.scope, moment=request.moment
    )
    return _back(request, done, extension, "已同意上报，等考核办批准。")


@policy("reporting.extension_grant", OFFICE, methods=("POST",))
def grant(request: Request, number: int) -> HttpResponse:
    """Give the days."""
    extension = _extension(request, number)
    done = services.grant_extension(
        extension=extension,
        answer=request.POST.get("answer", ""),
        scope=request.scope,
        moment=request.moment,
    )
    return _back(request, done, extension, "已批准延期，各处按新的截止日计。")


@policy("reporting.extension_refuse", ANSWERERS, methods=("POST",))
def refuse(request: Request, number: int) -> HttpResponse:
    """Say no, with the reason."""
    extension = _extension(request, number)
    done = services.refuse_extension(
        extension=extension,
        answer=request.POST.get("answer", ""),
        scope=request.scope,
        moment=request.moment,
    )
    return _back(request, done, extension, "已答复不批准，原截止日不变。")


def _context(request: Request, submission: Submission) -> dict[str, Any]:
    today = request.moment.business_date
    may_ask = access.may_submit(request.scope, submission.group.code)
    return {
        "here": "returns",
        "submission": submission,
        "group": submission.group,
        "town": submission.group.unit,
        "call": submission.call,
        "countdown": submission.countdown(today),
        "extensions": submission.extensions.order_by("-pk"),
        "refusal": services.not_extendable(submission, today),
        "may_ask": may_ask,
    }


def _submission(request: Request, period: str, group: str) -> Submission:
    rows = Submission.objects.visible_to(request.scope).select_related("call", "group__unit")
    return get_object_or_404(rows, call__code=period, group__code=group)


def _extension(request: Request, number: int) -> Extension:
    visible = Submission.objects.visible_to(request.scope)
    rows = Extension.objects.filter(submission__in=visible)
    return get_object_or_404(
        rows.select_related("submission__call", "submission__group__unit"), pk=number
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _back(request: Request, done: object, extension: Extension, said: str) -> HttpResponse:
    if isinstance(done, Problem):
        raise Refusal(CONFLICT, "没有办成", f"{done.where}：{done.what}", done.next)
    messages.success(request, said)
    return redirect("reporting:call", code=extension.submission.call.code)
