"""The styles of a paper: what a reader finds in Word's list of styles, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from docx.oxml.ns import qn

from zhenxing.writing.paper import Face, Ink
from zhenxing.writing.word import standard
from zhenxing.writing.word.markup import Element, add, element

FACES: Final = {1: Face.HEI, 2: Face.KAI, 3: Face.BODY, 4: Face.BODY}
"""The face of each level of headings."""

_SMALL_GREY = "595959"


def styles() -> list[Element]:
    """Make the contents of the style part: defaults first, then the styles."""
    return [
        _defaults(),
        *_foundation(),
        *(_heading(level) for level in FACES),
        *_page_styles(),
        *_front_styles(),
        *_body_styles(),
        *_table_styles(),
        *_closing_styles(),
    ]


def _page_styles() -> list[Element]:
    song = {"ascii": Face.SONG.value, "hAnsi": Face.SONG.value, "eastAsia": Face.SONG.value}
    number_line = _exact(standard.PAGE_NUMBER_LINE)
    small_line = _exact(standard.VERIFICATION_LINE)
    grey = element("color", val=_SMALL_GREY)
    return [
        _style(
            "Mark",
            "页眉标注",
            [_off_grid(), _single(), _jc("right")],
            _size(standard.SIZE_SMALL_5),
        ),
        _style(
            "PageNumber",
            "页码",
            [_off_grid(), number_line],
            [element("rFonts", **song), _loose(), *_size(standard.SIZE_4)],
        ),
        _style(
            "Verification",
            "核验信息",
            [_off_grid(), small_line, _jc("center")],
            [grey, _loose(), *_size(standard.SIZE_6)],
        ),
        _style("Break", "分节", [_off_grid(), _exact(20)], _size(2)),
    ]


def _front_styles() -> list[Element]:
    top = element("spacing", before=standard.twips(35), after=0)
    rule = element("pBdr")
    add(rule, "bottom", val="single", sz=12, space=11, color=Ink.HEAD.value)
    red = element("color", val=Ink.HEAD.value)
    return [
        _style(
            "RedHead",
            "发文机关标志",
            [_off_grid(), top, _jc("center")],
            [_face(Face.TITLE), red, _loose()],
        ),
        _style("Number", "发文字号", [_jc("center")]),
        _style("RuledNumber", "发文字号及红线", [rule, _jc("center")]),
        _style(
            "PaperTitle",
            "公文标题",
            [element("keepNext"), _off_grid(), _exact(standard.LINE), _jc("center")],
            [_face(Face.TITLE), _loose(), *_size(standard.SIZE_2)],
        ),
        _style("Addressee", "主送机关"),
    ]


def _body_styles() -> list[Element]:
    small_indent = element("ind", firstLineChars=200, firstLine=standard.SIZE_SMALL_4 * 20)
    return [
        _style("Body", "公文正文", [_first_line()]),
        _style(
            "Note",
            "表注",
            [_off_grid(), _single(), small_indent],
            [_loose(), *_size(standard.SIZE_SMALL_4)],
        ),
    ]


def _table_styles() -> list[Element]:
    around = element("spacing", before=120, after=60)
    return [
        _style(
            "Caption",
            "表题",
            [element("keepNext"), _off_grid(), around, _jc("center")],
            [_face(Face.HEI), *_size(standard.SIZE_4)],
        ),
        _style(
            "Measure",
            "表计量单位",
            [element("keepNext"), _off_grid(), _single(), _jc("right")],
            _size(standard.SIZE_5),
        ),
        _style("Cell", "表格文字", [_off_grid(), _single(), _jc("left")], [_loose()]),
        _style("Gap", "表后间距", [_off_grid(), _exact(120)], _size(2)),
    ]


def _closing_styles() -> list[Element]:
    one = standard.SIZE_4 * 10
    sides = element("ind", leftChars=100, left=one, rightChars=100, right=one)
    return [
        _style("AttachmentList", "附件说明", [_jc("left")]),
        _style("AttachmentLabel", "附件序号", [element("keepNext")], [_face(Face.HEI)]),
        _style("Signature", "署名和日期", [element("keepLines"), _jc("left")]),
        _style("Imprint", "版记", [_off_grid(), _single(), sides], _size(standard.SIZE_4)),
    ]


def _defaults() -> Element:
    defaults = element("docDefaults")
    run = add(add(defaults, "rPrDefault"), "rPr")
    run.append(_body_fonts())
    add(run, "lang", val="en-US", eastAsia="zh-CN")
    add(defaults, "pPrDefault")
    return defaults


def _foundation() -> list[Element]:
    """Make Normal, and the three defaults without which Word repairs the file."""
    normal = _bare("paragraph", "Normal", "Normal")
    add(normal, "qFormat")
    own = add(normal, "pPr")
    add(own, "widowControl", val=0)
    add(own, "spacing", before=0, after=0)
    add(own, "jc", val="both")
    tighter = element("spacing", val=standard.TIGHTER)
    add(normal, "rPr").extend([_body_fonts(), tighter, *_size(standard.SIZE_3)])
    table = _bare("table", "TableNormal", "Normal Table")
    add(add(table, "tblPr"), "tblInd", w=0, type="dxa")
    return [
        normal,
        _bare("character", "DefaultParagraphFont", "Default Paragraph Font"),
        table,
        _bare("numbering", "NoList", "No List"),
    ]


def _bare(kind: str, identity: str, name: str) -> Element:
    made = element("style", type=kind, default=1, styleId=identity)
    add(made, "name", val=name)
    return made


def _heading(level: int) -> Element:
    outline = element("outlineLvl", val=level - 1)
    paragraph = [element("keepNext"), _first_line(), outline]
    made = _style(f"Heading{level}", f"heading {level}", paragraph, [_face(FACES[level])])
    made.insert(2, element("next", val="Body"))
    return made


def _style(
    identity: str, name: str, paragraph: Iterable[Element] = (), run: Iterable[Element] = ()
) -> Element:
    made = element("style", type="paragraph", styleId=identity)
    if not name.isascii():
        made.set(qn("w:customStyle"), "1")
    add(made, "name", val=name)
    add(made, "basedOn", val="Normal")
    add(made, "qFormat")
    add(made, "pPr").extend(paragraph)
    add(made, "rPr").extend(run)
    return made


def _body_fonts() -> Element:
    latin = standard.LATIN
    return element("rFonts", ascii=latin, hAnsi=latin, eastAsia=Face.BODY.value, cs=latin)


def _face(face: Face) -> Element:
    return element("rFonts", eastAsia=face.value)


def _size(half_points: int) -> list[Element]:
    return [element("sz", val=half_points), element("szCs", val=half_points)]


def _loose() -> Element:
    """Take back what the body takes from each character's width."""
    return element("spacing", val=0)


def _off_grid() -> Element:
    return element("snapToGrid", val=0)


def _single() -> Element:
    return element("spacing", before=0, after=0, line=240, lineRule="auto")


def _exact(line: int) -> Element:
    return element("spacing", before=0, after=0, line=line, lineRule="exact")


def _first_line() -> Element:
    return element("ind", firstLineChars=200, firstLine=standard.characters(2))


def _jc(side: str) -> Element:
    return element("jc", val=side)
