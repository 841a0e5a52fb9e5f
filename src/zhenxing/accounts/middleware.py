"""How long a session lives, and what it may do before the person has a password of their own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from zhenxing.accounts.services import MUST_CHANGE
from zhenxing.web import errors
from zhenxing.web.policy import asks_as_script

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.sessions.backends.base import SessionBase
    from django.http import HttpRequest, HttpResponseBase

    from zhenxing.accounts.models import User

STARTED, LAST_ACT = "started", "last_act"
# A stamp each request would be a write each request; a minute is fine enough for thirty.
STAMP_EVERY = timedelta(minutes=1)


class SessionRulesMiddleware:
    """End a session that idled too long, lasted too long, or whose person was disabled."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    @cached_property
    def password_page(self) -> str:
        """Where a person changes the own password."""
        return reverse("accounts:password")

    @cached_property
    def open_while_changing(self) -> frozenset[str]:
        """The pages of somebody who must change the password first."""
        names = ("accounts:change_password", "accounts:sign_out", "accounts:guide")
        return frozenset({self.password_page, *map(reverse, names)})

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let a live session act; send an ended one to the sign-in page, with the reason."""
        if SESSION_KEY not in request.session:
            return self.get_response(request)
        at = timezone.now()  # noqa: TID251  # a session's age is measured by the real clock
        ended = "disabled" if not request.user.is_authenticated else _ended(request.session, at)
        if ended:
            logout(request)
            return self._turned_away(request, ended)
        _stamp(request.session, at)
        if _must_change(request) and request.path not in self.open_while_changing:
            return HttpResponseRedirect(self.password_page)
        return self.get_response(request)

    def _turned_away(self, request: HttpRequest, ended: str) -> HttpResponseBase:
        """Go on as a visitor where anybody may be; else ask to sign in again."""
        if asks_as_script(request):
            return errors.sign_in_first()
        back = {"ended": ended}
        if request.method == "GET":
            back["next"] = request.get_full_path()
        return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{urlencode(back)}")


def _must_change(request: HttpRequest) -> bool:
    """Whether the password is one that somebody else knows, or was too old at the sign-in."""
    return MUST_CHANGE in request.session or cast("User", request.user).must_change


def _ended(session: SessionBase, at: datetime) -> str:
    """Give why the session is over, or nothing while it lives."""
    started, last = _moment(session, STARTED), _moment(session, LAST_ACT)
    if started is not None and at - started >= settings.SESSION_LIMIT:
        return "limit"
    if last is not None and at - last >= settings.SESSION_IDLE:
        return "idle"
    return ""


def _stamp(session: SessionBase, at: datetime) -> None:
    if STARTED not in session:
        session[STARTED] = at.isoformat()
    last = _moment(session, LAST_ACT)
    if last is None or at - last >= STAMP_EVERY:
        session[LAST_ACT] = at.isoformat()


def _moment(session: SessionBase, name: str) -> datetime | None:
    text = session.get(name)
    return datetime.fromisoformat(text) if text else None
