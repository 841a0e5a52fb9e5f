"""The county's schemes on cases worked by hand: packs/*/schemes/cases/*.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from zhenxing.engine.schemes import read_scheme, score, show
from zhenxing.engine.tests.schemes import pack_cases

SCHEMES = Path(__file__).parents[5] / "packs/heshan/schemes"
INDEX = "index.yaml"
FEWEST_CASES = 3
# A case holds the figures it is about; that others are not there at all says nothing of a scheme.
UNUSED = "一个数也没有"


def cases() -> list[Any]:
    return [
        pytest.param(file, case, id=name)
        for path in sorted((SCHEMES / "cases").glob("*.yaml"))
        for file, name, case in pack_cases.read(path)
    ]


def schemes() -> list[Path]:
    return [path for path in sorted(SCHEMES.glob("*.yaml")) if path.name != INDEX]


def written(value: object) -> str:
    return "null" if value is None else str(value)


@pytest.mark.parametrize(("file", "case"), cases())
def test_it_scores_as_worked_by_hand(file: str, case: pack_cases.Case) -> None:
    scheme, problems = read_scheme(SCHEMES / file)
    assert scheme is not None, [problem.sentence for problem in problems]
    assert problems == []
    result = score(scheme, pack_cases.facts_of(case, scheme), pack_cases.inputs_of(case))
    told = [each.sentence.partition("：")[2] for each in result.problems if UNUSED not in each.what]
    for unit, expected in case["expect"].items():
        row = result.row(unit)
        assert row is not None, told
        fields = {name: written(getattr(row, name)) for name in expected if name != "items"}
        got = {code: written(row.items[code].score) for code in expected["items"]}
        assert {**fields, "items": got} == expected
    assert told == case.get("problems", [])


@pytest.mark.parametrize("path", schemes(), ids=lambda path: path.stem)
def test_every_scheme_of_the_county_reads_and_has_cases(path: Path) -> None:
    scheme, problems = read_scheme(path)
    assert problems == []
    assert scheme is not None
    assert scheme.basis in show(scheme)
    assert len(list(pack_cases.read(SCHEMES / "cases" / path.name))) >= FEWEST_CASES
