"""The banner of a site that reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.operations.middleware import LossMiddleware

if TYPE_CHECKING:
    from django.http import HttpRequest


def banner(request: HttpRequest) -> dict[str, str]:
    """Give what every page says at its head, without a question of its own."""
    found = LossMiddleware.found
    return {"banner": "" if found is None else found.sentence}
