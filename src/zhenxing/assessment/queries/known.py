"""What the site already knows of an item: shown to the assessed, and never asked of them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.assessment.queries import figures, said
from zhenxing.assessment.queries.snapshots import names_in
from zhenxing.engine.schemes.contents import item_expressions
from zhenxing.engine.schemes.syntax import names
from zhenxing.kernel.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from zhenxing.assessment.models import Round
    from zhenxing.assessment.queries.subjects import Subject
    from zhenxing.engine import schemes
    from zhenxing.engine.schemes.syntax import Tree

MONTHS = 12


@dataclass(frozen=True)
class Known:
    """One indicator an item reads: its value to date and its target, or why there is none."""

    code: str
    name: str
    measure: str
    places: int
    period: str
    value: Decimal | None
    lack: str
    target: Decimal | None
    target_lack: str


def known_of(
    of: Round, scheme: schemes.Scheme, subject: Subject, day: date
) -> dict[str, tuple[Known, ...]]:
    """Give, by item, what is known of a unit on the day in the round's period; five queries."""
    asked = Period.parse(of.period)
    wanted = names_in(scheme)
    definitions = figures.indicators(wanted)
    cut = asked.year * MONTHS + asked.last_month - 1
    window = figures.Window(scheme, cut, day)
    read, rows = figures.rows(window, [subject], definitions, wanted)
    values = {
        code: (period, value, lack)
        for unit, code, period, value, _, _, lack, _ in rows
        if unit == subject.code and _closes_with(period, asked)
    }
    targets = {
        code: (value, lack)
        for unit, code, _, value, _, lack in said.targets(
            read, scheme.year, day, definitions, wanted
        )
        if unit == subject.code
    }
    by_code = {each.code: each for each in definitions}
    found = {}
    for item in scheme.items:
        lines = []
        for code in _indicators(item, scheme):
            definition = by_code.get(code)
            if definition is None:
                continue
            period, value, lack = values.get(code, ("", None, "还没有数"))
            target, target_lack = targets.get(code, (None, ""))
            lines.append(
                Known(
                    code, definition.name, definition.measure, definition.decimals,
                    period, value, lack, target, target_lack,
                )
            )  # fmt: skip
        found[item.id] = tuple(lines)
    return found


def _closes_with(period: str, asked: Period) -> bool:
    found = Period.parse(period)
    return (found.year, found.last_month) == (asked.year, asked.last_month)


def _indicators(item: schemes.Item, scheme: schemes.Scheme) -> list[str]:
    """Name what an item reads, `let` values followed to their end, each once, in order."""
    trees = [expression.tree for expression in item_expressions(item)]
    found = [] if item.value is not None else [item.id]
    for tree in trees:
        found += [name for name in _followed(tree, scheme, set()) if name not in found]
    return found


def _followed(tree: Tree, scheme: schemes.Scheme, seen: set[str]) -> Iterator[str]:
    for name in names(tree):
        if name in scheme.lets:
            if name not in seen:
                yield from _followed(scheme.lets[name].tree, scheme, seen | {name})
        else:
            yield name
