"""What every answer of the site carries, whatever the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.web.checks import routes
from zhenxing.web.policy import policy_of

if TYPE_CHECKING:
    from django.test import Client

SAMPLES = {
    "code": "T01",
    "indicator": "fai",
    "period": "2023-09",
    "group": "T01-G3",
    "token": "0" * 8 + "-0000-0000-0000-" + "0" * 12,
    "number": "H00-1",
    "slug": "start",
}
ADDRESSES = sorted(
    "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: SAMPLES.get(found[1], "1"), address)
    for address, view in routes()
    if (rule := policy_of(view)) is not None and rule.admits("GET")
)
POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("letter", ["", "F", "X"])
def test_every_answer_is_guarded(
    county: cast.County, client: Client, address: str, letter: str
) -> None:
    if letter:
        cast.sign_in(client, county.of_role(letter))
    response = client.get(address)
    assert response.status_code < 500
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    if letter:
        assert response["Cache-Control"] == "no-store"


def test_the_guard_holds_for_what_is_not_there(county: cast.County, client: Client) -> None:
    assert set(client.get("/nowhere/")["Content-Security-Policy"].split("; ")) == POLICY
