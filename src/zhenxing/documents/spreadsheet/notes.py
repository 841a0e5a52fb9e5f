"""Notes on cells as a workbook holds them: their words, and the boxes they are shown in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from zhenxing.documents.cells import position

if TYPE_CHECKING:
    from collections.abc import Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
AUTHOR = "镇兴"
SHAPE = """<v:shape id="_zx{number}" type="#_zxnote" \
style="position:absolute;width:220pt;height:60pt;visibility:hidden" \
fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>\
<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>\
<v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/>\
<x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>\
</x:ClientData></v:shape>"""
SHAPES = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:\
office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">\
<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_zxnote" coordsize="21600,21600" \
o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>\
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>{shapes}</xml>"""


def comments(said: Sequence[tuple[str, str]]) -> bytes:
    """Give the part with the words, by cell."""
    told = "".join(
        f'<comment ref="{cell}" authorId="0"><text><t xml:space="preserve">{escape(words)}</t>'
        "</text></comment>"
        for cell, words in said
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}">'
        f"<authors><author>{AUTHOR}</author></authors><commentList>{told}</commentList></comments>"
    ).encode()


def shapes(cells: Sequence[str]) -> bytes:
    """Give the part with the boxes, which Excel needs to show a note at all."""
    drawn = [
        SHAPE.format(number=number, row=row - 1, column=column - 1)
        for number, (row, column) in enumerate(map(position, cells), 1)
    ]
    return SHAPES.format(shapes="".join(drawn)).encode()
