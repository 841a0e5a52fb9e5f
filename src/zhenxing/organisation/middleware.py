"""What every page stands on: whose request it is, what they may see, and which day it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils import timezone

from zhenxing.kernel.moments import Moment
from zhenxing.organisation import queries
from zhenxing.web.http import Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    from zhenxing.organisation.models import Site


class SiteRequest(Request):
    """A request that also carries the site's row, so that no page asks for it again."""

    own_site: Site | None


class ScopeMiddleware:
    """Read scope and moment anew for each request: a changed post counts at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Put site, moment and scope on the request, with two queries at most."""
        here = cast("SiteRequest", request)
        here.own_site = queries.site()
        here.is_demo = here.own_site is not None and here.own_site.is_demo
        at = timezone.now()  # noqa: TID251  # the one place where a page's moment is read
        day = queries.business_date(here.own_site, timezone.localdate(at))
        here.moment = Moment(at, day)
        here.scope = queries.scope_of(here.user, day)
        return self.get_response(request)
