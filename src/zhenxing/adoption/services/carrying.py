"""A paper read anew: what people decided, split, added and wrote on goes along with its words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from zhenxing.adoption.choices import Verdict
from zhenxing.adoption.models import Item, Placement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhenxing.documents.models import PaperReading

# What a person made of an item.
DECIDED = (
    "kind", "subject", "unit_id", "indicator_id", "comparator", "value", "high", "measure",
    "masked", "is_growth", "period", "verdict", "note", "decided_by", "decided_name", "decided_on",
)  # fmt: skip
PLACED = (
    "home", "unit_id", "indicator_id", "period", "aspect", "written", "value", "reference",
    "by", "by_name", "recorded", "business_date",
)  # fmt: skip
Pair = tuple[Item, Item]


def matched(made: Iterable[Item], before: PaperReading) -> list[Pair]:
    """Write what was decided about the same words into new items, not saved yet; older first.

    Where the year of the reading moves an item's period, and no person had set the period, the
    item is open again: nobody has seen it so.
    """
    rows = before.items.filter(split_of=None).exclude(said={}).prefetch_related("placements")
    known = {_identity(row): row for row in rows}
    pairs = [(known[_identity(new)], new) for new in made if _identity(new) in known]
    year = str(before.year or json.loads(before.result)["document"]["year"] or "")
    for old, new in pairs:
        if old.verdict != Verdict.OPEN and not _moved(old, new, year):
            _copy(old, new)
    return pairs


def added(reading: PaperReading, pairs: Sequence[Pair], before: PaperReading) -> list[Pair]:
    """Put down anew what people had added or split off, where the words are still the same."""
    rows = before.items.order_by("pk").prefetch_related("placements")
    last = reading.items.order_by("-number").values_list("number", flat=True).first() or 0
    successors = {old.pk: new for old, new in pairs}
    found: list[Pair] = []
    for old in rows:
        is_own = old.split_of_id is not None or not old.said
        if not is_own or reading.text[old.start : old.end] != old.quote:
            continue
        whole = successors.get(old.split_of_id) if old.split_of_id else None
        last += whole is None
        new = Item(
            reading=reading, number=whole.number if whole else last, split_of=whole,
            start=old.start, end=old.end, quote=old.quote, section=old.section,
        )  # fmt: skip
        _copy(old, new)
        new.save()
        successors[old.pk] = new
        found.append((old, new))
    return found


def placements(pairs: Iterable[Pair]) -> list[Placement]:
    """Say of the new items where the old ones went, so that nothing is written on twice."""
    return [
        Placement(item=new, **{column: getattr(each, column) for column in PLACED})
        for old, new in pairs
        for each in old.placements.all()
    ]


def _identity(item: Item) -> tuple[object, ...]:
    """Say what was read where; what a person corrected since leaves it the same."""
    said = item.said
    return item.start, item.end, item.quote, said.get("kind"), said.get("subject"), *sorted(said)


def _moved(old: Item, new: Item, year: str) -> bool:
    is_readers = old.period == (old.said.get("period") or year)
    return is_readers and new.period != old.period and not old.placements.all()


def _copy(old: Item, new: Item) -> None:
    for column in DECIDED:
        setattr(new, column, getattr(old, column))
