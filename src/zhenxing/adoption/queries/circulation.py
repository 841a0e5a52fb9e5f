"""Whom a paper may be sent round to, who has read it, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F

from zhenxing.adoption.models import Placement
from zhenxing.documents.models import Circulation
from zhenxing.organisation.models import Post

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.documents.models import Paper
    from zhenxing.web.scope import Scope

# Who opens papers, save auditors: they read everything, and sign nothing.
READS = "KDLGFCS"


@dataclass(frozen=True)
class Reader:
    """Somebody a paper may be sent to: key, name to sign in, name, and where they work as what."""

    pk: int
    username: str
    name: str
    place: str


@dataclass(frozen=True)
class Round:
    """A paper at one person: read, waiting, or overdue."""

    row: Circulation
    is_late: bool


def readers(scope: Scope, day: date) -> list[Reader]:
    """Give whom the person may send papers to: of the own units, or the whole county; one query."""
    posts = Post.objects.valid_on(day).filter(role__in=list(READS), person__is_active=True)
    if not scope.sees_county:
        posts = posts.filter(unit__code__in=scope.towns | scope.departments | {scope.unit})
    found: dict[int, Reader] = {}
    for post in posts.select_related("person", "unit", "group").order_by("unit__position", "pk"):
        title = post.title or (post.group.name if post.group else post.get_role_display())
        person = post.person
        place = f"{post.unit.name} {title}"
        found.setdefault(person.pk, Reader(person.pk, person.username, person.name, place))
    return list(found.values())


def rounds(paper: Paper, day: date) -> list[Round]:
    """Give whom a paper was sent to, those who have not read it first; one query."""
    rows = list(paper.circulations.select_related("person"))
    rows.sort(key=lambda row: (row.read_on is not None, row.due is None, row.due, row.pk))
    return [
        Round(row, row.read_on is None and row.due is not None and row.due < day) for row in rows
    ]


def written_on(paper: Paper) -> list[Placement]:
    """Give what was written on from a paper's newest reading, in the order of its words."""
    newest = paper.readings.order_by("-version").values("pk")[:1]
    rows = Placement.objects.filter(item__reading__in=newest)
    return list(rows.select_related("item", "indicator", "unit").order_by("item__start", "pk"))


def waiting(scope: Scope) -> list[Circulation]:
    """Give what was sent to the person and not read yet, the most pressing first; one query."""
    rows = Circulation.objects.filter(person__username=scope.username, read_on__isnull=True)
    return list(rows.select_related("paper").order_by(F("due").asc(nulls_last=True), "pk"))
