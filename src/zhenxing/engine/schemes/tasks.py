"""Which targets an item reads: without a task in one of them the item asks nothing of a unit."""

from __future__ import annotations

from collections.abc import Iterator

from zhenxing.engine.schemes.scheme import (
    Blend,
    Completion,
    Expression,
    Item,
    Pass,
    Scheme,
    Share,
    Steps,
    item_expressions,
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


def reads_target(item: Item) -> bool:
    """Say whether a rule of the item reads T.

    >>> reads_target(Item("fai", "投资", 1, None, Pass()))
    True
    """
    rules = [item.rule, *(share.rule for share in _shares(item))]
    written = any("T" in names(each.tree) for each in item_expressions(item))
    return written or any(isinstance(rule, _READ_T) for rule in rules)


def _own_targets(item: Item, own: str) -> Iterator[str]:
    shares = [share for share in _shares(item) if isinstance(share.rule, _READ_T)]
    for share in shares:
        if not isinstance(share.target or item.target, Expression):
            is_named = share.value is not None and isinstance(share.value.tree, Name)
            yield share.value.tree.name if is_named else own  # type: ignore[union-attr]  # named above
    reads = isinstance(item.rule, _READ_T) or any(
        "T" in names(each.tree) for each in item_expressions(item)
    )
    if reads and not isinstance(item.target, Expression):
        yield own


def _shares(item: Item) -> Iterator[Share]:
    pending = [item.rule]
    while pending:
        rule = pending.pop()
        if isinstance(rule, Blend):
            yield from rule.parts
            pending += [share.rule for share in rule.parts]


def _with_lets(scheme: Scheme, trees: list[Tree]) -> Iterator[Tree]:
    seen: set[str] = set()
    pending = list(trees)
    while pending:
        tree = pending.pop(0)
        yield tree
        fresh = [name for name in names(tree) if name in scheme.lets and name not in seen]
        seen.update(fresh)
        pending += [scheme.lets[name].tree for name in fresh]
