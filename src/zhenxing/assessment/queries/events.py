"""The events a scheme knows: those it lists, and those its rules and conditions name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.assessment.choices import ClaimKind
from zhenxing.engine.schemes.contents import every_expression, item_expressions, rules_of
from zhenxing.engine.schemes.scheme import Events
from zhenxing.engine.schemes.syntax import called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenxing.engine import schemes


def events_named(scheme: schemes.Scheme) -> frozenset[str]:
    """Give every event that may count for something.

    >>> from zhenxing.engine import schemes
    >>> scheme, _ = schemes.load('''
    ... scheme: {id: a, name: 试, basis: 文号, year: 2023}
    ... sections:
    ... - id: s
    ...   items: [{id: e, points: 4, rule: {events: {event: 项目入库, each: 1, cap: 4}}}]
    ... ''', "a.yaml")
    >>> sorted(events_named(scheme))
    ['项目入库']
    """
    return frozenset(event for _, event, _ in events_of(scheme))


def events_of(scheme: schemes.Scheme) -> list[tuple[str, str, set[str]]]:
    """Give a scheme's events with their kinds and lead departments: (kind, event, leads)."""
    found: dict[tuple[str, str], set[str]] = {}
    extra = {
        **dict.fromkeys((item.id for item in scheme.bonus.items), ClaimKind.BONUS),
        **dict.fromkeys((item.id for item in scheme.penalties.items), ClaimKind.PENALTY),
    }
    for item in scheme.items:
        kind = extra.get(item.id, ClaimKind.EVENT)
        for event in _of_item(item):
            found.setdefault((kind.value, event), set()).add(item.lead)
    for condition in scheme.vetoes:
        for event in _named(condition.when.tree):
            found.setdefault((ClaimKind.VETO.value, event), set())
    known = {event for _, event in found}
    loose = {*scheme.events}
    for expression in every_expression(scheme):
        loose |= set(_named(expression.tree))
    for event in loose - known:
        found.setdefault((ClaimKind.EVENT.value, event), set())
    return [(kind, event, leads - {""}) for (kind, event), leads in sorted(found.items())]


def _of_item(item: schemes.Item) -> Iterator[str]:
    yield from (rule.event for rule in rules_of(item) if isinstance(rule, Events))
    for expression in item_expressions(item):
        yield from _named(expression.tree)


def _named(tree: object) -> Iterator[str]:
    yield from called(tree, "count")  # type: ignore[arg-type]
    yield from called(tree, "amount")  # type: ignore[arg-type]
