"""Put values into cells of a workbook, and leave every other byte of it as it was.

A value lies in its cell itself (no shared string is touched); the cell keeps its format. Formulas
stay; results stored with them are taken out and the file is reckoned anew when it is opened.
"""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from zhenxing.documents.cells import position
from zhenxing.documents.spreadsheet import marking, outline, spans
from zhenxing.documents.spreadsheet.grid import Grid, Row, located
from zhenxing.documents.spreadsheet.parcel import UnreadableError, opened
from zhenxing.documents.spreadsheet.spans import Edit, Span

if TYPE_CHECKING:
    from zhenxing.documents.spreadsheet.parcel import Parcel

HEAD_BYTES = 4
CLEAR = "请取消这一格的对应关系"
_SPANS = re.compile(rb"\s+spans\s*=\s*(?:\"[^\"]*\"|'[^']*')")
# What may stand before calcPr in a workbook; it goes behind the last of them.
_BEFORE_CALC = frozenset({"sheets", "functionGroups", "externalReferences", "definedNames"})

Entries = dict[str, dict[str, Any]]


def filled(data: bytes) -> dict[str, Any]:
    """Take `length, entries as JSON, workbook`; give `{"file": base64}` or `{"problem": {…}}`."""
    length = int.from_bytes(data[:HEAD_BYTES], "big")
    asked = json.loads(data[HEAD_BYTES : HEAD_BYTES + length])
    try:
        content = _filled(opened(data[HEAD_BYTES + length :]), asked)
    except UnreadableError as stop:
        return {"problem": asdict(stop.problem)}
    return {"file": base64.b64encode(content).decode("ascii")}


def _filled(parcel: Parcel, asked: dict[str, Any]) -> bytes:
    main = outline.main_part(parcel)
    places, parts = outline.places(parcel, main)
    by_sheet: defaultdict[str, Entries] = defaultdict(dict)
    for entry in asked["entries"]:
        by_sheet[entry["sheet"]][entry["cell"]] = entry
    missing = set(by_sheet) - {place.name for place in places}
    if missing:
        raise UnreadableError("", f"没有工作表「{'、'.join(sorted(missing))}」")
    changed: dict[str, bytes] = {}
    marks = marking.Marks(parcel, parts.get("styles"), changed) if asked["marked"] else None
    has_formulas = False
    for place in places:
        data = spans.whole(parcel, place.part)
        grid = located(data)
        has_formulas = has_formulas or bool(grid.formulas)
        content = _page(grid, by_sheet.get(place.name, {}), marks)
        if marks:
            content = marks.hang(place, content, by_sheet.get(place.name, {}))
        if content != data:
            changed[place.part] = content
    if has_formulas:
        changed[main] = _reckoned_on_opening(spans.whole(parcel, main))
    if marks:
        marks.close()
    return _packed(parcel, changed)


