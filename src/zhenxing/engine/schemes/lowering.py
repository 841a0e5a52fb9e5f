"""Each kind of rule as one expression over x, T, P, n and r: the formulas of the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from zhenxing.engine.schemes.program import Operand, Source, Window
from zhenxing.engine.schemes.resolving import Frame, Resolver, text_of
from zhenxing.engine.schemes.scheme import (
    Band,
    BestRatio,
    Blend,
    Completion,
    Events,
    Expression,
    Formula,
    Item,
    Judged,
    MinMax,
    Pass,
    RankBetween,
    RankSteps,
    Ratings,
    Rule,
    Share,
    Side,
    Steps,
    Sum,
    Tiers,
)
from zhenxing.engine.schemes.syntax import Call, Name, Number, Ref, Tree

ZERO, ONE, HUNDRED = (Number(Decimal(value)) for value in (0, 1, 100))


def call(function: str, *arguments: Tree) -> Call:
    """Write a call.

    >>> call("+", ZERO, ONE).function
    '+'
    """
    return Call(function, arguments)


@dataclass(frozen=True, slots=True)
class Scored:
    """An item, or a part of a blend, while its rule is written out.

    part: its place among nested blends, empty for the item itself.
    """

    item: Item
    resolver: Resolver
    value: Tree
    value_name: str
    target: Expression | str | None
    lower: bool
    make_x: Callable[[], Tree]
    points: Tree
    legend: dict[Tree, Tree]
    part: str = ""

    @property
    def key(self) -> str:
        """The name its ratings and events are kept under."""
        return f"{self.item.id}{self.part}"

    @property
    def x(self) -> Tree:
        """The (adjusted) value; its columns are made only where a rule reads it."""
        return self.legend.setdefault(Name("x"), self.make_x())

    @property
    def T(self) -> Tree:  # noqa: N802  # the letter of the language
        """The target."""
        return self.legend.setdefault(Name("T"), self._target())

    def _target(self) -> Tree:
        program = self.resolver.program
        if isinstance(self.target, Expression):
            tree = self.resolver.resolve(self.target.tree, self._frame())
            return program.define(call("let", tree), "T", is_bounded=True)
        source = Source.SCHEDULE if self.target == "schedule" else Source.TARGET
        return program.operand(Operand(source, self.value_name))

    @property
    def n(self) -> Ref:
        """The number of units with a value in the group."""
        return self.group("count")

    @property
    def r(self) -> Ref:
        """The rank of x in the group, 1 is best."""
        return self.group("rank")

    def group(self, function: str) -> Ref:
        """Return a function of x over the group."""
        lower = self.lower and function == "rank"
        ref = self.resolver.program.window(Window(function, (self._column(),), lower=lower))
        label = {"count": "n", "rank": "r"}.get(function)
        name: Tree = Name(label) if label else call(function, Name("x"))
        self.legend.setdefault(name, ref)
        return ref

    def _column(self) -> Ref:
        return self.resolver.program.define(self.x)

    def resolve(self, expression: Expression) -> Tree:
        """Return a rule's own expression over columns."""
        return self.resolver.resolve(expression.tree, self._frame())

    def _frame(self) -> Frame:
        return Frame(self.letter, self.value, legend=self.legend)

    def letter(self, name: str) -> Tree | None:
        """Return what a rule letter stands for; columns are made only for letters that are read."""
        read: dict[str, Callable[[], Tree]] = {
            "x": lambda: self.x, "T": lambda: self.T, "P": lambda: self.points,
            "n": lambda: self.n, "r": lambda: self.r,
        }  # fmt: skip
        return read[name]() if name in read else None


def points_of(scored: Scored, rule: Rule) -> Tree:
    """Return the expression of a rule's points; missing where an operand is missing."""
    return _LOWERED[type(rule)](scored, rule)


def _pass(scored: Scored, _rule: Pass) -> Tree:
    reached = call("cases", _reached(scored), scored.points, ZERO)
    return call("needs", reached, scored.x, scored.T)


