"""Which targets an item reads: without a task in one of them the item asks nothing of a unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhenxing.engine.schemes.contents import frame_expressions, item_expressions, rule_expressions
from zhenxing.engine.schemes.scheme import (
    Blend,
    Completion,
    Expression,
    Item,
    Pass,
    Rule,
    Scheme,
    Steps,
)
from zhenxing.engine.schemes.syntax import Name, Tree, called, names

_READ_T = (Pass, Completion, Steps)


def tasks_of(scheme: Scheme, item: Item, own: str) -> tuple[str, ...]:
    """Return the indicators whose targets the item reads, its own (`own`) among them.

    >>> from zhenxing.engine.schemes.scheme import Scheme
    >>> item = Item("fai", "投资", 1, None, Pass())
    >>> scheme = Scheme(id="a", name="", basis="", year=1, file="", digest="", first=0, last=0)
    >>> tasks_of(scheme, item, "fai")
    ('fai',)
    """
    found = dict.fromkeys(_own_targets(item, own))
    for tree in _with_lets(scheme, [each.tree for each in item_expressions(item)]):
        found.update(dict.fromkeys(called(tree, "target")))
    return tuple(found)


def _own_targets(item: Item, own: str) -> Iterator[str]:
    yield from _of_rule(item.rule, item.target, own)
    if _reads_target(frame_expressions(item)) and not isinstance(item.target, Expression):
        yield own


def _of_rule(rule: Rule, target: Expression | str | None, own: str) -> Iterator[str]:
    """Give the targets a rule reads as T; each part of a blend has its own, or the item's."""
    if isinstance(rule, Blend):
        for share in rule.parts:
            value = share.value.tree if share.value is not None else None
            name = value.name if isinstance(value, Name) else own
            yield from _of_rule(share.rule, share.target or target, name)
    elif not isinstance(target, Expression) and (
        isinstance(rule, _READ_T) or _reads_target(rule_expressions(rule))
    ):
        yield own


def _reads_target(expressions: Iterable[Expression]) -> bool:
    return any("T" in names(each.tree) for each in expressions)


def _with_lets(scheme: Scheme, trees: list[Tree]) -> Iterator[Tree]:
    seen: set[str] = set()
    pending = list(trees)
    while pending:
        tree = pending.pop(0)
        yield tree
        fresh = [name for name in names(tree) if name in scheme.lets and name not in seen]
        seen.update(fresh)
        pending += [scheme.lets[name].tree for name in fresh]
