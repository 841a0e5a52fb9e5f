"""Random schemes: the engine and the plain scorer print the same."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenxing.engine.schemes import loading, runs, scoring, tables
from zhenxing.engine.schemes.rows import from_tables
from zhenxing.engine.tests.schemes import reached
from zhenxing.engine.tests.schemes.plain import PlainScorer
from zhenxing.engine.tests.schemes.random_schemes import Case, case


def engine_rows(drawn: Case) -> dict[str, dict[str, Any]]:
    scheme, problems = loading.load(drawn.scheme, "random.yaml")
    assert scheme is not None, [problem.sentence for problem in problems]
    read = {name: tables.from_csv(name, text.encode(), []) for name, text in drawn.tables.items()}
    facts = from_tables({name: table for name, table in read.items() if table is not None})
    inputs = runs.Inputs(drawn.period, drawn.others, drawn.previous)
    result = scoring.score(scheme, facts, inputs)
    replaced = {problem.where for problem in result.problems if "期符合调整条件" in problem.what}
    return {
        row.unit: ({"replaced": row.unit in replaced} if scheme.consecutive else {})
        | {
            "total": row.total, "rank": row.rank, "of": row.of, "grade": row.grade,
            "eligible": row.eligible, "items": {k: v.score for k, v in row.items.items()},
        }
        for row in result.rows
    }  # fmt: skip


def plain_rows(drawn: Case) -> dict[str, dict[str, Any]]:
    inputs = (drawn.period, drawn.others, drawn.previous)
    return PlainScorer(drawn.scheme, drawn.tables, *inputs).rows()


@given(st.integers(min_value=0, max_value=2**32))
@settings(max_examples=300)
def test_the_engine_agrees_with_the_plain_scorer(seed: int) -> None:
    drawn = case(Random(seed))  # noqa: S311  # a draw that can be repeated, no secret
    assert engine_rows(drawn) == plain_rows(drawn)


def test_the_draws_reach_every_part_of_the_language() -> None:
    found: set[str] = set()
    for seed in range(250):
        drawn = case(Random(seed))  # noqa: S311  # a draw that can be repeated, no secret
        found |= reached.of_draw(drawn, plain_rows(drawn) if seed < 100 else None)
    assert reached.WANTED - found == set()
