"""Where a value of a pack stands, and the notebook of what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from zhenxing.kernel.problems import Level, Problem

NEAR = 3


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file of the pack; line 0 is the file as a whole.

    >>> str(Place("units.yaml", 12)), str(Place("units.yaml"))
    ('units.yaml:12', 'units.yaml')
    """

    file: str
    line: int = 0

    def __str__(self) -> str:
        """Give the place the way editors and compilers do."""
        return f"{self.file}:{self.line}" if self.line else self.file


NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a reader or a check found wrong, by file and line; the same thing is told once.

    >>> found = Findings()
    >>> found.add(Place("units.yaml", 3), "缺「name」", "补上")
    >>> found.unknown(Place("units.yaml", 2), "镇", "T1", ["T01"], "units.yaml")
    >>> for problem in found:
    ...     print(problem.sentence)
    units.yaml:2：没有镇「T1」；请改成相近的T01，或先在 units.yaml 里写上它。
    units.yaml:3：缺「name」；请补上。
    """

    _kept: dict[tuple[Place, Problem], None] = field(default_factory=dict)

    def add(self, place: Place, what: str, advice: str, level: Level = "error") -> None:
        """Note one problem; the advice follows the word 请."""
        self._kept[place, Problem(str(place), what, f"请{advice}", level)] = None

    def warn(self, place: Place, what: str, advice: str) -> None:
        """Note something that is suspicious but may be right."""
        self.add(place, what, advice, "warning")

    def unknown(
        self, place: Place, kind: str, code: str, known: Collection[str], home: str
    ) -> None:
        """Note a code that nothing carries, with the nearest ones that exist."""
        near = nearest(code, known)
        change = f"改成相近的{near}，或" if near else ""
        self.add(place, f"没有{kind}「{code}」", f"{change}先在 {home} 里写上它")

    def __iter__(self) -> Iterator[Problem]:
        """Give the problems by file and line; those of one line in the order found."""
        return (problem for _, problem in sorted(self._kept, key=lambda kept: kept[0]))

    def __len__(self) -> int:
        """Count the problems."""
        return len(self._kept)


def nearest(word: str, known: Collection[str]) -> str:
    """Name the known words that look most like this one, joined for a sentence.

    >>> nearest("fia", ["fai", "grain"])
    'fai'
    """
    return "、".join(get_close_matches(word, list(known), n=NEAR, cutoff=0.5))
