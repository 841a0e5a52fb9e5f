"""DuckDB in the process: a table of operands in, a row for each unit out. Owns duckdb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from zhenxing.engine.schemes.program import Column
from zhenxing.engine.schemes.sql import Compiled
from zhenxing.engine.schemes.writing import GROUP, SCENARIO, UNIT

Cell = float | str | None
# Nothing is fetched, nothing outside the table is read. A county's rows are too few to share out
# among threads: one is a quarter faster, and the site's own threads score side by side.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
    "threads": 1,
}


def run(
    compiled: Compiled,
    keys: Sequence[tuple[int, int, int]],
    values: Mapping[str, Sequence[Cell]],
) -> list[dict[str, Any]]:
    """Return a mapping from column to value for each row.

    keys: scenario, group and unit number of each row. values: each operand's values, row by row.
    """
    kinds = {column.name: _kind(values[column.name]) for column in compiled.operands}
    connection = _database().cursor()
    try:
        connection.execute(
            _table(compiled.operands, kinds), _parameters(compiled, kinds, keys, values)
        )
        rows = connection.execute(compiled.text).fetchall()
    finally:
        connection.close()
    return [dict(zip(compiled.columns, row, strict=True)) for row in rows]


@lru_cache(maxsize=1)
def _database() -> Any:  # noqa: ANN401  # duckdb is imported late
    import duckdb  # noqa: PLC0415  # heavy: only scoring pays for it

    return duckdb.connect(":memory:", config=_CONFIG)


def _kind(cells: Sequence[Cell]) -> str:
    return "words" if any(isinstance(cell, str) for cell in cells) else "numbers"


def _table(operands: Sequence[Column], kinds: Mapping[str, str]) -> str:
    place = {"numbers": 0, "words": 0}
    made = []
    for column in operands:
        kind = kinds[column.name]
        place[kind] += 1
        made.append(f"{kind}[{place[kind]}] AS {column.name}")
    # The names are our own: c0, c1 …
    fixed = (f"keys[{place}] AS {name}" for place, name in enumerate((SCENARIO, GROUP, UNIT), 1))
    return (
        f"CREATE TEMP TABLE s0 AS SELECT {', '.join([*fixed, *made])} FROM (SELECT "  # noqa: S608  # see above
        "unnest($1::BIGINT[][]) AS keys, unnest($2::DOUBLE[][]) AS numbers, "
        "unnest($3::VARCHAR[][]) AS words)"
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
