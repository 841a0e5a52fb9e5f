"""Every example in the engine's docstrings runs."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

from zhenxing import engine

MODULES = sorted(
    module.name
    for module in walk_packages(engine.__path__, "zhenxing.engine.")
    if ".tests" not in module.name
)


@pytest.mark.parametrize("name", MODULES)
def test_its_examples_hold(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0


def test_there_are_examples() -> None:
    assert sum(doctest.testmod(import_module(name)).attempted for name in MODULES) > 60
