"""The text as it was meant: breaks, page marks and misread characters healed, offsets kept.

Reading works on the healed text; every character of it knows its place in the text as given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from zhenxing.reading.furniture import Line, lines
from zhenxing.reading.lexicon import any_of, simplified, table, unit_pattern, words

SENTENCE_ENDS = "。!?;:"
LONG_CHUNK = 120
WRAPPED_SHARE = 0.6
WRAP_WIDTH = 18
_CHUNK = re.compile(r"(\d{1,3})[、.]")
_FALSE_PERCENT_END = re.compile(r"(?<=\d%)[oO](?![A-Za-z0-9])")
_LETTERS = str.maketrans({"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "K": "1", ")": "0"})


@dataclass(frozen=True, slots=True)
class Repair:
    """A damaged token: where it stands in the healed text, and a doubt where two readings fit."""

    start: int
    end: int
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Healed:
    """A healed text and the way back.

    given: the text as given. text: what is read. places: for each character of `text` its offset
    in `given`, never falling. repairs: the damaged numbers that were mended. chunked: whether
    numbered chunks were joined.
    """

    given: str
    text: str
    places: tuple[int, ...]
    repairs: tuple[Repair, ...] = field(default=())
    chunked: bool = False

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the given text that a span of the healed text came from.

        >>> healed = heal("完成投资3\\n200万元。")
        >>> healed.text, healed.back(4, 10)
        ('完成投资3200万元。', (4, 11))
        """
        if start >= end:
            at = self.places[start] if start < len(self.places) else len(self.given)
            return at, at
        return self.places[start], self.places[end - 1] + 1


def heal(given: str) -> Healed:
    """Heal a text of any kind; never raises, and leaves a sound number as it is.

    >>> heal("总产量１,９００吨,覆盖率IO0%。").text
    '总产量1,900吨,覆盖率100%。'
    """
    own = lines(given)
    marks = _chunk_marks(given, own)
    characters, places = _joined(given, own, marks)
    characters, places = _without_spaces(characters, places)
    text, spots, repairs = _mended("".join(characters), places)
    return Healed(given, text, tuple(spots), tuple(repairs), bool(marks))


def _chunk_marks(given: str, own: list[Line]) -> dict[int, int]:
    """Return start → end of the numbers a sharing site put before its chunks.

    Chunks count from 1 without a gap, are long, and cut most sentences in the middle; a list that
    the author numbered does not.
    """
    marks: list[tuple[int, int]] = []
    cut = length = 0
    before = ""
    for line in own:
        if line.kind != "text":
            continue
        text = given[line.start : line.end]
        match = _CHUNK.match(text)
        if match and int(match[1]) == len(marks) + 1:
            marks.append((line.start, line.start + match.end()))
            cut += bool(before) and before[-1].translate(simplified()) not in SENTENCE_ENDS
            length += len(text)
        before = text.strip() or before
    joints = len(marks) - 1
    if joints < 1 or cut < joints * WRAPPED_SHARE or length < len(marks) * LONG_CHUNK:
        return {}
    return dict(marks)


def _joined(given: str, own: list[Line], marks: dict[int, int]) -> tuple[list[str], list[int]]:
    """Put the lines of the document behind each other, with a break only where one is meant."""
    characters: list[str] = []
    places: list[int] = []
    wrapped = _wrap_width(given, own)
    after_page = False
    last: Line | None = None
    for line in own:
        if line.kind != "text" or line.start == line.end:
            after_page = after_page or line.kind == "page"
            if line.kind == "furniture" and characters and characters[-1] != "\n":
                characters.append("\n")
                places.append(line.start)
            continue
        start = marks.get(line.start, line.start)
        if last and not _runs_on(given, last, line, (wrapped, after_page, start != line.start)):
            characters.append("\n")
            places.append(max(last.end, *places[-1:]))
        characters += given[start : line.end].translate(simplified())
        places += range(start, line.end)
        last, after_page = line, False
    return characters, places


def _wrap_width(given: str, own: list[Line]) -> int:
    """Return the width at which the lines were broken, or 0 where lines are paragraphs."""
    long = [line.end - line.start for line in own if line.end - line.start >= WRAP_WIDTH]
    if len(long) < 4:  # noqa: PLR2004  # too few lines to speak of a width
        return 0
    width = max(long)
    full = sum(size >= width - 3 for size in long)
    return width if width <= LONG_CHUNK and full >= len(long) * WRAPPED_SHARE and given else 0


