"""The structure of a document: headings, sections, speeches, and what each section speaks of."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache

from zhenxing.reading.lexicon import any_of, table

_CN = "一二三四五六七八九十"
_HEADING = re.compile(
    rf"(?:(?<=[\n。;!?:”,])|^)(?P<first>[{_CN}]{{1,3}}、)"
    rf"|(?P<second>\((?:[{_CN}]{{1,3}}|-)\))|(?P<third>(?<=\n)\d{{1,2}}[.、](?!\d))"
    rf"|(?:(?<=[\n。])|^)(?P<point>第[{_CN}]),"
)
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_CHINESE_YEAR = re.compile(r"二[〇零][〇零一二三四五六七八九]{2}年")
_SHORT_LINE = re.compile(
    r"(?<=\n)(?![一二三四五六七八九十]{1,3}、|\(|\d{1,2}[.、])([^\n,。;!?\t]{2,20})(?=\n)"
)
_MENDED = re.compile(r"补齐?|破解|解决|化解|攻克|整改|缩小")
TITLE_LENGTH = 26
FAR = 20
NUMBERS = {char: index for index, char in enumerate(_CN, 1)}


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch from one heading to the next.

    label: `二、(一)`; with several speeches `第2篇 二、(一)`. title: the words after the number.
    mode: `review`, `arrangement`, `problem`, `background` or empty. year: named in its headings.
    part: which speech, from 1.
    """

    start: int
    end: int
    label: str
    title: str
    mode: str
    year: int | None
    part: int


@dataclass(frozen=True, slots=True)
class Outline:
    """All sections of a document, in order, without a gap."""

    sections: tuple[Section, ...]

    def at(self, place: int) -> Section:
        """Return the section a place of the healed text lies in."""
        starts = [section.start for section in self.sections]
        return self.sections[max(0, bisect_right(starts, place) - 1)]


@dataclass(slots=True)
class _State:
    """What the headings so far say."""

    part: int = 1
    first: str = ""
    second: str = ""
    first_mode: str = ""
    first_year: int | None = None
    highest: int = 0


def outline(text: str) -> Outline:
    """Cut a healed text into its sections.

    >>> text = "一、上年回顾\\n好。\\n二、今年安排\\n(一)抓。"
    >>> [(section.label, section.mode) for section in outline(text).sections]
    [('一、', 'review'), ('二、', 'arrangement'), ('二、(一)', 'arrangement')]
    """
    state = _State()
    found = [Section(0, len(text), "", "", "", None, 1)]
    for start, end, kind in _openings(text):
        section = _section(text, state, (start, end), kind)
        if section is None:
            continue
        found[-1] = replace(found[-1], end=start)
        found.append(section)
    if found[0].start == found[0].end and len(found) > 1:
        del found[0]
    if any(section.part > 1 for section in found):
        found = [replace(s, label=f"第{s.part}篇 {s.label}".strip()) for s in found]
    return Outline(tuple(found))


def _openings(text: str) -> list[tuple[int, int, str]]:
    """List the headings by place: numbered ones, and paragraphs that open with a turn."""
    found = [
        (match.start(), match.end(), match.lastgroup or "") for match in _HEADING.finditer(text)
    ]
    found += [(match.start(1), match.start(1), "turn") for match in _turn().finditer(text)]

    found += [(match.start(), match.start(), "forward") for match in _forward().finditer(text)]
    first = re.match(r"\s*[^\n]*\n?[^\n]*", text)
    body = first.end() if first else 0
    found += [
        (match.start(1), match.start(1), "turn")
        for match in _SHORT_LINE.finditer(text, body)
        if mode_of(match[1])
    ]
    return sorted(set(found))


@cache
def _forward() -> re.Pattern[str]:
    """Match the sentence from which a paper looks ahead: 做好明年工作, 一要抓投资."""
    said = any_of(map(str, table("structure")["forward"]))
    return re.compile(rf"(?:(?<=[\n。])|^)(?=[^。\n]{{0,{FAR}}}?{said}|[{_CN}]要(?!素|求|点|闻))")


@cache
def _turn() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\n)(?={any_of(table('structure')['turns'])})()")


def _section(text: str, state: _State, span: tuple[int, int], kind: str) -> Section | None:
    start, end = span
    number = text[start:end]
    title = _title(text, end)
    mode, year = mode_of(title), _year(title)
    if kind == "first":
        rank = _rank(number[:-1])
        if rank == 1 and state.highest > 1:
            state.part += 1
            state.highest = 0
        if rank < state.highest or rank > state.highest + 3:
            return None
        state.highest = rank
        state.first, state.second, state.first_mode, state.first_year = number, "", mode, year
    elif kind == "second":
        state.second = _misread_dash(state.second) if "-" in number else number
    elif kind == "point":
        state.second, state.first_mode, state.first_year = number[:-1], mode, year
    elif kind == "forward":
        state.first_mode, mode = "arrangement", "arrangement"
    elif kind == "turn":
        state.second, state.first_mode, state.first_year = "", mode, year
    third = number if kind == "third" else ""
    label = state.first + state.second + third.replace("、", ".")
    own = mode if kind in {"second", "third"} and mode == "problem" else ""
    return Section(start, len(text), label, title, own or state.first_mode or mode,
                   year or state.first_year, state.part)  # fmt: skip


def _misread_dash(before: str) -> str:
    """Read (-) as (一), or as the number after the one before."""
    at = _CN.find(before[1:2]) if before else -1
    return f"({_CN[min(at + 1, len(_CN) - 1)]})"


def mode_of(title: str) -> str:
    """Say what a heading announces, or nothing.

    >>> mode_of("2023年工作安排"), mode_of("存在的问题"), mode_of("工业")
    ('arrangement', 'problem', '')
    """
    for rule in table("structure")["modes"]:
        mended = rule["mode"] == "problem" and _MENDED.search(title)
        if not mended and any(word in title for word in rule["words"]):
            return str(rule["mode"])
    return ""


def _title(text: str, start: int) -> str:
    piece = text[start : start + TITLE_LENGTH]
    return re.split(r"[\n。;:]", piece)[0]


def _year(title: str) -> int | None:
    match = _YEAR.search(title)
    return int(match[1]) if match else None


def _rank(numeral: str) -> int:
    if len(numeral) == 1:
        return NUMBERS[numeral]
    tens, _, ones = numeral.partition("十")
    return NUMBERS.get(tens, 1) * 10 + NUMBERS.get(ones, 0)
