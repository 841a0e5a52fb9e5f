"""Papers of many counties, labelled by hand before they were read."""

from __future__ import annotations

import json

import pytest
import yaml

from zhenxing.reading.reader import read
from zhenxing.reading.results import Fact
from zhenxing.reading.tests.labels import PAPERS, SHARED, Label, from_gold, from_row, labelled
from zhenxing.reading.tests.scoring import NOTHING, Score, score

NAMES = sorted(path.name for path in PAPERS.glob("*.txt"))
GOLD = ("000_1adcf80d9bf8b237", "002_8af2ffbded947d85", "003_88bca0da36e91b85")
UNLABELLED = ("001_ac59ec304996c7d5", "004_a8aaabe19b64a2a8")
needs_sources = pytest.mark.skipif(
    not (SHARED / "gold").is_dir(),
    reason="the source documents lie beside the repository: none here",
)


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_a_paper_as_its_labels_say(name: str) -> None:
    text, labels = labelled(PAPERS / name)
    found = score(labels, read(text).facts)
    assert found.f1("quantity") >= 0.95
    assert found.f1("meaning") >= 0.92
    assert found.f1("subject") >= 0.85


def test_it_reaches_the_goal_over_all_papers() -> None:
    total = NOTHING
    for name in NAMES:
        text, labels = labelled(PAPERS / name)
        total += score(labels, read(text).facts)
    assert total.wanted > 400
    _reaches_the_goal(total)


@needs_sources
@pytest.mark.parametrize("name", GOLD)
def test_it_reads_a_source_document_as_its_labels_say(name: str) -> None:
    rows = (SHARED / f"gold/{name}.jsonl").read_text("utf-8").splitlines()
    _reaches_the_goal(score([from_gold(json.loads(row)) for row in rows], _facts(name)))


@needs_sources
@pytest.mark.parametrize("name", UNLABELLED)
def test_it_reads_a_source_document_we_labelled_ourselves(name: str) -> None:
    kept = yaml.safe_load((PAPERS.parent / "source_labels.yaml").read_text("utf-8"))
    labels: list[Label] = [from_row(row) for row in kept[name]]
    assert len(labels) >= 20
    _reaches_the_goal(score(labels, _facts(name)))


def _facts(name: str) -> tuple[Fact, ...]:
    with (SHARED / f"seeds/{name}.txt").open(encoding="utf-8", newline="") as file:
        return read(file.read()).facts


def _reaches_the_goal(found: Score) -> None:
    assert found.f1("quantity") >= 0.97
    assert found.f1("meaning") >= 0.92
    assert found.f1("subject") >= 0.88
