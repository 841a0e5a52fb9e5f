"""Facts: each quantity with its subject, meaning and period."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhenxing.reading.clauses import Ground, Place, places
from zhenxing.reading.dates import Mention, mentions
from zhenxing.reading.healing import Healed
from zhenxing.reading.kinds import direction, growth_word, is_target
from zhenxing.reading.papers import default_part
from zhenxing.reading.quantities import Quantity
from zhenxing.reading.results import Document, Fact
from zhenxing.reading.subjects import Memory, Subject, split_pair, subject_of

CARRIED = frozenset({"subject before", "growth of the subject before"})


@dataclass(frozen=True, slots=True)
class Found:
    """A fact with what later steps need: its place and subject."""

    fact: Fact
    place: Place
    subject: Subject


def find_facts(healed: Healed, ground: Ground, document: Document) -> list[Found]:
    """Read every quantity of a healed text into a fact, in order."""
    found: list[Found] = []
    named = mentions(healed.text)
    ordered = places(ground)
    memory = Memory()
    for place in ordered:
        last = found[-1] if found else None
        memory = _memory(memory, last, place)
        word = growth_word(place) or _listed_growth(place, last)
        subject = subject_of(place, memory, word)
        fact = _fact(healed, place, subject, (document, word, named))
        found.append(Found(fact, place, subject))
    return _with_pairs_split(found)


def _listed_growth(place: Place, last: Found | None) -> str:
    """Carry growth along a list: 分别增长5.6%、8.1%."""
    if (
        last is None
        or place.left
        or place.joint not in {"、", "和", "及"}
        or last.fact.change is None
    ):
        return ""
    same = last.place.quantity.unit == place.quantity.unit
    return ("增长" if last.fact.change == "increase" else "下降") if same else ""


def _memory(memory: Memory, last: Found | None, place: Place) -> Memory:
    """Carry on what the fact before said, as long as the paragraph goes on."""
    if last is None:
        return memory
    before, here = last.place.quantity, place.quantity
    text = place.ground.text
    if "\n" in text[before.closing : here.opening] or last.place.section != place.section:
        return Memory()
    same = place.ground.sentence(before.start) == place.ground.sentence(here.start)
    subject = last.subject
    is_part = subject.body or subject.rule in {
        "rank",
        "gap to the subject before",
        "rate of the thing before",
    }
    whole = memory.whole if is_part else subject
    carried = subject if subject.rule not in {"gap to the subject before", "rank"} else memory.last
    units = {**memory.units, before.unit: subject}
    return Memory(carried, before.unit, whole, same, units)


def _fact(
    healed: Healed, place: Place, subject: Subject, known: tuple[Document, str, Sequence[Mention]]
) -> Fact:
    document, word, named = known
    quantity = place.quantity
    target = is_target(place, document)
    change = direction(place, word)
    start, end = healed.back(
        min(subject.start, quantity.opening), max(subject.end, quantity.closing)
    )
    repaired, doubt = _repair(healed, quantity)
    return Fact(
        quote=healed.given[start:end], start=start, end=end, subject=subject.text,
        value=quantity.value, value_high=quantity.high, unit=quantity.unit,
        value_base=quantity.base, kind=_kind(quantity, change, target=target),
        comparator=quantity.comparator, change=change,
        period=_period(place, document, named, target=target), masked=quantity.masked,
        repaired_from=repaired, section=place.section.label,
        rule=f"{quantity.rule}; {subject.rule}", doubt=doubt,
    )  # fmt: skip


def _kind(quantity: Quantity, change: str | None, *, target: bool) -> str:
    if quantity.rule == "rank":
        return "rank"
    if target:
        return "target"
    return "change" if change else "actual"


def _repair(healed: Healed, quantity: Quantity) -> tuple[str | None, str]:
    """Return the damaged token as given, and the doubt where two readings fit."""
    for repair in healed.repairs:
        if repair.start < quantity.end and quantity.start < repair.end:
            start, _ = healed.back(min(repair.start, quantity.start), quantity.end)
            _, end = healed.back(quantity.start, max(repair.end, quantity.end))
            return healed.given[start:end], repair.doubt
    return None, ""


def _period(
    place: Place, document: Document, named: Sequence[Mention], *, target: bool
) -> str | None:
    """Return the period named nearest before in the sentence, else that of the section or paper."""
    start, _ = place.ground.sentence(place.quantity.start)
    at = bisect_right([mention.end for mention in named], place.quantity.start) - 1
    year = place.section.year or document.year
    if at >= 0 and named[at].start >= start:
        nearest = named[at]
        key = nearest.key(year)
        if key:
            return key
    if place.section.year is None and document.kind == "summary" and target:
        return str(year + 1) if year else None
    part = "" if target or place.section.year else default_part(document)
    return f"{year}{part}" if year else None


def _respective(found: list[Found], index: int) -> list[Found]:
    """Give 游客386万人次、收入23.1亿元,分别增长42%、48.5% their subjects in order."""
    first, second = found[index], found[index + 1]
    carried = all(each.subject.rule in CARRIED for each in (first, second))
    listed = (
        second.place.left in {"", "和"} and second.place.quantity.unit == first.place.quantity.unit
    )
    if index < 2 or "分别" not in first.place.left or not (carried and listed):  # noqa: PLR2004  # two before
        return []
    named = found[index - 2], found[index - 1]
    if named[0].subject.text == named[1].subject.text or named[0].fact.unit == first.fact.unit:
        return []
    return [
        replace(each, fact=replace(each.fact, subject=own.fact.subject))
        for each, own in zip((first, second), named, strict=True)
    ]


def _with_pairs_split(found: list[Found]) -> list[Found]:
    """Give 城镇和农村居民收入分别增长5.6%、8.1% its two subjects."""
    for index in range(len(found) - 1):
        first, second = found[index], found[index + 1]
        shared = _respective(found, index)
        if shared:
            found[index : index + 2] = shared
            continue
        own = split_pair(first.subject.text, second=False)
        if own != first.subject.text and second.fact.subject != first.fact.subject:
            found[index] = replace(first, fact=replace(first.fact, subject=own))
    return found
