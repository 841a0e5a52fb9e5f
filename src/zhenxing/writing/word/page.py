"""Pages: how they lie, the line grid, page numbers, the verification line, the mark on top."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section

from zhenxing.writing.paper import Face, Orientation, Paper
from zhenxing.writing.word import standard
from zhenxing.writing.word.blank import refill
from zhenxing.writing.word.markup import Element, add, element, paragraph
from zhenxing.writing.word.runs import Look, write

_REFERENCES = {qn("w:headerReference"), qn("w:footerReference")}


def start(document: WordDocument, paper: Paper) -> None:
    """Lay out the first section; page numbers stand right on odd pages, left on even ones."""
    section = document.sections[0]
    _lay_out(section, Orientation.PORTRAIT, paper)
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        refill(footer._element, [_number(side), *_verification(paper)])
    if paper.mark:
        for header in (section.header, section.even_page_header):
            header.is_linked_to_previous = False
            refill(header._element, [write(paragraph("Mark"), paper.mark)])


def turn(document: WordDocument, orientation: Orientation, paper: Paper) -> bool:
    """Go on on a new page if paper lies the other way so far; say whether a page was begun."""
    here = document.sections[-1]
    if orientation is _orientation(here):
        return False
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _lay_out(section, orientation, paper)
    document.paragraphs[-1].style = document.styles["分节"]
    return True


def _orientation(section: Section) -> Orientation:
    return Orientation.LANDSCAPE if section.orientation else Orientation.PORTRAIT


def _lay_out(section: Section, orientation: Orientation, paper: Paper) -> None:
    sheet = standard.SHEETS[orientation]
    properties = section._sectPr
    for child in [child for child in properties if child.tag not in _REFERENCES]:
        properties.remove(child)
    add(properties, "type", val="nextPage")
    size = add(properties, "pgSz", w=sheet.width, h=sheet.height)
    if orientation is Orientation.LANDSCAPE:
        size.set(qn("w:orient"), "landscape")
    add(
        properties,
        "pgMar",
        top=sheet.top,
        right=sheet.right,
        bottom=sheet.bottom,
        left=sheet.left,
        header=sheet.top // 2,
        footer=sheet.footer - (standard.VERIFICATION_LINE if paper.verification else 0),
        gutter=0,
    )
    add(properties, "cols", space=425)
    add(properties, "docGrid", type="lines", linePitch=standard.LINE)


def _number(side: str) -> Element:
    """Make 「— 1 —」, one character in from its side."""
    indent = {f"{side}Chars": 100, side: 280}
    line = paragraph("PageNumber", element("ind", **indent), element("jc", val=side))
    song = Look(face=Face.SONG)
    write(line, "— ", song)
    for kind in ("begin", "separate", "end"):
        add(add(line, "r"), "fldChar", fldCharType=kind)
        if kind == "begin":
            add(add(line, "r"), "instrText").text = "PAGE"
        if kind == "separate":
            write(line, "1", song)
    return write(line, " —", song)


def _verification(paper: Paper) -> list[Element]:
    return [write(paragraph("Verification"), paper.verification)] if paper.verification else []
