"""A paper to the bytes of a Word file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from docx.document import Document as WordDocument

from zhenxing.writing import archive
from zhenxing.writing.paper import Block, Heading, Note, Orientation, Paper, Run, Table, pieces
from zhenxing.writing.word import closing, front, page, tables
from zhenxing.writing.word.blank import FONT_TABLE, blank
from zhenxing.writing.word.fitting import orientation_of
from zhenxing.writing.word.markup import Element, element, paragraph, set_property
from zhenxing.writing.word.numerals import Numerals
from zhenxing.writing.word.runs import write
from zhenxing.writing.word.styles import FACES


def to_docx(paper: Paper, *, created: datetime) -> bytes:
    """Write a paper as a Word file in the layout of GB/T 9704-2012.

    created: the moment (aware) that the file's properties name. Equal arguments give equal bytes.
    Text that XML cannot carry appears as �. Raises ValueError for a moment without time zone.

    >>> from datetime import UTC
    >>> blocks = (Heading("总体情况"),)
    >>> paper = Paper(title="关于9月份工作的通报", issuer="禾山县考核办", blocks=blocks)
    >>> moment = datetime(2023, 10, 20, 1, 0, tzinfo=UTC)
    >>> to_docx(paper, created=moment) == to_docx(paper, created=moment)
    True
    """
    label = archive.Label(paper.title, paper.issuer, created)
    document = blank()
    page.start(document, paper)
    _append(document, front.draw(paper))
    _write_blocks(document, paper)
    _write_closing(document, paper)
    for place in range(len(paper.attachments)):
        _write_attachment(document, place, paper)
    _write_imprint(document, paper)
    file = io.BytesIO()
    document.save(file)
    return archive.settle(file.getvalue(), label, {"word/fontTable.xml": FONT_TABLE})


def _append(document: WordDocument, elements: Iterable[Element]) -> None:
    end = document.element.body[-1]
    for one in elements:
        end.addprevious(one)


def _write_blocks(document: WordDocument, paper: Paper) -> None:
    """Write the body, each run of landscape tables on pages of its own."""
    numerals = Numerals()
    for orientation, group in groupby(paper.blocks, key=_orientation):
        page.turn(document, orientation, paper)
        for block in group:
            _append(document, _draw(block, orientation, numerals))


def _write_closing(document: WordDocument, paper: Paper) -> None:
    """Write what follows the body; a signature never stands on a page without text."""
    page.turn(document, Orientation.PORTRAIT, paper)
    last = document.element.body[-2]
    if paper.signature:
        set_property(last, element("keepNext"))
    _append(document, closing.draw(paper))


def _write_attachment(document: WordDocument, place: int, paper: Paper) -> None:
    """Write an attachment on pages of its own, landscape if one of its tables is."""
    attachment = paper.attachments[place]
    if not attachment.blocks:
        return
    is_wide = Orientation.LANDSCAPE in map(_orientation, attachment.blocks)
    orientation = Orientation.LANDSCAPE if is_wide else Orientation.PORTRAIT
    begun = page.turn(document, orientation, paper)
    number = str(place + 1) if len(paper.attachments) > 1 else ""
    label = write(paragraph("AttachmentLabel"), f"附件{number}")
    if not begun:
        set_property(label, element("pageBreakBefore"))
    title = write(paragraph("PaperTitle"), attachment.title)
    _append(document, [label, *front.blank_lines(1), title, *front.blank_lines(1)])
    numerals = Numerals()
    for block in attachment.blocks:
        _append(document, _draw(block, orientation, numerals))


def _orientation(block: Block) -> Orientation:
    return orientation_of(block) if isinstance(block, Table) else Orientation.PORTRAIT


def _draw(block: Block, orientation: Orientation, numerals: Numerals) -> Iterable[Element]:
    if isinstance(block, Table):
        return tables.draw(block, orientation)
    if isinstance(block, Heading):
        return [_heading(block, numerals)]
    if isinstance(block, Note):
        return [write(paragraph("Note"), (f"{block.label}：", *pieces(block.text)))]
    return [write(paragraph("Body"), block.text)]


def _heading(block: Heading, numerals: Numerals) -> Element:
    """Make a heading, or a paragraph that begins in the heading's face and runs on."""
    words = numerals.next(block.level) + block.text
    if not block.then:
        return write(paragraph(f"Heading{block.level}"), words)
    face = FACES[block.level]
    return write(paragraph("Body"), (Run(words, face=face), *pieces(block.then)))


def _write_imprint(document: WordDocument, paper: Paper) -> None:
    if paper.imprint:
        page.turn(document, Orientation.PORTRAIT, paper)
        _append(document, closing.imprint(paper.imprint))
