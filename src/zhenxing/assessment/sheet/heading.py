"""The heading's cells: where each piece stands in the file."""

from __future__ import annotations

from dataclasses import dataclass

from zhenxing.assessment.sheet import cells
from zhenxing.assessment.sheet.cells import Codec

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class HeadCell:
    """A cell of the heading and its piece's place."""

    name: str
    path: Path
    codec: Codec = cells.TEXT


HEAD = (
    HeadCell("id", ("scheme", "id")),
    HeadCell("name", ("scheme", "name")),
    HeadCell("basis", ("scheme", "basis")),
    HeadCell("year", ("scheme", "year")),
    HeadCell("window", ("scheme", "window"), cells.WORDS),
    HeadCell("round_item", ("scheme", "rounding", "item")),
    HeadCell("round_total", ("scheme", "rounding", "total")),
    HeadCell("ties", ("scheme", "ties")),
    HeadCell("tie_break", ("scheme", "tie_break"), cells.WORDS),
    HeadCell("missing", ("scheme", "missing")),
    HeadCell("no_task", ("scheme", "no_task")),
    HeadCell("monthly", ("scheme", "monthly")),
    HeadCell("due", ("scheme", "due")),
    HeadCell("as_is", ("scheme", "as_is"), cells.WORDS),
    HeadCell("events", ("scheme", "events"), cells.WORDS),
    HeadCell("group_by", ("groups", "by")),
    HeadCell("lets", ("let",), cells.LETS),
)
FOOT = (
    HeadCell("bonus_cap", ("bonus_cap",)),
    HeadCell("penalty_cap", ("penalty_cap",)),
    HeadCell("total", ("total",)),
    HeadCell("grades_by", ("grades", "by")),
    HeadCell("grades", ("grades", "bands"), cells.GRADES),
    HeadCell("veto", ("veto",), cells.EFFECTS),
    HeadCell("bars", ("bars",), cells.EFFECTS),
    HeadCell("shifts", ("shifts",), cells.SHIFTS),
    HeadCell("again_periods", ("consecutive", "periods")),
    HeadCell("again_when", ("consecutive", "when")),
    HeadCell("again_effect", ("consecutive", "effect"), cells.EFFECT),
)
ITEM = (
    HeadCell("id", ("id",)),
    HeadCell("name", ("name",)),
    HeadCell("points", ("points",), cells.POINTS),
    HeadCell("value", ("value",)),
    HeadCell("target", ("target",)),
    HeadCell("better", ("better",)),
    HeadCell("lead", ("lead",)),
    HeadCell("gate_when", ("gate", "when")),
    HeadCell("gate_otherwise", ("gate", "otherwise")),
    HeadCell("adjust", ("adjust",), cells.ADJUSTMENTS),
    HeadCell("times", ("times",)),
    HeadCell("missing", ("missing",)),
)
SECTION = (
    HeadCell("id", ("id",)),
    HeadCell("name", ("name",)),
    HeadCell("points", ("points",)),
)
# What may stand beside `scheme` in the file; the form keeps it inside.
BESIDE = ("monthly", "due", "curves", "as_is", "events")