def _reached(scored: Scored) -> Tree:
    return call("<=" if scored.lower else ">=", scored.x, scored.T)


def _completion(scored: Scored, rule: Completion) -> Tree:
    x: Tree = scored.x
    if not scored.lower:
        share = _within(call("over", x, scored.T), rule.floor, rule.cap)
    elif rule.cap is None:
        # Ever more the nearer x comes to 0: at 0 there is no best score to give.
        x = call("positive", x)
        share = _within(call("over", scored.T, scored.x), rule.floor, None)
    else:
        share = _within(call("/", scored.T, x), rule.floor, rule.cap)
        share = call("cases", call("<=", x, ZERO), Number(rule.cap), share)
    return call("needs", call("*", scored.points, share), x, call("positive", scored.T))


def _within(value: Tree, low: Decimal | None, high: Decimal | None) -> Tree:
    """Keep a value inside its bounds; the caller sees to it that it is not missing."""
    capped = value if high is None else call("at most", value, Number(high))
    return capped if low is None else call("at least", capped, Number(low))


def _steps(scored: Scored, rule: Steps) -> Tree:
    base = scored.points if rule.base == 1 else call("*", scored.points, Number(rule.base))
    above, below = base, base
    if rule.over is not None:
        gained = _moved(scored, rule.over, whole=rule.whole)
        above = call("+", base, _within(gained, None, rule.over.limit))
    if rule.short is not None:
        below = Number(rule.short)
    elif rule.under is not None:
        lost = _moved(scored, rule.under, whole=rule.whole)
        below = _within(call("+", base, lost), rule.under.limit, None)
    sides = (rule.over, rule.under)
    by_share = any(side is not None and side.of == "share" for side in sides)
    needed = call("positive", scored.T) if by_share else scored.T
    return call("needs", call("cases", _reached(scored), above, below), scored.x, needed)


def _moved(scored: Scored, side: Side, *, whole: bool) -> Tree:
    """Return what the distance to the target adds (above it) or takes off (a negative number)."""
    near, far = (scored.T, scored.x) if not scored.lower else (scored.x, scored.T)
    distance: Tree = call("-", far, near)
    if side.of == "share":
        distance = call("over", call("*", HUNDRED, distance), scored.T)
    count: Tree = distance if side.per == 1 else call("over", distance, Number(side.per))
    if whole:
        count = call("whole", count)
    return call("*", Number(side.each), count)


def _tiers(scored: Scored, rule: Tiers) -> Tree:
    measure = scored.resolver.program.leaf(scored.resolve(rule.measure))
    cases: list[Tree] = []
    for band in rule.bands:
        cases += [_inside(measure, band), scored.resolve(band.points)]
    otherwise = call("nothing") if rule.otherwise is None else scored.resolve(rule.otherwise)
    return call("needs", call("cases", *cases, otherwise), measure)


def _inside(measure: Tree, band: Band) -> Tree:
    tests: list[Tree] = []
    if band.low is not None:
        tests.append(call(">" if band.low_open else ">=", measure, Number(band.low)))
    if band.high is not None:
        tests.append(call("<" if band.high_open else "<=", measure, Number(band.high)))
    return call("all of", *tests)


def _minmax(scored: Scored, rule: MinMax) -> Tree:
    least, most = scored.group("lowest"), scored.group("highest")
    done = call("-", most, scored.x) if scored.lower else call("-", scored.x, least)
    share = call("over", done, call("-", most, least))
    inside = call("+", Number(rule.low), call("*", Number(rule.high - rule.low), share))
    percent = call("cases", call("<=", most, least), Number(rule.high), inside)
    return call("needs", call("over", call("*", scored.points, percent), HUNDRED), scored.x)


def _best_ratio(scored: Scored, _rule: BestRatio) -> Tree:
    best = scored.group("lowest" if scored.lower else "highest")
    ratio = call("over", best, scored.x) if scored.lower else call("over", scored.x, best)
    points = call("*", scored.points, _within(ratio, Decimal(0), Decimal(1)))
    return call("needs", points, scored.x, call("positive", best))


