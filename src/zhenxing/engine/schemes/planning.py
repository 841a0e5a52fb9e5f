"""A whole scheme as one program of columns: items, sections, total, rank, conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from zhenxing.engine.schemes.lowering import ZERO, Scored, call, points_of
from zhenxing.engine.schemes.program import Operand, Program, Source, Window
from zhenxing.engine.schemes.resolving import Attributes, Frame, Resolver, text_of
from zhenxing.engine.schemes.scheme import Expression, Extra, Item, Scheme
from zhenxing.engine.schemes.syntax import Name, Number, Ref, Text, Tree
from zhenxing.engine.schemes.tasks import tasks_of
from zhenxing.engine.schemes.words import rule_words


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """An item's columns.

    score: points before the policies for missing values and tasks. counted: the points that count,
    as an exact number of 10⁻¹² points. points: P, missing in a group the item does not apply to.
    legend: what the rule reads, by name. tasks: columns that are 1 where the unit has no task.
    said: the rule in words.
    """

    item: Item
    score: Ref
    counted: Ref
    points: Tree
    legend: dict[str, Tree]
    tasks: tuple[Ref, ...]
    is_outside: bool
    said: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A scheme's program and where its answers stand.

    total: exact 10⁻⁹ points. conditions: by list and place; in lists that know the grade one
    column for each grade.
    """

    scheme: Scheme
    program: Program
    items: tuple[ItemPlan, ...]
    total: Ref
    rank: Ref
    of: Ref
    conditions: dict[tuple[str, int, str], Ref]

    def told(self) -> tuple[str, ...]:
        """Return the columns results and reasons are read from; operands are known before."""
        found: list[Tree] = [self.total, self.rank, self.of, *self.conditions.values()]
        found += self.program.bases
        for each in self.items:
            found += [each.score, each.counted, *each.legend.values()]
        columns = self.program.columns
        names = dict.fromkeys(ref.column for ref in found if isinstance(ref, Ref))
        names |= dict.fromkeys(self.program.divisors())
        return tuple(name for name in names if not isinstance(columns[name].what, Operand))


def plan(scheme: Scheme, attributes: Attributes, *, nudged: bool = False) -> Plan:
    """Write a scheme out as columns; nudged: with an operand that moves each item's x."""
    return _Planner(scheme, attributes, nudged=nudged).plan()


