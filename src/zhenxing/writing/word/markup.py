"""WordprocessingML elements, put where the schema wants them."""

from __future__ import annotations

from typing import Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement

PARAGRAPH_ORDER: Final = [
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "pBdr"),
    *("tabs", "snapToGrid", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr"),
]
"""The properties of a paragraph that are used here, in the order of ECMA-376, 17.3.1.26."""


def element(tag: str, **attributes: str | int) -> Element:
    """Make an element of the w: namespace; attributes are of that namespace too.

    >>> element("spacing", line=579, lineRule="exact").get(qn("w:line"))
    '579'
    """
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def add(parent: Element, tag: str, **attributes: str | int) -> Element:
    """Make an element as the last child of another."""
    child = element(tag, **attributes)
    parent.append(child)
    return child


def paragraph(style: str, *properties: Element) -> Element:
    """Make an empty paragraph of a style, with properties of its own in the schema's order."""
    made = element("p")
    own = add(made, "pPr")
    add(own, "pStyle", val=style)
    for one in properties:
        _place(own, one, PARAGRAPH_ORDER)
    return made


def set_property(made: Element, one: Element) -> None:
    """Give a paragraph made here another property."""
    _place(made[0], one, PARAGRAPH_ORDER)


def _place(parent: Element, child: Element, order: list[str]) -> None:
    """Put a child into its place by the schema's order."""
    rank = {qn(f"w:{tag}"): position for position, tag in enumerate(order)}
    followers = (other for other in parent if rank[str(other.tag)] > rank[str(child.tag)])
    follower = next(followers, None)
    if follower is None:
        parent.append(child)
    else:
        follower.addprevious(child)
