"""What a person may teach the dictionary, and what it goes by already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.indicators import access
from zhenxing.indicators.models import Indicator, Synonym
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Post, Unit

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.indicators.access import Held
    from zhenxing.web.scope import Scope


def posts_of(scope: Scope, day: date) -> frozenset[Held]:
    """Give a person's posts on the day; one query."""
    posts = Post.objects.filter(person__username=scope.username).valid_on(day)
    return frozenset(posts.order_by().values_list("role", "unit__code"))


def leads_for(scope: Scope, day: date) -> list[Unit]:
    """Give the departments whose indicators the person may add or name."""
    posts = posts_of(scope, day)
    if not access.teaches_anything(posts):
        return []
    departments = Unit.objects.of_kind(UnitKind.DEPARTMENT).open_on(day).order_by("position")
    return [unit for unit in departments if access.teaches(posts, unit.code)]


def who_goes_by(name: str) -> Indicator | None:
    """Give the indicator that has this name, or goes by it."""
    named = Indicator.objects.filter(name=name).first()
    if named is not None:
        return named
    taught = Synonym.objects.filter(name=name).select_related("indicator").first()
    return taught.indicator if taught else None
