"""The form as a file: clean for the office that asks, or marked for the one who checks it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING

from zhenxing.documents import services as documents
from zhenxing.kernel.problems import Problem
from zhenxing.reuse import queries

if TYPE_CHECKING:
    from zhenxing.reuse.queries import Difference, Filling


class Copy(Enum):
    """Which of the two files is wanted."""

    CLEAN = "clean"
    MARKED = "marked"


def filled_file(
    filling: Filling, differences: Mapping[str, Difference], copy: Copy = Copy.CLEAN
) -> bytes | Problem:
    """Fill the form; equal figures give equal bytes. Only the marked copy carries marks."""
    data = queries.stored(filling.template)
    if isinstance(data, Problem):
        return data
    is_marked = copy is Copy.MARKED
    entries = [
        cell.written.entry(
            cell.mapped.sheet,
            cell.mapped.cell,
            differences[cell.place].note if is_marked and cell.place in differences else "",
        )
        for cell in filling.cells
        if cell.reason != queries.NO_SHEET
    ]
    return documents.fill_template(data, filling.template.file.name, entries, marked=is_marked)
