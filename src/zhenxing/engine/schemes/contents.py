"""What a scheme is made of: its rules and its expressions, one after another."""

from __future__ import annotations

from collections.abc import Iterator

from zhenxing.engine.schemes.scheme import (
    Blend,
    Expression,
    Formula,
    Item,
    Rule,
    Scheme,
    Sum,
    Tiers,
)


def every_rule(scheme: Scheme) -> Iterator[tuple[Item, Rule]]:
    """Give every rule with its item, the parts of a blend after the blend."""
    for item in scheme.items:
        for rule in rules_of(item):
            yield item, rule


def every_expression(scheme: Scheme) -> Iterator[Expression]:
    """Give every expression of the scheme, once."""
    yield from scheme.lets.values()
    for item in scheme.items:
        yield from item_expressions(item)
    conditions = [*scheme.vetoes, *scheme.bars, *scheme.shifts]
    if scheme.consecutive is not None:
        conditions.append(scheme.consecutive.condition)
    yield from (condition.when for condition in conditions)
    yield from _written(scheme.total)


def rules_of(item: Item) -> Iterator[Rule]:
    """Give the item's rule; after a blend its parts' rules.

    >>> from zhenxing.engine.schemes.scheme import Pass, Share
    >>> blend = Blend((Share(1, Pass(), None, None, None),))
    >>> [type(rule).__name__ for rule in rules_of(Item("a", "甲", 1, None, blend))]
    ['Blend', 'Pass']
    """
    yield from (rule for rule, _ in directed_rules(item))


def directed_rules(item: Item) -> Iterator[tuple[Rule, bool]]:
    """Give the item's rule and the parts of a blend, each with whether lower is better for it.

    >>> from zhenxing.engine.schemes.scheme import Pass, Share
    >>> blend = Blend((Share(1, Pass(), None, None, "higher"),))
    >>> [lower for _, lower in directed_rules(Item("a", "甲", 1, None, blend, lower=True))]
    [True, False]
    """
    pending = [(item.rule, item.lower)]
    while pending:
        rule, lower = pending.pop(0)
        yield rule, lower
        if isinstance(rule, Blend):
            ways = [lower if part.better is None else part.better == "lower" for part in rule.parts]
            parts = [part.rule for part in rule.parts]
            pending = [*zip(parts, ways, strict=True), *pending]


def item_expressions(item: Item) -> Iterator[Expression]:
    """Give every expression of an item and its rules.

    >>> from zhenxing.engine.schemes.scheme import Pass
    >>> list(item_expressions(Item("a", "甲", 1, None, Pass())))
    []
    """
    yield from _written(item.value, item.target)
    yield from frame_expressions(item)
    for rule in rules_of(item):
        yield from rule_expressions(rule)


def frame_expressions(item: Item) -> Iterator[Expression]:
    """Give what stands around an item's rule: gate, factor, adjustments.

    >>> from zhenxing.engine.schemes.scheme import Pass
    >>> list(frame_expressions(Item("a", "甲", 1, None, Pass())))
    []
    """
    gate = (item.gate.when, item.gate.otherwise) if item.gate else ()
    yield from _written(item.times, *gate, *(adjustment.add for adjustment in item.adjust))


def rule_expressions(rule: Rule) -> Iterator[Expression]:
    """Give a rule's own expressions; of a blend, its parts' values and targets.

    >>> from zhenxing.engine.schemes.scheme import Pass
    >>> list(rule_expressions(Pass()))
    []
    """
    if isinstance(rule, Tiers):
        yield from _written(rule.measure, rule.otherwise, *(band.points for band in rule.bands))
    elif isinstance(rule, Sum):
        yield from _written(*(each for part in rule.parts for each in (part.points, part.when)))
    elif isinstance(rule, Blend):
        yield from _written(*(each for part in rule.parts for each in (part.value, part.target)))
    elif isinstance(rule, Formula):
        yield rule.formula


def _written(*found: object) -> Iterator[Expression]:
    yield from (each for each in found if isinstance(each, Expression))
