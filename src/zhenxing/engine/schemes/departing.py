"""Who changes places when one unit leaves: the group is scored again without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from zhenxing.engine.schemes import running
from zhenxing.engine.schemes.gathering import group_of
from zhenxing.engine.schemes.program import Window
from zhenxing.engine.schemes.runs import Compiled, Run
from zhenxing.engine.schemes.scoring import cell_of
from zhenxing.kernel.problems import Problem

MOST_UNITS = 200
MOST_ROWS = 4000


@dataclass(frozen=True, slots=True)
class Departure:
    """What happens in a group when a unit leaves.

    reversals: pairs of names that change places, who stood above first. leaders: who is first then,
    where it is somebody else than before (among those who stay).
    """

    unit: str
    name: str
    group: str | None
    reversals: tuple[tuple[str, str], ...]
    leaders: tuple[str, ...]


def departures(this: Run) -> tuple[tuple[Departure, ...], list[Problem]]:
    """Return the departures that turn an order round, and why it could not be asked."""
    assert this.compiled is not None  # noqa: S101  # the caller has looked
    made = this.compiled
    if not _reads_group(made):
        return (), []
    if len(this.units) > MOST_UNITS:
        what = f"单位超过{MOST_UNITS}个，没有逐个算“退出一个单位”"
        return (), [Problem(this.scheme.file, what, "请按组分开考核后再看", "warning")]
    found = []
    for leavers in _batches(list(this.units), MOST_ROWS // len(this.units)):
        for leaver, places in _without(this, made, leavers).items():
            departure = _departure(this, leaver, places)
            found += [departure] if departure.reversals or departure.leaders else []
    return tuple(found), []


def _reads_group(made: Compiled) -> bool:
    """Tell whether any item's score stands on the other units."""
    program = made.plan.program
    return any(
        isinstance(column.what, Window)
        for each in made.plan.items
        for column in program.under(each.counted)
    )


def _batches(codes: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    step = max(size, 1)
    yield from (codes[start : start + step] for start in range(0, len(codes), step))


def _without(this: Run, made: Compiled, leavers: Sequence[str]) -> dict[str, dict[str, int | None]]:
    """Return the ranks of those who stay, by who leaves."""
    codes = list(this.units)
    groups = [group_of(this.scheme, unit) or "" for unit in this.units.values()]
    order = sorted(set(groups))
    stay = [
        (scenario, place)
        for scenario, leaver in enumerate(leavers)
        for place, code in enumerate(codes)
        if code != leaver
    ]
    keys = [(scenario, order.index(groups[place]), place) for scenario, place in stay]
    values = {}
    for column in made.text.operands:
        cells = [_cell(this.gathered[code], column.name) for code in codes]
        values[column.name] = [cells[place] for _, place in stay]
    found: dict[str, dict[str, Any]] = {leaver: {} for leaver in leavers}
    for row in running.run(made.text, keys, values):
        found[leavers[row["scenario"]]][codes[row["unit"]]] = row[made.plan.rank.column]
    return found


def _cell(gathered: Mapping[str, Any], name: str) -> running.Cell:
    return cell_of(gathered[name])


def _departure(this: Run, leaver: str, after: Mapping[str, int | None]) -> Departure:
    group = group_of(this.scheme, this.units[leaver])
    before = {
        row.unit: row.rank
        for row in this.result.rows
        if row.rank is not None and row.group == group and after.get(row.unit) is not None
    }
    turned = [
        (this.units[a].name, this.units[b].name)
        for a, b in combinations(sorted(before, key=lambda code: (before[code], code)), 2)
        if before[a] < before[b] and (after[a] or 0) > (after[b] or 0)
    ]
    was, now = _first(before), _first({code: after[code] or 0 for code in before})
    leaders = tuple(this.units[code].name for code in now) if was != now else ()
    return Departure(leaver, this.units[leaver].name, group, tuple(turned), leaders)


def _first(ranks: Mapping[str, int]) -> list[str]:
    best = min(ranks.values(), default=0)
    return [code for code, rank in ranks.items() if rank == best]
