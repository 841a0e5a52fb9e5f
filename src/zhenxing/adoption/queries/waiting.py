"""What was accepted in papers and waits for its part: groups, days, tasks, projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from zhenxing.adoption.choices import ItemKind, Verdict
from zhenxing.adoption.models import Item
from zhenxing.adoption.queries import known
from zhenxing.documents.models import PaperReading

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.web.scope import Scope

KINDS = (ItemKind.GROUP, ItemKind.DEADLINE, ItemKind.TASK, ItemKind.PROJECT)
HEADS = {
    ItemKind.GROUP: "office", ItemKind.DEADLINE: "who", ItemKind.TASK: "owner",
    ItemKind.PROJECT: "stage",
}  # fmt: skip
DUES = {ItemKind.DEADLINE: "quote", ItemKind.TASK: "due", ItemKind.PROJECT: "amount"}


@dataclass(frozen=True)
class Waiting:
    """An accepted thing: its words, who it is about, and what the site has of it already."""

    item: Item
    standing: str
    is_there: bool

    @property
    def who(self) -> str:
        """The office, the reporter, the owner or the stage, as the paper says."""
        return _said(self.item, HEADS)

    @property
    def due(self) -> str:
        """The day, the hand-in or the amount, as the paper says."""
        return _said(self.item, DUES)

    @property
    def title(self) -> str:
        """The paper it was read in."""
        return self.item.reading.paper.title

    @property
    def words(self) -> str:
        """Everything of it that a search looks through."""
        item = self.item
        return f"{item.subject} {item.quote} {self.who} {self.title} {item.unit.name}"


def rows(scope: Scope, day: date, kind: str = "") -> list[Waiting]:
    """Give the accepted things of the newest readings a person may see; few queries."""
    newest = (
        PaperReading.objects.filter(paper=OuterRef("reading__paper"))
        .order_by("-version")
        .values("pk")[:1]
    )
    found = list(
        Item.objects.visible_to(scope)
        .filter(
            kind__in=[kind] if kind in KINDS else KINDS,
            verdict=Verdict.ACCEPTED,
            reading=Subquery(newest),
        )
        .select_related("unit", "reading__paper", "split_of")
        .defer("reading__text", "reading__result", "reading__places")
    )
    there = known.of(found, day)
    return [
        Waiting(item, there[item.pk].words if item.pk in there else "", _is_there(item, there))
        for item in found
    ]


def _is_there(item: Item, there: dict[int, known.Known]) -> bool:
    return item.pk in there and there[item.pk].is_same


def _said(item: Item, keys: dict[ItemKind, str]) -> str:
    key = keys.get(ItemKind(item.kind), "")
    return str(item.said.get(key) or "")
