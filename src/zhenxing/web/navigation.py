"""The way around: the parts there are, from settings, since the base page knows no part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from django.conf import settings
from django.urls import NoReverseMatch, resolve, reverse

from zhenxing.web.policy import Policy, policy_of
from zhenxing.web.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

Counter: TypeAlias = Callable[[Scope, date], int]

_counters: dict[str, Counter] = {}


@dataclass(frozen=True)
class Item:
    """One word of the navigation.

    `route` is the url name; a route `by_town` takes the town the page shows, or else the
    person's own. `letter` is the key that follows `g` on the keyboard. Who sees the word is who
    may call the route, or fewer by `roles` where the route only leads on.
    """

    key: str
    label: str
    route: str
    letter: str
    group: str
    by_town: bool = False
    roles: str = ""


@dataclass(frozen=True)
class Link:
    """An item with its address, ready to be shown."""

    item: Item
    address: str
    is_here: bool
    count: int = 0


def count_with(key: str, counter: Counter) -> None:
    """Show at a word how much waits there for the person; called at start-up.

    Every page asks it: one query at most, none for whom nothing can wait.
    """
    _counters[key] = counter


def items() -> list[Item]:
    """Give the items of settings.NAVIGATION, in order."""
    return [Item(**entry) for entry in settings.NAVIGATION]


def links(scope: Scope, here: str, town: str, day: date | None = None) -> Iterator[Link]:
    """Give the links this person may follow; `town` is the town the page shows, if any.

    On a business day each says how much waits there.

    A word without a route is left out here, lest it take every page down; the build fails over it.
    """
    shown_town = town or min(scope.towns, default="")
    for item in items():
        address = _address(item, shown_town)
        rule = policy_of(resolve(address).func) if address else None
        if rule is not None and _is_for(scope, rule, item.roles):
            counter = _counters.get(item.key)
            count = counter(scope, day) if counter and day else 0
            yield Link(item, address, is_here=item.key == here, count=count)


def _is_for(scope: Scope, rule: Policy, roles: str) -> bool:
    if roles and not scope.has(*roles):
        return False
    return rule.public or bool(scope.roles & rule.roles)


def _address(item: Item, town: str) -> str:
    if item.by_town and not town:
        return ""
    try:
        return reverse(item.route, args=[town] if item.by_town else [])
    except NoReverseMatch:
        return ""
