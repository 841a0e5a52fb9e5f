"""Questions about pilots: who applied, whom the ranks put forward, the two-year rule."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.assessment.choices import (
    ApplicationState,
    PilotCategory,
    RoundState,
    SchemeKind,
    UseKind,
)
from zhenxing.assessment.models import Application, Pilot, Round, RunRow, Use
from zhenxing.assessment.queries.reckoning import UnreadableRulesError, rules
from zhenxing.assessment.queries.uses import ALIVE
from zhenxing.engine.schemes.syntax import Text, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from zhenxing.assessment.models import Edition
    from zhenxing.web.scope import Scope

PLACES: Mapping[str, int] = {PilotCategory.CENTRAL: 2, PilotCategory.SPECIAL: 2}
DEFAULT_PERIODS = 2
# What a run keeps is large, and no page of pilots reads it.
UNREAD = ("result__inputs", "result__result")


@dataclass(frozen=True)
class Candidate:
    """A town that applied and what the result says of it; `is_first` where its rank chooses it."""

    code: str
    name: str
    category: str
    row: RunRow | None
    is_first: bool = False

    @property
    def category_label(self) -> str:
        """The category in words."""
        return str(PilotCategory(self.category).label)

    @property
    def may_be_picked(self) -> bool:
        """Whether the result lets the town be chosen: scored, ranked, not barred."""
        return self.row is not None and self.row.rank is not None and self.row.eligible


@dataclass(frozen=True)
class Review:
    """A pilot's result in one yearly review."""

    round: Round
    row: RunRow
    is_below: bool

    @property
    def grade(self) -> str:
        """The grade, empty where there was none."""
        return self.row.grade


@dataclass(frozen=True)
class Standing:
    """How a pilot stands against the rule: so many reviews below standard in a row."""

    pilot: Pilot
    reviews: tuple[Review, ...]
    below: int
    limit: int
    use: Use | None
    successor: Candidate | None

    @property
    def is_due(self) -> bool:
        """Whether the rule asks for the pilot to be replaced."""
        return self.pilot.until is None and self.below >= self.limit


def selections(scope: Scope) -> QuerySet[Round]:
    """Give the rounds in which pilots are chosen."""
    rows = Round.objects.visible_to(scope).filter(scheme__kind=SchemeKind.PILOT_SELECTION)
    return rows.select_related("scheme__owner", "result").defer(*UNREAD)


def takes_applications(round_: Round, today: date) -> bool:
    """Whether towns may still apply; the last day counts."""
    until = round_.gather_until
    return round_.state == RoundState.GATHERING and (until is None or today <= until)


def print_of(application: Application) -> str:
    """Give what a form says it was written on: all that may have changed meanwhile."""
    papers = application.papers.count()
    told = f"{application.state} {application.category} {papers} {application.statement}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def candidates(round_: Round) -> list[Candidate]:
    """Give the towns that applied, by category and rank; each category's first are marked.

    A town that no rank was given, or that a bar closes out, is never among the first.
    """
    filed = Application.objects.filter(round=round_, state=ApplicationState.FILED)
    rows = {row.code: row for row in RunRow.objects.filter(run=round_.result_id)}
    found: list[Candidate] = []
    for category in PilotCategory:
        entered = [
            Candidate(each.unit.code, each.unit.name, category.value, rows.get(each.unit.code))
            for each in filed.select_related("unit")
            if each.category == category
        ]
        entered.sort(key=_order)
        able = [each.code for each in entered if each.may_be_picked][: PLACES[category]]
        found += [
            Candidate(each.code, each.name, each.category, each.row, each.code in able)
            for each in entered
        ]
    return found


def current_pilots(day: date) -> QuerySet[Pilot]:
    """Give the pilots of the day."""
    return Pilot.objects.on(day).select_related("unit", "round")


def pilots() -> QuerySet[Pilot]:
    """Give every pilot there is or was."""
    return Pilot.objects.select_related("unit", "round")


