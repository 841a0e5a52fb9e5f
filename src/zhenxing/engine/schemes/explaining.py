"""One unit, item by item: rule, inputs with their place, arithmetic, lost points, what helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from zhenxing.engine.schemes import running
from zhenxing.engine.schemes.binding import attributes_of
from zhenxing.engine.schemes.facts import Facts
from zhenxing.engine.schemes.gathering import group_of
from zhenxing.engine.schemes.planning import ItemPlan
from zhenxing.engine.schemes.program import Operand, Source, Window
from zhenxing.engine.schemes.results import ItemResult, Row, plain
from zhenxing.engine.schemes.runs import Compiled, Inputs, Run
from zhenxing.engine.schemes.scheme import Scheme
from zhenxing.engine.schemes.scoring import cell_of, compiled, printed_points, run
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
    """

    code: str
    name: str
    rule: str
    inputs: tuple[Input, ...]
    result: ItemResult
    lost: str | None
    best: tuple[str, str] | None
    one_more: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A unit's result with every item explained."""

    unit: str
    name: str
    row: Row
    items: tuple[ItemExplanation, ...]


def explain(
    scheme: Scheme, facts: Facts, unit: str, inputs: Inputs | None = None
) -> Explanation | None:
    """Explain one unit; None where the unit is not scored."""
    return explained(run(scheme, facts, inputs or Inputs()), unit)


def explained(this: Run, unit: str, *, gains: bool = True) -> Explanation | None:
    """Explain one unit of a scoring that has been kept.

    gains: also what one more unit of each x would bring; it scores the group once for each item.
    """
    row = this.result.row(unit)
    if row is None or unit not in this.units or this.compiled is None:
        return None
    more = _one_more(this, unit) if gains else {}
    items = tuple(_item(this, each, row, more) for each in this.compiled.plan.items)
    return Explanation(unit, this.units[unit].name, row, items)


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
    if score is not None and item.points is not None and not each.is_outside:
        lost = plain(max(Decimal(result.points) - score, ZERO))
    peers = [other for other in this.result.rows if other.group == row.group and other.items]
    known = [
        (Decimal(other.items[item.id].score or 0), other.unit)
        for other in peers
        if other.items[item.id].score is not None
    ]
    best = max(known, key=lambda pair: (pair[0], pair[1]), default=None)
    named = None if best is None else (this.units[best[1]].name, plain(best[0]))
    gained = printed_points(more.get(item.id), 9)
    one_more = None
    if gained is not None and this.values[row.unit][each.score.column] is not None:
        now = printed_points(this.values[row.unit][each.counted.column], 9)
        one_more = plain(Decimal(gained) - Decimal(now or 0))
    words = rule_words(item.rule, lower=item.lower)
    return ItemExplanation(item.id, item.name, words, read, result, lost, named, one_more)


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


def _one_more(this: Run, unit: str) -> dict[str, Decimal | None]:
    """Score the unit's group once for each item, with one more unit of that item's x."""
    made = compiled(this.scheme, attributes_of(this.facts), nudged=True)
    windows = (column.what for column in made.plan.program.columns.values())
    looks_beyond = any(isinstance(what, Window) and what.everyone for what in windows)
    group = group_of(this.scheme, this.units[unit])
    codes = [
        code
        for code, each in this.units.items()
        if looks_beyond or group_of(this.scheme, each) == group
    ]
    groups = sorted({group_of(this.scheme, this.units[code]) or "" for code in codes})
    count = len(made.plan.items)
    keys = [
        (scenario, groups.index(group_of(this.scheme, this.units[code]) or ""), place)
        for scenario in range(count)
        for place, code in enumerate(codes)
    ]
    rows = running.run(made.text, keys, _values(this, made, codes, unit))
    found = {row["scenario"]: row for row in rows if codes[row["unit"]] == unit}
    return {
        each.item.id: found[scenario][each.counted.column]
        for scenario, each in enumerate(made.plan.items)
    }


def _values(
    this: Run, made: Compiled, codes: list[str], unit: str
) -> dict[str, list[running.Cell]]:
    assert this.compiled is not None  # noqa: S101  # the caller has looked
    names = {column.what: column.name for column in this.compiled.text.operands}
    places = {each.item.id: place for place, each in enumerate(made.plan.items)}
    found: dict[str, list[running.Cell]] = {}
    for column in made.text.operands:
        what = column.what
        if isinstance(what, Operand) and what.source is Source.NUDGE:
            found[column.name] = [
                1.0 if scenario == places[what.name] and code == unit else 0.0
                for scenario in range(len(places))
                for code in codes
            ]
        else:
            once = [cell_of(this.gathered[code][names[what]]) for code in codes]
            found[column.name] = once * len(places)
    return found
