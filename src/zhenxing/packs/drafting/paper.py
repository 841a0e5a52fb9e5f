"""The paper a draft is made from, what the person asked for, and the remarks that lead back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhenxing.kernel.problems import Problem
from zhenxing.packs.pack import Pack
from zhenxing.packs.sections.county import Unit
from zhenxing.reading.lexicon import table
from zhenxing.reading.loading import Loaded
from zhenxing.reading.results import Fact, Reading

LONGEST_QUOTE = 60
LONGEST_DOCUMENT = 60
FIRST_TOWN, COUNTY = "T01", "H00"


class DraftRefusedError(Exception):
    """No draft can be made; the problems say why and what to do."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems."""
        super().__init__("；".join(problem.sentence for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the person says beside the paper: which base, whose paper, its number and its day."""

    base: Pack | None = None
    base_name: str = ""
    unit: str = ""
    document: str = ""
    issued: date | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that was loaded and read, and the wish it is drafted by."""

    file: str
    data: bytes
    loaded: Loaded
    reading: Reading
    wish: Wish

    @property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def document(self) -> str:
        """The number of the document as the person says it, else its title."""
        return (self.wish.document or self.reading.document.title or self.file)[:LONGEST_DOCUMENT]

    @property
    def unit(self) -> Unit | None:
        """The unit of the base whose paper it is; None where there is no base.

        Raises DraftRefusedError where the base has no such unit or the paper names none.
        """
        base = self.wish.base
        if base is None:
            return None
        own = (base.units.county, *base.units.towns)
        named = self.reading.document.unit or ""
        for each in own:
            if self.wish.unit == each.code or (not self.wish.unit and each.name == named):
                return each
        codes = f"{own[0].code}（{own[0].name}）、{own[1].code}（{own[1].name}）" if own[1:] else ""
        if self.wish.unit:
            what = f"{self.wish.base_name}里没有编码为「{self.wish.unit}」的县或镇"
        elif named:
            what = f"文件是「{named}」的，{self.wish.base_name}里没有这个县或镇"
        else:
            what = "看不出是哪个单位的文件"
        raise DraftRefusedError(Problem(self.file, what, f"请用 --unit 写明，如{codes}"))

    @property
    def unit_code(self) -> str:
        """The code under which the paper's targets are written."""
        if self.unit is not None:
            return self.unit.code
        return self.wish.unit or (COUNTY if self.is_of_county else FIRST_TOWN)

    @property
    def is_of_county(self) -> bool:
        """Whether the paper is the county's own."""
        if self.unit is not None and self.wish.base is not None:
            return self.unit == self.wish.base.units.county
        name = self.reading.document.unit or ""
        return any(word in name for word in "县区市")

    def remark(self, start: int, quote: str, *more: str) -> str:
        """Say where the words stand, the words, and what is to be known of them."""
        place = self.loaded.place(start)
        where = f"第{start + 1}字（{place}）" if place else f"第{start + 1}字"
        return "；".join([f"{where}“{_shortened(quote)}”", *filter(None, more)])

    def of_fact(self, fact: Fact, *more: str) -> str:
        """Remark on a fact: its words, the rules that found it, a repair, a doubt."""
        repaired = f"原文作“{fact.repaired_from}”，请核对" if fact.repaired_from else ""
        doubt = f"存疑：{fact.doubt}" if fact.doubt else ""
        return self.remark(fact.start, fact.quote, *_ways(fact.rule), repaired, doubt, *more)


def beside(line: str, remark: str) -> str:
    """Put a remark beside a line of YAML; it can neither break the line nor the file."""
    return f"{line}  # {printable(remark)}"


def aside(line: str, remark: str) -> str:
    """Write a line that the loader passes over, its remark beside it."""
    return beside(f"# {line}", remark)


def printable(text: str) -> str:
    """Keep what may stand in a line of YAML.

    >>> printable("甲\\n乙\\x07丙")
    '甲 乙丙'
    """
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def _shortened(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= LONGEST_QUOTE else f"{flat[:LONGEST_QUOTE]}…"


def _ways(rule: str) -> Iterator[str]:
    finding, _, subject = rule.partition("; ")
    rules = table("rules")
    yield rules["finding"].get(finding, finding)
    if subject:
        yield rules["subject"].get(subject, subject)
