"""What import-linter cannot see: doors, keys and links point downwards too."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.db.models import Field, Model

ROOT = Path(__file__).parents[2]
DOORS = {"choices", "models", "queries", "services", "signals"}
OPEN = {"kernel", "engine", "reading", "writing", "store", "web"}
WIRING = {"config", "cli", "api", "packs"}


def ranks() -> dict[str, int]:
    """Read each part's height from the layers contract, so that it is stated once."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(c["layers"] for c in linter["contracts"] if c["id"] == "apps")
    return {
        part.strip(): height
        for height, layer in enumerate(reversed(layers))
        for part in layer.replace("(", "").replace(")", "").split("|")
    }


RANK = ranks()


def is_trespass(importer: str, imported: str) -> bool:
    here, there = importer.split(".")[1:], imported.split(".")[1:]
    if not here or not there or here[0] == there[0]:
        return False
    if here[0] in WIRING or there[0] in OPEN or "tests" in here:
        return False
    return len(there) < 2 or there[1] not in DOORS


def relations(model: type[Model]) -> list[tuple[str, str, str]]:
    """List a model's own keys: the field, the model's part and the part it points to."""
    return [
        (f"{model._meta.label}.{field.name}", model._meta.app_label, target._meta.app_label)
        for field in model._meta.get_fields()
        if isinstance(field, Field) and isinstance(target := field.related_model, type)
    ]


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("zhenxing.papers.services", "zhenxing.reporting.forms"),
        ("zhenxing.papers.services", "zhenxing.reporting"),
        ("zhenxing.cockpit.views", "zhenxing.indicators.access"),
    ],
)
def test_it_knows_a_trespass(importer: str, imported: str) -> None:
    assert is_trespass(importer, imported)


def test_an_app_is_entered_only_by_its_doors() -> None:
    graph = grimp.build_graph("zhenxing")
    imports = [(a, b) for a in graph.modules for b in graph.find_modules_directly_imported_by(a)]
    assert imports
    assert [f"{a} -> {b}" for a, b in imports if is_trespass(a, b)] == []


def test_foreign_keys_point_downwards() -> None:
    ours = [m for m in apps.get_models() if m.__module__.startswith("zhenxing.")]
    keys = [key for model in ours for key in relations(model)]
    assert keys
    assert [f"{name} -> {to}" for name, of, to in keys if RANK.get(to, -1) > RANK[of]] == []


@pytest.mark.parametrize("part", sorted(RANK))
def test_templates_link_downwards(part: str) -> None:
    pages = (ROOT / "src/zhenxing" / part).rglob("*.html")
    tags = r"{%\s*url\s+['\"](\w+):"
    named = {n for page in pages for n in re.findall(tags, page.read_text("utf-8"))}
    assert {n for n in named if RANK.get(n, -1) > RANK[part]} == set()
