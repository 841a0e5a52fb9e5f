"""What may stand in a file, and how long a thing may get."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.tree import modules, texts

# Each dot stands in a class, so that this file does not find itself.
HOSTS = (
    r"pypi[.]org|pythonhosted[.]org|npmjs[.]org|yarnpkg[.]com|npmmirror[.]com|debian[.]org/debian"
    r"|[/.]mirrors?[.]\w+|index[-]url|\"resolved[\"]:"
)
PLACES = r"(?<![\w./])/(?:work|root|home)[/]|/tmp/[b]ash|C:[\\]Users"
UNFINISHED = r"\b(?:TO[D]O|FIX[M]E|X[X]X)\b|pragma: no [c]over|NotImplemented[E]rror"
FILE_LINES = 400
FUNCTION_LINES = 50
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}


def lines_with(pattern: str) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line, re.IGNORECASE)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "https://files.python" + "hosted.org/packages/a.whl",
        "--extra-index" + "-url https://example.test/simple",
        '"resolved' + '": "https://example.test/echarts.tgz"',
    ],
)
def test_it_knows_a_registry_host(line: str) -> None:
    assert re.search(HOSTS, line)


def test_no_file_names_a_registry_host() -> None:
    assert lines_with(HOSTS) == []


def test_no_file_names_a_place_on_one_machine() -> None:
    assert lines_with(PLACES) == []


def test_nothing_is_left_unfinished() -> None:
    assert lines_with(UNFINISHED) == []


def test_no_file_outgrows_its_limit() -> None:
    sizes = {n: t.count("\n") for n, t in texts().items() if n.endswith(".py")}
    assert {n: size for n, size in sizes.items() if size > FILE_LINES} == {}


def test_no_function_outgrows_its_limit() -> None:
    sizes = {
        f"{name}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {n: size for n, size in sizes.items() if size > FUNCTION_LINES} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    words = {name: set(re.split(r"[/.]", name)) for name in texts()}
    assert [name for name, parts in words.items() if parts & VAGUE] == []


def test_every_module_postpones_its_annotations() -> None:
    without = [
        name
        for name, tree in modules().items()
        if not any(isinstance(n, ast.ImportFrom) and n.module == "__future__" for n in tree.body)
    ]
    assert without == []
