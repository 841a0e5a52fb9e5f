"""The end of a paper: list of attachments, signature and date, remark, imprint."""

from __future__ import annotations

from collections.abc import Iterator

from zhenxing.writing.paper import Imprint, Orientation, Paper, Signature, date_text
from zhenxing.writing.word import standard
from zhenxing.writing.word.fitting import text_width
from zhenxing.writing.word.front import blank_lines
from zhenxing.writing.word.markup import Element, add, element, paragraph
from zhenxing.writing.word.runs import write

_MEASURE = standard.SHEETS[Orientation.PORTRAIT].measure
_THICK, _THIN = 8, 6
_AT_FOOT = {
    "vertAnchor": "margin",
    "horzAnchor": "margin",
    "tblpXSpec": "center",
    "tblpYSpec": "bottom",
}


def draw(paper: Paper) -> Iterator[Element]:
    """Yield the paragraphs that follow the body on its own pages."""
    if paper.attachments:
        yield from blank_lines(1)
        yield from _attachment_list([attachment.title for attachment in paper.attachments])
    if paper.signature:
        yield from _signature(paper.signature)
    if paper.remark:
        yield write(paragraph("Body"), f"（{paper.remark}）")


def imprint(closing: Imprint) -> Iterator[Element]:
    """Yield the lines at the foot of the last page: a table on the type area's lower edge."""
    lines = list(_imprint_lines(closing))
    if not lines:
        return
    table = element("tbl")
    properties = add(table, "tblPr")
    add(properties, "tblpPr", **_AT_FOOT)
    add(properties, "tblW", w=_MEASURE, type="dxa")
    borders = add(properties, "tblBorders")
    for side, eighths in (("top", _THICK), ("bottom", _THICK), ("insideH", _THIN)):
        add(borders, side, val="single", sz=eighths, space=0, color="000000")
    add(properties, "tblLayout", type="fixed")
    margins = add(properties, "tblCellMar")
    for side in ("left", "right"):
        add(margins, side, w=0, type="dxa")
    add(add(table, "tblGrid"), "gridCol", w=_MEASURE)
    for line in lines:
        cell = add(add(table, "tr"), "tc")
        add(add(cell, "tcPr"), "tcW", w=_MEASURE, type="dxa")
        cell.append(line)
    yield table
    yield paragraph("Break")


def _attachment_list(titles: list[str]) -> Iterator[Element]:
    """Yield 「附件：1. …」 and below it the others, their names in one column."""
    numbered = len(titles) > 1
    names = 6 if numbered else 5
    for place, title in enumerate(titles, start=1):
        hanging = names - (2 if place == 1 else 5)
        indent = element(
            "ind",
            leftChars=names * 100,
            left=standard.characters(names),
            hangingChars=hanging * 100,
            hanging=standard.characters(hanging),
        )
        label = "附件：" if place == 1 else ""
        number = f"{place}.\t" if numbered else ""
        line = paragraph("AttachmentList", element("keepNext"), indent)
        yield write(line, f"{label}{number}{title}")


def _signature(signature: Signature) -> Iterator[Element]:
    yield from (
        paragraph("Normal", element("keepNext")) for _ in range(3 if signature.stamped else 1)
    )
    unit = _width(signature.unit)
    dated = _width(date_text(signature.on))
    places = _centred(unit, dated) if signature.stamped else _stepped(unit, dated)
    for text, place in zip((signature.unit, date_text(signature.on)), places, strict=True):
        yield write(paragraph("Signature", element("keepNext"), *place), text)


def _width(text: str) -> int:
    return text_width(text, standard.SIZE_3) + len(text) * standard.TIGHTER


def _stepped(unit: int, dated: int) -> list[list[Element]]:
    """Place unit and date without a seal: 成文日期首字比署名首字右移二字, 右空二字.

    The longer of the two ends two characters from the right.
    """
    two = standard.characters(2)
    left = max(0, _MEASURE - two - max(unit, dated + two))
    return [[element("ind", left=left)], [element("ind", left=left + two)]]


def _centred(unit: int, dated: int) -> list[list[Element]]:
    """Place unit and date for a seal: 成文日期右空四字, 署名以成文日期为准居中."""
    middle = standard.characters(4) + dated // 2
    half = min(middle, max(unit, dated) // 2 + standard.characters(1))
    sides = {"left": _MEASURE - middle - half, "right": middle - half}
    return [[element("ind", **sides), element("jc", val="center")] for _ in range(2)]


def _imprint_lines(closing: Imprint) -> Iterator[Element]:
    if closing.copy_to:
        one = standard.SIZE_4 * 10
        indent = element("ind", left=4 * one, right=one, hanging=3 * one)
        yield write(paragraph("Imprint", indent), f"抄送：{'，'.join(closing.copy_to)}。")
    if closing.printed_on:
        tabs = element("tabs")
        add(tabs, "tab", val="right", pos=_MEASURE - standard.SIZE_4 * 10)
        printed = f"{closing.printed_by}\t{date_text(closing.printed_on)}印发"
        yield write(paragraph("Imprint", tabs), printed)