def _rank_steps(scored: Scored, rule: RankSteps) -> Tree:
    lost = call("*", Number(rule.step), call("-", scored.r, ONE))
    return call("needs", _within(call("-", scored.points, lost), rule.floor, None), scored.r)


def _rank_between(scored: Scored, rule: RankBetween) -> Tree:
    way = call("*", Number(rule.first - rule.last), call("-", scored.r, ONE))
    between = call("-", Number(rule.first), call("over", way, call("-", scored.n, ONE)))
    points = call("cases", call("<=", scored.n, ONE), Number(rule.first), between)
    return call("needs", points, scored.r)


def _sum(scored: Scored, rule: Sum) -> Tree:
    total: Tree = ZERO
    for part in rule.parts:
        points = scored.resolve(part.points)
        if part.when is not None:
            points = call("if", scored.resolve(part.when), points, ZERO)
        total = points if total is ZERO else call("+", total, points)
    return call("clip", total, ZERO, scored.points) if rule.limited else total


def _judged(scored: Scored, _rule: Judged) -> Tree:
    return _rating(scored, "", "评定分")


def _rating(scored: Scored, rater_class: str, label: str) -> Tree:
    operand = Operand(Source.RATING, f"{scored.key}\n{rater_class}")
    ref = scored.resolver.program.operand(operand)
    return scored.legend.setdefault(Name(label), ref)


def _ratings(scored: Scored, rule: Ratings) -> Tree:
    total: Tree = ZERO
    for rater_class, weight in rule.weights.items():
        weighted = call("*", Number(weight), _rating(scored, rater_class, rater_class))
        total = weighted if total is ZERO else call("+", total, weighted)
    return call("over", call("*", scored.points, total), Number(rule.scale))


def _blend(scored: Scored, rule: Blend) -> Tree:
    total: Tree = ZERO
    for index, share in enumerate(rule.parts, start=1):
        part = _part(scored, share, f"{scored.part}\t{index}")
        weighted = call("*", Number(share.share), points_of(part, share.rule))
        total = weighted if total is ZERO else call("+", total, weighted)
        for tree, ref in part.legend.items():
            if tree != Name("P") and ref != scored.legend.get(tree):
                scored.legend.setdefault(Name(f"{text_of(tree)}.{index}"), ref)
    return total


def _part(whole: Scored, share: Share, place: str) -> Scored:
    """Return a part of a blend; its value, target and direction default to the item's."""
    value, value_name, make_x = whole.value, whole.value_name, whole.make_x
    if share.value is not None:
        value = share.value.tree
        value_name = value.name if isinstance(value, Name) else value_name

        def make_x() -> Tree:
            tree = whole.resolver.resolve(value, Frame(whole.letter, whole.value))
            return whole.resolver.program.define(call("let", tree), is_bounded=True)

    return replace(
        whole, make_x=make_x, value=value, value_name=value_name, part=place,
        target=whole.target if share.target is None else share.target,
        lower=whole.lower if share.better is None else share.better == "lower",
        legend={},
    )  # fmt: skip


def _formula(scored: Scored, rule: Formula) -> Tree:
    return scored.resolve(rule.formula)


def _events(scored: Scored, _rule: Events) -> Tree:
    ref = scored.resolver.program.operand(Operand(Source.EVENTS, scored.key))
    return scored.legend.setdefault(Name("事项得分"), ref)


_LOWERED: Mapping[type, Callable[[Scored, Any], Tree]] = MappingProxyType(
    {
        Pass: _pass, Completion: _completion, Steps: _steps, Tiers: _tiers, MinMax: _minmax,
        BestRatio: _best_ratio, RankSteps: _rank_steps, RankBetween: _rank_between, Sum: _sum,
        Judged: _judged, Ratings: _ratings, Blend: _blend, Formula: _formula, Events: _events,
    }
)  # fmt: skip
