"""The least site that hands returns in through the real services; trials kill it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING
from uuid import UUID

import django

django.setup()

from tests import returns  # noqa: E402  # models load only after the line above

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Hand in what is posted; a GET says that the site is up."""
    answer = {}
    if environ["REQUEST_METHOD"] == "POST":
        asked = json.loads(environ["wsgi.input"].read())
        answer = asdict(returns.hand_in(asked["submission"], UUID(asked["key"])))
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(answer).encode()]
