"""Tables in a text: rows of cells parted by tabs, under a head that names the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhenxing.reading.healing import Healed
from zhenxing.reading.outline import Outline
from zhenxing.reading.quantities import Quantity, scan
from zhenxing.reading.results import Document, Fact

FEWEST_CELLS = 3
_NUMBER = re.compile(
    r"[≥≤<>约]*-?\d[\d,]*(?:\.\d+)?(?:[-—~]\d[\d,.]*)?[%万亿]*(?:以上|以下|左右|以内)?|[*×xX]+(?:\.[*\d]+)?%?"
)
_YEAR = re.compile(r"((?:19|20)\d{2})年?")
_UNIT_IN_HEAD = re.compile(r"\(([^()]{1,8})\)")
_UNIT_HEAD = re.compile(r"单位")
_NAME_HEAD = re.compile(r"指标|项目|名称|内容|事项|类别")
_TARGET_HEAD = re.compile(r"目标|计划|任务|预期|预计")
_GROWTH_HEAD = re.compile(r"增长|增速|增幅|同比|±")
_RANK_HEAD = re.compile(r"名次|位次|排名|排位")
_RATE_HEAD = re.compile(r"率|占比|比重|进度|%")
_SKIPPED_HEAD = re.compile(r"序号|备注|单位名称|责任|牵头|联系")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words and where they stand in the healed text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the cell ends."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Table:
    """A head and its rows."""

    start: int
    end: int
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(text: str) -> list[Table]:
    """Find the tables of a healed text: three or more cells a row, two or more rows.

    >>> [len(table.rows) for table in tables("指标\\t单位\\t目标\\n粮食\\t吨\\t1900\\n")]
    [1]
    """
    found: list[Table] = []
    rows: list[tuple[Cell, ...]] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        cells = _cells(line, at)
        if len(cells) >= FEWEST_CELLS:
            rows.append(cells)
        elif rows:
            if len(rows) > 1:
                found.append(Table(rows[0][0].start, rows[-1][-1].end, rows[0], tuple(rows[1:])))
            rows = []
        at += len(line) + 1
    return found


def _cells(line: str, start: int) -> tuple[Cell, ...]:
    cells = []
    for piece in line.split("\t"):
        blank = len(piece) - len(piece.lstrip())
        cells.append(Cell(piece.strip(), start + blank))
        start += len(piece) + 1
    return tuple(cells)


def table_facts(
    healed: Healed, found: Sequence[Table], document: Document, outline: Outline
) -> list[Fact]:
    """Read the cells of tables whose head names their columns."""
    return [
        fact
        for table in found
        for row in table.rows
        for fact in _row_facts(healed, table, row, (document, outline))
    ]


def _row_facts(
    healed: Healed, table: Table, row: tuple[Cell, ...], known: tuple[Document, Outline]
) -> list[Fact]:
    document, outline = known
    heads = [cell.text for cell in table.head]
    name = next(
        (cell for cell, head in zip(row, heads, strict=False) if _is_name(cell, head)), None
    )
    if name is None:
        return []
    named = {head: cell.text for cell, head in zip(row, heads, strict=False)}
    unit = next((text for head, text in named.items() if _UNIT_HEAD.search(head)), "")
    label = outline.at(table.start).label
    facts = []
    for cell, head in zip(row, heads, strict=False):
        quantity = (
            None if cell is name or _SKIPPED_HEAD.search(head) else _cell_quantity(cell, head, unit)
        )
        if quantity:
            facts.append(_cell_fact(healed, (cell, quantity), (name, head), (document, label)))
    return facts


def _is_name(cell: Cell, head: str) -> bool:
    if _SKIPPED_HEAD.search(head) and "单位" not in head:
        return False
    return bool(cell.text) and not _NUMBER.fullmatch(cell.text) and not _is_unit(cell.text)


def _is_unit(text: str) -> bool:
    return bool(scan(f"1{text}").quantities) and len(text) <= FEWEST_CELLS + 2


def _cell_quantity(cell: Cell, head: str, unit: str) -> Quantity | None:
    """Read a cell with the unit of its own, of its head, or of its row."""
    if not _NUMBER.match(cell.text):
        return None
    in_head = _UNIT_IN_HEAD.search(head)
    own = in_head[1] if in_head else unit
    if _GROWTH_HEAD.search(head) or (_RATE_HEAD.search(head) and not in_head):
        own = "%"
    if _RANK_HEAD.search(head):
        own = "名"
    found = scan(cell.text).quantities or scan(cell.text + own).quantities
    if len(found) != 1:
        return None
    end = min(found[0].end, len(cell.text))
    rule = "rank" if _RANK_HEAD.search(head) else found[0].rule
    return replace(found[0], end=end, closing=end, rule=rule)


def _cell_fact(
    healed: Healed,
    here: tuple[Cell, Quantity],
    names: tuple[Cell, str],
    known: tuple[Document, str],
) -> Fact:
    (cell, quantity), (name, head), (document, label) = here, names, known
    start, end = healed.back(cell.start, cell.end)
    year = _YEAR.search(head)
    target = bool(_TARGET_HEAD.search(head)) or (
        document.kind in {"plan", "scheme"} and not re.search(r"完成|实际|上年|基数|现状", head)
    )
    growth = bool(_GROWTH_HEAD.search(head))
    change = ("decrease" if quantity.negative else "increase") if growth else None
    kind = (
        "rank"
        if quantity.rule == "rank"
        else "target"
        if target
        else "change"
        if growth
        else "actual"
    )
    unit_year = int(year[1]) if year else document.year
    return Fact(
        quote=healed.given[start:end], start=start, end=end,
        subject=_UNIT_IN_HEAD.sub("", name.text), value=quantity.value, value_high=quantity.high,
        unit=quantity.unit, value_base=quantity.base, kind=kind, comparator=quantity.comparator,
        change=change, period=str(unit_year) if unit_year else None, masked=quantity.masked,
        repaired_from=None, section=label, rule=f"table; column {head}",
    )  # fmt: skip
