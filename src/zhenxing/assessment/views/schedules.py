"""Schedules: what will open when, and the rhythm of one scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.assessment.choices import READERS, Every, SchemeKind
from zhenxing.assessment.models import Schedule, Scheme
from zhenxing.assessment.queries import schedules as asking
from zhenxing.assessment.services import scheduling
from zhenxing.assessment.views import replies
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.services import ActRefusedError
from zhenxing.web import listing as web_listing
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse

    from zhenxing.web.http import Request

KEEPERS = "KS"
SORTS = {
    "opens": lambda each: each.opens,
    "scheme": lambda each: each.schedule.scheme.name,
    "period": lambda each: each.period,
}


@policy("assessment.schedules", READERS)
def listing(request: Request) -> HttpResponse:
    """Show what will open when within a year, and the rhythms behind it."""
    today, rows = request.moment.business_date, asking.schedules(request.scope)
    kept = Scheme.objects.kept_by(request.scope)
    context = {
        "here": "assessment",
        "schedules": rows,
        "kept": {each.pk for each in kept},
        "unset": kept.filter(schedule=None).exclude(kind=SchemeKind.PILOT_SELECTION),
        "today": today,
        "listing": web_listing.of_rows(
            request,
            asking.coming(rows, today),
            words=lambda each: f"{each.schedule.scheme.name}{each.period.label}",
            sorts=SORTS,
            first="opens",
        ),
    }
    return render(request, "assessment/schedules.html", context)


@policy("assessment.schedule", KEEPERS)
def one(request: Request, code: str) -> HttpResponse:
    """Show one scheme's rhythm to those who set it."""
    return _show(request, _scheme(request, code), (), {})


@policy("assessment.schedule_set", KEEPERS, methods=("POST",))
def put(request: Request, code: str) -> HttpResponse:
    """Set a scheme's rhythm."""
    scheme, posted = _scheme(request, code), request.POST.dict()
    since = replies.day_of(posted.get("since", ""))
    if since is None:
        wrong = [Problem("起", "没有写，或不是日期", "请写成 2023-10-01 这样")]
        return _show(request, scheme, wrong, posted)
    days = [replies.whole(posted, name) for name in ("days_after", "gather_days", "reply_days")]
    rhythm = scheduling.Rhythm(
        posted.get("every", ""), days[0], days[1], days[2], since, "active" in posted
    )
    try:
        scheduling.set_schedule(
            scheme=scheme,
            rhythm=rhythm,
            seen=posted.get("seen", ""),
            scope=request.scope,
            moment=request.moment,
        )
    except ActRefusedError as refused:
        return _show(request, scheme, refused.problems, posted)
    messages.success(request, f"{scheme.name}的排期已定。")
    return redirect("assessment:schedules")


def _show(
    request: Request, scheme: Scheme, problems: Sequence[Problem], posted: Mapping[str, str]
) -> HttpResponse:
    schedule = Schedule.objects.filter(scheme=scheme).first()
    shown: Mapping[str, object] = posted or (
        {
            "every": schedule.every,
            "days_after": schedule.days_after,
            "gather_days": schedule.gather_days,
            "reply_days": schedule.reply_days,
            "since": schedule.since.isoformat(),
            "active": "on" if schedule.active else "",
        }
        if schedule
        else {
            "days_after": 10,
            "gather_days": 5,
            "reply_days": 5,
            "since": request.moment.business_date.isoformat(),
            "active": "on",
        }
    )
    context = {
        "here": "assessment",
        "scheme": scheme,
        "schedule": schedule,
        "seen": asking.print_of(schedule),
        "shown": shown,
        "every": Every.choices,
        "problems": problems,
    }
    status = replies.UNPROCESSABLE if problems else 200
    return render(request, "assessment/schedule.html", context, status=status)


def _scheme(request: Request, code: str) -> Scheme:
    rows = Scheme.objects.kept_by(request.scope).select_related("owner")
    return get_object_or_404(rows, code=code)
