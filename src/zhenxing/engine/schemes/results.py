"""What a scoring came to, as frozen values, and the JSON that the language's page fixes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhenxing.kernel.problems import Problem
from zhenxing.kernel.rounding import half_up

PLACES = 9


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item of one unit: score and points as printed, what the rule read, why.

    points: empty where the item does not apply to the unit's group; it has no score then.
    """

    score: str | None
    points: str
    inputs: Mapping[str, str | None]
    why: str

    @property
    def applies(self) -> bool:
        """Whether the scheme gives the item points in the unit's group."""
        return self.points != ""


@dataclass(frozen=True, slots=True)
class Row:
    """One unit's result; total and scores as printed."""

    unit: str
    group: str | None
    total: str | None
    rank: int | None
    of: int
    grade: str | None
    eligible: bool
    items: Mapping[str, ItemResult]


@dataclass(frozen=True, slots=True)
class Result:
    """A scheme's result on facts: rows by group, rank, unit; all problems.

    rules: the scheme's SHA-256, so that two results can be told to stand on the same rules.
    """

    scheme: str
    period: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    rules: str = ""

    def row(self, unit: str) -> Row | None:
        """Return a unit's row; None where it was not scored."""
        return next((row for row in self.rows if row.unit == unit), None)

    def as_json(self) -> dict[str, Any]:
        """Return the object that --json prints.

        >>> Result("a", "2023", (), (Problem("甲", "缺", "补"),)).as_json()["problems"]
        [{'where': '甲', 'what': '缺', 'next': '补'}]
        """
        return {
            "scheme": self.scheme,
            "period": self.period,
            "rows": [_row(row) for row in self.rows],
            "problems": told(self.problems),
            "rules": self.rules,
        }


def told(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """Return problems as JSON shows them.

    >>> told([])
    []
    """
    return [{"where": each.where, "what": each.what, "next": each.next} for each in problems]


def _row(row: Row) -> dict[str, Any]:
    return {
        "unit": row.unit, "group": row.group, "total": row.total, "rank": row.rank, "of": row.of,
        "grade": row.grade, "eligible": row.eligible,
        "items": {
            code: item_json(item) for code, item in row.items.items()
        },
    }  # fmt: skip


def item_json(item: ItemResult) -> dict[str, Any]:
    """Return an item as JSON shows it.

    >>> item_json(ItemResult("5", "9", {"x": "5"}, ""))
    {'score': '5', 'points': '9', 'inputs': {'x': '5'}, 'why': ''}
    """
    return {
        "score": item.score, "points": item.points, "inputs": dict(item.inputs), "why": item.why,
    }  # fmt: skip


def plain(value: Decimal) -> str:
    """Write a number without trailing zeros, rounded to the ninth decimal.

    >>> plain(Decimal("9800.00")), plain(Decimal("0.3333333333333")), plain(Decimal("-0.0"))
    ('9800', '0.333333333', '0')
    """
    digits = f"{half_up(value, PLACES):f}"
    return digits.rstrip("0").rstrip(".")


def input_text(value: object) -> str | None:
    """Write what a rule read: a double as the decimal it stands for, words as they are.

    >>> input_text(0.1), input_text(1e-12), input_text(-0.0), input_text("山区镇"), input_text(None)
    ('0.1', '0', '0', '山区镇', None)
    """
    if value is None or isinstance(value, str):
        return value
    digits = repr(value)
    whole, _, decimals = digits.partition(".")
    if "e" in digits or len(decimals) > PLACES or whole == "-0":
        return plain(Decimal(digits))
    return whole if decimals == "0" else digits
