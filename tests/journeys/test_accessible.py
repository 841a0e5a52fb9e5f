"""Every page of the matrix, looked at by axe-core: nothing serious stands in anybody's way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import PHONE, ROOT
from tests.product import permissions

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.conftest import Window

AXE = ROOT / "node_modules/axe-core/axe.min.js"
FILES = re.compile(
    r"\.(docx|json|pdf|py|xlsx|yaml|zip)$|/(file|paper)/$|papers/\d+/$|/draft/now/$"
    r"|readings/\d+/sheet/$"
)
# The demo's one-click identity of each role, in the order in which a page is tried with them.
WHO = {
    "K": "h00-assessment",
    "F": "t01-g3-reporter",
    "L": "t01-secretary",
    "G": "t01-vice-mayor",
    "C": "t01-office",
    "S": "t01-supervisor",
    "D": "d01-officer",
    "V": "t01-v01-reporter",
    "X": "h00-auditor",
    "A": "h00-admin",
}
RUN = """
async () => (await axe.run(document, {runOnly: ["wcag2a", "wcag2aa"]})).violations
  .filter(each => ["serious", "critical"].includes(each.impact))
  .map(each => [each.id, ...each.nodes.slice(0, 3).map(node => node.target.join(" "))].join(" | "))
"""


def pages() -> list[tuple[str, str, str]]:
    """Give each page once: its route, its address, and the first role that may read it."""
    found: dict[str, tuple[str, str, str]] = {}
    for line in permissions.lines():
        if line.method != "GET" or FILES.search(line.path.partition("?")[0]):
            continue
        readers = [role for role in WHO if line.answers[role] == 200]
        if readers and line.place == "own":
            found.setdefault(line.path, (line.route, line.path, readers[0]))
    return sorted(found.values())


@pytest.mark.parametrize("role", WHO)
def test_no_page_has_a_serious_fault(window: Callable[..., Window], role: str) -> None:
    own = [(route, path) for route, path, reader in pages() if reader == role]
    seen = window(WHO[role])
    faults: dict[str, list[str]] = {}
    for route, path in own:
        seen.open(path)
        seen.page.evaluate(AXE.read_text(encoding="utf-8"))
        if told := seen.page.evaluate(RUN):
            faults[f"{route} {path}"] = told
    assert faults == {}


def test_the_reporters_pages_have_none_on_a_phone(window: Callable[..., Window]) -> None:
    seen = window("t01-g3-reporter", PHONE)
    for path in ("/towns/T01/", "/returns/", "/returns/2023-10/T01-G3/"):
        seen.open(path)
        seen.page.evaluate(AXE.read_text(encoding="utf-8"))
        assert seen.page.evaluate(RUN) == [], path
