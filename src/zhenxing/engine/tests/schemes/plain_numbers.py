"""Numbers of the plain scorer: noise, decimals, arithmetic that may be missing."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

NOISE = Decimal("0.500001")
FEWEST_TO_TRIM = 3
Number = Decimal | None
Value = Any  # a number, a truth, a word or None


def tidy(value: Decimal) -> Decimal:
    """Remove noise: FLOOR(v·1e9 + 0.5 + 1e-6), as the engine's page says."""
    return (value * 10**9 + NOISE).to_integral_value(rounding=ROUND_FLOOR) / 10**9


def printed(value: Decimal, places: int) -> str:
    shown = tidy(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return str(shown or abs(shown))


def month_of(period: str) -> int:
    """Give a period's cut-off as a count of months."""
    year, _, rest = period.partition("-")
    ends = {"": 12, "H1": 6, "H2": 12, "Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12}
    return int(year) * 12 + ends.get(rest, int(rest) if rest.isdigit() else 0) - 1


def number(text: str) -> Decimal:
    return Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)


def divided(dividend: Decimal, divisor: Decimal) -> Number:
    return None if tidy(divisor) == 0 else dividend / divisor


def calculated(op: ast.operator, left: Number, right: Number) -> Number:
    if left is None or right is None:
        return None
    signs: dict[type, Callable[[Decimal, Decimal], Number]] = {
        ast.Add: lambda a, b: a + b,
        ast.Sub: lambda a, b: a - b,
        ast.Mult: lambda a, b: a * b,
        ast.Div: divided,
        ast.Pow: lambda a, b: a**b,
    }
    return signs[type(op)](left, right)


def compared(op: ast.cmpop, left: Value, right: Value) -> bool | None:
    if left is None or right is None:
        return None
    if isinstance(left, str) or isinstance(right, str):
        return (left == right) is isinstance(op, ast.Eq)
    gap = tidy(left - right)
    tests = {
        ast.Gt: gap > 0, ast.GtE: gap >= 0, ast.Lt: gap < 0, ast.LtE: gap <= 0, ast.Eq: gap == 0,
        ast.NotEq: gap != 0,
    }  # fmt: skip
    return tests[type(op)]


def of_group(function: str, values: Mapping[str, Number], unit: str) -> Number:
    known = sorted(value for value in values.values() if value is not None)
    if not known:
        return None
    own = values.get(unit)
    half = len(known) // 2
    results: dict[str, Callable[[], Number]] = {
        "mean": lambda: sum(known, Decimal(0)) / len(known),
        "total": lambda: sum(known, Decimal(0)),
        "highest": lambda: known[-1],
        "lowest": lambda: known[0],
        "median": lambda: (known[half] + known[-half - 1]) / 2,
        "rank": lambda: (
            None if own is None else Decimal(1 + sum(tidy(value) > tidy(own) for value in known))
        ),
    }
    return results[function]()


def calculated_by(function: str, values: list[Number]) -> Number:
    if function == "coalesce":
        return next((value for value in values if value is not None), None)
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    functions: dict[str, Callable[..., Decimal]] = {
        "clip": lambda value, low, high: max(min(value, high), low),
        "half_up": lambda value, places: tidy(value).quantize(
            Decimal(1).scaleb(-int(places)), rounding=ROUND_HALF_UP
        ),
        "floor": lambda value: tidy(value).to_integral_value(rounding=ROUND_FLOOR),
        "ceil": lambda value: tidy(value).to_integral_value(rounding=ROUND_CEILING),
        "abs": abs, "min": min, "max": max,
    }  # fmt: skip
    return functions[function](*known)


def mean_mark(marks: Iterable[Decimal], *, trimmed: bool) -> Number:
    values = sorted(marks)
    values = values[1:-1] if trimmed and len(values) >= FEWEST_TO_TRIM else values
    return sum(values, Decimal(0)) / len(values) if values else None
