"""What each item really weighs: item scores by unit, the total's weights, shares of variance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import mul

from zhenxing.engine.schemes.results import Row
from zhenxing.engine.schemes.runs import Run
from zhenxing.engine.schemes.scheme import Scheme
from zhenxing.engine.schemes.syntax import Call, Name, Number, Tree
from zhenxing.kernel.problems import Problem

QUANTUM, NANO = 1e-12, 1e-9
NOTHING = 5e-10
CONSTANT = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """A group's ranked units with what each section item adds to each total.

    added: by unit, item by item. rest: what else stands in a unit's total.
    """

    group: str | None
    units: tuple[str, ...]
    ranks: tuple[int, ...]
    items: tuple[str, ...]
    points: tuple[float, ...]
    added: tuple[tuple[float, ...], ...]
    rest: tuple[float, ...]

    def totals(self, factors: Sequence[float]) -> list[float]:
        """Return the totals with each item multiplied by its factor."""
        pairs = zip(self.added, self.rest, strict=True)
        return [sum(map(mul, factors, added)) + rest for added, rest in pairs]


@dataclass(frozen=True, slots=True)
class Weight:
    """What an item is to weigh and what it weighs.

    nominal: percent of the full points. effective: percent of the totals' variance inside the group
    (covariance of the item with the total ÷ variance of the total). correlation: with the total.
    distinct: how many different scores there are.
    """

    item: str
    name: str
    group: str | None
    nominal: Decimal
    effective: Decimal | None
    correlation: Decimal | None
    distinct: int

    @property
    def tells_apart(self) -> bool:
        """Whether the item separates any two units of the group."""
        return self.distinct > 1


def problems(scheme: Scheme) -> list[Problem]:
    """Return why a scheme's points cannot be shaken: its total is no weighted sum of sections."""
    if scheme.total is None or _linear(scheme.total.tree) is not None:
        return []
    what = f"总分算式「{scheme.total.text}」不是各板块的加权和，没法逐项扰动分值"
    return [Problem(f"{scheme.file} 第{scheme.total.line}行", what, "请改为各板块相加或加权相加")]


def groups(this: Run) -> list[Scores]:
    """Return the groups with their ranked units, in order."""
    rows = [row for row in this.result.rows if row.rank is not None]
    return [_scores(this, group) for group in dict.fromkeys(row.group for row in rows)]


def _scores(this: Run, group: str | None) -> Scores:
    assert this.compiled is not None  # noqa: S101  # the caller has looked
    scheme, plan = this.scheme, this.compiled.plan
    weights = section_weights(scheme)
    section_of = {item.id: section.id for section in scheme.sections for item in section.items}
    plans = [each for each in plan.items if each.item.id in section_of]
    rows = [row for row in this.result.rows if row.group == group and row.rank is not None]
    added, rest = [], []
    for row in rows:
        values = this.values[row.unit]
        factor = _scaling(row, [each.item.id for each in plans])
        worth = tuple(
            factor
            * weights[section_of[each.item.id]]
            * float(values[each.counted.column])
            * QUANTUM
            for each in plans
        )
        added.append(worth)
        rest.append(float(values[plan.total.column]) * NANO - sum(worth))
    return Scores(
        group, tuple(row.unit for row in rows), tuple(row.rank or 0 for row in rows),
        tuple(each.item.id for each in plans),
        tuple(float(each.item.points_in(group) or 0) for each in plans), tuple(added), tuple(rest),
    )  # fmt: skip


def _scaling(row: Row, items: Sequence[str]) -> float:
    """Return full points over kept points: what is left of a unit's items is scaled up."""
    worth = [(Decimal(row.items[item].points or 0), row.items[item].score) for item in items]
    full = sum(points for points, _ in worth)
    kept = sum(points for points, score in worth if score is not None)
    return float(full / kept) if kept else 1.0


def section_weights(scheme: Scheme) -> Mapping[str, float]:
    """Return what each section counts for in the total."""
    found = None if scheme.total is None else _linear(scheme.total.tree)
    if found is None:
        return {section.id: 1.0 for section in scheme.sections}
    return {section.id: found.get(section.id, 0.0) for section in scheme.sections}


def weights(this: Run, scores: Scores) -> list[Weight]:
    """Return every section item's weights in a group."""
    names = {item.id: item.name for item in this.scheme.items}
    worth = [
        points * weight
        for points, weight in zip(scores.points, _item_weights(this.scheme), strict=True)
    ]
    full = sum(worth)
    totals = scores.totals([1.0] * len(scores.items))
    spread = _covariance(totals, totals)
    found = []
    for at, item in enumerate(scores.items):
        added = [row[at] for row in scores.added]
        shared, own = _covariance(added, totals), _covariance(added, added)
        correlation = shared / (own * spread) ** 0.5 if own > NOTHING and spread > NOTHING else None
        found.append(
            Weight(
                item, names[item], scores.group, _rounded(100 * worth[at] / full if full else 0, 1),
                _rounded(100 * shared / spread, 1) if spread > NOTHING else None,
                None if correlation is None else _rounded(correlation, 2),
                len({round(value, 9) for value in added}),
            )
        )  # fmt: skip
    return found


def _item_weights(scheme: Scheme) -> list[float]:
    weights_ = section_weights(scheme)
    return [weights_[section.id] for section in scheme.sections for _ in section.items]


def _rounded(value: float, places: int) -> Decimal:
    return Decimal(str(round(value, places) + 0.0))


def _covariance(first: Sequence[float], second: Sequence[float]) -> float:
    count = len(first)
    middle, other = sum(first) / count, sum(second) / count
    pairs = zip(first, second, strict=True)
    return float(sum((a - middle) * (b - other) for a, b in pairs)) / count


def _linear(tree: Tree) -> dict[str, float] | None:
    """Return an expression's coefficients by name; None where it is no weighted sum."""
    if isinstance(tree, Number):
        return {CONSTANT: float(tree.value)}
    if isinstance(tree, Name):
        return {tree.name: 1.0}
    if not isinstance(tree, Call) or tree.function not in {"+", "-", "*", "/"}:
        return None
    parts = [_linear(each) for each in tree.arguments]
    if any(part is None for part in parts):
        return None
    first, *rest = [part for part in parts if part is not None]
    return _joined(tree.function, first, rest[0]) if rest else None


def _joined(
    sign: str, first: dict[str, float], second: dict[str, float]
) -> dict[str, float] | None:
    if sign in {"+", "-"}:
        turn = 1.0 if sign == "+" else -1.0
        names = {**first, **second}
        return {name: first.get(name, 0.0) + turn * second.get(name, 0.0) for name in names}
    if sign == "*" and set(first) == {CONSTANT}:
        first, second = second, first
    if set(second) != {CONSTANT} or (sign == "/" and not second[CONSTANT]):
        return None
    by = second[CONSTANT] if sign == "*" else 1 / second[CONSTANT]
    return {name: each * by for name, each in first.items()}
