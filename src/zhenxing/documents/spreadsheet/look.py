"""What the confined child says of a foreign form: cells with their look, and what else is there."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from zhenxing.documents.cells import position, reference
from zhenxing.documents.looks import LAST_COLUMN, LAST_ROW, corners_of
from zhenxing.documents.spreadsheet import markup, outline
from zhenxing.documents.spreadsheet.parcel import Parcel, UnreadableError, opened
from zhenxing.documents.spreadsheet.sheet import Cells
from zhenxing.documents.spreadsheet.spans import require_utf8

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenxing.documents.cells import Shown

NO_FILLS = ("", "none")
SIDES = frozenset({"left", "right", "top", "bottom"})
# How parts of a workbook are called that no cell holds and filling leaves alone.
PARTS = (
    ("图片", re.compile(r"xl/media/.+")),
    ("图表", re.compile(r"xl/charts/chart\d+\.xml")),
    ("批注", re.compile(r"xl/(?:comments/)?comments?\d*\.xml")),
    ("数据透视表", re.compile(r"xl/pivotTables/.+\.xml")),
    ("表格区域", re.compile(r"xl/tables/.+\.xml")),
    ("控件", re.compile(r"xl/(?:ctrlProps|activeX)/.+\.xml")),
)
ELEMENTS = {
    "dataValidation": "数据有效性",
    "conditionalFormatting": "条件格式",
    "pageSetup": "打印设置",
    "sheetProtection": "工作表保护",
}
SIGNED = re.compile(r"_xmlsignatures/.+")


def look(data: bytes) -> dict[str, Any]:
    """Give `{"sheets": […], "kept": […], …}`, or `{"problem": {…}}` for what cannot be read."""
    try:
        return _look(opened(data))
    except UnreadableError as stop:
        return {"problem": asdict(stop.problem)}


def _look(parcel: Parcel) -> dict[str, Any]:
    main = outline.main_part(parcel)
    places, parts = outline.places(parcel, main)
    if not places:
        raise UnreadableError("", "没有一张能填的工作表")
    strings = outline.strings(parcel, parts.get("sharedStrings"))
    shown = outline.styles(parcel, parts.get("styles"))
    styles = _Styles()
    if "styles" in parts:
        markup.read(parcel, parts["styles"], styles)
    book, counts, sheets = _Book(), dict.fromkeys(ELEMENTS.values(), 0), []
    markup.read(parcel, main, book)
    for place in places:
        require_utf8(parcel, place.part)
        page = _Page(place.name, strings, shown, styles.formats)
        markup.read(parcel, place.part, page)
        sheets.append(page.said() | {"name": place.name, "hidden": place.hidden})
        for element, name in ELEMENTS.items():
            counts[name] += page.counts.get(element, 0)
    if len({place.name for place in places}) < len(places):
        raise UnreadableError("", "有同名的工作表，无法判断填哪一张")
    return {
        "sheets": sheets,
        "kept": _kept(parcel, counts),
        "doubts": ["带数字签名，填数后签名失效"] if _any(parcel, SIGNED) else [],
        "from_1904": book.from_1904,
    }


def _kept(parcel: Parcel, counts: dict[str, int]) -> list[str]:
    found = {name: sum(bool(kind.fullmatch(part)) for part in parcel.names) for name, kind in PARTS}
    return [f"{name}{count}处" for name, count in (found | counts).items() if count]


def _any(parcel: Parcel, kind: re.Pattern[str]) -> bool:
    return any(kind.fullmatch(part) for part in parcel.names)


@dataclass
class _Format:
    """What one cell format looks like."""

    align: str = ""
    bold: bool = False
    filled: bool = False
    bordered: bool = False

    @property
    def is_seen(self) -> bool:
        """Whether an empty cell of this format shows."""
        return self.filled or self.bordered


@dataclass
class _Shelf:
    """The fonts, fills or borders of a workbook while they are read: one truth each."""

    truths: list[bool] = field(default_factory=list)

    def holds(self, number: str) -> bool:
        """Say the truth of one by its number."""
        if not number.isdecimal() or len(number) > outline.LONGEST_FORMAT:
            return False
        return int(number) < len(self.truths) and self.truths[int(number)]

    def add(self) -> None:
        """Begin the next one."""
        self.truths.append(False)

    def tell(self) -> None:
        """Say that the last one is so."""
        if self.truths:
            self.truths[-1] = True


class _Styles(markup.Part):
    """xl/styles.xml: bold, alignment, fill and border of each cell format."""

    def __init__(self) -> None:
        super().__init__()
        self.formats: list[_Format] = []
        self._shelves = {"font": _Shelf(), "fill": _Shelf(), "border": _Shelf()}
        self._section = ""

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"fonts", "fills", "borders", "cellXfs", "cellStyleXfs", "dxfs"}:
            self._section = name
        elif self._section == "cellXfs":
            self._format(name, attributes)
        elif self._section == f"{name}s" and name in self._shelves:
            self._shelves[name].add()
        elif _is_so(self._section, name, attributes):
            self._shelves[self._section[:-1]].tell()

    def closes(self, name: str) -> None:
        if name == self._section:
            self._section = ""

    def _format(self, name: str, attributes: dict[str, str]) -> None:
        if name == "xf":
            said = {kind: attributes.get(f"{kind}Id", "0") for kind in self._shelves}
            held = {kind: self._shelves[kind].holds(number) for kind, number in said.items()}
            self.formats.append(_Format("", held["font"], held["fill"], held["border"]))
        elif name == "alignment" and self.formats:
            align = attributes.get("horizontal", "")
            align = {"centerContinuous": "center", "distributed": "center"}.get(align, align)
            self.formats[-1].align = align if align in {"left", "center", "right"} else ""


def _is_so(section: str, name: str, attributes: dict[str, str]) -> bool:
    """Whether an element makes a font bold, a fill coloured, a border drawn."""
    if section == "fonts":
        return name == "b" and attributes.get("val", "1") not in {"0", "false"}
    if section == "fills":
        return name == "patternFill" and attributes.get("patternType", "") not in NO_FILLS
    return section == "borders" and name in SIDES and attributes.get("style", "none") != "none"


class _Book(markup.Part):
    """xl/workbook.xml: from which year days are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.from_1904 = False

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in {"1", "true"}


