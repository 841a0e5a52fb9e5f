"""Judged marks: which items are rated, who rates them, and, once all are in, what each gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from zhenxing.accounts.choices import Role
from zhenxing.accounts.models import User
from zhenxing.assessment.models import Mark, MarkSheet, Panel, Rater, Round
from zhenxing.assessment.queries.reckoning import rules
from zhenxing.assessment.queries.subjects import subjects_of
from zhenxing.engine.schemes.contents import rules_of
from zhenxing.engine.schemes.facts import number_of
from zhenxing.engine.schemes.scheme import Judged, Ratings
from zhenxing.organisation.models import Membership, Post

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from zhenxing.assessment.queries.subjects import Subject
    from zhenxing.engine import schemes

NEVER_RATE = (Role.ADMINISTRATOR, Role.AUDITOR)


@dataclass(frozen=True)
class Rated:
    """An item that people rate: the words there are or the scale, and the classes of raters."""

    item: schemes.Item
    classes: tuple[str, ...] = ()
    words: Mapping[str, Decimal] = field(default_factory=dict)
    scale: Decimal = Decimal(100)
    is_trimmed: bool = False

    @property
    def asks(self) -> str:
        """What may be written."""
        return "、".join(self.words) if self.words else f"0—{self.scale}"

    def number(self, value: str) -> Decimal | None:
        """Give what a mark counts for; None for what the rule does not know."""
        if self.words:
            return self.words.get(value)
        number = number_of(value)
        return number if number is not None and 0 <= number <= self.scale else None


def rated_items(scheme: schemes.Scheme) -> dict[str, Rated]:
    """Give the items whose points come from people's marks, by their ids, in order."""
    found: dict[str, Rated] = {}
    for item in scheme.items:
        for rule in rules_of(item):
            if isinstance(rule, Judged):
                found.setdefault(item.id, Rated(item, words=rule.words, scale=_top(rule)))
            elif isinstance(rule, Ratings):
                rated = Rated(item, tuple(rule.weights), {}, rule.scale, rule.trimmed)
                found.setdefault(item.id, rated)
    return found


def _top(rule: Judged) -> Decimal:
    return max(rule.words.values(), default=Decimal(0))


def candidates(of: Round, day: date) -> QuerySet[User]:
    """Give who may sit on a panel: whoever holds a post, in a town's own round one of the town."""
    posts = Post.objects.valid_on(day).exclude(role__in=NEVER_RATE)
    if not of.scheme.is_countys:
        owner = of.scheme.owner_id
        posts = posts.filter(Q(unit=owner) | Q(unit__parent=owner))
    return User.objects.filter(is_active=True, pk__in=posts.values("person")).order_by("name", "pk")


def recusals(
    people: Iterable[int], subjects: Sequence[Subject], day: date, *, is_countys: bool
) -> dict[int, frozenset[str]]:
    """Give whom nobody of these people rates: their own town; in a town, their own unit or group.

    Two queries, however many people.
    """
    asked = list(people)
    places: dict[int, set[str]] = {person: set() for person in asked}
    towns: dict[int, set[str]] = {person: set() for person in asked}
    posts = Post.objects.filter(person__in=asked).valid_on(day)
    for post in posts.select_related("unit__parent", "group"):
        places[post.person_id] |= {post.unit.code, post.group.code if post.group else ""}
        towns[post.person_id].add(post.unit.town_code or "")
    seats = Membership.objects.filter(person__in=asked).valid_on(day)
    for seat in seats.select_related("group__unit", "home"):
        places[seat.person_id] |= {seat.group.code, seat.home.code if seat.home else ""}
        towns[seat.person_id].add(seat.group.unit.code)
    return {
        person: frozenset(
            each.code
            for each in subjects
            if (each.town in towns[person] if is_countys else each.code in places[person])
        )
        for person in asked
    }


@dataclass(frozen=True)
class Seat:
    """A rater's place on one panel, with the latest mark of each unit."""

    rater: Rater
    rated: Rated
    recused: frozenset[str]
    latest: Mapping[str, Mark]
    is_handed: bool

    @property
    def is_frozen(self) -> bool:
        """Whether nothing is written any more."""
        return self.is_handed or self.rater.panel.closed is not None

    def wanting(self, subjects: Iterable[Subject]) -> list[Subject]:
        """Give the units that still have no mark from the rater."""
        return [
            each
            for each in subjects
            if each.code not in self.latest and each.code not in self.recused
        ]


@dataclass(frozen=True)
class Desk:
    """Everything one person rates in a round. `seen` counts what the person has written so far."""

    round: Round
    subjects: tuple[Subject, ...]
    seats: tuple[Seat, ...]
    seen: int

    @property
    def open_seats(self) -> list[Seat]:
        """The panels still to be written for."""
        return [seat for seat in self.seats if not seat.is_frozen and self.round.is_open]


def desk_of(of: Round, username: str, day: date) -> Desk | None:
    """Give what a person rates in a round; None for whoever sits on no panel of it."""
    raters = list(
        Rater.objects.filter(panel__round=of, person__username=username)
        .select_related("panel", "sheet")
        .order_by("panel__pk")
    )
    if not raters:
        return None
    rated = rated_items(rules(of.edition))
    subjects = tuple(subjects_of(of.scheme, day))
    person = raters[0].person_id
    is_countys = of.scheme.is_countys
    recused = recusals([person], subjects, day, is_countys=is_countys)[person]
    marks = list(Mark.objects.filter(rater__in=raters).order_by("version"))
    seats = tuple(
        Seat(
            rater,
            rated[rater.panel.item],
            recused | frozenset(rater.recused),
            {mark.code: mark for mark in marks if mark.rater_id == rater.pk},
            hasattr(rater, "sheet"),
        )
        for rater in raters
    )
    return Desk(of, subjects, seats, len(marks))


def desks(username: str) -> QuerySet[Round]:
    """Give the rounds in which a person rates, the latest first: a seat is the right to read."""
    seats = Rater.objects.filter(person__username=username)
    rounds = Round.objects.filter(pk__in=seats.values("panel__round"))
    return rounds.select_related("scheme__owner", "edition__scheme").order_by("-opened", "-pk")


@dataclass(frozen=True)
class PanelRow:
    """An item that is rated, its panel if there is one, and how far its raters are."""

    rated: Rated
    panel: Panel | None
    raters: tuple[Rater, ...]

    @property
    def handed(self) -> int:
        """How many raters have handed in."""
        return sum(hasattr(rater, "sheet") for rater in self.raters)


def panels(of: Round) -> list[PanelRow]:
    """Give every rated item of a round with its panel; no mark is among what this reads."""
    there = {panel.item: panel for panel in Panel.objects.filter(round=of)}
    raters: dict[int, list[Rater]] = {}
    rows = Rater.objects.filter(panel__round=of).select_related("person", "sheet")
    for rater in rows.annotate(given=Count("marks__code", distinct=True)).order_by("pk"):
        raters.setdefault(rater.panel_id, []).append(rater)
    rated = rated_items(rules(of.edition))
    return [
        PanelRow(each, there.get(code), tuple(raters.get(there[code].pk, ())))
        if code in there
        else PanelRow(each, None, ())
        for code, each in rated.items()
    ]


def all_in(panel: Panel) -> bool:
    """Whether every rater of a panel has handed in."""
    raters = Rater.objects.filter(panel=panel).count()
    return raters > 0 and MarkSheet.objects.filter(rater__panel=panel).count() == raters
