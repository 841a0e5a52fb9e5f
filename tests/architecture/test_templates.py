"""Markup holds no style and no script, so that the strict policy of the pages can hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE

PAGES = sorted(PACKAGE.rglob("templates/**/*.html"))
FAULTS = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a handler attribute": r"<[^>]*\son[a-z]+\s*=",
    "a style element": r"<style\b",
    "a script in the page": r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)",
    "a script address": r"javascript:",
    "a file from another site": r"<(?:link|script|img)\b[^>]*(?:src|href)=[\"'](?:https?:)?//",
}


def faults(markup: str) -> list[str]:
    return [name for name, pattern in FAULTS.items() if re.search(pattern, markup, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ('<td class="x"\n style="color:red">', "a style attribute"),
        ('<button onclick="go()">', "a handler attribute"),
        ("<style>td {}</style>", "a style element"),
        ("<script>go()</script>", "a script in the page"),
        ('<a href="javascript:go()">', "a script address"),
        ('<script src="//cdn.test/a.js">', "a file from another site"),
    ],
)
def test_it_knows_a_fault(markup: str, fault: str) -> None:
    assert faults(markup) == [fault]


def test_it_leaves_clean_markup_alone() -> None:
    assert faults('<script src="{% static "page.js" %}" defer></script><p data-on="style=">') == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_holds_no_style_and_no_script(page: Path) -> None:
    assert faults(page.read_text("utf-8")) == []
