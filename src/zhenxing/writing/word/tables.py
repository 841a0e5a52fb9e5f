"""A table: header repeated on each page, lines that never break, no grid inside its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from zhenxing.writing.legible import one_line
from zhenxing.writing.paper import (
    Align,
    Face,
    GroupRow,
    Orientation,
    Row,
    Span,
    Table,
    Text,
    span_of,
)
from zhenxing.writing.word.fitting import CELL_MARGIN, Fit, fit
from zhenxing.writing.word.markup import Element, add, element, paragraph
from zhenxing.writing.word.runs import PLAIN, Look, write

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_HEADER_FILL = "F2F2F2"


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell as it is drawn: over how many columns, merged downwards or not, set how."""

    text: Text
    columns: int = 1
    align: Align = Align.LEFT
    merge: str = ""
    fill: str = ""
    look: Look = PLAIN


def draw(table: Table, orientation: Orientation) -> Iterator[Element]:
    """Yield the elements of a table: caption, unit of measure, table, and the gap below."""
    if table.caption:
        yield write(paragraph("Caption"), table.caption)
    if table.measure:
        yield write(paragraph("Measure"), table.measure)
    yield _grid(table, fit(table, orientation))
    yield paragraph("Gap")


def _grid(table: Table, size: Fit) -> Element:
    grid = element("tbl")
    _properties(add(grid, "tblPr"), table, size)
    columns = add(grid, "tblGrid")
    for width in size.widths:
        add(columns, "gridCol", w=width)
    look = Look(half_points=size.half_points)
    for boxes in _header(table, replace(look, face=Face.HEI)):
        grid.append(_line(boxes, size, is_header=True))
    for row in table.rows:
        boxes = _group(row, table, look) if isinstance(row, GroupRow) else _cells(row, table, look)
        grid.append(_line(boxes, size, keeps_next=isinstance(row, GroupRow)))
    return grid


def _properties(properties: Element, table: Table, size: Fit) -> None:
    add(properties, "tblW", w=sum(size.widths), type="dxa")
    add(properties, "jc", val="center")
    borders = add(properties, "tblBorders")
    for side in _SIDES:
        add(borders, side, val="single", sz=4, space=0, color="000000")
    add(properties, "tblLayout", type="fixed")
    margins = add(properties, "tblCellMar")
    for side, width in (("top", 30), ("left", CELL_MARGIN), ("bottom", 30), ("right", CELL_MARGIN)):
        add(margins, side, w=width, type="dxa")
    if table.caption:
        add(properties, "tblCaption", val=one_line(table.caption))


def _header(table: Table, look: Look) -> Iterator[list[_Box]]:
    """Yield the header's lines: one, or two where a column stands under a common heading."""
    base = _Box("", align=Align.CENTRE, fill=_HEADER_FILL, look=look)
    titles = [replace(base, text=column.title) for column in table.columns]
    if not any(column.under for column in table.columns):
        yield titles
        return
    upper = []
    lower = [
        title if column.under else replace(base, merge="continue")
        for title, column in zip(titles, table.columns, strict=True)
    ]
    for under, group in groupby(table.columns, key=lambda column: column.under):
        members = list(group)
        if under:
            upper.append(replace(base, text=under, columns=len(members)))
        else:
            upper += [replace(base, text=one.title, merge="restart") for one in members]
    yield upper
    yield lower


def _group(row: GroupRow, table: Table, look: Look) -> list[_Box]:
    return [
        _Box(row.text, columns=len(table.columns), look=replace(look, face=Face.KAI, bold=True))
    ]


def _cells(row: Row, table: Table, look: Look) -> list[_Box]:
    boxes, place = [], 0
    for cell in row.cells:
        text, align = (
            (cell.text, Align.LEFT)
            if isinstance(cell, Span)
            else (cell, table.columns[place].align)
        )
        span = span_of(cell)
        boxes.append(_Box(text, columns=span, align=align, look=replace(look, bold=row.strong)))
        place += span
    return boxes


def _line(
    boxes: Iterable[_Box], size: Fit, *, is_header: bool = False, keeps_next: bool = False
) -> Element:
    line = element("tr")
    properties = add(line, "trPr")
    add(properties, "cantSplit")
    if is_header:
        add(properties, "tblHeader")
    place = 0
    for box in boxes:
        width = sum(size.widths[place : place + box.columns])
        line.append(_cell(box, width, size.half_points, keeps_next=keeps_next or is_header))
        place += box.columns
    return line


def _cell(box: _Box, width: int, half_points: int, *, keeps_next: bool) -> Element:
    cell = element("tc")
    properties = add(cell, "tcPr")
    add(properties, "tcW", w=width, type="dxa")
    if box.columns > 1:
        add(properties, "gridSpan", val=box.columns)
    if box.merge:
        add(properties, "vMerge", val=box.merge)
    if box.fill:
        add(properties, "shd", val="clear", color="auto", fill=box.fill)
    add(properties, "vAlign", val="center")
    own = [_mark(half_points)]
    if keeps_next:
        own.append(element("keepNext"))
    if box.align is not Align.LEFT:
        own.append(element("jc", val=box.align.value))
    inner = write(paragraph("Cell", *own), box.text, box.look)
    cell.append(inner)
    return cell


def _mark(half_points: int) -> Element:
    """Give the paragraph's mark the size of its text, or an empty cell is as high as body type."""
    mark = element("rPr")
    add(mark, "sz", val=half_points)
    add(mark, "szCs", val=half_points)
    return mark
