"""The marked copy: cells that changed are painted yellow and carry a note that says how."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from zhenxing.documents.cells import position
from zhenxing.documents.spreadsheet import notes, spans
from zhenxing.documents.spreadsheet.spans import Edit, Span

if TYPE_CHECKING:
    from zhenxing.documents.spreadsheet.outline import Place
    from zhenxing.documents.spreadsheet.parcel import Parcel

YELLOW = (
    '<{0}fill><{0}patternFill patternType="solid"><{0}fgColor rgb="FFFFFF00"/>'
    '<{0}bgColor indexed="64"/></{0}patternFill></{0}fill>'
)
# What stands behind legacyDrawing in a sheet; notes hang before the first of them.
BEHIND_NOTES = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
TYPES = "[Content_Types].xml"
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Marks:
    """Formats and notes that are added; new and changed parts go into `changed`."""

    def __init__(self, parcel: Parcel, styles: str | None, changed: dict[str, bytes]) -> None:
        self._parcel, self._changed = parcel, changed
        self._paint = _Paint(spans.whole(parcel, styles)) if styles else None
        self._styles = styles or ""
        self._notes = 0

    def yellow(self, style: str) -> str:
        """Give the format that is this one on yellow ground."""
        return self._paint.yellow(style) if self._paint else style

    def hang(self, place: Place, content: bytes, entries: dict[str, dict[str, Any]]) -> bytes:
        """Hang the notes on a sheet's cells; a sheet with notes of its own only gets the paint."""
        said = {cell: str(e["note"]) for cell, e in entries.items() if e["note"]}
        heads: dict[str, Span] = {}

        def take(span: Span) -> None:
            if span.depth == 1:
                heads.setdefault(span.name, span)
            elif span.depth == 0:
                heads["root"] = span

        spans.walk(content, take)
        if not said or "legacyDrawing" in heads:
            return content
        self._notes += 1
        names = [f"xl/zhenxing-{kind}{self._notes}" for kind in ("notes", "shapes")]
        ordered = sorted(said.items(), key=lambda each: position(each[0]))
        self._changed[f"{names[0]}.xml"] = notes.comments(ordered)
        self._changed[f"{names[1]}.vml"] = notes.shapes([cell for cell, _ in ordered])
        relation = self._related(place.part, f"{names[0]}.xml", f"{names[1]}.vml")
        self._declared(f"{names[0]}.xml")
        behind = [heads[name].start for name in BEHIND_NOTES if name in heads]
        at = min(behind, default=heads["root"].inner_end)
        prefix = heads["root"].prefix.decode()
        tag = f'<{prefix}legacyDrawing xmlns:zx="{OFFICE}" zx:id="{relation}"/>'
        return spans.edited(content, [Edit(at, at, tag.encode())])

    def close(self) -> None:
        """Put the formats away."""
        if self._paint and self._paint.is_used:
            self._changed[self._styles] = self._paint.written()

    def _related(self, part: str, notes_part: str, shapes_part: str) -> str:
        """Tie the notes and their shapes to the sheet; give the shapes' relation."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path in self._changed:
            data = self._changed[path]
        elif self._parcel.has(path):
            data = spans.whole(self._parcel, path)
        else:
            data = f'<Relationships xmlns="{RELATIONS}"></Relationships>'.encode()
        self._changed[path] = _with_inside(
            data,
            "Relationships",
            '<{0}Relationship Id="zxNotes" Type="' + OFFICE + '/comments" Target="/'
            + escape(notes_part) + '"/><{0}Relationship Id="zxShapes" Type="' + OFFICE
            + '/vmlDrawing" Target="/' + escape(shapes_part) + '"/>',
        )  # fmt: skip
        return "zxShapes"

    def _declared(self, notes_part: str) -> None:
        data = self._changed.get(TYPES) or spans.whole(self._parcel, TYPES)
        known = re.search(rb"Extension\s*=\s*[\"']vml[\"']", data)
        shapes = "" if known else (
            '<{0}Default Extension="vml" '
            'ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
        )  # fmt: skip
        told = f'<{{0}}Override PartName="/{notes_part}" ContentType="{NOTES_TYPE}"/>'
        self._changed[TYPES] = _with_inside(data, "Types", shapes + told)


class _Paint:
    """xl/styles.xml with yellow twins of the formats that are asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._formats: list[Span] = []
        self._parts: dict[str, Span] = {}
        self._fills = 0
        self._twins: dict[int, int] = {}
        spans.walk(data, self._take)

    @property
    def is_used(self) -> bool:
        """Whether any format was asked for."""
        return bool(self._twins)

    def yellow(self, style: str) -> str:
        """Give the number of a format's yellow twin; without formats, the format itself."""
        number = int(style) if style.isdecimal() else 0
        if number >= len(self._formats) or "fills" not in self._parts:
            return style
        return str(self._twins.setdefault(number, len(self._formats) + len(self._twins)))

    def written(self) -> bytes:
        """Give the part with the fill and the twins in it."""
        fills, formats = self._parts["fills"], self._parts["cellXfs"]
        fill = YELLOW.format(fills.prefix.decode()).encode()
        twins = b"".join(self._twin(number) for number in self._twins)
        return spans.edited(
            self._data,
            [
                *_grown(self._data, fills, self._fills + 1, fill),
                *_grown(self._data, formats, len(self._formats) + len(self._twins), twins),
            ],
        )

    def _take(self, span: Span) -> None:
        if span.depth == 1:
            self._parts[span.name] = span
        elif span.name == "xf" and span.parents[-1:] == ("cellXfs",):
            self._formats.append(span)
        elif span.name == "fill" and span.parents[-1:] == ("fills",):
            self._fills += 1

    def _twin(self, number: int) -> bytes:
        span = self._formats[number]
        head = self._data[span.start : span.head_end]
        head = re.sub(rb"\s+(?:fillId|applyFill)\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", head)
        at = len(b"<" + span.prefix + b"xf")
        told = f' fillId="{self._fills}" applyFill="1"'.encode()
        return head[:at] + told + head[at:] + self._data[span.head_end : span.end]


def _grown(data: bytes, span: Span, count: int, more: bytes) -> list[Edit]:
    """Put more into a list and say how many there are now."""
    head = data[span.start : span.head_end]
    head = re.sub(rb"(\s+count\s*=\s*)(?:\"[^\"]*\"|'[^']*')", rb'\g<1>"%d"' % count, head)
    return [Edit(span.start, span.head_end, head), Edit(span.inner_end, span.inner_end, more)]


def _with_inside(data: bytes, name: str, content: str) -> bytes:
    """Put elements at the end of a part's root, under the prefix the root has."""
    found: list[Span] = []
    spans.walk(data, lambda span: found.append(span) if span.depth == 0 else None)
    root = found[0]
    inside = content.format(root.prefix.decode()).encode()
    if root.is_empty:
        head = data[root.start : root.head_end - 2].rstrip() + b">"
        tail = b"</" + root.prefix + name.encode() + b">"
        return spans.edited(data, [Edit(root.start, root.end, head + inside + tail)])
    return spans.edited(data, [Edit(root.inner_end, root.inner_end, inside)])
