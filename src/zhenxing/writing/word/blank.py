"""The empty document: the styles, settings and fonts of a paper, and nothing of a template's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import nsdecls

from zhenxing.writing.paper import Face
from zhenxing.writing.word import standard
from zhenxing.writing.word.markup import Element, add, element
from zhenxing.writing.word.styles import styles

_KEPT = {
    "officeDocument",
    "core-properties",
    "extended-properties",
    "styles",
    "settings",
    "fontTable",
    "theme",
}

# A machine without the standard's own face takes the one that stands beside it.
_STAND_INS = {
    Face.TITLE: "华文中宋",
    Face.BODY: "仿宋",
    Face.KAI: "楷体",
    Face.HEI: "SimHei",
    Face.SONG: "SimSun",
}

_WORD = "http://schemas.microsoft.com/office/word"

FONT_TABLE: Final = (
    f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<w:fonts {nsdecls('w')}>"
    + "".join(
        f'<w:font w:name="{face.value}"><w:altName w:val="{other}"/>'
        '<w:charset w:val="86"/></w:font>'
        for face, other in _STAND_INS.items()
    )
    + f'<w:font w:name="{standard.LATIN}"><w:charset w:val="00"/></w:font></w:fonts>'
)


def blank() -> WordDocument:
    """Make a document without text that has the styles and settings of a paper, and no others."""
    document = Document()
    refill(document.styles.element, styles())
    refill(document.settings.element, _settings())
    for owner in (document.part, document.part.package):
        for identity, relation in list(owner.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] not in _KEPT:
                del owner.rels[identity]
    return document


def refill(root: Element, children: Iterable[Element]) -> None:
    """Put children in the place of those that an element has."""
    for child in list(root):
        root.remove(child)
    root.extend(children)


def _settings() -> list[Element]:
    compatibility = element("compat")
    for tag in (
        "spaceForUL",
        "balanceSingleByteDoubleByteWidth",
        "doNotLeaveBackslashAlone",
        "ulTrailSpace",
        "doNotExpandShiftReturn",
        "useFELayout",
    ):
        add(compatibility, tag)
    add(compatibility, "compatSetting", name="compatibilityMode", uri=_WORD, val=15)
    return [
        element("zoom", percent=100),
        element("defaultTabStop", val=420),
        element("evenAndOddHeaders"),
        element("characterSpacingControl", val="doNotCompress"),
        compatibility,
        element("themeFontLang", val="en-US", eastAsia="zh-CN"),
        element("decimalSymbol", val="."),
        element("listSeparator", val=","),
    ]
