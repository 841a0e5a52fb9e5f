"""FACTS of a random case as a folder of Parquet files."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from zhenxing.engine.schemes.columnar import literal
from zhenxing.kernel.periods import Period

NUMBER = "DECIMAL(18, 6)"
TYPES = {
    "year": "SMALLINT", "month": "TINYINT", "span": "TINYINT", "value": NUMBER, "target": NUMBER,
    "amount": NUMBER, "no_task": "BOOLEAN", "date": "DATE",
}  # fmt: skip


def write_folder(folder: Path, tables: Mapping[str, str]) -> Path:
    """Write tables given as CSV text; a period becomes year, month and span."""
    for name, text in tables.items():
        rows = [dated(row) for row in csv.DictReader(io.StringIO(text))]
        for row in rows if name in {"figures", "targets"} else ():
            row.update({cell: "" for cell in ("value", "target") if "*" in row.get(cell, "")})
        if name == "targets":
            rows = [
                row | {"no_task": str(row["target"] == "/"), "target": row["target"].strip("/")}
                for row in rows
            ]
        header = next(csv.reader(io.StringIO(text)))
        columns = list(dated(dict.fromkeys(header, "2023")))
        columns += ["no_task"] if name == "targets" else []
        if name in {"events", "ratings"} and not rows:
            continue
        write(folder / f"{name}.parquet", columns, [[row[c] for c in columns] for row in rows])
    return folder


def dated(row: dict[str, str]) -> dict[str, str]:
    """Return a row with its period as whole numbers."""
    if "period" not in row:
        return row
    period = Period.parse(row.pop("period"))
    return row | {
        "year": str(period.year), "month": str(period.last_month), "span": str(period.span),
    }  # fmt: skip


def write(file: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write one file; blank text is nothing where the column is not text."""
    written = ", ".join(
        "(" + ", ".join("NULL" if not cell else literal(str(cell)) for cell in row) + ")"
        for row in rows
    )
    types = TYPES if file.stem != "ratings" else {}
    made = ", ".join(f"{name}::{types.get(name, 'VARCHAR')} AS {name}" for name in columns)
    nothing = ", ".join(f"NULL AS {name}" for name in columns)
    table = f"(VALUES {written}) AS t({', '.join(columns)})"
    if not rows:
        table = f"(SELECT {nothing}) WHERE FALSE"  # names of the tests
    with duckdb.connect(":memory:") as database:
        database.execute(f"COPY (SELECT {made} FROM {table}) TO {literal(str(file))}")  # noqa: S608  # the same
