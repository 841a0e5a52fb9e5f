"""What every template knows: the site, the person, the day, the addresses of the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from zhenxing.accounts.choices import Role
from zhenxing.web.scope import NOBODY

if TYPE_CHECKING:
    from django.http import HttpRequest

FRAME = {
    "sign_in": "accounts:sign_in",
    "sign_out": "accounts:sign_out",
    "demo": "accounts:demo",
    "password": "accounts:password",
}


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the frame its words without a query: the middleware has read them."""
    moment = getattr(request, "moment", None)
    return {
        "site": getattr(request, "own_site", None),
        "scope": getattr(request, "scope", NOBODY),
        "moment": moment,
        "business_date": moment.business_date if moment else None,
        "role_names": dict(Role.choices),
        "addresses": {name: reverse(route) for name, route in FRAME.items()},
    }
