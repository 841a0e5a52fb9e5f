"""Each fact of a town's year report has a home in the demo county: indicator, register or log."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from zhenxing.kernel.quantities import MeasureError, measure

ROOT = Path(__file__).parents[4]
GOLD = ROOT.parent / "shared" / "gold"
FACTS = 131
TOLD: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("homes.yaml").read_text("utf-8"))
SIZED = {"money", "area", "length", "mass", "volume", "power", "share"}


def homes() -> dict[str, str]:
    """Give the measure of every home by its name: `fai`, `parks.shed_length`, `wells`."""
    text = (ROOT / "packs/heshan/indicators.yaml").read_text("utf-8")
    known = {one["code"]: one["measure"] for one in yaml.safe_load(text)["indicators"]}
    for register, told in TOLD["registers"].items():
        known |= {f"{register}.{column}": unit for column, unit in told["columns"].items()}
    return known | {log: told["counts"] for log, told in TOLD["logs"].items()}


def home_of() -> dict[str, str]:
    """Give the home of every subject."""
    return {subject: home for home, subjects in TOLD["homes"].items() for subject in subjects}


def labelled() -> list[dict[str, Any]]:
    """Give the labelled facts of the report, where they lie beside the repository."""
    found = sorted(GOLD.glob("003_*.jsonl"))
    if not found:
        pytest.skip("the labelled source documents do not lie beside this repository")
    return [json.loads(line) for line in found[0].read_text("utf-8").splitlines()]


def fits(unit: str, home: str) -> bool:
    """Whether figures in this unit can be kept in a home of that measure; counts are all alike."""
    try:
        wanted, given = measure(home), measure(unit)
    except MeasureError:
        return True
    sized = {wanted.dimension, given.dimension} & SIZED
    return not sized or given.converts_to(wanted)


def homeless(facts: list[dict[str, Any]]) -> Iterator[str]:
    """List the facts without a home, and those whose home cannot hold them."""
    known, home = homes(), home_of()
    for fact in facts:
        place = home.get(fact["subject"], "")
        if place not in known:
            yield f"{fact['subject']}：没有归处"
        elif not fits(fact["unit"], known[place]) and fact["kind"] != "change":
            yield f"{fact['subject']}：{fact['unit']}放不进{place}（{known[place]}）"


def test_every_labelled_fact_of_the_year_report_has_a_home() -> None:
    facts = labelled()
    assert len(facts) == FACTS
    assert list(homeless(facts)) == []


def test_a_fact_without_a_home_would_be_listed() -> None:
    strange = [
        {"subject": "不知何物", "unit": "个", "kind": "actual"},
        {"subject": "税收", "unit": "亩", "kind": "actual"},
    ]
    assert list(homeless(strange)) == ["不知何物：没有归处", "税收：亩放不进tax_revenue（万元）"]


def test_every_home_exists_and_no_subject_has_two() -> None:
    assert sorted(set(TOLD["homes"]) - set(homes())) == []
    subjects = Counter(subject for each in TOLD["homes"].values() for subject in each)
    assert [subject for subject, count in subjects.items() if count > 1] == []


def test_every_register_column_and_log_is_the_home_of_something() -> None:
    indicators = {home for home in homes() if home in TOLD["homes"]}
    columns = {
        f"{key}.{name}" for key, told in TOLD["registers"].items() for name in told["columns"]
    }
    assert sorted((columns | set(TOLD["logs"])) - indicators) == []
