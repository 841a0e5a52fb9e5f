"""Reviewing, signing, sending back: on the form's own page, or one after another from a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.accounts import services as accounts
from zhenxing.reporting import desk, services
from zhenxing.reporting.choices import Move
from zhenxing.reporting.form.reading import LONGEST_NUMBER
from zhenxing.reporting.models import Submission
from zhenxing.reporting.queries import life
from zhenxing.web.errors import BAD_REQUEST
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from zhenxing.kernel.problems import Problem
    from zhenxing.reporting.desk import Typed
    from zhenxing.reporting.services.life import Outcome
    from zhenxing.web.http import Request

REVIEWERS, SIGNERS, RETURNERS, WAITERS = "GF", "L", "GFLK", "GLF"
UNPROCESSABLE, CONFLICT = 422, 409


@policy("reporting.waiting", WAITERS)
def waiting(request: Request) -> HttpResponse:
    """List what waits for the person, each with its differences and remarks."""
    return render(request, "reporting/waiting.html", _desk(request))


@policy("reporting.sign_many", SIGNERS, methods=("POST",))
def sign_many(request: Request) -> HttpResponse:
    """Sign the ticked forms, each on the version that was shown, with one password."""
    ticked = [_ticked(each) for each in request.POST.getlist("form")]
    if not ticked:
        return _again(request, {"nothing": True}, UNPROCESSABLE)
    problem = accounts.reauthenticate(request, request.POST.get("password", ""))
    if problem is not None:
        return _again(request, {"password_problem": problem}, UNPROCESSABLE)
    before = {
        f"{each.call.code}/{each.group.code}": each for each in life.waiting_for(request.scope)
    }
    refused = []
    for place, base in ticked:
        done = _sign(request, before.get(place), base)
        if isinstance(done, services.Done):
            messages.success(request, f"{place}第{done.step.version.number}版已签发。")
        else:
            refused.append((place, done))
    if refused:
        return _again(request, {"refused": refused}, CONFLICT)
    return redirect("reporting:waiting")


@policy("reporting.review", REVIEWERS, methods=("POST",))
def review(request: Request, period: str, group: str) -> HttpResponse:
    """Pass the version that was shown on to the town's leader."""
    submission = _submission(request, period, group)
    typed = desk.Typed(text=request.POST.get("text", ""), move=Move.REVIEW)
    done = services.review(
        submission=submission,
        scope=request.scope,
        moment=request.moment,
        base_version=_base(request),
        text=typed.text,
    )
    return _answer(request, submission, typed, done)


@policy("reporting.sign", SIGNERS, methods=("POST",))
def sign(request: Request, period: str, group: str) -> HttpResponse:
    """Sign the version that was shown, with the password."""
    submission = _submission(request, period, group)
    text, base = request.POST.get("text", ""), _base(request)
    problem = accounts.reauthenticate(request, request.POST.get("password", ""))
    if problem is not None:
        typed = desk.Typed(text=text, password_problem=problem, move=Move.SIGN)
        return one_page(request, submission, typed, UNPROCESSABLE)
    done = services.sign(
        submission=submission,
        scope=request.scope,
        moment=request.moment,
        base_version=base,
        text=text,
    )
    return _answer(request, submission, desk.Typed(text=text, move=Move.SIGN), done)


@policy("reporting.send_back", RETURNERS, methods=("POST",))
def send_back(request: Request, period: str, group: str) -> HttpResponse:
    """Send the form back, with a coded reason and words."""
    submission = _submission(request, period, group)
    reason, text = request.POST.get("reason", ""), request.POST.get("text", "")
    done = services.send_back(
        submission=submission,
        scope=request.scope,
        moment=request.moment,
        base_version=_base(request),
        reason=reason,
        text=text,
    )
    typed = desk.Typed(reason=reason, text=text, move=Move.RETURN)
    return _answer(request, submission, typed, done)


def one_page(
    request: Request, submission: Submission, typed: Typed, status: int = 200
) -> HttpResponse:
    """Show a form's page; after a refusal with everything that was typed still in it."""
    asked = {name: request.GET.get(name, "") for name in ("from", "to")}
    context = desk.page(request.scope, submission, request.moment, asked, typed)
    return render(request, "reporting/one.html", context, status=status)


def base_of(number: str) -> int:
    """Read the number of a version out of a form."""
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        raise BAD_REQUEST
    return int(number)


def _answer(request: Request, submission: Submission, typed: Typed, done: Outcome) -> HttpResponse:
    if isinstance(done, services.Done):
        version = done.step.version.label
        messages.success(request, f"{version}已{done.step.get_move_display()}，已记入账本。")
        return redirect("reporting:one", submission.call.code, submission.group.code)
    stale = done if isinstance(done, services.Stale) else None
    problem: Problem | None = None if isinstance(done, services.Stale) else done
    again = desk.Typed(
        reason=typed.reason, text=typed.text, problem=problem, stale=stale, move=typed.move
    )
    return one_page(request, _again_read(submission), again, CONFLICT)


def _ticked(said: str) -> tuple[str, int]:
    place, _, number = said.rpartition("/")
    return place, base_of(number)


def _sign(request: Request, submission: Submission | None, base: int) -> Outcome | None:
    if submission is None:
        return None
    return services.sign(
        submission=submission,
        scope=request.scope,
        moment=request.moment,
        base_version=base,
    )


def _again(request: Request, more: dict[str, object], status: int) -> HttpResponse:
    return render(request, "reporting/waiting.html", _desk(request) | more, status=status)


def _desk(request: Request) -> dict[str, object]:
    found = life.waiting_for(request.scope)
    picked = request.POST.getlist("form")
    cards = [
        desk.card(request.scope, each, request.moment) | {"ticked": _name(each) in picked}
        for each in found
    ]
    return {
        "here": "returns",
        "cards": cards,
        "signable": [each for each in cards if each["offer"].signs],
    }


def _name(submission: Submission) -> str:
    return f"{submission.call.code}/{submission.group.code}/{submission.latest}"


def _again_read(submission: Submission) -> Submission:
    rows = Submission.objects.select_related("call", "group__unit__parent")
    return rows.get(pk=submission.pk)


def _submission(request: Request, period: str, group: str) -> Submission:
    rows = Submission.objects.visible_to(request.scope)
    rows = rows.select_related("call", "group__unit__parent")
    return get_object_or_404(rows, call__code=period, group__code=group)


def _base(request: Request) -> int:
    return base_of(request.POST.get("base_version", ""))
