"""The words around a quantity: what stands before it and after it in its clause."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from zhenxing.reading.outline import Outline, Section
from zhenxing.reading.quantities import Quantity

CLAUSE_ENDS = ",。;:!?\n("
_SENTENCE = re.compile(r"[。!?\n]")
_HALF = re.compile(r"[。!?\n;]")
_ENDS_AFTER = re.compile(r"[,。;:!?\n()、]")
_TIER = re.compile(r"(?:的?[^\d,。;:!?\n、]{0,12})$")
_TAIL = re.compile(
    r"的?(?:村|企业|农户|户|乡镇|镇|社区)[^,。;:!?\n、\d]{0,8}(?:收入|产值|税收|营收|销售额|利润)[^,。;:!?\n、\d]{0,3}"
)
_PER = re.compile(r"每(?:超过?|增加|减少|低于?|高于?|多|少|下降|提高)?$")
NEAR = 8
FARTHEST = 60
MEMORY = 500


@dataclass(frozen=True, slots=True)
class Ground:
    """A healed text with its quantities and sections, and where its sentences end."""

    text: str
    quantities: tuple[Quantity, ...]
    outline: Outline
    sentences: tuple[int, ...]
    halves: tuple[int, ...]

    @classmethod
    def of(cls, text: str, quantities: Sequence[Quantity], outline: Outline) -> Ground:
        """Prepare the sentence bounds once."""
        ends = tuple(match.end() for match in _SENTENCE.finditer(text))
        halves = tuple(match.end() for match in _HALF.finditer(text))
        return cls(text, tuple(quantities), outline, ends, halves)

    def sentence(self, place: int) -> tuple[int, int]:
        """Return the sentence around a place."""
        return _around(self.sentences, place, len(self.text))

    def half(self, place: int) -> tuple[int, int]:
        """Return the sentence around a place, where a semicolon ends one too."""
        return _around(self.halves, place, len(self.text))


def _around(ends: tuple[int, ...], place: int, last: int) -> tuple[int, int]:
    at = bisect_right(ends, place)
    return (ends[at - 1] if at else 0), (ends[at] if at < len(ends) else last)


@dataclass(frozen=True)
class Place:
    """A quantity in its surroundings.

    left: the words of its clause before it, from `left_start`, without brackets and without the
    quantity before. right: the words after it, up to the next mark or quantity. tier: the words of
    a condition such as 10万元以上 that stands before it. tail: one that follows, as in
    148个村收入10万元以上.
    """

    ground: Ground
    quantity: Quantity
    before: Quantity | None
    after: Quantity | None
    tier: Quantity | None = None
    tail: Quantity | None = None

    @cached_property
    def left_start(self) -> int:
        """Where the words before the quantity begin."""
        text = self.ground.text
        floor = max(self.before.closing if self.before else 0, self.quantity.opening - FARTHEST)
        at = self.quantity.opening
        if at - 1 > floor and text[at - 1] == "(":
            at -= 1
        while at > floor and text[at - 1] not in CLAUSE_ENDS:
            if text[at - 1] == ")":
                opened = text.rfind("(", floor, at)
                if opened < 0:
                    break
                at = opened
                continue
            at -= 1
        while at < self.quantity.opening and text[at] in ")、 \t":
            at += 1
        return self._past_noun_before(at)

    def _past_noun_before(self, at: int) -> int:
        """Leave out the noun that belongs to the quantity before: 6个行政村、80个村民小组."""
        text, end = self.ground.text, self.quantity.opening
        if self.before and at == self.before.closing and at < end:
            mark = text.find("、", at, end)
            if mark >= 0:
                return mark + 1
            if text[end - 1] in "和及与":
                return end
        return at

    @cached_property
    def left(self) -> str:
        """The words before the quantity, brackets and their words left out."""
        words = self.ground.text[self.left_start : self.quantity.opening]
        return re.sub(r"\([^()]*\)", "", words).removesuffix("(")

    @cached_property
    def right(self) -> str:
        """The words after the quantity, up to the next mark or quantity."""
        text, start = self.ground.text, self.quantity.closing
        limit = min(len(text), start + FARTHEST, self.after.opening if self.after else len(text))
        match = _ENDS_AFTER.search(text, start, limit)
        return text[start : match.start() if match else limit]

    @property
    def joint(self) -> str:
        """The mark between the quantity before and the words before this one."""
        text = self.ground.text
        between = text[self.before.closing : self.left_start] if self.before else ""
        return between.strip()[-1:] if between.strip() else ""

    @cached_property
    def section(self) -> Section:
        """The section the quantity lies in."""
        return self.ground.outline.at(self.quantity.start)

    @cached_property
    def sentence_before(self) -> str:
        """The words of the sentence up to the quantity."""
        return self._since(self.ground.sentence(self.quantity.start)[0])

    @cached_property
    def half_before(self) -> str:
        """The words of the half sentence up to the quantity."""
        return self._since(self.ground.half(self.quantity.start)[0])

    def _since(self, start: int) -> str:
        """The words from there up to the quantity, as far back as a person would look."""
        end = self.quantity.start
        return self.ground.text[max(start, end - MEMORY) : end]


def places(ground: Ground) -> list[Place]:
    """Give each quantity its surroundings; a condition (10万元以上4个) joins what it conditions."""
    found: list[Place] = []
    before: Quantity | None = None
    tier: Quantity | None = None
    quantities = ground.quantities
    for index, quantity in enumerate(quantities):
        if found and is_tail(ground.text, found[-1].quantity, quantity):
            found[-1] = replace(found[-1], tail=quantity, after=quantity)
            before = quantity
            continue
        after = quantities[index + 1] if index + 1 < len(quantities) else None
        if after and tier is None and is_tier(ground.text, quantity, after):
            tier = quantity
            continue
        found.append(Place(ground, quantity, before, after, tier))
        before, tier = quantity, None
    return found


def is_tier(text: str, quantity: Quantity, after: Quantity) -> bool:
    """Say whether a quantity only conditions the next.

    20万元以上4个, 5万元至20万元的村9个, 占全年任务1.5亿元的49.9%, 每超100万元奖励5000元.
    """
    between = text[quantity.closing : after.opening]
    if between in {"的", ")的"} and after.unit == "%":
        return True
    if _PER.search(text[max(0, quantity.opening - 4) : quantity.start]) and "," not in between:
        return len(between) <= NEAR
    if not _TIER.fullmatch(between) or quantity.rule == "rank" or quantity.unit == after.unit:
        return False
    bounded = quantity.closing > quantity.end and quantity.comparator in {">=", "<="}
    named = between.startswith("的") or between.endswith(("项目", "企业", "村", "户", "基地"))
    told = quantity.high is not None or quantity.opening < quantity.start or quantity.rule == "half"
    return bounded or (named and told)


def is_tail(text: str, count: Quantity, quantity: Quantity) -> bool:
    """Say whether a quantity conditions the count before it: 3个村收入不足5万元."""
    bounded = quantity.comparator in {">=", "<="} and quantity.unit.endswith("元")
    return bounded and bool(_TAIL.fullmatch(text[count.closing : quantity.opening]))
