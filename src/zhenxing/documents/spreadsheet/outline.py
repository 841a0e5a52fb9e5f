"""What kind of file it is and where its sheets lie: types, relations, sheets, number formats."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.documents.spreadsheet import markup
from zhenxing.documents.spreadsheet.parcel import UnreadableError

if TYPE_CHECKING:
    from zhenxing.documents.cells import Shown
    from zhenxing.documents.spreadsheet.parcel import Parcel

TYPES = "[Content_Types].xml"
MOST_SHEETS = 20
MOST_STRINGS = 100_000
MOST_TEXT = 4 * 1024 * 1024
_NO_WORKBOOK = (
    ("wordprocessingml", "是 Word 文档改了扩展名，不是 Excel 工作簿"),
    ("presentationml", "是演示文稿改了扩展名，不是 Excel 工作簿"),
    ("opendocument", "是 ODF 文件，不是 .xlsx"),
    ("macroenabled", "带宏（.xlsm），系统不收带宏的文件"),
    ("sheet.binary", "是二进制工作簿（.xlsb），系统不读"),
)
_WORKBOOK = "spreadsheetml.sheet.main+xml"
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
LONGEST_FORMAT = 5  # digits of a number format's number
_PERCENTS = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


@dataclass(frozen=True)
class Place:
    """One sheet: its name, whether it is hidden, and the part it lies in."""

    name: str
    hidden: bool
    part: str


class _Types(markup.Part):
    """[Content_Types].xml: which part is what."""

    def __init__(self) -> None:
        super().__init__()
        self.types: dict[str, str] = {}

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Override":
            part = attributes.get("PartName", "").lstrip("/")
            self.types[part] = attributes.get("ContentType", "")


class _Relations(markup.Part):
    """A .rels part: identifier → kind and target."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.join(self.folder, target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.targets[attributes.get("Id", "")] = (kind, posixpath.normpath(path))


class _Sheets(markup.Part):
    """xl/workbook.xml: the sheets in order."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, bool, str]] = []

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        if name != "sheet":
            return
        hidden = attributes.get("state", "visible") != "visible"
        relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
        self.sheets.append((attributes.get("name", ""), hidden, relation))


class _Strings(markup.Part):
    """xl/sharedStrings.xml: the texts that cells point to, without their phonetic guides."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._phonetic = 0
        self._total = 0

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._phonetic += 1
        elif name == "t" and not self._phonetic:
            self.gather()

    def closes(self, name: str) -> None:
        if name == "t" and not self._phonetic:
            self._pieces.append(self.gathered())
        elif name == "rPh":
            self._phonetic -= 1
        elif name == "si":
            text = markup.unescaped("".join(self._pieces))
            self._total += len(text)
            self.texts.append(text)
            if len(self.texts) > MOST_STRINGS or self._total > MOST_TEXT:
                raise UnreadableError("", "文字多得不像一张报表，没有读完")


class _Styles(markup.Part):
    """xl/styles.xml: how each cell format shows a number."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[str, str] = {}
        self.shown: list[Shown] = []
        self._in_formats = False

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_formats = True
        elif name == "xf" and self._in_formats:
            number = attributes.get("numFmtId", "0")
            self.shown.append(shown_as(number, self.codes.get(number, "")))

    def closes(self, name: str) -> None:
        if name == "cellXfs":
            self._in_formats = False


def shown_as(number: str, code: str) -> Shown:
    """Say how a number format shows its number: by its built-in number or its own code."""
    if code:
        bare = _QUOTED.sub("", code.partition(";")[0])
        if "%" in bare:
            return "percent"
        return (
            "date" if re.search("[ymdhs]", bare.replace("General", ""), re.IGNORECASE) else "plain"
        )
    known = int(number) if number.isdecimal() and len(number) <= LONGEST_FORMAT else 0
    if known in _PERCENTS:
        return "percent"
    return "date" if known in _DATES else "plain"


def main_part(parcel: Parcel) -> str:
    """Find the workbook's part; raises UnreadableError naming what the file is instead."""
    if not parcel.has(TYPES):
        raise UnreadableError("", "是压缩包，但不是 Excel 工作簿")
    types = _Types()
    markup.read(parcel, TYPES, types)
    for part, kind in types.types.items():
        if _WORKBOOK in kind and parcel.has(part):
            _refuse_extras(parcel)
            return part
    kinds = " ".join(types.types.values()).lower()
    what = next((said for mark, said in _NO_WORKBOOK if mark in kinds), "不是 Excel 工作簿")
    raise UnreadableError("", what)


def places(parcel: Parcel, workbook: str) -> tuple[list[Place], dict[str, str]]:
    """Give the sheets, and the parts of shared strings and styles by kind."""
    related = relations(parcel, workbook)
    sheets = _Sheets()
    markup.read(parcel, workbook, sheets)
    if len(sheets.sheets) > MOST_SHEETS:
        raise UnreadableError("", f"有{len(sheets.sheets)}张工作表，最多读{MOST_SHEETS}张")
    found = []
    for name, hidden, relation in sheets.sheets:
        kind, part = related.get(relation, ("", ""))
        if kind == "worksheet" and parcel.has(part):
            found.append(Place(name, hidden, part))
    return found, {kind: part for kind, part in related.values() if parcel.has(part)}


def relations(parcel: Parcel, part: str) -> dict[str, tuple[str, str]]:
    """Read the relations of a part; none where it has none."""
    folder, name = posixpath.split(part)
    handler = _Relations(folder)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if parcel.has(path):
        markup.read(parcel, path, handler)
    return handler.targets


def strings(parcel: Parcel, part: str | None) -> list[str]:
    """Read the shared strings."""
    handler = _Strings()
    if part:
        markup.read(parcel, part, handler)
    return handler.texts


def styles(parcel: Parcel, part: str | None) -> list[Shown]:
    """Read how each cell format shows a number."""
    handler = _Styles()
    if part:
        markup.read(parcel, part, handler)
    return handler.shown


def _refuse_extras(parcel: Parcel) -> None:
    if any(name.endswith("vbaProject.bin") for name in parcel.names):
        raise UnreadableError("", "带宏，系统不收带宏的文件", "请另存为不带宏的 .xlsx 后再传")
    if any(name.startswith("xl/externalLinks/") for name in parcel.names):
        raise UnreadableError(
            "",
            "链接了别的文件，表里的数可能不是自己的",
            "请在 Excel 里断开链接（数据→编辑链接→断开），核对数后再传",
        )
