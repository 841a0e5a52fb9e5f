"""A nation scored in columns: byte for byte what ordinary scoring prints on the same facts."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenxing.engine.schemes import Inputs, load, score
from zhenxing.engine.schemes.bulk import score_table
from zhenxing.engine.schemes.facts import from_tables
from zhenxing.engine.schemes.tables import from_csv
from zhenxing.engine.tests.schemes.parquet_facts import write_folder
from zhenxing.engine.tests.schemes.random_schemes import Case, case


def ordinary(drawn: Case) -> tuple[list[Any], dict[str, dict[str, str | None]]]:
    """Score the case from CSV: rows without items, and the items' printed scores."""
    scheme, problems = load(drawn.scheme, "random.yaml")
    assert scheme is not None, [problem.sentence for problem in problems]
    read = {name: from_csv(name, text.encode(), []) for name, text in drawn.tables.items()}
    facts = from_tables({name: table for name, table in read.items() if table is not None})
    rows = score(scheme, facts, Inputs(period=drawn.period)).rows
    scores = {row.unit: {k: v.score for k, v in row.items.items()} for row in rows if row.items}
    return [(r.unit, r.group, r.total, r.rank, r.of, r.grade, r.eligible) for r in rows], scores


def in_bulk(drawn: Case) -> tuple[list[Any], dict[str, dict[str, str | None]]]:
    """Score the case from Parquet."""
    scheme, _ = load(drawn.scheme, "random.yaml")
    assert scheme is not None
    with tempfile.TemporaryDirectory() as folder:
        table = score_table(
            scheme, write_folder(Path(folder), drawn.tables), Inputs(period=drawn.period)
        )
        rows, scores = table.rows(), table.scores()
    return [(r.unit, r.group, r.total, r.rank, r.of, r.grade, r.eligible) for r in rows], scores


@given(st.integers(min_value=0, max_value=2**32))
@settings(max_examples=100, deadline=None)
def test_bulk_prints_what_ordinary_scoring_prints(seed: int) -> None:
    drawn = case(Random(seed))  # noqa: S311  # a draw that can be repeated, no secret
    assert in_bulk(drawn) == ordinary(drawn)
