"""The head of a paper (版头) and the beginning of its body: red head, number, title, addressee."""

from __future__ import annotations

from collections.abc import Iterator

from zhenxing.writing.legible import legible
from zhenxing.writing.paper import Face, Orientation, Paper, Run
from zhenxing.writing.word import standard
from zhenxing.writing.word.fitting import text_width
from zhenxing.writing.word.markup import Element, add, element, paragraph
from zhenxing.writing.word.runs import Look, write

_LARGEST_HEAD, _SMALLEST_HEAD = 84, 44


def draw(paper: Paper) -> Iterator[Element]:
    """Yield the paragraphs from the top of the first page to the addressee."""
    yield from _red_head(paper) if paper.red_head else _plain_head(paper)
    yield write(paragraph("PaperTitle"), paper.title)
    yield paragraph("Normal")
    if paper.addressee:
        addressee = paper.addressee.rstrip("：:")
        yield write(paragraph("Addressee"), f"{addressee}：")


def blank_lines(count: int) -> Iterator[Element]:
    """Yield empty lines of the grid."""
    return (paragraph("Normal") for _ in range(count))


def _red_head(paper: Paper) -> Iterator[Element]:
    yield write(paragraph("RedHead"), paper.red_head, Look(half_points=_head_size(paper.red_head)))
    yield from blank_lines(2)
    yield _signed_number(paper) if paper.signer else write(paragraph("RuledNumber"), paper.number)
    yield from blank_lines(2)


def _plain_head(paper: Paper) -> Iterator[Element]:
    if paper.number:
        yield write(paragraph("Number", element("jc", val="right")), paper.number)
        yield from blank_lines(1)


def _head_size(words: str) -> int:
    """Choose the largest type, up to 42 pt, in which the issuing unit stands on one line."""
    longest = max(text_width(line, 2) for line in legible(words).split("\n"))
    measure = standard.SHEETS[Orientation.PORTRAIT].measure
    return max(_SMALLEST_HEAD, min(_LARGEST_HEAD, 2 * measure // max(longest, 1)))


def _signed_number(paper: Paper) -> Element:
    """Make the line of papers that go upwards: number left, signer right, one character in."""
    measure = standard.SHEETS[Orientation.PORTRAIT].measure
    one = standard.characters(1)
    tabs = element("tabs")
    add(tabs, "tab", val="right", pos=measure - one)
    indent = element("ind", leftChars=100, left=one, rightChars=100, right=one)
    line = paragraph("RuledNumber", tabs, indent, element("jc", val="left"))
    name = Run(paper.signer, face=Face.KAI)
    return write(line, (f"{paper.number}\t签发人：", name))
