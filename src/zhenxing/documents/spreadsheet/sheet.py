"""The cells of one sheet, streamed; only cells with content are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.documents.cells import Cell, position, reference
from zhenxing.documents.spreadsheet import markup
from zhenxing.documents.spreadsheet.parcel import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenxing.documents.cells import CellKind, Shown

LAST_ROW = 2000
LAST_COLUMN = 60
MOST_ROWS = 20_000
MOST_CELLS = 200_000
MOST_MERGED = 1000
_KINDS: dict[str, CellKind] = {"n": "number", "b": "boolean", "e": "error"}
_TEXTS = frozenset({"str", "inlineStr", "d"})


class Cells(markup.Part):
    """A handler that keeps what a sheet's cells hold, as stored."""

    def __init__(self, name: str, strings: Sequence[str], styles: Sequence[Shown]) -> None:
        super().__init__()
        self.name = name
        self.cells: dict[str, Cell] = {}
        self.merged: list[str] = []
        self._strings = strings
        self._styles = styles
        self._rows = self._seen = self._row = self._column = self._phonetic = 0
        self._attributes: dict[str, str] = {}
        self._value: str | None = None
        self._inline: list[str] = []
        self._formula = False

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "row":
                self._begin_row(attributes)
            case "c":
                self._begin_cell(attributes)
            case "f":
                self._formula = True
            case "rPh":
                self._phonetic += 1
            case "v" | "t" if not self._phonetic:
                self.gather()
            case "mergeCell":
                self.merged.append(attributes.get("ref", ""))
                if len(self.merged) > MOST_MERGED:
                    raise UnreadableError(f"「{self.name}」", f"合并单元格超过{MOST_MERGED}处")

    def closes(self, name: str) -> None:
        match name:
            case "v":
                self._value = self.gathered()
            case "t" if not self._phonetic:
                self._inline.append(self.gathered())
            case "rPh":
                self._phonetic -= 1
            case "c":
                self._end_cell()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise UnreadableError(
                f"「{self.name}」",
                f"有{MOST_ROWS:,}行以上带格式的空行，不像一张报表，没有读完",
                "请下载空表，只把数复制过去（选择性粘贴→数值）再传",
            )
        given = attributes.get("r", "")
        self._row = int(given) if given.isdecimal() and len(given) < 8 else self._row + 1  # noqa: PLR2004  # Excel ends at 1048576
        self._column = 0

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._seen += 1
        if self._seen > MOST_CELLS:
            raise UnreadableError(f"「{self.name}」", f"单元格超过{MOST_CELLS:,}个，没有读完")
        try:
            self._row, self._column = position(attributes.get("r", ""))
        except ValueError:
            self._column += 1
        self._attributes, self._value, self._inline, self._formula = attributes, None, [], False

    def _end_cell(self) -> None:
        kind, text = self._content()
        if not text and kind != "uncomputed":
            return
        where = reference(self._row, self._column)
        if self._row > LAST_ROW or self._column > LAST_COLUMN:
            raise UnreadableError(
                f"{self.name}!{where}",
                f"这一格有内容，远在报表之外，系统只读前{LAST_ROW}行、{LAST_COLUMN}列",
                "请按 Ctrl+End 找到它，删除所在行列后保存再传，或下载空表重填",
            )
        self.cells[where] = Cell(where, kind, text, self._shown(), self._formula)

    def _content(self) -> tuple[CellKind, str]:
        kind = self._attributes.get("t", "n")
        if self._formula and not self._value:
            return "uncomputed", ""
        if kind == "s":
            return "text", self._shared(self._value or "")
        if kind == "inlineStr" and self._inline:
            return "text", markup.unescaped("".join(self._inline))
        if kind in _TEXTS:
            return "text", markup.unescaped(self._value or "")
        return _KINDS.get(kind, "error"), (self._value or "").strip()

    def _shared(self, index: str) -> str:
        known = index.strip()
        if known.isdecimal() and len(known) < 10 and int(known) < len(self._strings):  # noqa: PLR2004  # shorter than any overflow
            return self._strings[int(known)]
        where = f"{self.name}!{reference(self._row, self._column)}"
        raise UnreadableError(where, "文件已损坏：文字表里没有这一格的字")

    def _shown(self) -> Shown:
        style = self._attributes.get("s", "0")
        known = style.isdecimal() and len(style) < 8 and int(style) < len(self._styles)  # noqa: PLR2004  # shorter than any overflow
        return self._styles[int(style)] if known else "plain"
