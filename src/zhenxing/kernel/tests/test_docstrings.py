"""Every example in the kernel's docstrings runs."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

from zhenxing import kernel

MODULES = sorted(f"zhenxing.kernel.{m.name}" for m in iter_modules(kernel.__path__) if not m.ispkg)


@pytest.mark.parametrize("name", MODULES)
def test_its_examples_hold(name: str) -> None:
    outcome = doctest.testmod(import_module(name))
    assert outcome.attempted > 0
    assert outcome.failed == 0
