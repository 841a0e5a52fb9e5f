"""The text of a file, and the way back from a character to its page and paragraph."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from zhenxing.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Mark:
    """From this character on the text comes from this place: 第2页, 第14段, 表1第3行."""

    start: int
    place: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's text. kind: `txt`, `html`, `docx`, `pdf`, …; marks: in order of their start."""

    text: str
    kind: str
    problems: tuple[Problem, ...] = ()
    marks: tuple[Mark, ...] = ()
    encoding: str = ""

    def place(self, character: int) -> str:
        """Say where in the file a character stands; empty where the file has no places.

        >>> Loaded("甲\\n乙", "docx", (), (Mark(0, "第1段"), Mark(2, "第2段"))).place(2)
        '第2段'
        """
        at = bisect_right([mark.start for mark in self.marks], character) - 1
        return self.marks[at].place if at >= 0 else ""


@dataclass(slots=True)
class Gathered:
    """Pieces of text put behind each other, each on its own line and with its place."""

    pieces: list[str]
    marks: list[Mark]
    length: int = 0

    def add(self, text: str, place: str) -> None:
        """Add one paragraph, row or page."""
        self.marks.append(Mark(self.length, place))
        self.pieces.append(text + "\n")
        self.length += len(text) + 1

    def loaded(self, kind: str, problems: tuple[Problem, ...] = ()) -> Loaded:
        """Give the whole."""
        return Loaded("".join(self.pieces), kind, problems, tuple(self.marks))


def gathering() -> Gathered:
    """Begin with nothing.

    >>> begun = gathering()
    >>> begun.add("甲", "第1段")
    >>> begun.loaded("docx").text
    '甲\\n'
    """
    return Gathered([], [])


def unreadable(name: str, kind: str, why: str) -> Loaded:
    """Say that a file of this kind could not be read.

    >>> unreadable("计划.docx", "docx", "压缩包损坏").problems[0].sentence
    '计划.docx：文件打不开：压缩包损坏；请在电脑上打开另存一次，再选这份文件。'
    """
    advice = "请在电脑上打开另存一次，再选这份文件"
    return Loaded("", kind, (Problem(name, f"文件打不开：{why}", advice),))
