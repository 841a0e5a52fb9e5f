"""The expressions of the plain scorer, read by Python's own parser."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from zhenxing.engine.tests.schemes.plain_facts import NO_TASK, PlainFacts
from zhenxing.engine.tests.schemes.plain_numbers import (
    Value,
    calculated,
    calculated_by,
    compared,
    divided,
    of_group,
)

GROUP = {"mean", "total", "highest", "lowest", "median", "rank"}
YEAR = 12


@dataclass(frozen=True)
class Place:
    """Where an expression stands: its text, unit, letters, and months back in time."""

    text: str
    unit: str
    letters: Mapping[str, Any]
    shift: int = 0


class PlainExpressions(PlainFacts):
    """Evaluates expressions; None is missing."""

    def value(self, text: str, unit: str, letters: Mapping[str, Any], shift: int = 0) -> Value:
        python = re.sub(r"(\d+(?:\.\d+)?)%", lambda m: str(Decimal(m[1]) / 100), text).strip()
        node = ast.parse(python, mode="eval").body
        return self.node(node, Place(python, unit, letters, shift))

    def node(self, node: ast.expr, place: Place) -> Value:
        return NODES[type(node)](self, node, place)

    def constant(self, node: ast.Constant, place: Place) -> Value:
        if isinstance(node.value, str):
            return node.value
        return Decimal(ast.get_source_segment(place.text, node) or "")

    def unary(self, node: ast.UnaryOp, place: Place) -> Value:
        value = self.node(node.operand, place)
        if value is None:
            return None
        return not value if isinstance(node.op, ast.Not) else -value

    def binary(self, node: ast.BinOp, place: Place) -> Value:
        return calculated(node.op, self.node(node.left, place), self.node(node.right, place))

    def logic(self, node: ast.BoolOp, place: Place) -> Value:
        parts = [self.node(each, place) for each in node.values]
        if any(each is None for each in parts):
            return None
        return all(parts) if isinstance(node.op, ast.And) else any(parts)

    def comparison(self, node: ast.Compare, place: Place) -> Value:
        left, right = (self.node(each, place) for each in (node.left, *node.comparators))
        return compared(node.ops[0], left, right)

    def choice(self, node: ast.IfExp, place: Place) -> Value:
        condition = self.node(node.test, place)
        return (
            None if condition is None else self.node(node.body if condition else node.orelse, place)
        )

    def name(self, node: ast.Name, place: Place) -> Value:
        name, unit, letters, shift = node.id, place.unit, place.letters, place.shift
        if name == "x" and shift:
            return self.value(letters["value"], unit, {}, shift)
        if name in letters:
            return letters[name]
        if name in self.text.get("let", {}):
            return self.value(self.text["let"][name], unit, {}, shift)
        if name in {"months_late", "months_missing"}:
            return self.returns(unit, late=name == "months_late")
        is_indicator = any(name == key[1] for key in self.figures)
        return self.figure(unit, name, shift) if is_indicator else self.attribute(unit, name)

    def attribute(self, unit: str, name: str) -> Value:
        text = self.by_code[unit].get(name)
        try:
            return Decimal(text) if text else None
        except ArithmeticError:
            return text

    def call(self, node: ast.Call, place: Place) -> Value:
        function = node.func.id if isinstance(node.func, ast.Name) else ""
        if function in {"target", "at", "count", "amount", "score"}:
            return self.of_name(function, getattr(node.args[0], "id", ""), place.unit)
        if function in {"prev", "change", "growth"}:
            return self.over_a_year(function, node.args[0], place)
        if function in GROUP:
            units = self.units if len(node.args) > 1 else self.peers(place.unit)
            values = {unit: self.among(node.args[0], place, unit) for unit in units}
            return of_group(function, values, place.unit)
        return calculated_by(function, [self.node(each, place) for each in node.args])

    def of_name(self, function: str, name: str, unit: str) -> Value:
        if function == "target":
            target = self.target(unit, name)
            return None if target is NO_TASK else target
        if function == "at":
            return self.figure(self.by_code[unit]["parent"], name)
        if function == "score":
            return self.other(name, unit)
        found = self.events(unit, name)
        amounts = (Decimal(event["amount"] or 0) for event in found)
        return Decimal(len(found)) if function == "count" else sum(amounts, Decimal(0))

    def over_a_year(self, function: str, node: ast.expr, place: Place) -> Value:
        before = self.node(node, replace(place, shift=YEAR))
        unadjusted = {**place.letters, "x": place.letters.get("raw")}
        now = self.node(node, replace(place, letters=unadjusted))
        if function == "prev" or before is None or now is None:
            return before if function == "prev" else None
        change = now - before
        return change if function == "change" else divided(100 * change, abs(before))

    def among(self, node: ast.expr, place: Place, unit: str) -> Value:
        """Evaluate for another unit of the group: the letters are that unit's."""
        of_unit = place.letters.get("of_unit")
        letters = of_unit(unit) if of_unit else place.letters
        return self.node(node, replace(place, unit=unit, letters=letters))


NODES: Mapping[type, Callable[..., Value]] = {
    ast.Constant: PlainExpressions.constant,
    ast.Name: PlainExpressions.name,
    ast.UnaryOp: PlainExpressions.unary,
    ast.BinOp: PlainExpressions.binary,
    ast.BoolOp: PlainExpressions.logic,
    ast.Compare: PlainExpressions.comparison,
    ast.IfExp: PlainExpressions.choice,
    ast.Call: PlainExpressions.call,
}