class _Planner:
    def __init__(self, scheme: Scheme, attributes: Attributes, *, nudged: bool) -> None:
        self.scheme = scheme
        self.program = Program()
        self.resolver = Resolver(scheme, attributes, self.program)
        self.nudged = nudged
        self.kept: dict[str, Tree] = {}

    def plan(self) -> Plan:
        items = [self._item(item, is_outside=False) for item in self.scheme.section_items]
        extras = {"bonus": self.scheme.bonus, "penalties": self.scheme.penalties}
        outside = {
            name: [self._item(item, is_outside=True) for item in extra.items]
            for name, extra in extras.items()
        }
        values = self._sections({plan.item.id: plan for plan in items})
        values |= {name: self._extra(outside[name], extra) for name, extra in extras.items()}
        total = self.program.define(call("nano", self._total(values)))
        conditions = self._conditions()
        vetoes = enumerate(self.scheme.vetoes)
        unranked = [conditions["veto", i, ""] for i, veto in vetoes if veto.effect == "unranked"]
        counted: Tree = total
        for condition in unranked:
            counted = call("if", call("holds", condition), call("nothing"), counted)
        ranked = self.program.define(counted)
        every = [*items, *outside["bonus"], *outside["penalties"]]
        rank = self._rank(ranked, {each.item.id: each.counted for each in every})
        of = self.program.window(Window("count", (ranked,)))
        return Plan(self.scheme, self.program, tuple(every), total, rank, of, conditions)

    def _item(self, item: Item, *, is_outside: bool) -> ItemPlan:
        program, resolver = self.program, self.resolver
        points = self._points(item)
        value = item.value.tree if item.value is not None else Name(item.id)
        legend: dict[Tree, Tree] = {}
        unadjusted = Scored(
            item=item, resolver=resolver, value=value,
            value_name=value.name if isinstance(value, Name) else item.id,
            target=item.target, lower=item.lower, points=points, legend={},
            make_x=lambda: resolver.resolve(value, Frame(legend=legend)),
        )  # fmt: skip
        scored = replace(unadjusted, make_x=lambda: self._adjusted(unadjusted), legend=legend)
        score = program.define(self._gated(scored, points_of(scored, item.rule)), item.name)
        tasks = tuple(
            program.operand(Operand(Source.NO_TASK, name))
            for name in tasks_of(self.scheme, item, scored.value_name)
            if name in resolver.attributes.idle
        )
        counted = self._counted(item, score, points, tasks, is_outside=is_outside)
        named = _legend(item, legend)
        said = rule_words(item.rule, lower=item.lower)
        return ItemPlan(item, score, counted, points, named, tasks, is_outside, said)

    def _points(self, item: Item) -> Tree:
        if isinstance(item.points, Decimal):
            return Number(item.points)
        if item.points is None:
            return ZERO
        return self.program.operand(Operand(Source.POINTS, item.id))

    def _worth(self, points: Tree) -> Tree:
        """Return an item's points, nothing in a group it does not apply to."""
        return call("coalesce", points, ZERO) if isinstance(points, Ref) else points

    def _adjusted(self, scored: Scored) -> Tree:
        x = scored.x
        for adjustment in scored.item.adjust:
            amount = scored.resolve(adjustment.add)
            if adjustment.low is not None and adjustment.high is not None:
                amount = call("clip", amount, Number(adjustment.low), Number(adjustment.high))
            x = call("+", x, amount)
        if self.nudged:
            x = call("+", x, self.program.operand(Operand(Source.NUDGE, scored.item.id)))
        return x if isinstance(x, Ref) else self.program.define(call("let", x), is_bounded=True)

    def _gated(self, scored: Scored, points: Tree) -> Tree:
        item = scored.item
        if item.gate is not None:
            reached = self.program.define(points)
            otherwise = scored.resolve(item.gate.otherwise)
            gated = call("if", scored.resolve(item.gate.when), reached, otherwise)
            points = call("needs", gated, reached)
        return points if item.times is None else call("*", points, scored.resolve(item.times))

    def _counted(
        self, item: Item, score: Ref, points: Tree, tasks: Sequence[Ref], *, is_outside: bool
    ) -> Ref:
        """Apply the policies, note the points kept, make the points that count exact."""
        policy = item.missing or ("zero" if is_outside else self.scheme.missing)
        counted: Tree = score
        by_group, points = points, self._worth(points)
        kept = points
        if policy != "hold":
            counted = call("coalesce", score, ZERO)
        if policy == "exclude":
            kept = call("if", call("known", score), points, ZERO)
        full = self.scheme.no_task == "full"
        for task in tasks:
            none = call(">", task, ZERO)
            counted = call("if", none, points if full else ZERO, counted)
            kept = call("if", none, points if full else ZERO, kept)
        if by_group is not points:
            counted = call("cases", call("known", by_group), counted, ZERO)
        if self.scheme.total_places is None:
            counted = call("half_up", counted, Number(Decimal(self.scheme.item_places)))
        self.kept[item.id] = kept
        return self.program.define(call("quantum", counted))

    def _sections(self, plans: dict[str, ItemPlan]) -> dict[str, Tree]:
        factor = self._factor()
        values: dict[str, Tree] = {}
        for section in self.scheme.sections:
            counted = [plans[item.id].counted for item in section.items]
            value = self.program.define(_summed(counted), section.name)
            values[section.id] = value if factor is None else call("*", value, factor)
        return values

    def _factor(self) -> Ref | None:
        """Return full points over kept points; None where there will be points left for sure."""
        items = self.scheme.section_items
        kept = [self.kept[item.id] for item in items]
        full = [self._worth(self._points(item)) for item in items]
        if kept == full and any(not isinstance(item.points, Mapping) for item in items):
            return None
        whole = self.program.define(_added(full))
        rest = self.program.define(_added(kept), "保留的分值")
        return self.program.define(call("/", whole, rest))

    def _extra(self, plans: Sequence[ItemPlan], extra: Extra) -> Tree:
        if not plans:
            return ZERO
        total = _summed([plan.counted for plan in plans])
        return total if extra.cap is None else call("min", total, Number(extra.cap))

    def _total(self, values: dict[str, Tree]) -> Tree:
        if self.scheme.total is not None:
            return self.resolver.resolve(self.scheme.total.tree, Frame(values.get))
        total = _added([values[section.id] for section in self.scheme.sections])
        if values["bonus"] is not ZERO:
            total = call("+", total, values["bonus"])
        return total if values["penalties"] is ZERO else call("-", total, values["penalties"])

    def _rank(self, ranked: Ref, counted: dict[str, Ref]) -> Ref:
        ties = (
            self.program.define(call("nano", call("from quantum", counted[code])))
            for code in self.scheme.tie_break
        )
        return self.program.window(Window("place", (ranked, *ties), dense=self.scheme.dense))

    def _conditions(self) -> dict[tuple[str, int, str], Ref]:
        scheme = self.scheme
        lists = {"veto": scheme.vetoes, "bars": scheme.bars, "shifts": scheme.shifts}
        if scheme.consecutive is not None:
            lists["consecutive"] = (scheme.consecutive.condition,)
        grades = dict.fromkeys(scheme.grades.words if scheme.grades else ())
        grades |= dict.fromkeys(veto.effect for veto in scheme.vetoes)
        return {
            (name, place, grade): self._condition(condition.when, grade)
            for name, conditions in lists.items()
            for place, condition in enumerate(conditions)
            for grade in (grades if name in {"shifts", "consecutive"} else ("",))
        }

    def _condition(self, when: Expression, grade: str) -> Ref:
        frame = Frame({"grade": Text(grade)}.get)
        return self.program.define(call("all of", self.resolver.resolve(when.tree, frame)))


def _legend(item: Item, legend: dict[Tree, Tree]) -> dict[str, Tree]:
    """Name what an item reads; x and T first, not P and not the figure that is x itself."""
    own = item.value.tree if item.value is not None else Name(item.id)
    first = [name for name in (Name("x"), Name("T")) if name in legend]
    rest = [tree for tree in legend if tree not in {*first, own, Name("P")}]
    return {
        tree.name if isinstance(tree, Name) else text_of(tree): legend[tree]
        for tree in [*first, *rest]
    }


def _summed(counted: Sequence[Ref]) -> Tree:
    return call("from quantum", _added(counted, "exact +"))


def _added(parts: Sequence[Tree], sign: str = "+") -> Tree:
    """Add in pairs of pairs, so that a hundred items are seven deep, not a hundred."""
    if len(parts) < 2:  # noqa: PLR2004  # a pair
        return parts[0] if parts else ZERO
    middle = len(parts) // 2
    return call(sign, _added(parts[:middle], sign), _added(parts[middle:], sign))
