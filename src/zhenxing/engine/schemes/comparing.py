"""Why a rank moved between two results: new rules, revised figures, own change, others' change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zhenxing.engine.schemes.scoring import TAKEN_OFF
from zhenxing.kernel.rounding import half_up

Json = Mapping[str, Any]
ZERO = Decimal(0)
MOST_SCALED = 2
# Inputs that speak of the whole group, under the names the results give them.
_OF_GROUP = re.compile(r"[rn](\.\d+)*$|(mean|total|highest|lowest|median|rank)\(")
CAUSES = ("rules", "revised", "own", "others")


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What an item did to its unit's total before caps, scaling and rounding, and why.

    is_shared: the unit's own inputs and the group's changed together; it counts as the unit's.
    """

    item: str
    change: Decimal
    cause: str
    is_shared: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the change as JSON shows it."""
        return {
            "item": self.item, "change": str(self.change), "cause": self.cause,
            "shared": self.is_shared,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """One unit's ranks before and after; the four parts add up to before − after (up is positive).

    points: what each cause did to the unit's own total; they add up to the total's change.
    """

    unit: str
    before: int
    after: int
    parts: Mapping[str, int]
    points: Mapping[str, Decimal]
    group: str | None = None
    totals: tuple[str, str] = ("", "")
    items: tuple[ItemChange, ...] = ()

    @property
    def places(self) -> int:
        """Places won; negative: lost."""
        return self.before - self.after

    def as_json(self) -> dict[str, Any]:
        """Return what compare --json prints of a unit."""
        return {
            "unit": self.unit, "group": self.group, "before": self.before, "after": self.after,
            "places": self.places, "parts": dict(self.parts), "totals": list(self.totals),
            "points": {cause: str(points) for cause, points in self.points.items()},
            "items": [item.as_json() for item in self.items],
        }  # fmt: skip


@dataclass(slots=True)
class _Shift:
    """What each cause did to one unit's total."""

    old: Json
    new: Json
    items: tuple[ItemChange, ...]
    by: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(CAUSES, ZERO))

    @property
    def before(self) -> Decimal:
        return Decimal(self.old["total"])

    @property
    def group(self) -> str | None:
        group: str | None = self.new["group"]
        return group

    def total(self, *causes: str) -> Decimal:
        return self.before + sum((self.by[cause] for cause in causes), ZERO)


class ComparisonError(ValueError):
    """Two files that cannot be compared; the message is Chinese."""


def compare(old: Json, new: Json) -> list[Move]:
    """Split each unit's move in rank, for units ranked in both results.

    Between results of one period a changed input is a revision; between periods it is the unit's
    own change. Raises `ComparisonError` for anything but two results as --json prints them.

    >>> item = {"score": "5", "points": "9", "inputs": {"x": "5"}, "why": ""}
    >>> row = {"unit": "甲", "group": None, "total": "5", "rank": 1, "items": {"a": item}}
    >>> old = {"period": "2023-09", "rows": [row]}
    >>> compare(old, {**old, "period": "2023-10"})[0].places
    0
    """
    try:
        return _moves(old, new)
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        message = "不是zhenxing score --json的结果；请用--json重新生成两份再比较。"
        raise ComparisonError(message) from error


def _moves(old: Json, new: Json) -> list[Move]:
    judge = _Judge(old, new)
    before = {row["unit"]: row for row in old["rows"] if row["rank"] is not None}
    after = {row["unit"]: row for row in new["rows"] if row["rank"] is not None}
    shifts = {unit: judge.shift(before[unit], after[unit]) for unit in before if unit in after}
    is_dense = _is_dense(new["rows"])
    order = sorted(shifts, key=lambda code: (shifts[code].group or "", after[code]["rank"], code))
    return [_move(unit, shifts, is_dense=is_dense) for unit in order]


