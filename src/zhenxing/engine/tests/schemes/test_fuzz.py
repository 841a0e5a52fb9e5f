"""Schemes and facts damaged at random: loading, reading and scoring never raise, nothing is NaN."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenxing.engine.schemes import Inputs, Result, explained, from_tables, load, run, show
from zhenxing.engine.schemes.tables import from_csv
from zhenxing.engine.tests.schemes.random_schemes import Case, case

PACK = sorted((Path(__file__).parents[5] / "packs/heshan/schemes").glob("*.yaml"))
PIECES = (
    "", " ", "\n", "  ", "0", "-1", "1e40", "9" * 30, "百", "x", "T", "P", "n", "r", "grade", "all",
    "fai", "tax", "(", ")", "[", "]", "{", "}", ",", ": ", "- ", '"', "'", "`", "**", "/ 0", "%",
    " and ", " if ", " else 0", "rest", "hold", "exclude", "schedule", "prev(x)", "mean(x, all)",
    "target(fai)", "score(a)", "growth(fai)", "null", "~", "*", "&a", "!!int", "\\ud800", "\x00",
    "\ufeff", "\u2028", "😀", "#", "|", ">", "2023", "2023-02", "half_up_0",
    "points: 0", "better: lower",
)  # fmt: skip
CELLS = (
    "", "*", "/", "-", "0", "-0.00", "1e5", "9" * 16, "9" * 300, "0.1", "12%", "八", "T01", "T99",
    "C", "2023",
    "2023-13", "2023-06", "2023-Q2", '"', '""', ",", ",,", "\n", "\r", "\x00", ";", "\t",
    "1,000", "fai", "2023-02-30", "优良", "山", "=1+1", "NaN", "Infinity", "unit", "\ufeff",
)  # fmt: skip


def damaged(text: str, random: Random, pieces: tuple[str, ...]) -> str:
    """Take out, double, move or overwrite a few stretches."""
    for _ in range(random.randint(1, 4)):
        start = random.randrange(len(text) + 1)
        end = min(len(text), start + random.choice((0, 1, 3, 10, 40)))
        kept = random.choice(("", random.choice(pieces), text[start:end] * 2, text[end : end + 9]))
        text = text[:start] + kept + text[end:]
    return text


def scored(drawn: Case, tables: dict[str, bytes]) -> Result | None:
    scheme, problems = load(drawn.scheme, "t.yaml")
    for problem in problems:
        assert problem.where.startswith("t.yaml")
        assert problem.what
        assert problem.next
    read = {name: from_csv(f"{name}.csv", data, []) for name, data in tables.items()}
    facts = from_tables({name: table for name, table in read.items() if table is not None})
    assert all(problem.where and problem.what and problem.next for problem in facts.problems)
    if scheme is None:
        return None
    assert show(scheme)
    this = run(scheme, facts, Inputs(period=drawn.period))
    for unit in list(this.units)[:1]:
        explained(this, unit)
    return this.result


def check(result: Result | None) -> None:
    if result is not None:
        json.dumps(result.as_json(), ensure_ascii=False, allow_nan=False)
        for row in result.rows:
            written = [row.total, *(item.score for item in row.items.values())]
            assert all(text is None or Decimal(text).is_finite() for text in written)
            assert (row.total is None) <= (row.rank is None)
            held = row.total is None and row.items
            assert not held or result.problems, row


def tables_of(drawn: Case) -> dict[str, bytes]:
    return {name: text.encode() for name, text in drawn.tables.items()}


@given(st.integers(min_value=0, max_value=2**32))
@settings(max_examples=120)
def test_a_damaged_scheme_is_told_or_scored(seed: int) -> None:
    random = Random(seed)  # noqa: S311  # a draw that can be repeated, no secret
    drawn = case(random)
    check(scored(Case(damaged(drawn.scheme, random, PIECES), {}, drawn.period), tables_of(drawn)))


@given(st.integers(min_value=0, max_value=2**32))
@settings(max_examples=120)
def test_damaged_facts_are_told_or_scored(seed: int) -> None:
    random = Random(seed)  # noqa: S311  # a draw that can be repeated, no secret
    drawn = case(random)
    tables = {name: damaged(text, random, CELLS).encode() for name, text in drawn.tables.items()}
    name = random.choice(sorted(tables))
    data = bytearray(tables[name]) or bytearray(b"\n")
    data[random.randrange(len(data))] = random.randrange(256)
    check(scored(drawn, {**tables, name: bytes(data)}))


@given(st.sampled_from(PACK), st.integers(min_value=0, max_value=2**32))
@settings(max_examples=60)
def test_a_damaged_scheme_of_the_county_is_read_or_told(path: Path, seed: int) -> None:
    random = Random(seed)  # noqa: S311  # a draw that can be repeated, no secret
    text = damaged(path.read_text(encoding="utf-8"), random, PIECES)
    scheme, problems = load(text, path.name)
    assert scheme is not None or any(problem.is_error for problem in problems)


@given(st.text(max_size=60), st.binary(max_size=60))
def test_any_text_is_no_crash(text: str, data: bytes) -> None:
    load(text, "t.yaml")
    table = from_csv("units.csv", data, [])
    from_tables({} if table is None else {"units": table, "figures": table, "events": table})
