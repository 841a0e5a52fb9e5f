"""DuckDB in the process: a table of operands in, a row for each unit out. Owns duckdb.

A county's statement takes longer to parse and plan than to answer, so it is planned once and kept,
each in a database of its own: a plan would be made anew whenever another table came or went.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

from zhenxing.engine.schemes.program import Column
from zhenxing.engine.schemes.sql import Compiled
from zhenxing.engine.schemes.writing import GROUP, SCENARIO, UNIT

Cell = float | str | None
Key = tuple[str, tuple[str, ...]]
KEPT = 32
TYPES = {"numbers": "DOUBLE", "words": "VARCHAR"}
# Nothing is fetched, nothing outside the table is read. A county's rows are too few to share out
# among threads: one is a quarter faster, and the site's own threads score side by side.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
    "threads": 1,
}
_FREE: list[_Planned] = []
_LOCK = Lock()


def run(
    compiled: Compiled,
    keys: Sequence[tuple[int, int, int]],
    values: Mapping[str, Sequence[Cell]],
) -> list[dict[str, Any]]:
    """Return a mapping from column to value for each row.

    keys: scenario, group and unit number of each row. values: each operand's values, row by row.
    """
    kinds = {column.name: _kind(values[column.name]) for column in compiled.operands}
    planned = _taken((compiled.text, tuple(kinds.values())), compiled, kinds)
    rows = planned.answer(_parameters(compiled, kinds, keys, values))
    _returned(planned)
    return [dict(zip(compiled.columns, row, strict=True)) for row in rows]


class _Planned:
    """One statement, parsed and planned, beside its table of operands."""

    def __init__(self, key: Key, compiled: Compiled, kinds: Mapping[str, str]) -> None:
        import duckdb  # noqa: PLC0415  # heavy: only scoring pays for it

        self.key = key
        self.database: Any = duckdb.connect(":memory:", config=_CONFIG)
        # For few rows and hundreds of columns the optimiser costs more than it saves.
        self.database.execute("PRAGMA disable_optimizer")
        self.database.execute(_table(compiled.operands, kinds))
        self.database.execute(f"PREPARE told AS {compiled.text}")
        (self.filled,) = self.database.extract_statements(_filled(compiled.operands, kinds))

    def answer(self, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        """Return the rows; the table is empty before and after."""
        self.database.execute("BEGIN")
        self.database.execute(self.filled, parameters)
        rows: list[tuple[Any, ...]] = self.database.execute("EXECUTE told").fetchall()
        self.database.execute("ROLLBACK")
        return rows


def _taken(key: Key, compiled: Compiled, kinds: Mapping[str, str]) -> _Planned:
    """Take a planned statement that nobody else is using, or plan it."""
    with _LOCK:
        for place, planned in enumerate(_FREE):
            if planned.key == key:
                return _FREE.pop(place)
    return _Planned(key, compiled, kinds)


def _returned(planned: _Planned) -> None:
    """Keep it for the next; those not used for longest go."""
    with _LOCK:
        _FREE.append(planned)
        del _FREE[:-KEPT]


def _kind(cells: Sequence[Cell]) -> str:
    return "words" if any(isinstance(cell, str) for cell in cells) else "numbers"


def _table(operands: Sequence[Column], kinds: Mapping[str, str]) -> str:
    # The names are our own: c0, c1 …
    columns = [f"{name} BIGINT" for name in (SCENARIO, GROUP, UNIT)]
    columns += [f"{column.name} {TYPES[kinds[column.name]]}" for column in operands]
    return f"CREATE TABLE s0 ({', '.join(columns)})"


def _filled(operands: Sequence[Column], kinds: Mapping[str, str]) -> str:
    """Write the statement that fills the table from three lists of rows."""
    place = {"numbers": 0, "words": 0}
    made = [f"keys[{at}]" for at in (1, 2, 3)]
    for column in operands:
        kind = kinds[column.name]
        place[kind] += 1
        made.append(f"{kind}[{place[kind]}]")
    return (
        f"INSERT INTO s0 SELECT {', '.join(made)} FROM (SELECT unnest($1::BIGINT[][]) AS keys, "  # noqa: S608  # names are our own
        "unnest($2::DOUBLE[][]) AS numbers, unnest($3::VARCHAR[][]) AS words)"
    )


def _parameters(
    compiled: Compiled,
    kinds: Mapping[str, str],
    keys: Sequence[tuple[int, int, int]],
    values: Mapping[str, Sequence[Cell]],
) -> list[Any]:
    chosen: dict[str, list[Sequence[Cell]]] = {"numbers": [], "words": []}
    for column in compiled.operands:
        chosen[kinds[column.name]].append(values[column.name])
    rows = range(len(keys))
    laid = {
        kind: [[cells[row] for cells in columns] for row in rows]
        for kind, columns in chosen.items()
    }
    return [[list(key) for key in keys], laid["numbers"], laid["words"]]
