"""Under which name a failed sign-in is counted, and by what a lock is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

from zhenxing.accounts import devices
from zhenxing.accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

SALT = "zhenxing.accounts.attempts"
# Stands in no name somebody signs in with.
BROWSER = " @"


def counted_name(request: HttpRequest, credentials: Mapping[str, str]) -> str:
    """Give a known name as it is, with its browser's mark if it has one; others as a keyed digest.

    What nobody is called may be a password typed one field too early: it counts towards the lock
    as every name does, and stands nowhere in clear.
    """
    typed = credentials.get("username", "") if credentials else ""
    typed = typed or request.POST.get("username", "")
    if not User.objects.filter(username=typed).exists():
        return f"？{salted_hmac(SALT, typed).hexdigest()}"
    mark = devices.mark_of(request, typed)
    return f"{typed}{BROWSER}{mark}" if mark else typed


def lock_by(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> list[list[str]]:
    """Lock a known browser by itself, anybody else by name and address.

    The browser's mark is in the counted name: a stolen one gets no further tries elsewhere.
    """
    username = credentials.get("username", "") if credentials else ""
    if username and devices.mark_of(request, username):
        return [["username"]]
    return [["username", "ip_address"]]
