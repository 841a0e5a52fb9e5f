"""Under which name a failed sign-in is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

from zhenxing.accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

SALT = "zhenxing.accounts.attempts"


def counted_name(request: HttpRequest, credentials: Mapping[str, str]) -> str:
    """Give a known name as it is, any other as a keyed digest.

    What nobody is called may be a password typed one field too early: it counts towards the lock
    as every name does, and stands nowhere in clear.
    """
    typed = credentials.get("username", "") if credentials else ""
    typed = typed or request.POST.get("username", "")
    if User.objects.filter(username=typed).exists():
        return typed
    return f"？{salted_hmac(SALT, typed).hexdigest()}"
