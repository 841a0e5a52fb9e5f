"""Something asked besides the months: its price first, then a second person's yes or no."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.indicators.choices import Nature
from zhenxing.indicators.models import Indicator
from zhenxing.kernel.periods import Kind, Period, PeriodError
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.models import WorkingGroup
from zhenxing.reporting import services
from zhenxing.reporting.models import Call
from zhenxing.reporting.queries.asking import weight_of
from zhenxing.reporting.services import Asking
from zhenxing.web.errors import Refusal
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from zhenxing.web.http import Request

PROPOSERS, OFFICE = "KDC", "K"
UNPROCESSABLE, CONFLICT = 422, 409


@policy("reporting.call_new", PROPOSERS)
def new(request: Request) -> HttpResponse:
    """Show the form; once it is filled in, what it would cost and what is known already."""
    context = _form(request, request.GET)
    if request.GET.get("check"):
        context |= _checked(request, request.GET)
    return render(request, "reporting/call_new.html", context)


@policy("reporting.call_propose", PROPOSERS, methods=("POST",))
def propose(request: Request) -> HttpResponse:
    """Propose what was checked, or give the form back with every word of it."""
    asking = _asking(request.POST, request.moment.business_date)
    done = services.propose_call(asking, scope=request.scope, moment=request.moment)
    if isinstance(done, Problem):
        context = _form(request, request.POST) | _checked(request, request.POST)
        return render(request, "reporting/call_new.html", context, status=UNPROCESSABLE)
    messages.success(request, "已提出，考核办另一位经办人批准以后才向专班要数。")
    return redirect("reporting:call", code=done.code)


@policy("reporting.call_approve", OFFICE, methods=("POST",))
def approve(request: Request, code: str) -> HttpResponse:
    """Approve a temporary call."""
    call = get_object_or_404(Call.objects.visible_to(request.scope), code=code)
    done = services.approve_call(call=call, scope=request.scope, moment=request.moment)
    return _back(request, done, call, "已批准，所列专班现在可以填报。")


@policy("reporting.call_refuse", OFFICE, methods=("POST",))
def refuse(request: Request, code: str) -> HttpResponse:
    """Refuse a temporary call, with the reason."""
    call = get_object_or_404(Call.objects.visible_to(request.scope), code=code)
    done = services.refuse_call(
        call=call,
        reason=request.POST.get("reason", ""),
        scope=request.scope,
        moment=request.moment,
    )
    return _back(request, done, call, "已答复不批准，没有向任何专班要数。")


def _form(request: Request, said: QueryDict) -> dict[str, Any]:
    """Give what may be chosen, and what was chosen or typed."""
    scope, today = request.scope, request.moment.business_date
    indicators = Indicator.objects.exclude(nature=Nature.SURVEY).select_related("field", "lead")
    if not scope.has("K", "C"):
        indicators = indicators.filter(lead__code__in=scope.departments)
    groups = WorkingGroup.objects.open_on(today).select_related("unit")
    if not scope.has("K", "D"):
        groups = groups.filter(unit__code__in=scope.units)
    return {
        "here": "calls",
        "indicators": indicators.order_by("field__position", "position"),
        "groups": groups.order_by("unit__position", "code"),
        "said": said,
        "chosen": set(said.getlist("indicators")),
        "asked": set(said.getlist("groups")),
        "month": said.get("period") or str(Period.month_of(today)),
        "due": said.get("due") or (today + timedelta(days=7)).isoformat(),
        "expires": said.get("expires") or (today + timedelta(days=14)).isoformat(),
    }


def _checked(request: Request, said: QueryDict) -> dict[str, Any]:
    """Give what is wrong with it, and what it would cost."""
    today = request.moment.business_date
    asking = _asking(said, today)
    known = set(Indicator.objects.filter(code__in=asking.indicators).values_list("code", flat=True))
    codes = [code for code in asking.indicators if code in known]
    return {
        "problems": services.wrong_with(asking, request.scope, today),
        "weight": weight_of(codes, asking.groups, asking.period, today),
    }


def _asking(said: QueryDict, today: date) -> Asking:
    return Asking(
        title=said.get("title", "").strip(),
        basis=said.get("basis", "").strip(),
        reason=said.get("reason", "").strip(),
        period=_period(said.get("period", ""), today),
        indicators=tuple(dict.fromkeys(said.getlist("indicators"))),
        groups=tuple(dict.fromkeys(said.getlist("groups"))),
        due=_day(said.get("due", "")),
        expires=_day(said.get("expires", "")),
    )


def _period(text: str, today: date) -> Period:
    """Read a month; what is none is this month, which the page then shows."""
    try:
        period = Period.parse(text)
    except PeriodError:
        return Period.month_of(today)
    return period if period.kind is Kind.MONTH else Period.month_of(today)


def _day(text: str) -> date:
    """Read a day; what is none lies before every day and is refused as such."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


def _back(request: Request, done: object, call: Call, said: str) -> HttpResponse:
    if isinstance(done, Problem):
        raise Refusal(CONFLICT, "没有办成", f"{done.where}：{done.what}", done.next)
    messages.success(request, said)
    return redirect("reporting:call", code=call.code)
