"""The county's list of schemes: every file once, asking only who is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from zhenxing.engine.schemes import Scheme, check, read_scheme

HESHAN = Path(__file__).parents[4] / "packs/heshan"
SCHEMES = HESHAN / "schemes"
KINDS = {"year", "quarter", "month", "pilot_selection", "pilot_review", "special"}
SUBJECTS = {"towns", "villages", "groups", "pilots"}


def read(name: str) -> Any:  # noqa: ANN401  # a file of the pack
    return yaml.safe_load((HESHAN / name).read_text(encoding="utf-8"))


LISTED: list[dict[str, Any]] = read("schemes/index.yaml")["schemes"]
FILES = [each["file"] for each in LISTED]


def scheme_of(file: str) -> Scheme:
    scheme, problems = read_scheme(SCHEMES / file)
    assert scheme is not None, problems
    return scheme


def test_every_scheme_is_listed_once() -> None:
    there = {path.name for path in SCHEMES.glob("*.yaml")} - {"index.yaml"}
    assert len(FILES) == len(set(FILES))
    assert set(FILES) == there


def test_every_entry_says_what_it_is_and_who_runs_it() -> None:
    assert {each["kind"] for each in LISTED} == KINDS
    assert {each["subjects"] for each in LISTED} == SUBJECTS
    assert {each["owner"] for each in LISTED} == {"H00", "T01"}


@pytest.mark.parametrize("entry", LISTED, ids=FILES)
def test_a_scheme_is_issued_under_the_number_of_its_year(entry: dict[str, Any]) -> None:
    scheme = scheme_of(entry["file"])
    assert f"〔{entry['issued'].year}〕" in scheme.basis
    assert scheme.year == entry["issued"].year


def test_the_edition_before_is_another_document_with_other_rules() -> None:
    [entry] = [each for each in LISTED if "previous" in each]
    now, before = scheme_of(entry["file"]), scheme_of(entry["previous"])
    issued = {each["file"]: each["issued"] for each in LISTED}
    assert issued[entry["previous"]] < issued[entry["file"]]
    assert now.basis != before.basis
    points = ({item.id: item.points for item in each.items} for each in (before, now))
    old, new = points
    assert old.keys() < new.keys()
    assert [code for code in old if old[code] != new[code]] == [
        "fai",
        "contract_amount",
        "upper_funds",
        "mushrooms",
        "pigs",
    ]


def test_no_two_schemes_share_an_id_or_a_number_and_none_needs_itself() -> None:
    schemes = [scheme_of(file) for file in FILES]
    assert len({scheme.id for scheme in schemes}) == len(schemes)
    assert len({scheme.basis for scheme in schemes}) == len(schemes)
    assert check([SCHEMES / file for file in FILES]) == []


@pytest.mark.parametrize("file", FILES)
def test_a_scheme_asks_only_who_is_there(file: str) -> None:
    units, groups = read("units.yaml"), read("groups.yaml")["groups"]
    known = {unit["name"] for kind in ("departments", "offices") for unit in units[kind]}
    known |= {group["name"] for group in groups}
    assert {item.lead for item in scheme_of(file).items} - known == set()
