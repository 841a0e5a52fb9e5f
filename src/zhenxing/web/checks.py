"""The build fails over a route that does not say who may call it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.checks import CheckMessage, Error, register
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from zhenxing.web import navigation
from zhenxing.web.policy import policy_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.apps import AppConfig


@register("web")
def every_route_has_a_policy(
    app_configs: Sequence[AppConfig] | None = None,  # Django passes it
    **_: object,
) -> list[CheckMessage]:
    """Report routes without a policy, and two views under one policy name."""
    found: list[CheckMessage] = []
    views: dict[str, object] = {}
    for address, view in routes():
        rule = policy_of(view)
        if rule is None:
            found.append(
                Error(
                    f"路由 /{address} 没有声明谁可以访问。",
                    hint="在视图上加 @policy(name=…, roles=…)。",
                    obj=view,
                    id="web.E001",
                )
            )
        elif views.setdefault(rule.name, view) is not view:
            found.append(
                Error(
                    f"策略名 {rule.name} 用在两个视图上。",
                    hint="换一个名字。",
                    obj=view,
                    id="web.E002",
                )
            )
    return found


@register("web")
def every_word_of_the_navigation_leads_somewhere(
    app_configs: Sequence[AppConfig] | None = None,  # Django passes it
    **_: object,
) -> list[CheckMessage]:
    """Report words of settings.NAVIGATION whose route does not exist."""
    found: list[CheckMessage] = []
    for item in navigation.items():
        try:
            reverse(item.route, args=["T01"] if item.by_town else [])
        except NoReverseMatch:
            found.append(
                Error(f"导航「{item.label}」指向不存在的路由 {item.route}。", id="web.E003")
            )
    return found


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Walk the url configuration: each address pattern with its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from routes(entry, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.callback
