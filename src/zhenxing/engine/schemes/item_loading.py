"""Reading the items of a section, of the bonus and of the penalties."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import cast

from zhenxing.engine.ruletext import Node
from zhenxing.engine.schemes.reading import SchemeText
from zhenxing.engine.schemes.rule_loading import read_rule, read_target
from zhenxing.engine.schemes.scheme import Adjustment, Expression, Gate, Item, Missing

OPTIONAL = (
    "name", "lead", "value", "target", "better", "gate", "adjust", "times", "missing",
)  # fmt: skip


def read_items(text: SchemeText, node: Node | None, *, outside: bool) -> tuple[Item, ...]:
    """Read a list of items; outside the full mark an item may leave its points out.

    >>> text = SchemeText("a.yaml")
    >>> root = text.open("[{id: late, points: 1, rule: pass}, {rule: pass}]")
    >>> [item.name for item in read_items(text, root, outside=True)], text.problems[0].what
    (['late'], '缺少「id」')
    """
    read = (_item(text, each, outside=outside) for each in text.items(node))
    return tuple(item for item in read if item is not None)


def _item(text: SchemeText, node: Node, *, outside: bool) -> Item | None:
    required = ("id", "rule") if outside else ("id", "rule", "points")
    optional = (*OPTIONAL, "points") if outside else OPTIONAL
    fields = text.fields(node, required=required, optional=optional)
    code, rule = text.text(fields.get("id")), read_rule(text, fields.get("rule"))
    name, lead = text.text(fields.get("name")), text.text(fields.get("lead"))
    points = _points(text, fields.get("points"))
    value, times = text.expression(fields.get("value")), text.expression(fields.get("times"))
    target = read_target(text, fields.get("target"))
    better = text.choice(fields.get("better"), ("higher", "lower"))
    missing = text.choice(fields.get("missing"), ("hold", "zero", "exclude"))
    gate, adjust = _gate(text, fields.get("gate")), _adjust(text, fields.get("adjust"))
    if code is None or rule is None:
        return None
    return Item(
        id=code, name=name or code, line=node.line, points=points, rule=rule, value=value,
        target=target, lower=better == "lower", lead=lead or "", gate=gate, adjust=adjust,
        times=times, missing=cast("Missing | None", missing),
    )  # fmt: skip


def _points(text: SchemeText, node: Node | None) -> Decimal | Mapping[str, Decimal] | None:
    if node is None:
        return None
    if isinstance(node.content, str):
        points = text.amount(node)
        if points is not None and points < 0:
            text.complain(node, f"points {points}为负", "请写正数；扣分项请放在penalties里")
        return points
    by_group = text.amounts(node)
    return None if by_group is None else MappingProxyType(by_group)


def _gate(text: SchemeText, node: Node | None) -> Gate | None:
    if node is None:
        return None
    fields = text.fields(node, required=("when", "otherwise"))
    when, otherwise = (text.expression(fields.get(name)) for name in ("when", "otherwise"))
    return None if when is None or otherwise is None else Gate(when, otherwise)


def _adjust(text: SchemeText, node: Node | None) -> tuple[Adjustment, ...]:
    found = []
    for each in text.items(node):
        fields = text.fields(each, required=("add",), optional=("clip",))
        add: Expression | None = text.expression(fields.get("add"))
        low, high = text.limits(fields.get("clip")) or (None, None)
        if add is not None:
            found.append(Adjustment(add, low, high))
    return tuple(found)
