"""The rules of the plain scorer, in the order of the page."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from zhenxing.engine.tests.schemes.plain_numbers import (
    compared,
    mean_mark,
    month_of,
    number,
    tidy,
)

Points = Any  # a number or None
Given = Any  # what the YAML holds, and the letters of an item
Scorer = Any  # a PlainScorer


def is_reached(item: Given, letters: Given) -> bool | None:
    lower = item.get("better") == "lower"
    return compared(ast.LtE() if lower else ast.GtE(), letters["x"], letters["T"])


def by_pass(_s: Scorer, item: Given, _u: str, letters: Given, _body: Given) -> Points:
    reached = is_reached(item, letters)
    return None if reached is None else letters["P"] * reached


def by_completion(_s: Scorer, item: Given, _u: str, letters: Given, body: Given) -> Points:
    x, target = letters["x"], letters["T"]
    if x is None or target is None or tidy(target) <= 0:
        return None
    cap = number(body["cap"]) if "cap" in body else None
    floor = number(body.get("floor", "0"))
    lower = item.get("better") == "lower"
    if lower and tidy(x) <= 0:
        return None if cap is None else letters["P"] * cap
    ratio = target / x if lower else x / target
    return letters["P"] * max(ratio if cap is None else min(ratio, cap), floor)


def by_steps(_s: Scorer, item: Given, _u: str, letters: Given, body: Given) -> Points:
    x, target, reached = letters["x"], letters["T"], is_reached(item, letters)
    kinds = {
        name: body[name].get("of", body.get("of")) for name in ("over", "under") if name in body
    }
    if reached is None or ("share" in kinds.values() and tidy(target) <= 0):
        return None
    base = letters["P"] * number(body.get("base", "1"))
    name = "over" if reached else "under"
    if not reached and "short" in body:
        return number(body["short"])
    if name not in body:
        return base
    count = abs(x - target) * (100 / target if kinds[name] == "share" else 1)
    count = count / number(body[name]["per"])
    if body.get("whole") == "true":
        count = tidy(count).to_integral_value(rounding=ROUND_FLOOR)
    return with_limits(base, count, body[name], reached=reached)


def with_limits(base: Decimal, count: Decimal, side: Given, *, reached: bool) -> Decimal:
    if reached:
        gained = count * number(side["add"])
        return base + (min(gained, number(side["cap"])) if "cap" in side else gained)
    left = base - count * number(side["sub"])
    return max(left, number(side["floor"])) if "floor" in side else left


def by_tiers(s: Scorer, _i: Given, unit: str, letters: Given, body: Given) -> Points:
    measure = s.value(body.get("measure", "x"), unit, letters)
    if measure is None:
        return None
    ends = {"at_least": ast.GtE(), "above": ast.Gt(), "at_most": ast.LtE(), "below": ast.Lt()}
    for band in body["bands"]:
        tests = [
            compared(op, measure, number(band[end])) for end, op in ends.items() if end in band
        ]
        if all(tests):
            return s.value(band["points"], unit, letters)
    return s.value(body["else"], unit, letters) if "else" in body else None


def by_minmax(_s: Scorer, item: Given, _u: str, letters: Given, body: Given) -> Points:
    x, values = letters["x"], letters["values"]
    if x is None:
        return None
    low, high = number(body["low"]), number(body["high"])
    least, most = min(values), max(values)
    if tidy(most - least) == 0:
        return letters["P"] * high / 100
    done = most - x if item.get("better") == "lower" else x - least
    return letters["P"] * (low + (high - low) * done / (most - least)) / 100


def by_best_ratio(_s: Scorer, item: Given, _u: str, letters: Given, _b: Given) -> Points:
    x, values = letters["x"], letters["values"]
    if x is None:
        return None
    lower = item.get("better") == "lower"
    best = min(values) if lower else max(values)
    if tidy(best) <= 0:
        return None
    ratio = best / x if lower else x / best
    return letters["P"] * max(min(ratio, Decimal(1)), Decimal(0))


def by_rank_steps(_s: Scorer, _i: Given, _u: str, letters: Given, body: Given) -> Points:
    if letters["r"] is None:
        return None
    left = letters["P"] - number(body["step"]) * (letters["r"] - 1)
    return max(left, number(body["floor"])) if "floor" in body else left


def by_rank_between(_s: Scorer, _i: Given, _u: str, letters: Given, body: Given) -> Points:
    if letters["r"] is None:
        return None
    first, last = number(body["first"]), number(body["last"])
    if letters["n"] == 1:
        return first
    return first - (first - last) * (letters["r"] - 1) / (letters["n"] - 1)


def by_sum(s: Scorer, item: Given, unit: str, letters: Given, body: Given) -> Points:
    total = Decimal(0)
    for part in body:
        holds = s.value(part["when"], unit, letters) if "when" in part else True
        if holds is None:
            return None
        points = s.value(part["points"], unit, letters) if holds else Decimal(0)
        if points is None:
            return None
        total += points
    if item["rule"].get("limit") == "none":
        return total
    return max(min(total, letters["P"]), Decimal(0))


def by_judged(s: Scorer, item: Given, unit: str, _l: Given, body: Given) -> Points:
    rows = s.marks(item, unit)
    return mean_mark((number(body[row["value"]]) for row in rows), trimmed=False)


def by_ratings(s: Scorer, item: Given, unit: str, letters: Given, body: Given) -> Points:
    total = Decimal(0)
    for rater_class, weight in body["by"].items():
        rows = [row for row in s.marks(item, unit) if row["rater_class"] == rater_class]
        marks = [Decimal(row["value"]) for row in rows]
        mean = mean_mark(marks, trimmed=body.get("drop") == "extremes")
        if mean is None:
            return None
        total += number(weight) * mean
    return letters["P"] * total / number(body.get("scale", "100"))


def by_blend(s: Scorer, item: Given, unit: str, _l: Given, body: Given) -> Points:
    total = Decimal(0)
    for part in body:
        points = s.points(s.inherited(item, part), unit)
        if points is None:
            return None
        total += number(part["share"]) * points
    return total


def by_formula(s: Scorer, _i: Given, unit: str, letters: Given, body: Given) -> Points:
    value: Points = s.value(body, unit, letters)
    return value


def by_events(s: Scorer, _i: Given, unit: str, _l: Given, body: Given) -> Points:
    spans = {"month": 1, "quarter": 3, "half": 6, "year": 12}
    periods: dict[int, list[Decimal]] = {}
    for event in s.events(unit, body["event"]):
        month = month_of(event["date"][:7])
        period = month // spans[body["per"]] if "per" in body else 0
        periods.setdefault(period, []).append(event_points(event, body))
    most = int(body.get("at_most", "1000"))
    total = sum((sum(sorted(p, reverse=True)[:most]) for p in periods.values()), Decimal(0))
    return min(total, number(body["cap"])) if "cap" in body else total


def event_points(event: Mapping[str, str], body: Given) -> Decimal:
    if "amount_tiers" not in body:
        return number(body["each"])
    if not event["amount"]:
        return Decimal(0)
    reached = [
        (number(least), number(points))
        for least, points in body["amount_tiers"]
        if Decimal(event["amount"]) >= number(least)
    ]
    return max(reached)[1] if reached else Decimal(0)


RULES: Mapping[str, Callable[[Scorer, Any, str, Given, Given], Points]] = {
    "pass": by_pass, "completion": by_completion, "steps": by_steps, "tiers": by_tiers,
    "minmax": by_minmax, "best_ratio": by_best_ratio, "rank_steps": by_rank_steps,
    "rank_between": by_rank_between, "sum": by_sum, "judged": by_judged, "ratings": by_ratings,
    "blend": by_blend, "formula": by_formula, "events": by_events,
}  # fmt: skip
