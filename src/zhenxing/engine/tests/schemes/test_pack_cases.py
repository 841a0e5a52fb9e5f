"""The county's schemes on cases worked by hand: packs/*/schemes/cases/*.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from zhenxing.engine.schemes import Facts, Inputs, from_tables, read_scheme, score, show
from zhenxing.engine.schemes.tables import Line, Table

SCHEMES = Path(__file__).parents[5] / "packs/heshan/schemes"
Case = dict[str, Any]


def cases() -> list[Any]:
    found = []
    for path in sorted((SCHEMES / "cases").glob("*.yaml")):
        written = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  # all text
        for case in written["cases"]:
            named = f"{path.stem}：{case['name']}"
            found.append(pytest.param(written["scheme"], case, id=named))
    return found


def table(name: str, rows: list[dict[str, str]]) -> Table:
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    lines = (
        Line(f"{name} 第{place}条", {column: row.get(column, "") for column in columns})
        for place, row in enumerate(rows, start=1)
    )
    return Table(name, columns, tuple(lines))


def long(case: Case, part: str, year: str, column: str) -> list[dict[str, str]]:
    return [
        {"unit": unit, "indicator": name, "period": year, column: value}
        for unit, values in case.get(part, {}).items()
        for name, value in values.items()
    ]


def facts_of(case: Case, year: int) -> Facts:
    units = [{"unit": unit, **values} for unit, values in case["units"].items()]
    figures = long(case, "figures", str(year), "value")
    figures += long(case, "last_year", str(year - 1), "value")
    tables = {
        "units": table("单位", units), "figures": table("数据", figures),
        "targets": table("目标", long(case, "targets", str(year), "target")),
        "events": table("事项", case.get("events", [])),
        "ratings": table("评分", case.get("ratings", [])),
    }  # fmt: skip
    return from_tables({name: each for name, each in tables.items() if each.lines})


def previous(case: Case) -> list[dict[str, Any]]:
    grades = case.get("previous", {})
    return [{"rows": [{"unit": unit, "grade": grade} for unit, grade in grades.items()]}]


def written(value: object) -> str:
    return "null" if value is None else str(value)


@pytest.mark.parametrize(("file", "case"), cases())
def test_it_scores_as_worked_by_hand(file: str, case: Case) -> None:
    scheme, problems = read_scheme(SCHEMES / file)
    assert scheme is not None, [problem.sentence for problem in problems]
    assert problems == []
    result = score(scheme, facts_of(case, scheme.year), Inputs(previous=previous(case)))
    for unit, expected in case["expect"].items():
        row = result.row(unit)
        assert row is not None
        fields = {name: written(getattr(row, name)) for name in expected if name != "items"}
        assert fields == {name: text for name, text in expected.items() if name != "items"}
        got = {code: written(row.items[code].score) for code in expected["items"]}
        assert got == expected["items"]
    held = any(row.total is None for row in result.rows)
    assert [each.sentence for each in result.problems] == case.get("problems", []) or held


@pytest.mark.parametrize("path", sorted(SCHEMES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_scheme_of_the_county_reads_and_has_cases(path: Path) -> None:
    scheme, problems = read_scheme(path)
    assert problems == []
    assert scheme is not None
    assert scheme.basis in show(scheme)
    assert (SCHEMES / "cases" / path.name).exists()