def below_standard(edition: Edition) -> tuple[frozenset[str], int]:
    """Give the grades a review's scheme counts as below standard, and how many in a row end it.

    They are the grades its condition on periods in a row names; without one, its last grade twice.
    """
    try:
        scheme = rules(edition)
    except UnreadableRulesError:
        return frozenset(), DEFAULT_PERIODS
    if scheme.grades is None:
        return frozenset(), DEFAULT_PERIODS
    words = scheme.grades.words
    if scheme.consecutive is None:
        return frozenset({words[-1]}), DEFAULT_PERIODS
    tree = scheme.consecutive.condition.when.tree
    named = {part.value for part in walk(tree) if isinstance(part, Text)}
    return frozenset(named & set(words)), scheme.consecutive.periods


def standings(rows: Iterable[Pilot]) -> list[Standing]:
    """Give how pilots stand: results by year, below standard how often in a row, who follows."""
    listed = list(rows)
    reviews = _reviews()
    limit = reviews[0][1] if reviews else DEFAULT_PERIODS
    told = {
        (row.run_id, row.code): row
        for row in RunRow.objects.filter(run__in=[each.result_id for each, _, _ in reviews])
    }
    uses = {
        use.code: use
        for use in Use.objects.filter(kind=UseKind.REPLACEMENT, state__in=ALIVE).order_by("pk")
    }
    taken = {each.unit.code for each in listed if each.until is None}
    found = []
    for pilot in listed:
        own = tuple(_of_pilot(pilot, reviews, told))
        below = _in_a_row(own)
        is_due = pilot.until is None and below >= limit
        found.append(
            Standing(
                pilot, own, below, limit,
                uses.get(pilot.unit.code) if pilot.until is None else None,
                successor(pilot, taken) if is_due else None,
            )
        )  # fmt: skip
    return found


def successor(pilot: Pilot, taken: Iterable[str] | None = None) -> Candidate | None:
    """Give the next best of the last selection in the pilot's category that is no pilot now."""
    last = (
        Round.objects.filter(
            scheme__kind=SchemeKind.PILOT_SELECTION,
            state__in=[RoundState.CHECKED, RoundState.PUBLISHED],
        )
        .select_related("result")
        .order_by("-opened", "-pk")
        .first()
    )
    if last is None:
        return None
    out = set(taken if taken is not None else _open_codes()) | {pilot.unit.code}
    able = [
        each
        for each in candidates(last)
        if each.category == pilot.category and each.may_be_picked and each.code not in out
    ]
    return able[0] if able else None


def _order(each: Candidate) -> tuple[bool, int, str]:
    rank = each.row.rank if each.row else None
    return rank is None, rank or 0, each.code


def _open_codes() -> set[str]:
    return set(Pilot.objects.filter(until__isnull=True).values_list("unit__code", flat=True))


def _reviews() -> list[tuple[Round, int, frozenset[str]]]:
    """Give the published reviews, the latest first, with what each counts as below standard."""
    rounds = Round.objects.filter(
        scheme__kind=SchemeKind.PILOT_REVIEW, state=RoundState.PUBLISHED
    ).select_related("edition__scheme", "scheme")
    found = []
    for each in rounds.order_by("-period"):
        grades, periods = below_standard(each.edition)
        found.append((each, periods, grades))
    return found


def _of_pilot(
    pilot: Pilot,
    reviews: Iterable[tuple[Round, int, frozenset[str]]],
    told: Mapping[tuple[int, str], RunRow],
) -> Iterable[Review]:
    for round_, _, grades in reviews:
        row = told.get((round_.result_id or 0, pilot.unit.code))
        year = int(round_.period[:4])
        is_own = pilot.since.year <= year and (pilot.until is None or year <= pilot.until.year)
        if row is not None and is_own:
            yield Review(round_, row, row.grade in grades)


def _in_a_row(reviews: Iterable[Review]) -> int:
    times = 0
    for each in reviews:
        if not each.is_below:
            break
        times += 1
    return times
