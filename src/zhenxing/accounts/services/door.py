"""Signing in and out, the password again before a signature: each with its line in the ledger."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import login, logout

from zhenxing.accounts import addresses, passwords, reauthentication
from zhenxing.accounts.models import User
from zhenxing.audit import services as audit
from zhenxing.audit.models import Actor, Entry

if TYPE_CHECKING:
    from django.http import HttpRequest

    from zhenxing.kernel.moments import Moment
    from zhenxing.kernel.problems import Problem
    from zhenxing.web.http import Request

BACKEND = "django.contrib.auth.backends.ModelBackend"
VISITOR = Actor("", "未登录", "P", "")
FAILED, LOCKED = "accounts.sign_in.failed", "accounts.sign_in.locked"
FLOODED = "accounts.sign_in.flooded"
# Somebody who guesses all night fills the throttle's own table, not the ledger.
MOST_FAILURES = 120
WINDOW = timedelta(hours=1)
# What the session says until the person has chosen a password.
MUST_CHANGE, ADDRESS = "must_change", "address"


def sign_in(request: HttpRequest, user: User, *, moment: Moment, way: str) -> None:
    """Open a session under a new key; `way` is `password` or `demo`."""
    login(request, user, backend=BACKEND)
    address = addresses.client_address(request)
    request.session[ADDRESS] = address
    if way == "password" and passwords.is_expired(user, moment.at):
        request.session[MUST_CHANGE] = True
    audit.record(
        "accounts.sign_in",
        subject=user.username,
        by=Actor(user.username, user.name, "", ""),
        moment=moment,
        details={"way": way, "address": address},
    )


def record_failure(request: HttpRequest, username: str, *, moment: Moment, locked: bool) -> None:
    """Write down a failed sign-in; a name that is nobody's may be a password typed too early.

    Above the hour's most, one entry says that no more are written down.
    """
    known = User.objects.filter(username=username).exists()
    action = LOCKED if locked else FAILED
    details: dict[str, object] = {"address": addresses.client_address(request)}
    if _at_least(MOST_FAILURES, (FAILED, LOCKED), moment):
        if _at_least(1, (FLOODED,), moment):
            return
        action, details = FLOODED, {"most": MOST_FAILURES}
    audit.record(
        action,
        subject=username if known else "不存在的登录名",
        by=VISITOR,
        moment=moment,
        details=details,
    )


def reauthenticate(request: Request, password: str) -> Problem | None:
    """Ask the signed-in person for the password again; None where it is right.

    Call it before the act that signs: a failure is an act of its own.
    """
    problem, failed = reauthentication.problem_with(request, password)
    if failed:
        scope = request.scope
        audit.record(
            "accounts.password_again.failed",
            subject=scope.username,
            by=Actor(scope.username, scope.name, "".join(sorted(scope.roles)), scope.unit),
            moment=request.moment,
            details={"address": addresses.client_address(request), "page": request.path},
        )
    return problem


def sign_out(request: HttpRequest, *, by: Actor, moment: Moment) -> None:
    """End the session."""
    audit.record("accounts.sign_out", subject=by.username, by=by, moment=moment)
    logout(request)


def _at_least(number: int, actions: tuple[str, ...], moment: Moment) -> bool:
    """Whether there are so many entries of these actions within the window."""
    since = moment.at - WINDOW
    latest = Entry.objects.filter(action__in=actions).order_by("-sequence")
    found = latest.values_list("at", flat=True)[number - 1 : number]
    return any(at > since for at in found)
