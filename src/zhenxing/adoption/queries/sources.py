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
    from collections.abc import Iterable

    from zhenxing.indicators.models import Target
    from zhenxing.web.scope import Scope


@dataclass(frozen=True)
class Source:
    """The paper, the number of the item on its page, and the quoted words."""

    paper: int
    title: str
    number: int
    quote: str


def of_targets(targets: Iterable[Target], scope: Scope) -> dict[int, Source]:
    """Give where some targets were read, by key; three queries however many targets.

    A target comes from a placement if the issue that made it is the one the placement names.
    """
    rows = list(targets)
    placed = Placement.objects.filter(
        home=Home.ISSUE,
        unit__in={row.unit_id for row in rows},
        indicator__in={row.indicator_id for row in rows},
        item__reading__paper__in=Paper.objects.visible_to(scope),
    ).select_related("item__reading__paper")
    found = list(placed)
    issues = Issue.objects.in_bulk([int(each.reference) for each in found])
    about = {}
    for each in found:
        issue = issues.get(int(each.reference))
        if issue is not None and issue.state == IssueState.APPROVED:
            key = (each.unit_id, each.indicator_id, each.aspect, issue.document, issue.issued)
            about[key] = _source(each)
    return {
        row.pk: source
        for row in rows
        if (
            source := about.get((row.unit_id, row.indicator_id, row.kind, row.document, row.issued))
        )
    }


def references(unit: str, indicator: str, scope: Scope) -> list[tuple[Placement, Source]]:
    """Give the reference values kept of an indicator of a unit, newest first; one query."""
    placed = Placement.objects.filter(
        home=Home.REFERENCE,
        unit__code=unit,
        indicator__code=indicator,
        item__reading__paper__in=Paper.objects.visible_to(scope),
    ).select_related("item__reading__paper", "indicator")
    return [(each, _source(each)) for each in placed.order_by("-pk")]


def _source(placement: Placement) -> Source:
    item = placement.item
    paper = item.reading.paper
    return Source(paper.pk, paper.title, item.number, item.quote)
