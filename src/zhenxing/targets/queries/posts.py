"""Which posts a person holds, as the predicates of `access` take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.organisation.models import Post
from zhenxing.targets.access import Seat, Seats

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.web.scope import Scope


def seats(scope: Scope, day: date) -> Seats:
    """Give a person's posts on the day; one query."""
    posts = Post.objects.filter(person__username=scope.username).valid_on(day)
    rows = posts.order_by().values_list("role", "unit__code", "group__code")
    return Seats(
        scope.username, frozenset(Seat(role, unit, group or "") for role, unit, group in rows)
    )
