"""Why a rank moved between two results: own change, others' change, revised figures, new rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zhenxing.engine.schemes.scoring import TAKEN_OFF

Json = Mapping[str, Any]
ZERO = Decimal(0)
# Inputs that speak of the whole group, under the names the results give them.
_OF_GROUP = re.compile(r"[rn](\.\d+)*$|(mean|total|highest|lowest|median|rank)\(")
CAUSES = ("rules", "revised", "own", "others")


@dataclass(frozen=True, slots=True)
class Move:
    """One unit's ranks before and after; the four parts add up to before − after (up is positive).

    points: what each cause did to the unit's own total.
    """

    unit: str
    before: int
    after: int
    parts: Mapping[str, int]
    points: Mapping[str, Decimal]

    @property
    def places(self) -> int:
        """Places won; negative: lost."""
        return self.before - self.after


@dataclass(slots=True)
class _Shift:
    """What each cause did to one unit's total."""

    group: str | None
    before: Decimal
    after: Decimal
    by: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(CAUSES, ZERO))


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
    revised = "revised" if old["period"] == new["period"] else "own"
    before = {row["unit"]: row for row in old["rows"] if row["rank"] is not None}
    after = {row["unit"]: row for row in new["rows"] if row["rank"] is not None}
    shifts = {unit: _shift(before[unit], after[unit], revised) for unit in before if unit in after}
    return [
        _move(unit, shifts, before[unit]["rank"], after[unit]["rank"])
        for unit in sorted(shifts, key=lambda code: (after[code]["rank"], code))
    ]


def _shift(old: Json, new: Json, revised: str) -> _Shift:
    shift = _Shift(new["group"], Decimal(old["total"]), Decimal(new["total"]))
    for code in {**old["items"], **new["items"]}:
        a, b = old["items"].get(code), new["items"].get(code)
        sign = -1 if (b or a)["why"].startswith(TAKEN_OFF) else 1
        change = sign * (_points(b) - _points(a))
        shift.by[_cause(a, b, revised)] += change
    # What caps, scaling and rounding do to the total follows from the rest.
    shift.by["rules"] += shift.after - shift.before - sum(shift.by.values(), ZERO)
    return shift


def _points(item: Json | None) -> Decimal:
    return ZERO if item is None or item["score"] is None else Decimal(item["score"])


def _cause(old: Json | None, new: Json | None, revised: str) -> str:
    if old is None or new is None or old["points"] != new["points"]:
        return "rules"
    if dict(_inputs(old, of_group=False)) != dict(_inputs(new, of_group=False)):
        return revised
    if dict(_inputs(old, of_group=True)) != dict(_inputs(new, of_group=True)):
        return "others"
    return "rules"


def _inputs(item: Json, *, of_group: bool) -> Iterator[tuple[str, str | None]]:
    for name, value in item["inputs"].items():
        if bool(_OF_GROUP.match(name)) is of_group:
            yield name, value


def _move(unit: str, shifts: Mapping[str, _Shift], before: int, after: int) -> Move:
    """Apply the causes one after another and see where the unit stands each time."""

    def own_rules(shift: _Shift, _code: str) -> Decimal:
        return shift.before + shift.by["rules"]

    def revised(shift: _Shift, _code: str) -> Decimal:
        return shift.before + shift.by["rules"] + shift.by["revised"]

    def own(shift: _Shift, code: str) -> Decimal:
        return revised(shift, code) + (shift.by["own"] if code == unit else ZERO)

    places = [before, *(_place(unit, shifts, total) for total in (own_rules, revised, own)), after]
    parts = {cause: places[step] - places[step + 1] for step, cause in enumerate(CAUSES)}
    return Move(unit, before, after, parts, shifts[unit].by)


def _place(unit: str, shifts: Mapping[str, _Shift], total: Callable[[_Shift, str], Decimal]) -> int:
    mine, group = total(shifts[unit], unit), shifts[unit].group
    peers = ((code, shift) for code, shift in shifts.items() if shift.group == group)
    return 1 + sum(total(shift, code) > mine for code, shift in peers)
