"""The request as every page gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope


class Request(HttpRequest):
    """A request after the middleware: whose it is, what they may see, when it is, and where."""

    scope: Scope
    moment: Moment
    is_demo: bool
