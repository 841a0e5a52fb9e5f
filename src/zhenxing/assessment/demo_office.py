"""The two persons of the demo's assessment office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role
from zhenxing.kernel.moments import Moment
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.models import Post

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhenxing.web.scope import Scope


class Office:
    """The two persons of the demo's assessment office, on any day."""

    def __init__(self, at: datetime) -> None:
        """Find them by their posts."""
        posts = Post.objects.filter(role=Role.ASSESSMENT).order_by("person__username")
        self.at = at
        self.people = [post.person for post in posts.select_related("person")]

    def on(self, day: date, place: int = 0) -> tuple[Scope, Moment]:
        """Give the scope of one of them and the moment of a day."""
        return organisation_queries.scope_of(self.people[place], day), Moment(self.at, day)