class _Judge:
    """Says of each item which cause its change has."""

    def __init__(self, old: Json, new: Json) -> None:
        self.changed_input = "revised" if old["period"] == new["period"] else "own"
        told = old.get("rules"), new.get("rules")
        self.same_rules = bool(told[0]) and told[0] == told[1]

    def shift(self, old: Json, new: Json) -> _Shift:
        items = tuple(
            self.item(code, old["items"].get(code), new["items"].get(code))
            for code in {**old["items"], **new["items"]}
        )
        shift = _Shift(old, new, tuple(item for item in items if item.change))
        for item in shift.items:
            shift.by[item.cause] += item.change
        self._fit(shift, Decimal(new["total"]) - shift.before)
        return shift

    def item(self, code: str, old: Json | None, new: Json | None) -> ItemChange:
        sign = -1 if (new or old or {})["why"].startswith(TAKEN_OFF) else 1
        change = sign * (_points(new) - _points(old))
        if old is None or new is None or old["points"] != new["points"] or self._restated(old, new):
            return ItemChange(code, change, "rules")
        of_group = dict(_inputs(old, of_group=True)) != dict(_inputs(new, of_group=True))
        if dict(_inputs(old, of_group=False)) != dict(_inputs(new, of_group=False)):
            return ItemChange(code, change, self.changed_input, of_group)
        if of_group:
            return ItemChange(code, change, "others")
        return ItemChange(code, change, self._unseen(old, new))

    def _restated(self, old: Json, new: Json) -> bool:
        """Tell whether the rule is told in other words, or reads other things."""
        if self.same_rules or old["score"] is None or new["score"] is None:
            return False
        return _rule(old) != _rule(new) or set(old["inputs"]) != set(new["inputs"])

    def _unseen(self, old: Json, new: Json) -> str:
        """Return the cause where no input shows it: a score that came or went is a figure's."""
        came_or_went = (old["score"] is None) != (new["score"] is None)
        return self.changed_input if self.same_rules or came_or_went else "rules"

    def _fit(self, shift: _Shift, change: Decimal) -> None:
        """Let the causes add up to the total's change.

        Caps, scaling, the total's own expression and rounding act on what the items did, so they
        are spread over the causes; what stands alone is the rules', or else the unit's own.
        """
        known = sum(shift.by.values(), ZERO)
        if known and 0 < change / known <= MOST_SCALED:
            places = len(str(shift.new["total"]).partition(".")[2])
            for cause, each in shift.by.items():
                shift.by[cause] = half_up(each * change / known, places)
        rest = change - sum(shift.by.values(), ZERO)
        alone = self.changed_input if self.same_rules else "rules"
        largest = max(CAUSES, key=lambda cause: (abs(shift.by[cause]), cause == alone))
        shift.by[largest] += rest


def _points(item: Json | None) -> Decimal:
    return ZERO if item is None or item["score"] is None else Decimal(item["score"])


def _rule(item: Json) -> str:
    said: str = item["why"]
    return said.removeprefix(TAKEN_OFF).rpartition("：")[0]


def _inputs(item: Json, *, of_group: bool) -> Iterator[tuple[str, str | None]]:
    for name, value in item["inputs"].items():
        if bool(_OF_GROUP.match(name)) is of_group:
            yield name, value


def _is_dense(rows: list[Json]) -> bool:
    """Tell 1, 1, 2 from 1, 1, 3: no place is skipped though some is shared."""
    groups: dict[str | None, Counter[int]] = {}
    for row in rows:
        if row["rank"] is not None:
            groups.setdefault(row["group"], Counter())[row["rank"]] += 1
    shared = [ranks for ranks in groups.values() if max(ranks.values()) > 1]
    return any(ranks.total() > max(ranks) + ranks[max(ranks)] - 1 for ranks in shared)


def _move(unit: str, shifts: Mapping[str, _Shift], *, is_dense: bool) -> Move:
    """Apply the causes one after another and see where the unit stands each time.

    Rules and revisions act on everyone at once, then the unit's own figures on the unit alone. What
    is left is the others': their figures, who came and who went. In a new group it is the rules'.
    """
    shift = shifts[unit]
    steps: list[Callable[[str], tuple[str, ...]]] = [
        lambda _code: (),
        lambda _code: ("rules",),
        lambda _code: ("rules", "revised"),
        lambda code: ("rules", "revised", "own") if code == unit else ("rules", "revised"),
    ]
    places = [_place(unit, shifts, step, is_dense=is_dense) for step in steps]
    parts = {cause: places[at] - places[at + 1] for at, cause in enumerate(CAUSES[:-1])}
    before, after = shift.old["rank"], shift.new["rank"]
    parts["others"] = before - after - sum(parts.values())
    if shift.old["group"] != shift.new["group"]:
        parts["rules"], parts["others"] = parts["rules"] + parts["others"], 0
    totals = (shift.old["total"], shift.new["total"])
    return Move(unit, before, after, parts, shift.by, shift.group, totals, shift.items)


def _place(
    unit: str,
    shifts: Mapping[str, _Shift],
    causes: Callable[[str], tuple[str, ...]],
    *,
    is_dense: bool,
) -> int:
    mine, group = shifts[unit].total(*causes(unit)), shifts[unit].group
    above = [
        total
        for code, shift in shifts.items()
        if shift.group == group and (total := shift.total(*causes(code))) > mine
    ]
    return 1 + len(set(above) if is_dense else above)
