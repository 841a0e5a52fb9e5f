"""Who may call which route: a policy on every view, enforced before the view runs.

A view without a policy is refused, and `zhenxing.web.checks` fails the build over it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url

from zhenxing.web import errors
from zhenxing.web.http import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest

LETTERS = "AKDLGFVCSX"
METHODS = frozenset({"GET", "POST"})
# A proxy writes at least one of these; a browser on the machine itself writes none.
PASSED_ON = (
    "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP",
)  # fmt: skip
log = logging.getLogger("zhenxing.policy")

View = TypeVar("View", bound="Callable[..., HttpResponseBase]")


@dataclass(frozen=True)
class Policy:
    """Who may call a view, and how.

    `roles` are letters of the permission matrix; `public` lets everybody in; `demo` lets in
    everybody, but only on a demo site and only from the machine itself.
    """

    name: str
    roles: frozenset[str] = frozenset()
    public: bool = False
    demo: bool = False
    methods: frozenset[str] = frozenset({"GET"})

    def __post_init__(self) -> None:
        """Refuse a policy that says nothing or contradicts itself."""
        unknown = self.roles - set(LETTERS)
        if unknown:
            raise ImproperlyConfigured(f"策略 {self.name} 有不认识的角色字母：{sorted(unknown)}。")
        if bool(self.roles) == (self.public or self.demo):
            raise ImproperlyConfigured(
                f"策略 {self.name} 要么写明角色，要么写明 public 或 demo，二者取一。"
            )
        if not self.methods or self.methods - METHODS:
            raise ImproperlyConfigured(f"策略 {self.name} 的方法只能是 GET、POST。")

    @property
    def is_open(self) -> bool:
        """Whether nobody needs to sign in."""
        return self.public or self.demo

    @property
    def letters(self) -> str:
        """The role letters in the order of the permission matrix."""
        return "".join(letter for letter in LETTERS if letter in self.roles)

    def admits(self, method: str) -> bool:
        """Whether the view answers this method; whoever answers GET answers HEAD."""
        return method in self.methods or (method == "HEAD" and "GET" in self.methods)


def policy(
    name: str,
    roles: str = "",
    *,
    public: bool = False,
    demo: bool = False,
    methods: Sequence[str] = ("GET",),
) -> Callable[[View], View]:
    """Put a policy on a view; write it as the outermost decorator.

    A view that changes the world takes `methods=("POST",)`: GET and HEAD change nothing.
    """
    rule = Policy(name, frozenset(roles), public=public, demo=demo, methods=frozenset(methods))

    def mark(view: View) -> View:
        vars(view)["policy"] = rule
        return view

    return mark


def policy_of(view: object) -> Policy | None:
    """Give the policy a view carries, if any."""
    found = getattr(view, "policy", None)
    return found if isinstance(found, Policy) else None


class PolicyMiddleware:
    """Let a request through to its view only as the view's policy says; stands after the scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Keep what a signed-in person sees out of every cache."""
        signed_in = cast("Request", request).scope.signed_in
        response = self.get_response(request)
        if signed_in:
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: Sequence[object],
        _kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        """Refuse what the policy does not allow."""
        rule = policy_of(view)
        if rule is None:
            log.error(
                "no policy on %s.%s: %s refused", view.__module__, view.__name__, request.path
            )
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} has no policy.")
        return _refusal(cast("Request", request), rule)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Turn a stated refusal into its page, and a database out of reach into 503."""
        if isinstance(exception, errors.Refusal):
            return errors.refuse(request, exception)
        if isinstance(exception, OperationalError):
            log.error("database: %s", exception)
            return errors.unavailable(request)
        return None


def is_local(request: HttpRequest) -> bool:
    """Whether the request comes from the machine the site runs on, and not through a proxy."""
    if any(name in request.META for name in PASSED_ON):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def asks_as_script(request: HttpRequest) -> bool:
    """Whether a page's script asks, which can do nothing with a page to sign in on."""
    return request.headers.get("Accept") == "application/json"


def _refusal(request: Request, rule: Policy) -> HttpResponseBase | None:
    if rule.demo and not (request.is_demo and is_local(request)):
        raise Http404
    if not rule.admits(request.method or ""):
        return errors.not_allowed(request, sorted(rule.methods))
    if rule.is_open:
        return None
    if not request.scope.signed_in:
        return errors.sign_in_first() if asks_as_script(request) else _to_sign_in(request)
    if not request.scope.roles & rule.roles:
        return errors.forbidden_role(request, rule.letters)
    return None


def _to_sign_in(request: Request) -> HttpResponseRedirect:
    # What was posted is gone after the sign-in, so only a page is worth coming back to.
    back = {"next": request.get_full_path()} if request.method in {"GET", "HEAD"} else {"lost": "1"}
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode(back)}")
