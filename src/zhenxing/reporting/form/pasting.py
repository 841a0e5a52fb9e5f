"""A block copied from a spreadsheet: tab-separated lines, with quotes where a cell needs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.reporting.form import typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhenxing.reporting.form.questions import Form

COLUMNS = "FGHI"  # as they stand side by side in the Excel form; H is shown, never filled


@dataclass(frozen=True)
class Pasted:
    """Where the cells of a block went, and how many had no place to go to."""

    texts: Mapping[str, str]
    left_over: int


def parsed(text: str) -> list[list[str]]:
    """Part a copied block into its cells.

    A cell with a line end, a tab or a quote in it stands in double quotes, its own quotes doubled.
    A quote that is never closed is a plain character: nothing that was copied gets lost.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = [[]]
    place = 0
    while place <= len(plain):
        cell, place = _cell(plain, place)
        rows[-1].append(cell)
        if place == len(plain):
            break
        if plain[place] == "\n":
            rows.append([])
        place += 1
    if len(rows) > 1 and rows[-1] == [""]:
        rows.pop()
    return rows


def laid(block: Sequence[Sequence[str]], form: Form, at: str) -> Pasted:
    """Lay a block out from a cell (`F4`) on, by the rows and letters of the Excel form."""
    open_places = {each.cell: each.name for each in typed.places(form) if not each.locked}
    first, row = at[:1], at[1:]
    found: dict[str, str] = {}
    left_over = 0
    if first not in COLUMNS or not row.isdecimal():
        return Pasted({}, sum(map(len, block)))
    for down, cells in enumerate(block):
        for across, text in enumerate(cells, start=COLUMNS.index(first)):
            letter = COLUMNS[across] if across < len(COLUMNS) else ""
            name = open_places.get(f"{letter}{int(row) + down}")
            if name is not None:
                found[name] = text.strip()
            elif text.strip():
                left_over += 1
    return Pasted(found, left_over)


def _cell(text: str, start: int) -> tuple[str, int]:
    """Give the cell that begins here, and where it ends."""
    quoted = _quoted(text, start) if text[start : start + 1] == '"' else None
    if quoted is not None:
        return quoted
    ends = [place for place in (text.find("\t", start), text.find("\n", start)) if place >= 0]
    end = min(ends, default=len(text))
    return text[start:end], end


def _quoted(text: str, start: int) -> tuple[str, int] | None:
    place, cell = start + 1, ""
    while True:
        end = text.find('"', place)
        if end < 0:
            return None
        cell += text[place:end]
        if text[end + 1 : end + 2] != '"':
            break
        cell, place = f'{cell}"', end + 2
    after = text[end + 1 : end + 2]
    return (cell, end + 1) if after in {"", "\t", "\n"} else None
