"""While part of the ledger is lost: every page says so, and nothing can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.http import HttpResponseBase

from zhenxing.audit.services import ActsWithheldError
from zhenxing.operations import queries
from zhenxing.operations.choices import STILL_CALLED
from zhenxing.web import errors
from zhenxing.web.policy import policy_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest

    from zhenxing.operations.queries import Loss

READING = {"GET", "HEAD", "OPTIONS"}
RETRY_SECONDS = "600"


class LossMiddleware:
    """Refuse what would change the site, with 503 and what has to happen first.

    A page is not to pay for what is hardly ever so: the database is asked when something is to be
    changed, when the process starts, and, once there is a loss, on every page until it is over.
    """

    found: ClassVar[Loss | None] = None

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Know how things stand before the page is made."""
        if LossMiddleware.found is not None or request.method not in READING:
            LossMiddleware.found = queries.loss()
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: Sequence[object],
        _kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        """Let only those through who come in, look, or end the loss."""
        if LossMiddleware.found is None or request.method in READING:
            return None
        rule = policy_of(view)
        if rule is not None and rule.name.startswith(STILL_CALLED):
            return None
        return _closed(request, LossMiddleware.found)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Answer an act that was withheld while the loss was being found."""
        if not isinstance(exception, ActsWithheldError):
            return None
        LossMiddleware.found = queries.loss()
        return _closed(request, LossMiddleware.found)


def _closed(request: HttpRequest, loss: Loss | None) -> HttpResponseBase:
    why = loss.sentence if loss is not None else "账本缺的一段刚刚被接受"
    response = errors.refuse(
        request,
        errors.Refusal(
            503, "现在只能查看，不能填报和修改", why, f"{queries.STEP}；这次没有保存任何内容"
        ),
    )
    response.headers["Retry-After"] = RETRY_SECONDS
    return response
