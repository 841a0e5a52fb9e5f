"""Who there is, what they hold, and who was not seen for long."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.timezone import localdate

from zhenxing.accounts.choices import Role
from zhenxing.accounts.models import User
from zhenxing.audit.models import Entry
from zhenxing.organisation import access
from zhenxing.organisation.choices import Decision
from zhenxing.organisation.models import Membership, Post, PostRequest

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zhenxing.organisation.models import WorkingGroup
    from zhenxing.web.scope import Scope

LAST_DECIDED = 20


def people(day: date, *, role: str = "", unit: str = "", state: str = "") -> QuerySet[User]:
    """Give people with their posts of the day as `current`, of one role, unit or state."""
    held = Post.objects.valid_on(day).filter(person=OuterRef("pk"))
    found = User.objects.prefetch_related(
        Prefetch(
            "posts",
            Post.objects.valid_on(day).select_related("unit__parent", "group").order_by("pk"),
            to_attr="current",
        )
    )
    if role:
        found = found.filter(Exists(held.filter(role=role)))
    if unit:
        found = found.filter(Exists(held.filter(Q(unit__code=unit) | Q(unit__parent__code=unit))))
    if state == "none":
        return found.filter(~Exists(held), is_active=True)
    if state:
        return found.filter(is_active=state == "active")
    return found


def posts_of(person: User) -> list[Post]:
    """Give every post a person has or had, the latest first."""
    rows = Post.objects.filter(person=person).select_related("person", "unit", "group")
    return list(rows.order_by(F("since").desc(nulls_last=True), "-pk"))


def requests_about(person: User) -> list[PostRequest]:
    """Give what was asked for a person, the latest first."""
    return list(_requests().filter(person=person))


def waiting_requests() -> int:
    """Count the requests for posts that wait for a second person."""
    return PostRequest.objects.filter(decision=Decision.PENDING).count()


def requests_for_posts() -> list[PostRequest]:
    """Give the requests for posts: those that wait, the oldest first, then the last decided."""
    waiting = list(_requests().filter(decision=Decision.PENDING).order_by("pk"))
    return waiting + list(_requests().exclude(decision=Decision.PENDING)[:LAST_DECIDED])


def answers_open(scope: Scope, proposal: access.Proposal) -> list[Decision]:
    """Give the decisions that the person may take on something that waits."""
    answers = (Decision.APPROVED, Decision.REFUSED, Decision.WITHDRAWN)
    return [each for each in answers if not access.against_deciding(scope, proposal, each)]


def last_seen() -> dict[User, date]:
    """Give for each person who may sign in the day they last did, or were let in.

    Who came with the pack counts from the site's first entry on.
    """
    first = Entry.objects.order_by("sequence").values_list("at", flat=True).first()
    seen = {}
    for person in User.objects.filter(is_active=True).order_by("pk"):
        signed_in = localdate(person.last_login) if person.last_login else None
        days = [day for day in (signed_in, person.active_since) if day is not None]
        if not days and first is not None:
            days = [localdate(first)]
        if days:
            seen[person] = max(days)
    return seen


def last_administrator(day: date) -> User | None:
    """Give the administrator who signed in last."""
    posts = Post.objects.valid_on(day).filter(role=Role.ADMINISTRATOR, person__is_active=True)
    people_of = {post.person for post in posts.select_related("person")}
    seen = last_seen()
    never = date.min
    return max(people_of, key=lambda person: (seen.get(person, never), person.pk), default=None)


def places_in(group: WorkingGroup) -> list[Membership]:
    """Give every place in a group, held or over, the open ones first."""
    rows = Membership.objects.filter(group=group).select_related("person", "home")
    return list(rows.order_by(F("until").desc(nulls_first=True), "pk"))


def _requests() -> QuerySet[PostRequest]:
    return PostRequest.objects.select_related(
        "person", "unit", "group", "proposed_by", "decided_by"
    ).order_by("-pk")
