"""Tables as text for a terminal: a Chinese character is two columns wide."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

GAP = "  "


def width(text: str) -> int:
    """Return the columns a text takes.

    >>> width("青溪镇T01")
    9
    """
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()
) -> list[str]:
    """Lay rows under a head; the columns in `numbers` stand to the right.

    >>> table(["单位", "得分"], [["青溪镇", "9.5"], ["甲", "10"]], numbers=[1])
    ['单位    得分', '青溪镇   9.5', '甲        10']
    """
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(width(line[at]) for line in lines) for at in range(len(head))]
    return [
        GAP.join(
            _padded(cell, widths[at], to_right=at in numbers) for at, cell in enumerate(line)
        ).rstrip()
        for line in lines
    ]


def _padded(text: str, columns: int, *, to_right: bool) -> str:
    blank = " " * (columns - width(text))
    return f"{blank}{text}" if to_right else f"{text}{blank}"
