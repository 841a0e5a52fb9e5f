"""One unit, item by item: rule, inputs with their place, arithmetic, lost points, what helps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhenxing.engine.schemes import gains as gaining
from zhenxing.engine.schemes.facts import Facts
from zhenxing.engine.schemes.planning import ItemPlan
from zhenxing.engine.schemes.program import Operand, Window
from zhenxing.engine.schemes.results import ItemResult, Row, item_json, plain
from zhenxing.engine.schemes.runs import Inputs, Run
from zhenxing.engine.schemes.scheme import Item, Scheme
from zhenxing.engine.schemes.scoring import run
from zhenxing.engine.schemes.syntax import Ref
from zhenxing.engine.schemes.words import rule_words

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Input:
    """What a rule read: its name, value and place."""

    name: str
    value: str | None
    where: str


@dataclass(frozen=True, slots=True)
class ItemExplanation:
    """One item explained. lost: points short of P. best: the best score in the group and whose.

    one_more: what one more unit of x would bring, None where there is no score.
    part: the id of its section, `bonus` or `penalties`.
    """

    code: str
    name: str
    part: str
    lead: str
    rule: str
    inputs: tuple[Input, ...]
    result: ItemResult
    lost: str | None
    best: tuple[str, str] | None
    one_more: str | None

    def as_json(self) -> dict[str, Any]:
        """Return what --explain --json prints of an item."""
        inputs = [
            {"name": each.name, "value": each.value, "where": each.where} for each in self.inputs
        ]
        return {
            **item_json(self.result), "item": self.code, "name": self.name, "part": self.part,
            "lead": self.lead, "rule": self.rule, "inputs": inputs, "lost": self.lost,
            "best": None if self.best is None else {"name": self.best[0], "score": self.best[1]},
            "one_more": self.one_more,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartSum:
    """A section (or bonus, penalties) in sum: points in the unit's group, score, lost points.

    score None: an item of the part has no score.
    """

    id: str
    name: str
    points: str
    score: str | None
    lost: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A unit's result with every item explained; ahead: who stands next above, and by how much."""

    unit: str
    name: str
    row: Row
    items: tuple[ItemExplanation, ...]
    parts: tuple[PartSum, ...] = ()
    ahead: tuple[str, str] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what --explain --json prints."""
        parts = [
            {"id": each.id, "name": each.name, "points": each.points, "score": each.score,
             "lost": each.lost}
            for each in self.parts
        ]  # fmt: skip
        return {
            "unit": self.unit, "name": self.name, "group": self.row.group, "total": self.row.total,
            "rank": self.row.rank, "of": self.row.of, "grade": self.row.grade, "parts": parts,
            "ahead": None if self.ahead is None else {"name": self.ahead[0], "by": self.ahead[1]},
            "items": [item.as_json() for item in self.items],
        }  # fmt: skip


def explain(
    scheme: Scheme, facts: Facts, unit: str, inputs: Inputs | None = None
) -> Explanation | None:
    """Explain one unit; None where the unit is not scored."""
    return explained(run(scheme, facts, inputs or Inputs()), unit)


def explained(this: Run, unit: str, *, gains: bool = True) -> Explanation | None:
    """Explain one unit of a scoring that has been kept.

    gains: also what one more unit of each x would bring; it scores the group once more.
    """
    row = this.result.row(unit)
    if row is None or unit not in this.units or this.compiled is None:
        return None
    more = gaining.one_more(this, unit) if gains else {}
    items = tuple(_item(this, each, row, more) for each in this.compiled.plan.items)
    parts = tuple(_sums(this.scheme, items))
    return Explanation(unit, this.units[unit].name, row, items, parts, _ahead(this, row))


def parts_of(scheme: Scheme) -> dict[str, tuple[str, tuple[Item, ...]]]:
    """Return a scheme's parts by id: each section, then bonus and penalties where there are any.

    >>> from zhenxing.engine.schemes.scheme import Scheme
    >>> scheme = Scheme(id="a", name="", basis="", year=2023, file="", digest="", first=0, last=11)
    >>> parts_of(scheme)
    {}
    """
    parts = {section.id: (section.name, section.items) for section in scheme.sections}
    extras = {"bonus": ("加分项", scheme.bonus), "penalties": ("扣分项", scheme.penalties)}
    return parts | {
        key: (name, extra.items) for key, (name, extra) in extras.items() if extra.items
    }


def _sums(scheme: Scheme, items: Sequence[ItemExplanation]) -> Iterator[PartSum]:
    for part, (name, _) in parts_of(scheme).items():
        inside = [item for item in items if item.part == part and item.result.applies]
        scores = [item.result.score for item in inside]
        points = sum((Decimal(item.result.points or 0) for item in inside), ZERO)
        known = [Decimal(score) for score in scores if score is not None]
        score = str(sum(known, ZERO)) if len(known) == len(scores) else None
        lost = sum((Decimal(item.lost or 0) for item in inside), ZERO)
        yield PartSum(part, name, plain(points), score, plain(lost))


def _ahead(this: Run, row: Row) -> tuple[str, str] | None:
    """Return who is ranked next above in the group, and the distance of the printed totals."""
    if row.rank is None:
        return None
    above = [
        other
        for other in this.result.rows
        if other.group == row.group and other.rank is not None and other.rank < row.rank
    ]
    if not above:
        return None
    nearest = max(above, key=lambda other: (other.rank or 0, other.unit))
    by = Decimal(nearest.total or 0) - Decimal(row.total or 0)
    return this.units[nearest.unit].name, plain(by)


def _item(
    this: Run, each: ItemPlan, row: Row, more: Mapping[str, Decimal | None]
) -> ItemExplanation:
    item, result = each.item, row.items[each.item.id]
    read = tuple(
        Input(name, result.inputs[name], _where(this, tree, row.unit))
        for name, tree in each.legend.items()
    )
    score = None if result.score is None else Decimal(result.score)
    lost = None
    if score is not None and not each.is_outside:
        lost = plain(max(Decimal(result.points) - score, ZERO))
    peers = [other for other in this.result.rows if other.group == row.group and other.items]
    known = [
        (Decimal(other.items[item.id].score or 0), other.unit)
        for other in peers
        if other.items[item.id].score is not None
    ]
    best = max(known, key=lambda pair: (pair[0], pair[1]), default=None)
    named = None if best is None else (this.units[best[1]].name, plain(best[0]))
    gained = more.get(item.id) if result.applies else None
    one_more = None if gained is None else plain(gained)
    words = rule_words(item.rule, lower=item.lower)
    part = next(key for key, (_, inside) in parts_of(this.scheme).items() if item in inside)
    return ItemExplanation(
        item.id, item.name, part, item.lead, words, read, result, lost, named, one_more
    )


def _where(this: Run, tree: object, unit: str) -> str:
    """Return the places of the operands an input was worked out from."""
    if not isinstance(tree, Ref) or this.compiled is None:
        return this.scheme.file
    program = this.compiled.plan.program
    if isinstance(program.columns[tree.column].what, Window):
        return "本组各单位"
    found = [
        this.gathered[unit][column.name].where
        for column in program.under(tree)
        if isinstance(column.what, Operand)
    ]
    return "、".join(dict.fromkeys(place for place in found if place)) or this.scheme.file