def _runs_on(given: str, last: Line, line: Line, facts: tuple[int, bool, bool]) -> bool:
    """Say whether a line goes on with the sentence of the line before."""
    wrapped, after_page, is_chunk = facts
    left = given[last.start : last.end].translate(simplified()).rstrip()
    right = given[line.start : line.end].translate(simplified()).lstrip()
    if is_chunk:
        return True
    if not left or not right or left[-1] in SENTENCE_ENDS or _is_opening(right) or "\t" in right:
        return False
    cut_number = left[-1].isdigit() and bool(_CUT_TAIL().match(right))
    listed = left[-1] in ",、" and not right[0].isspace()
    full = bool(wrapped) and len(left) >= wrapped - 3
    return cut_number or listed or full or (after_page and len(left) >= WRAP_WIDTH)


@cache
def _CUT_TAIL() -> re.Pattern[str]:  # noqa: N802  # a pattern built once
    return re.compile(rf"\d*\.?\d*[十百千万亿]*[余多]?(?:{unit_pattern()}|%)")


def _is_opening(text: str) -> bool:
    return bool(
        re.match(
            r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、](?!\d)|——)", text
        )
    )


def _without_spaces(characters: list[str], places: list[int]) -> tuple[list[str], list[int]]:
    """Drop the blanks that only set characters apart; keep those between Latin words and digits."""
    kept: list[str] = []
    spots: list[int] = []
    for index, char in enumerate(characters):
        if char in " \u200b\ufeff" or (char.isspace() and char not in "\n\t"):
            after = characters[index + 1] if index + 1 < len(characters) else "\n"
            if not (kept and _is_latin(kept[-1]) and _is_latin(after)):
                continue
        kept.append(char)
        spots.append(places[index])
    return kept, spots


def _is_latin(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in ".,")


def _mended(text: str, places: list[int]) -> tuple[str, list[int], list[Repair]]:
    """Mend damaged numbers and units; the length stays but for a comma that was swallowed."""
    repairs: list[Repair] = []
    for match in _damaged().finditer(text):
        mended = match[0].translate(_LETTERS)
        text = text[: match.start()] + mended + text[match.end() :]
        repairs.append(Repair(match.start(), match.end()))
    for match in _FALSE_PERCENT_END.finditer(text):
        text = text[: match.start()] + "。" + text[match.end() :]
        doubt = "“%”后的“o”可能是句号，也可能是“‰”"
        repairs.append(Repair(match.start() - 1, match.end(), doubt))
    for wrong, right in table("units")["misread"].items():
        for match in re.finditer(rf"(?<=\d)[万千]?{wrong}|(?<=[十百千万]){wrong}", text):
            text = text[: match.end() - 1] + right + text[match.end() :]
            repairs.append(Repair(match.start(), match.end()))
    return _with_swallowed_percents(text, places, repairs)


def _with_swallowed_percents(
    text: str, places: list[int], repairs: list[Repair]
) -> tuple[str, list[int], list[Repair]]:
    """Mend 增长30队 to 增长30%, — the comma went with the percent sign."""
    pieces: list[str] = []
    spots: list[int] = []
    at = 0
    shifted = list(repairs)
    for match in _swallowed().finditer(text):
        pieces += (text[at : match.end() - 1], "%,")
        spots += (*places[at : match.end()], places[match.end() - 1])
        new = sum(map(len, pieces)) - 2
        shifted = [
            Repair(r.start + 1, r.end + 1, r.doubt) if r.start >= new else r for r in shifted
        ]
        doubt = f"“{match[0][-1]}”应是“%”，请对照原件"
        shifted.append(Repair(new - len(match["number"]), new + 1, doubt))
        at = match.end()
    pieces.append(text[at:])
    spots += places[at:]
    return "".join(pieces), spots, shifted


@cache
def _damaged() -> re.Pattern[str]:
    number = r"(?:K\)|[0-9IlOoQ])(?:[0-9IlOoQ]|\.(?=[0-9IlOo]))*"
    tail = rf"(?=[余多]?[十百千万亿]*[余多]?(?:{unit_pattern()}|%|‰|个百分点|倍))"
    return re.compile(rf"(?<![A-Za-z0-9.])(?=[0-9.]*[IlOoQK]){number}{tail}")


@cache
def _swallowed() -> re.Pattern[str]:
    grown = any_of([*words("increase"), *words("decrease")])
    wrong = re.escape(str(table("units")["misread_percent"]))
    return re.compile(rf"{grown}(?P<number>\d+(?:\.\d+)?)[{wrong}]")
