"""The way back: from a target or an indicator to the words of the paper it was taken from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.adoption.choices import Home
from zhenxing.adoption.models import Placement
from zhenxing.documents.models import Paper
from zhenxing.targets.choices import IssueState
from zhenxing.targets.models import Issue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from zhenxing.adoption.models import Item
    from zhenxing.engine.facts import TargetFact
    from zhenxing.indicators.models import Target
    from zhenxing.web.scope import Scope

# Unit, indicator, kind of target, document and its day: what an issue makes one target of.
Place = tuple[str, str, str, str, "date"]


@dataclass(frozen=True)
class Source:
    """The paper, the item with its number on the paper's page, and the quoted words."""

    paper: int
    item: int
    title: str
    number: int
    quote: str


def of_targets(targets: Iterable[Target], scope: Scope) -> dict[int, Source]:
    """Give where some targets were read, by key; two queries however many targets."""
    rows = list(targets)
    about = of_units({row.unit.code for row in rows}, scope)
    found = {row.pk: about.get(_place_of(row)) for row in rows}
    return {key: source for key, source in found.items() if source is not None}


def of_units(units: Collection[str], scope: Scope) -> dict[Place, Source]:
    """Give where the targets of some units were read; two queries however many targets.

    A target comes from a placement if the issue that made it is the one the placement names.
    """
    placed = Placement.objects.filter(
        home=Home.ISSUE,
        unit__code__in=units,
        item__reading__paper__in=Paper.objects.visible_to(scope),
    ).select_related("item__reading__paper", "unit", "indicator")
    found = list(placed)
    issues = Issue.objects.in_bulk({int(each.reference) for each in found})
    about = {}
    for each in found:
        issue = issues.get(int(each.reference))
        if issue is not None and issue.state == IssueState.APPROVED and each.indicator is not None:
            place = (each.unit.code, each.indicator.code, each.aspect, issue.document, issue.issued)
            about[place] = _source(each)
    return about


def place_of(fact: TargetFact) -> Place:
    """Say which target of an issue one in force is."""
    return fact.unit, fact.indicator, fact.target.kind, fact.document, fact.issued


def references(unit: str, indicator: str, scope: Scope) -> list[tuple[Placement, Source]]:
    """Give the reference values kept of an indicator of a unit, newest first; one query."""
    placed = Placement.objects.filter(
        home=Home.REFERENCE,
        unit__code=unit,
        indicator__code=indicator,
        item__reading__paper__in=Paper.objects.visible_to(scope),
    ).select_related("item__reading__paper", "indicator")
    # A paper read anew says of its new items, too, where the old ones went.
    newest = {_words_of(each): each for each in placed.order_by("pk")}
    return [(each, _source(each)) for each in sorted(newest.values(), key=_latest_first)]


def _words_of(placement: Placement) -> tuple[object, ...]:
    item = placement.item
    return item.reading.paper_id, item.start, item.end, placement.period, placement.written


def _latest_first(placement: Placement) -> int:
    return -placement.pk


def anchor_of(item: Item) -> str:
    """Give the mark of an item on its page: its number, for a part of it 5-1."""
    whole = item.split_of
    if whole is None:
        return str(item.number)
    before = whole.parts.filter(pk__lt=item.pk).count()
    return f"{anchor_of(whole)}-{before + 1}"


def _place_of(row: Target) -> Place:
    return row.unit.code, row.indicator.code, row.kind, row.document, row.issued


def _source(placement: Placement) -> Source:
    item = placement.item
    paper = item.reading.paper
    return Source(paper.pk, item.pk, paper.title, item.number, item.quote)
