"""Schemes and facts for tests, written as short as they can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhenxing.engine.schemes import Facts, Inputs, Result, Run, Scheme, from_tables, load, run
from zhenxing.engine.schemes.tables import from_csv

Given = Any  # the fields of Inputs
FAI = "{id: fai, points: 12, target: 8, rule: {completion: {cap: 1.5}}}"
HEAD = "scheme: {id: t, name: 试, basis: 试发〔2023〕1号, year: 2023}"


def scheme_of(items: str, *, head: str = HEAD, more: str = "") -> Scheme:
    """Read a scheme of one section; its items in YAML, one a line."""
    scheme, problems = load(text_of(items, head=head, more=more), "t.yaml")
    assert scheme is not None, [problem.sentence for problem in problems]
    return scheme


def text_of(items: str, *, head: str = HEAD, more: str = "") -> str:
    """Return the YAML of a scheme of one section."""
    written = items.strip().replace("\n{", "\n\0{").split("\0")  # an item may run over lines
    lines = "".join(f"  - {' '.join(item.split())}\n" for item in written)
    return f"{head}\n{more}\nsections:\n- id: s\n  items:\n{lines}"


def facts_of(**tables: str) -> Facts:
    """Read tables, each as CSV with `;` for a new line; `units` defaults to T01 and T02."""
    headed = {
        "units": "unit,name,parent", "figures": "unit,indicator,period,value",
        "targets": "unit,indicator,period,target", "events": "id,unit,event,date,amount",
        "ratings": "unit,item,rater,rater_class,value",
    }  # fmt: skip
    found = {}
    problems: list[Any] = []
    for name, rows in {"units": "T01,甲镇,;T02,乙镇,", **tables}.items():
        text = rows if rows.startswith("unit,") else f"{headed[name]};{rows}"
        table = from_csv(f"{name}.csv", text.replace(";", "\n").encode(), problems)
        if table is not None:
            found[name] = table
    return from_tables(found, problems)


def run_of(items: str, facts: Facts, *, head: str = HEAD, more: str = "", **inputs: Given) -> Run:
    """Score a one-section scheme and keep the run."""
    return run(scheme_of(items, head=head, more=more), facts, Inputs(**inputs))


def result_of(
    items: str, facts: Facts, *, head: str = HEAD, more: str = "", **inputs: Given
) -> Result:
    """Score a one-section scheme."""
    return run_of(items, facts, head=head, more=more, **inputs).result


def scores(result: Result, item: str) -> dict[str, str | None]:
    """Return one item's printed score by unit."""
    return {row.unit: row.items[item].score for row in result.rows if row.items}


def totals(result: Result) -> dict[str, str | None]:
    """Return the printed totals by unit."""
    return {row.unit: row.total for row in result.rows}


def ranks(result: Result) -> dict[str, int | None]:
    """Return the ranks by unit."""
    return {row.unit: row.rank for row in result.rows}


def told(result: Result) -> list[str]:
    """Return the problems as sentences."""
    return [problem.sentence for problem in result.problems]


def figures(values: Mapping[str, Sequence[str]] | Mapping[str, str], period: str = "2023") -> str:
    """Write figures of T01, T02 … from one list an indicator."""
    return ";".join(
        f"T{place:02},{name},{period},{value}"
        for name, row in values.items()
        for place, value in enumerate(row.split() if isinstance(row, str) else row, start=1)
    )


def of(items: str, values: str, **more: Given) -> Result:
    """Score T01, T02 … on one value of fai each; tables: the other tables, or figures instead."""
    units = ";".join(f"T{n:02},," for n in range(1, len(values.split()) + 1))
    tables = {"units": units, "figures": figures({"fai": values})} | more.pop("tables", {})
    return result_of(items, facts_of(**tables), **more)
