"""What is turned away before anything else reads it: bodies beyond measure, zero bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from django.conf import settings

from zhenxing.web import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

# A form around the file, and a file slightly too large, whose own page says by how much.
SLACK = 1024 * 1024
# A browser hears an answer only after it has sent: so much is read and thrown away for its sake.
SWALLOWED = 64 * 1024 * 1024
PIECE = 64 * 1024


class GateMiddleware:
    """Answer 413 and 400 before a session is opened or a byte is stored.

    Django limits fields, not files: whoever posts a file to any address, signed in or not, has it
    written to the disk before a view is asked. PostgreSQL takes no zero byte in a text.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let through what may be read."""
        if _length(request) > settings.UPLOAD_BYTES + SLACK:
            _swallow(request)
            return errors.refuse(request, errors.TOO_LARGE)
        if "\0" in request.path_info or b"\0" in unquote_to_bytes(request.META["QUERY_STRING"]):
            return errors.refuse(request, errors.BAD_REQUEST)
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() and len(text) < 20 else 0  # noqa: PLR2004  # Django takes others for none


def _swallow(request: HttpRequest) -> None:
    left = SWALLOWED
    while left > 0 and (piece := request.read(PIECE)):
        left -= len(piece)
