"""Browsers a person has signed in from: an enemy at the same address cannot lock them out.

A browser that once let somebody in keeps a signed cookie that names them. Their tries from it are
counted for that browser alone, wherever it is; everybody else's for the name and the address. See
docs/decisions/sign-in.md.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SALT = "zhenxing.accounts.devices"
LIFE = timedelta(days=180)
# An office shares a machine; who came last is remembered longest.
PEOPLE = 8


def mark_of(request: HttpRequest, username: str) -> str:
    """Give the mark of a browser that this person has signed in from, or nothing."""
    return _marks(request).get(username, "")


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Let the browser know the person from now on."""
    marks = {name: mark for name, mark in _marks(request).items() if name != username}
    marks[username] = secrets.token_hex(8)
    kept = dict(list(marks.items())[-PEOPLE:])
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(kept, salt=SALT, compress=True),
        max_age=LIFE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _marks(request: HttpRequest) -> dict[str, str]:
    told = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        marks = signing.loads(told, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return {}
    return {str(name): str(mark) for name, mark in marks.items()}
