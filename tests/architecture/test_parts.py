"""Every part introduces itself; the pure ones explain each public name, and their examples run."""

from __future__ import annotations

import ast
import doctest
from importlib import import_module
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, PURE, modules, parts

SCREEN_LINES = 60
PURE_MODULES = [
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    for part in PURE
    for path in sorted((PACKAGE / part).rglob("*.py"))
    if "tests" not in path.parts
]


def public_names(body: list[ast.stmt], prefix: str = "") -> list[tuple[str, ast.AST]]:
    """List the public functions and classes of a body, with the methods of those classes."""
    found: list[tuple[str, ast.AST]] = []
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        found.append((prefix + node.name, node))
        if isinstance(node, ast.ClassDef):
            found += public_names(node.body, f"{prefix}{node.name}.")
    return found


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.name)
def test_a_part_introduces_itself_on_one_screen(part: Path) -> None:
    lines = (part / "README.md").read_text("utf-8").splitlines()
    assert 1 < len(lines) <= SCREEN_LINES


def test_every_public_name_of_a_pure_part_says_what_it_is() -> None:
    ours = tuple(f"src/zhenxing/{part}/" for part in PURE)
    silent = [
        f"{module}: {name}"
        for module, tree in modules().items()
        if module.startswith(ours) and "/tests/" not in module
        for name, node in public_names(tree.body)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not ast.get_docstring(node)
    ]
    assert silent == []


@pytest.mark.parametrize("name", PURE_MODULES)
def test_the_examples_run(name: str) -> None:
    result = doctest.testmod(import_module(name))
    assert result.failed == 0
