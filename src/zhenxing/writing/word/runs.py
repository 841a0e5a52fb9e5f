"""Text to runs: Chinese in the standard's faces, figures and Latin letters in Times New Roman."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhenxing.writing.legible import legible
from zhenxing.writing.paper import Face, Ink, Lamp, Run, Text, pieces
from zhenxing.writing.word.markup import Element, add, element

# ASCII, Latin letters with accents, and the signs of figures: − ± ‰ ≤ ≥
_LATIN = "\u0000-\u007e\u00b1\u00c0-\u024f\u2030\u2212\u2264\u2265"
_SCRIPTS = re.compile(f"(?P<latin>[{_LATIN}]+)|(?P<chinese>[^{_LATIN}]+)")
_BREAKS = re.compile(r"([\n\t])")


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph's place gives to its runs; None leaves it to the style."""

    half_points: int | None = None
    face: Face | None = None
    bold: bool = False
    ink: Ink | None = None


PLAIN = Look()


def write(paragraph: Element, text: Text, look: Look = PLAIN) -> Element:
    """Append a text to a paragraph and return the paragraph."""
    for piece in pieces(text):
        for run in _shape_and_word(piece) if isinstance(piece, Lamp) else (piece,):
            for words, is_latin in scripts(legible(run.text)):
                paragraph.append(_run(words, run, look, is_latin=is_latin))
    return paragraph


def scripts(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a text where Chinese and Latin meet; the second of each pair says whether it is Latin.

    Word sets signs that both scripts use (“ ” — …) in the Latin face unless the run says Chinese.

    >>> list(scripts("完成−12.92个百分点"))
    [('完成', False), ('−12.92', True), ('个百分点', False)]
    """
    for match in _SCRIPTS.finditer(text):
        yield match[0], match.lastgroup == "latin"


def _shape_and_word(lamp: Lamp) -> tuple[Run, Run]:
    return Run(lamp.shape, ink=lamp.ink), Run(lamp.word)


def _run(words: str, run: Run, look: Look, *, is_latin: bool) -> Element:
    made = element("r")
    properties = add(made, "rPr")
    face = run.face or look.face
    fonts = {} if is_latin else {"hint": "eastAsia"} | ({"eastAsia": face.value} if face else {})
    if fonts:
        add(properties, "rFonts", **fonts)
    if run.bold or look.bold:
        add(properties, "b")
    ink = run.ink or look.ink
    if ink:
        add(properties, "color", val=ink.value)
    if look.half_points:
        add(properties, "sz", val=look.half_points)
        add(properties, "szCs", val=look.half_points)
    if not len(properties):
        made.remove(properties)
    for part in filter(None, _BREAKS.split(words)):
        _word(made, part)
    return made


def _word(run: Element, part: str) -> None:
    if part == "\n":
        add(run, "br")
    elif part == "\t":
        add(run, "tab")
    else:
        text = add(run, "t")
        text.text = part
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
