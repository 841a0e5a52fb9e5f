"""Signing in and out, the password again before a signature: each with its line in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import login, logout

from zhenxing.accounts import addresses, demo_password, reauthentication
from zhenxing.accounts.models import User
from zhenxing.audit import services as audit
from zhenxing.audit.models import Actor

if TYPE_CHECKING:
    from django.http import HttpRequest

    from zhenxing.kernel.moments import Moment
    from zhenxing.kernel.problems import Problem
    from zhenxing.web.http import Request

BACKEND = "django.contrib.auth.backends.ModelBackend"
VISITOR = Actor("", "未登录", "P", "")


def sign_in(request: HttpRequest, user: User, *, moment: Moment, way: str) -> None:
    """Open a session under a new key; `way` is `password` or `demo`."""
    login(request, user, backend=BACKEND)
    audit.record(
        "accounts.sign_in",
        subject=user.username,
        by=Actor(user.username, user.name, "", ""),
        moment=moment,
        details={"way": way, "address": addresses.client_address(request)},
    )


def record_failure(request: HttpRequest, username: str, *, moment: Moment, locked: bool) -> None:
    """Write down a failed sign-in; a name that is nobody's may be a password typed too early."""
    known = User.objects.filter(username=username).exists()
    audit.record(
        "accounts.sign_in.locked" if locked else "accounts.sign_in.failed",
        subject=username if known else "不存在的登录名",
        by=VISITOR,
        moment=moment,
        details={"address": addresses.client_address(request)},
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


def give_demo_password() -> str:
    """Let every identity of a demo site sign with the site's one word; give the word."""
    return demo_password.ensure()