def _page(grid: Grid, entries: Entries, marks: marking.Marks | None) -> bytes:
    """Give a sheet's bytes with its entries in place and the results of formulas taken out."""
    edits = [edit for formula in grid.formulas for edit in formula.without_result(grid.data)]
    by_row: defaultdict[int, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for where, entry in entries.items():
        row, column = position(where)
        if grid.is_formula(row, column):
            raise UnreadableError(f"{entry['sheet']}!{where}", "这一格是公式，不能填数", CLEAR)
        by_row[row].append((column, entry))
    fresh: list[tuple[int, bytes]] = []
    for number, wanted in sorted(by_row.items()):
        wanted.sort(key=lambda each: each[0])
        row_there = grid.rows.get(number)
        if row_there is not None:
            edits += _in_row(grid, row_there, wanted, marks)
            continue
        made = b"".join(_new(grid, None, column, entry, marks) for column, entry in wanted)
        if made:
            fresh.append((number, _row(grid, number, made)))
    return spans.edited(grid.data, edits + _new_rows(grid, fresh))


def _in_row(
    grid: Grid, row: Row, wanted: list[tuple[int, dict[str, Any]]], marks: marking.Marks | None
) -> list[Edit]:
    edits, made = [], []
    for column, entry in wanted:
        there = row.cells.get(column)
        if there is not None:
            style = _style(there.attributes.get("s", ""), entry, marks)
            edits.append(Edit(there.start, there.end, _cell(grid, entry, style)))
            continue
        content = _new(grid, row, column, entry, marks)
        if content:
            made.append((column, content))
    if not made:
        return edits
    head = _SPANS.sub(b"", grid.data[row.span.start : row.span.head_end])
    if row.span.is_empty:
        inside = b"".join(content for _, content in made)
        whole = head[:-2].rstrip() + b">" + inside + b"</" + row.span.prefix + b"row>"
        return [*edits, Edit(row.span.start, row.span.end, whole)]
    edits.append(Edit(row.span.start, row.span.head_end, head))
    for column, content in made:
        behind = [cell.start for at, cell in row.cells.items() if at > column]
        place = min(behind, default=row.span.inner_end)
        edits.append(Edit(place, place, content))
    return edits


def _new(
    grid: Grid, row: Row | None, column: int, entry: dict[str, Any], marks: marking.Marks | None
) -> bytes:
    """Give a cell the file has not, in the format it would have; an empty one is none."""
    if entry["kind"] == "blank" and not (marks and entry["note"]):
        return b""
    style = (row.style if row else "") or grid.column_style(column)
    return _cell(grid, entry, _style(style, entry, marks))


def _style(style: str, entry: dict[str, Any], marks: marking.Marks | None) -> str:
    return marks.yellow(style) if marks and entry["note"] else style


def _cell(grid: Grid, entry: dict[str, Any], style: str) -> bytes:
    name = (grid.prefix + b"c").decode()
    told = f' s="{int(style)}"' if style.isdecimal() else ""
    head = f'<{name} r="{entry["cell"]}"{told}'
    prefix = grid.prefix.decode()
    if entry["kind"] == "number":
        return f"{head}><{prefix}v>{escape(entry['text'])}</{prefix}v></{name}>".encode()
    if entry["kind"] == "text":
        words = f'<{prefix}t xml:space="preserve">{escape(entry["text"])}</{prefix}t>'
        return f'{head} t="inlineStr"><{prefix}is>{words}</{prefix}is></{name}>'.encode()
    return f"{head}/>".encode()


def _row(grid: Grid, number: int, cells: bytes) -> bytes:
    name = grid.prefix + b"row"
    return b"<" + name + f' r="{number}">'.encode() + cells + b"</" + name + b">"


def _new_rows(grid: Grid, fresh: list[tuple[int, bytes]]) -> list[Edit]:
    if not fresh:
        return []
    table = grid.table
    if table.is_empty:
        inside = b"".join(content for _, content in fresh)
        name = grid.prefix + b"sheetData>"
        return [Edit(table.start, table.end, b"<" + name + inside + b"</" + name)]
    edits = []
    for number, content in fresh:
        behind = [row.span.start for at, row in grid.rows.items() if at > number]
        place = min(behind, default=table.inner_end)
        edits.append(Edit(place, place, content))
    return edits


def _reckoned_on_opening(data: bytes) -> bytes:
    """Ask whoever opens the workbook to reckon its formulas anew."""
    found: dict[str, Span] = {}

    def take(span: Span) -> None:
        if span.depth == 1:
            found[span.name] = span

    spans.walk(data, take)
    calc = found.get("calcPr")
    if calc is None:
        last = max((span.end for name, span in found.items() if name in _BEFORE_CALC), default=0)
        prefix = found["sheets"].prefix
        return spans.edited(
            data, [Edit(last, last, b"<" + prefix + b'calcPr fullCalcOnLoad="1"/>')]
        )
    head = data[calc.start : calc.head_end]
    head = re.sub(rb"\s+fullCalcOnLoad\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", head)
    at = len(b"<" + calc.prefix + b"calcPr")
    head = head[:at] + b' fullCalcOnLoad="1"' + head[at:]
    return spans.edited(data, [Edit(calc.start, calc.head_end, head)])


def _packed(parcel: Parcel, changed: dict[str, bytes]) -> bytes:
    """Pack the parts again in their order, the changed ones in place of theirs, new ones behind."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for info in parcel.zip.infolist():
            content = changed.pop(info.filename, None)
            if content is None:
                content = b"".join(parcel.pieces(info.filename))
            entry = zipfile.ZipInfo(info.filename, info.date_time)
            entry.external_attr = info.external_attr
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED)
        for name, content in changed.items():
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
