"""The rows of the form: what stands in each cell is the text the officer sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

BONUS, PENALTIES = "b", "p"


@dataclass
class Row:
    """One item: its cells, its rule's kind and cells; `raw` where it only fits a text box."""

    cells: dict[str, str] = field(default_factory=dict)
    kind: str = "completion"
    rule: dict[str, str] = field(default_factory=dict)
    raw: str = ""

    def get(self, name: str) -> str:
        """Give a cell's text."""
        return self.cells.get(name, "")


@dataclass
class Block:
    """A section, the bonus or the penalties: its own cells and its rows."""

    key: str
    cells: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @property
    def is_section(self) -> bool:
        """Whether its items make the full mark."""
        return self.key not in {BONUS, PENALTIES}

    @property
    def title(self) -> str:
        """What the block is called."""
        names = {BONUS: "加分项", PENALTIES: "扣分项"}
        return names.get(self.key) or self.cells.get("name") or self.cells.get("id") or "未命名"


@dataclass
class Sheet:
    """A whole scheme: heading cells, sections, bonus and penalties, and the rest as text."""

    head: dict[str, str] = field(default_factory=dict)
    sections: list[Block] = field(default_factory=list)
    bonus: Block = field(default_factory=lambda: Block(BONUS))
    penalties: Block = field(default_factory=lambda: Block(PENALTIES))
    rest: str = ""

    def blocks(self) -> Iterator[Block]:
        """Give every block in the order of the page."""
        yield from self.sections
        yield self.bonus
        yield self.penalties

    def numbered(self) -> Sheet:
        """Give each section the key of its place."""
        for number, section in enumerate(self.sections):
            section.key = f"s{number}"
        return self

    def block(self, key: str) -> Block | None:
        """Find a block by its key."""
        return next((each for each in self.blocks() if each.key == key), None)
