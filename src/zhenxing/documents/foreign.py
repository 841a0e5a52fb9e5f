"""Forms of other offices: how they look, and their cells filled with all else left as it is.

Reading and filling both happen in the confined child: the bytes are foreign, and stay so.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, cast

from zhenxing.documents import asking
from zhenxing.documents.cells import SHOWN, position
from zhenxing.documents.looks import ALIGNS, LOOK_KINDS, Look, LookCell, SheetLook, corners_of
from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

LOOKER = "zhenxing.documents.spreadsheet.look:look"
FILLER = "zhenxing.documents.spreadsheet.filling:filled"
HEAD_BYTES = 4
AGAIN = "请在 Excel 或 WPS 里打开这份表，核对后另存为 .xlsx 再传"


@dataclass(frozen=True)
class Entry:
    """What goes into one cell. `blank` empties it; a note is a remark for the marked copy."""

    sheet: str
    cell: str
    kind: Literal["number", "text", "blank"]
    text: str = ""
    note: str = ""


def look_at(data: bytes, name: str) -> Look | Problem:
    """Read how a form looks in a confined child process, or say in one sentence why not."""
    problem = asking.unfit(data, name)
    said = None if problem else asking.ask(LOOKER, data, name)
    if isinstance(said, Problem):
        problem = said
    try:
        problem = problem or asking.told(said, name)
        return _plainly(problem) if problem else _look(said)
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return _plainly(asking.nonsense(name))


def fill_template(
    data: bytes, name: str, entries: Iterable[Entry], *, marked: bool = False
) -> bytes | Problem:
    """Put values into cells; every part of the file that holds none of them stays byte for byte.

    Formulas stay and lose the results stored with them, so that nobody reads a total of other
    numbers. `marked` paints the cells that carry a note yellow and hangs the note on them.
    """
    asked = json.dumps({"marked": marked, "entries": [asdict(each) for each in entries]}).encode()
    said = asking.ask(FILLER, len(asked).to_bytes(HEAD_BYTES, "big") + asked + data, name)
    if isinstance(said, Problem):
        return _plainly(said)
    try:
        problem = asking.told(said, name)
        return _plainly(problem) if problem else base64.b64decode(said["file"], validate=True)
    except (KeyError, TypeError, ValueError, binascii.Error):
        return _plainly(asking.nonsense(name))


def _plainly(problem: Problem) -> Problem:
    """Another office's form has no blank of ours to be filled instead."""
    return replace(problem, next=AGAIN) if "空表" in problem.next else problem


def _look(said: Any) -> Look:  # noqa: ANN401  # JSON of the child
    """Turn the child's answer into a look; anything unexpected in it raises."""
    return Look(
        tuple(_sheet(sheet) for sheet in said["sheets"]),
        tuple(str(each) for each in said["kept"]),
        tuple(str(each) for each in said["doubts"]),
        bool(said["from_1904"]),
    )


def _sheet(said: dict[str, Any]) -> SheetLook:
    cells = [_cell(*cell) for cell in said["cells"]]
    merged, arrays = (tuple(str(span) for span in said[key]) for key in ("merged", "arrays"))
    for span in (*merged, *arrays):
        corners_of(span)
    return SheetLook(
        name=str(said["name"]),
        hidden=bool(said["hidden"]),
        cells={cell.reference: cell for cell in cells},
        merged=merged,
        widths={int(column): Decimal(str(width)) for column, width in said["widths"]},
        hidden_rows=frozenset(map(int, said["hidden_rows"])),
        hidden_columns=frozenset(map(int, said["hidden_columns"])),
        arrays=arrays,
        protected=bool(said["protected"]),
        cut=bool(said["cut"]),
    )


def _cell(reference: Any, kind: Any, text: Any, shown: Any, look: Any) -> LookCell:  # noqa: ANN401  # JSON of the child
    formula, align, bold, filled = look
    if kind not in LOOK_KINDS or shown not in SHOWN or align not in ALIGNS:
        raise ValueError(f"读表程序给出了不认识的单元格「{kind}」。")
    position(reference)
    return LookCell(
        reference,
        cast("Any", kind),
        str(text),
        cast("Any", shown),
        bool(formula),
        cast("Any", align),
        bool(bold),
        bool(filled),
    )