class _Page(Cells):
    """A handler that keeps the look of each cell beside its content."""

    def __init__(
        self,
        name: str,
        strings: Sequence[str],
        shown: Sequence[Shown],
        formats: Sequence[_Format],
    ) -> None:
        super().__init__(name, strings, shown)
        self.counts: dict[str, int] = {}
        self.widths: dict[int, str] = {}
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.arrays: list[str] = []
        self._formats = formats
        self._seen_formats: dict[str, tuple[Shown, _Format]] = {}

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        super().opens(name, attributes)
        if name in ELEMENTS:
            self.counts[name] = self.counts.get(name, 0) + 1
        elif name == "col":
            self._column_look(attributes)
        elif name == "row" and attributes.get("hidden") in {"1", "true"}:
            self.hidden_rows.append(self._row)
        elif name == "f" and attributes.get("t") in {"array", "dataTable"}:
            self.arrays.append(attributes.get("ref", ""))

    def closes(self, name: str) -> None:
        super().closes(name)
        if name == "c" and self._row <= LAST_ROW and self._column <= LAST_COLUMN:
            where = reference(self._row, self._column)
            self._seen_formats[where] = (self._shown(), self._format())

    def said(self) -> dict[str, Any]:
        """Give everything there is to say of the sheet."""
        far = [each for each in self.cells if not _is_near(each)]
        return {
            "cells": list(self._said_cells()),
            "merged": [span for span in self.merged if _is_range(span)],
            "arrays": [span for span in self.arrays if _is_range(span)],
            "widths": list(self.widths.items()),
            "hidden_rows": self.hidden_rows[:LAST_ROW],
            "hidden_columns": self.hidden_columns,
            "protected": "sheetProtection" in self.counts,
            "cut": bool(far),
        }

    def _said_cells(self) -> list[list[Any]]:
        found = []
        for where, (shown, format_) in self._seen_formats.items():
            cell = self.cells.get(where)
            look = [bool(cell and cell.formula), format_.align, format_.bold, format_.filled]
            if cell is not None:
                found.append([where, cell.kind, cell.text, shown, look])
            elif format_.is_seen or shown != "plain":
                found.append([where, "blank", "", shown, look])
        return found

    def _format(self) -> _Format:
        style = self._attributes.get("s", "0")
        if not style.isdecimal() or len(style) > outline.LONGEST_FORMAT:
            return _Format()
        return self._formats[int(style)] if int(style) < len(self._formats) else _Format()

    def _column_look(self, attributes: dict[str, str]) -> None:
        ends = [attributes.get(end, "") for end in ("min", "max")]
        if not all(end.isdecimal() and len(end) <= outline.LONGEST_FORMAT for end in ends):
            return
        width, hidden = attributes.get("width", ""), attributes.get("hidden") in {"1", "true"}
        for column in range(int(ends[0]), min(int(ends[1]), LAST_COLUMN) + 1):
            if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,20})?", width):
                self.widths[column] = width
            if hidden:
                self.hidden_columns.append(column)


def _is_near(where: str) -> bool:
    row, column = position(where)
    return row <= LAST_ROW and column <= LAST_COLUMN


def _is_range(span: str) -> bool:
    try:
        corners_of(span)
    except ValueError:
        return False
    return True
