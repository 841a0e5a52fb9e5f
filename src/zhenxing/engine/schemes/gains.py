"""What one more unit of each item's x would bring a unit, scored again in its group.

Every item's x moves at once: an item reads its own x alone, so one scoring answers for all of them.
The database spends its time on the width of a statement, so the items go in parts, side by side.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

from zhenxing.engine.schemes import running, sql
from zhenxing.engine.schemes.binding import attributes_of
from zhenxing.engine.schemes.gathering import group_of
from zhenxing.engine.schemes.program import Operand, Program, Source, Window
from zhenxing.engine.schemes.resolving import Attributes
from zhenxing.engine.schemes.runs import Compiled, Run
from zhenxing.engine.schemes.scoring import cell_of, compiled, printed_points
from zhenxing.engine.schemes.syntax import Ref

WIDTH, WORKERS, KEPT = 20, 2, 64
PLACES = 9

_PARTS: dict[tuple[str, Attributes], tuple[sql.Compiled, ...]] = {}


def one_more(this: Run, unit: str) -> dict[str, Decimal | None]:
    """Return by item what its score would gain (or lose); None where there is no score."""
    assert this.compiled is not None  # noqa: S101  # the caller has looked
    attributes = attributes_of(this.facts)
    made = compiled(this.scheme, attributes, nudged=True)
    moved = _moved(this, made, unit, _parts(this, made, attributes))
    now = this.values[unit]
    gains: dict[str, Decimal | None] = {}
    for before, after in zip(this.compiled.plan.items, made.plan.items, strict=True):
        printed = printed_points(moved[after.counted.column], PLACES)
        is_scored = printed is not None and now[before.score.column] is not None
        standing = printed_points(now[before.counted.column], PLACES)
        gains[before.item.id] = (
            Decimal(printed or 0) - Decimal(standing or 0) if is_scored else None
        )
    return gains


def _parts(this: Run, made: Compiled, attributes: Attributes) -> tuple[sql.Compiled, ...]:
    key = (f"{this.scheme.digest} {this.scheme.file}", attributes)
    if key not in _PARTS:
        while len(_PARTS) >= KEPT:
            del _PARTS[next(iter(_PARTS))]
        items = made.plan.items
        chosen = [items[start : start + WIDTH] for start in range(0, len(items), WIDTH)]
        _PARTS[key] = tuple(
            _compiled(made.plan.program, [each.counted.column for each in part], attributes)
            for part in chosen
        )
    return _PARTS[key]


def _compiled(program: Program, wanted: list[str], attributes: Attributes) -> sql.Compiled:
    """Compile only what the wanted columns stand on."""
    needed = {column.name for name in wanted for column in program.under(Ref(name))}
    columns = {name: column for name, column in program.columns.items() if name in needed}
    return sql.compile_program(Program(columns), attributes, wanted=wanted)


def _moved(this: Run, made: Compiled, unit: str, parts: tuple[sql.Compiled, ...]) -> dict[str, Any]:
    windows = (column.what for column in made.plan.program.columns.values())
    looks_beyond = any(isinstance(what, Window) and what.everyone for what in windows)
    groups = {code: group_of(this.scheme, each) or "" for code, each in this.units.items()}
    codes = [code for code in groups if looks_beyond or groups[code] == groups[unit]]
    order = sorted(set(groups.values()))
    keys = [(0, order.index(groups[code]), place) for place, code in enumerate(codes)]
    names = _names(this)

    def cells(what: object) -> list[running.Cell]:
        assert isinstance(what, Operand)  # noqa: S101  # operands stand on level 0
        if what.source is Source.NUDGE:
            return [1.0 if code == unit else 0.0 for code in codes]
        return [cell_of(this.gathered[code][names[what]]) for code in codes]

    def row(part: sql.Compiled) -> dict[str, Any]:
        values = {column.name: cells(column.what) for column in part.operands}
        found = running.run(part, keys, values)
        return next(each for each in found if codes[each["unit"]] == unit)

    merged: dict[str, Any] = {}
    with ThreadPoolExecutor(WORKERS) as pool:
        for found in pool.map(row, parts):
            merged |= found
    return merged


def _names(this: Run) -> dict[Operand, str]:
    assert this.compiled is not None  # noqa: S101  # the caller has looked
    operands = this.compiled.text.operands
    return {each.what: each.name for each in operands if isinstance(each.what, Operand)}
