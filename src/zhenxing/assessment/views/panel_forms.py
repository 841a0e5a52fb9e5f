"""The form that names an item's raters: who sits there, who was found, what was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from zhenxing.assessment.queries import marks as asking
from zhenxing.assessment.services.marking import Seat
from zhenxing.assessment.views import replies
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.models import Post

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.http import QueryDict

    from zhenxing.accounts.models import User
    from zhenxing.assessment.models import Rater, Round
    from zhenxing.assessment.queries.marks import PanelRow
    from zhenxing.assessment.queries.subjects import Subject
    from zhenxing.web.http import Request

MOST_FOUND = 30
_BETWEEN = re.compile(r"[、，,\s]+")


@dataclass(frozen=True)
class Read:
    """What was written: the raters, the day, what could not be read."""

    seats: list[Seat]
    due: date | None
    problems: list[Problem]


@dataclass(frozen=True)
class SeatLine:
    """A person in the form: who, whence, of which class, whom the person does not rate."""

    username: str
    name: str
    places: str
    rater_class: str
    recused: str
    is_chosen: bool
    rater: Rater | None = None


def read(posted: QueryDict, subjects: Sequence[Subject]) -> Read:
    """Read the form; units are written by name."""
    codes = {each.name: each.code for each in subjects} | {
        each.code: each.code for each in subjects
    }
    seats, problems = [], []
    for username in posted.getlist("seat"):
        words = [word for word in _BETWEEN.split(posted.get(f"recused-{username}", "")) if word]
        unknown = [word for word in words if word not in codes]
        if unknown:
            what = f"没有「{'、'.join(unknown)}」这个被考核的单位"
            problems.append(Problem("回避的单位", what, "请写单位全称，用顿号隔开"))
        recused = tuple(codes[word] for word in words if word in codes)
        seats.append(Seat(username, posted.get(f"class-{username}", "").strip(), recused))
    written = posted.get("due", "").strip()
    due = replies.day_of(written)
    if written and due is None:
        problems.append(
            Problem("评分截止", f"「{written[:20]}」不是日期", "请写成 2023-10-25 这样")
        )
    return Read(seats, due, problems)


def due_of(row: PanelRow, was_read: Read | None) -> date | None:
    """Give the day to show: as just written, else as it stands."""
    if was_read is not None:
        return was_read.due
    return row.panel.due if row.panel else None


def lines(
    request: Request,
    of: Round,
    row: PanelRow,
    subjects: Sequence[Subject],
    was_read: Read | None,
) -> list[SeatLine]:
    """Give who sits there, then who was just named, then who was searched for."""
    day = request.moment.business_date
    names = {each.code: each.name for each in subjects}
    typed = {each.username: each for each in was_read.seats} if was_read else {}
    there = {rater.person.username: rater for rater in row.raters}
    found = _found(request, of, day)
    people = {rater.person.username: rater.person for rater in row.raters}
    missing = set(typed) - set(people) - {each.username for each in found}
    people |= {
        each.username: each for each in asking.candidates(of, day).filter(username__in=missing)
    }
    people |= {each.username: each for each in found if each.username not in people}
    places = _places([each.pk for each in people.values()], day)
    made = []
    for username, person in people.items():
        rater, seat = there.get(username), typed.get(username)
        recused = seat.recused if seat else rater.recused if rater else ()
        made.append(
            SeatLine(
                username,
                person.name,
                places.get(person.pk, ""),
                seat.rater_class if seat else rater.rater_class if rater else "",
                "、".join(names[code] for code in recused if code in names),
                seat is not None if was_read else rater is not None,
                rater,
            )
        )
    return made


def _found(request: Request, of: Round, day: date) -> list[User]:
    wanted = request.GET.get("q", "").strip()
    if not wanted:
        return []
    at = Post.objects.valid_on(day).filter(
        Q(unit__name__icontains=wanted) | Q(title__icontains=wanted)
    )
    named = (
        Q(name__icontains=wanted) | Q(username__icontains=wanted) | Q(pk__in=at.values("person"))
    )
    return list(asking.candidates(of, day).filter(named)[:MOST_FOUND])


def _places(people: Sequence[int], day: date) -> dict[int, str]:
    """Say where each person has a post; one query."""
    found: dict[int, list[str]] = {}
    for post in (
        Post.objects.filter(person__in=people).valid_on(day).select_related("unit", "group")
    ):
        title = post.title or (post.group.name if post.group else "") or post.get_role_display()
        found.setdefault(post.person_id, []).append(f"{post.unit.name}，{title}")
    return {person: "；".join(dict.fromkeys(words)) for person, words in found.items()}
