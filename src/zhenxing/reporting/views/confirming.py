"""The lead department: its indicators over all towns, its own value beside theirs, many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhenxing.accounts import services as accounts
from zhenxing.reporting import call_sheets, desk, services, sheets, verdicts
from zhenxing.reporting.choices import Move, ReturnReason
from zhenxing.reporting.queries import confirming
from zhenxing.reporting.views.life import base_of
from zhenxing.web import listing as web_listing
from zhenxing.web.errors import NOT_FOUND
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from zhenxing.reporting.models import Call, Submission
    from zhenxing.reporting.queries.confirming import Asked
    from zhenxing.web.http import Request

DEPARTMENT = "D"
UNPROCESSABLE, CONFLICT = 422, 409


@policy("reporting.confirmations", DEPARTMENT)
def listing(request: Request) -> HttpResponse:
    """List what waits for the department: month, indicator, town, its own value prefilled."""
    calls = confirming.calls_to_confirm(request.scope)
    call = _chosen(calls, request.GET.get("period", ""))
    rows = confirming.asked(request.scope, call, request.moment.business_date) if call else []
    if "xlsx" in request.GET and call is not None:
        content = sheets.confirmations(call, _kept(request, rows), request.moment)
        return call_sheets.answer(content, f"{call.code}核定.xlsx")
    return _table(request, calls, call, rows, {})


@policy("reporting.confirm", DEPARTMENT, methods=("POST",))
def confirm(request: Request) -> HttpResponse:
    """Confirm the ticked lines in one act; if one of them cannot stand, none does."""
    calls = confirming.calls_to_confirm(request.scope)
    call = _chosen(calls, request.GET.get("period", ""))
    rows = confirming.asked(request.scope, call, request.moment.business_date) if call else []
    lines = {row.key: verdicts.typed(request.POST, row) for row in rows}
    done, told = _confirmed(request, lines)
    if done is None:
        return _table(request, calls, call, rows, told)
    more = f"，{len(done.finished)}份报表已全部核定" if done.finished else ""
    messages.success(request, f"已核定{len(done.lines)}个数{more}，已记入账本。")
    return redirect(f"{reverse('reporting:confirmations')}?{request.GET.urlencode()}")


@policy("reporting.confirm_one", DEPARTMENT)
def one(request: Request, period: str, group: str) -> HttpResponse:
    """Show one form's numbers of the department's indicators, and how to send it back."""
    return _one(request, _submission(request, period, group), desk.Typed())


@policy("reporting.confirm_return", DEPARTMENT, methods=("POST",))
def send_back(request: Request, period: str, group: str) -> HttpResponse:
    """Send a signed form back to the town, with a coded reason and words."""
    submission = _submission(request, period, group)
    reason, text = request.POST.get("reason", ""), request.POST.get("text", "")
    done = services.send_back(
        submission=submission,
        scope=request.scope,
        moment=request.moment,
        base_version=base_of(request.POST.get("base_version", "")),
        reason=reason,
        text=text,
    )
    if isinstance(done, services.Done):
        messages.success(request, f"{submission.group.unit.name}的报表已退回，已记入账本。")
        return redirect("reporting:confirmations")
    stale = done if isinstance(done, services.Stale) else None
    problem = None if isinstance(done, services.Stale) else done
    typed = desk.Typed(reason=reason, text=text, problem=problem, stale=stale, move=Move.RETURN)
    return _one(request, submission, typed, CONFLICT)


def _confirmed(
    request: Request, lines: dict[str, verdicts.Line]
) -> tuple[services.Confirmed | None, dict[str, Any]]:
    """Try to confirm; give what stands, or else the lines as typed and everything that is wrong."""
    ticked = [line for line in lines.values() if line.is_ticked]
    gone = bool(set(request.POST.getlist("line")) - set(lines))
    if gone or not ticked:
        return None, {"typed": lines, "gone": gone, "nothing": not gone}
    said, wrong = verdicts.verdicts(ticked)
    if wrong:
        return None, {"typed": lines | wrong}
    problem = accounts.reauthenticate(request, request.POST.get("password", ""))
    if problem is not None:
        return None, {"typed": lines, "password_problem": problem}
    done = services.confirm(verdicts=said, scope=request.scope, moment=request.moment)
    if isinstance(done, services.Confirmed):
        return done, {}
    told = {
        ticked[place].asked.key: ticked[place].with_problem(each)
        for place, each in done.problems.items()
    }
    return None, {"typed": lines | told}


def _one(
    request: Request, submission: Submission, typed: desk.Typed, status: int = 200
) -> HttpResponse:
    rows = confirming.asked_of(request.scope, submission, request.moment.business_date)
    card = desk.card(request.scope, submission, request.moment)
    context = card | {
        "here": "confirmations",
        "rows": rows,
        "typed": typed,
        "reasons": ReturnReason.choices,
    }
    return render(request, "reporting/confirm_one.html", context, status=status)


def _table(
    request: Request,
    calls: list[Call],
    call: Call | None,
    rows: list[Asked],
    told: dict[str, Any],
) -> HttpResponse:
    typed = told.pop("typed", {})
    kept = _kept(request, rows)
    found = web_listing.of_rows(
        request, kept, words=lambda row: row.words, sorts=confirming.SORTS, first="indicator"
    )
    indicators = {row.indicator.code: row.indicator for row in rows}
    context = told | {
        "here": "confirmations",
        "calls": calls,
        "call": call,
        "indicators": sorted(indicators.values(), key=lambda each: each.position),
        "wanted": request.GET.get("indicator", ""),
        "state": request.GET.get("state", "waiting"),
        "counts": {
            "all": len(rows),
            "waiting": sum(row.own is None for row in rows),
            "done": sum(row.own is not None for row in rows),
        },
        "listing": found,
        "lines": [typed.get(row.key) or verdicts.untouched(row) for row in found.page],
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "reporting/confirmations.html", context, status=status)


def _kept(request: Request, rows: list[Asked]) -> list[Asked]:
    wanted, state = request.GET.get("indicator", ""), request.GET.get("state", "waiting")
    return [
        row
        for row in rows
        if wanted in {"", row.indicator.code}
        and (state == "all" or (row.own is None) is (state == "waiting"))
    ]


def _chosen(calls: list[Call], wanted: str) -> Call | None:
    return next((call for call in calls if call.code == wanted), calls[0] if calls else None)


def _submission(request: Request, period: str, group: str) -> Submission:
    found = confirming.led_submission(request.scope, period, group)
    if found is None:
        raise NOT_FOUND
    return found
