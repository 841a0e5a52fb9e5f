"""The example of the officers' guide scores as the guide says."""

from __future__ import annotations

import re
from pathlib import Path

from zhenxing.engine.schemes import load, read_facts, score

GUIDE = Path(__file__).parents[5] / "docs/guide/schemes.md"
BLOCK = re.compile(
    r'^```(?:yaml|csv) title="(?P<file>[^"]+)"\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL
)
TOTALS = re.compile(
    r"^\| (?P<name>\S+镇) .*\| \*\*(?P<total>[\d.]+)\*\* \| (?P<grade>\S+) \|$", re.MULTILINE
)
RULE = re.compile(r"`(?P<rule>rule: [^`…]+)`")
ITEM = """
scheme: {{id: a, name: 试, basis: 文号, year: 2023}}
sections:
- id: s
  items:
  - {{id: fai, points: 10, target: 1, {rule}}}
"""


def blocks() -> dict[str, str]:
    found = BLOCK.finditer(GUIDE.read_text(encoding="utf-8"))
    return {block["file"]: block["text"] for block in found}


def test_the_example_scores_as_the_page_says(tmp_path: Path) -> None:
    files = blocks()
    scheme, problems = load(files.pop("small.yaml"), "small.yaml")
    assert scheme is not None
    assert problems == []
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    facts = read_facts(tmp_path)
    result = score(scheme, facts)
    assert result.problems == ()
    got = {facts.units[row.unit].name: (row.total, row.grade) for row in result.rows}
    page = TOTALS.finditer(GUIDE.read_text(encoding="utf-8"))
    assert got == {line["name"]: (line["total"], line["grade"]) for line in page}


def test_every_rule_of_the_page_reads() -> None:
    rules = [match["rule"] for match in RULE.finditer(GUIDE.read_text(encoding="utf-8"))]
    assert len(rules) > len(blocks())
    for rule in rules:
        scheme, problems = load(ITEM.format(rule=rule), "a.yaml")
        assert scheme is not None, (rule, [problem.sentence for problem in problems])
