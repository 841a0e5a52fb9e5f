"""Which indicator of a dictionary a fact belongs to: candidates with a score."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from zhenxing.kernel.quantities import MeasureError, measure
from zhenxing.reading.lexicon import any_of, simplified, table, words
from zhenxing.reading.results import Candidate, Fact

SURE = 0.72
POSSIBLE = 0.4
MARGIN = 0.06
MOST = 3
OTHER_MEASURE = 0.5
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator as the reader needs it: code, unit of measure, and every name it goes by."""

    code: str
    measure: str
    names: tuple[str, ...]


def entries(dictionary: Iterable[Mapping[str, object]]) -> list[Entry]:
    """Take `code`, `name`, `measure` and, where given, `synonyms` from a dictionary's rows.

    >>> entries([{"code": "fai", "name": "固定资产投资", "measure": "万元"}])[0].names[:2]
    ('固定资产投资', '固投')
    """
    known: Mapping[str, Sequence[str]] = table("synonyms")
    found = []
    for row in dictionary:
        name = str(row["name"])
        own = row.get("synonyms")
        more = [str(each) for each in own] if isinstance(own, list | tuple) else []
        names = dict.fromkeys([name, *known.get(name, ()), *more])
        found.append(Entry(str(row["code"]), str(row.get("measure", "")), tuple(names)))
    return found


def matched(facts: Iterable[Fact], known: Sequence[Entry]) -> list[Fact]:
    """Give each fact its candidates, and its indicator where one is clearly the best."""
    found = []
    seen: dict[tuple[object, ...], tuple[Candidate, ...]] = {}
    for fact in facts:
        if not known or fact.kind == "deadline":
            found.append(fact)
            continue
        key = (fact.subject, fact.unit, fact.kind == "rank", fact.change is None)
        best = seen[key] if key in seen else seen.setdefault(key, candidates(fact, known))
        found.append(replace(fact, candidates=best, indicator=clear(best)))
    return found


def clear(best: Sequence[Candidate]) -> str | None:
    """Give the indicator that is clearly meant, or None where a person must choose.

    >>> clear([Candidate("pigs", 0.9), Candidate("pigs_sold", 0.89)]) is None
    True
    """
    sure = bool(best) and best[0].score >= SURE
    alone = sure and (len(best) == 1 or best[0].score - best[1].score >= MARGIN)
    return best[0].indicator if alone else None


def candidates(fact: Fact, known: Sequence[Entry]) -> tuple[Candidate, ...]:
    """Return the likeliest indicators, best first, at most three."""
    return _likeliest(fact.subject, known, lambda entry: _measures_agree(fact, entry))


def candidates_of_name(name: str, known: Sequence[Entry]) -> tuple[Candidate, ...]:
    """Return the likeliest indicators for a name that stands without a figure.

    >>> candidates_of_name("固定资产投资", entries([{"code": "fai", "name": "固定资产投资"}]))
    (Candidate(indicator='fai', score=1.0),)
    """
    return _likeliest(name, known, lambda _: True)


def _likeliest(
    name: str, known: Sequence[Entry], agrees: Callable[[Entry], bool]
) -> tuple[Candidate, ...]:
    subject = _name(name)
    scored = []
    for entry in known:
        score = max(_likeness(subject, _name(other)) for other in entry.names)
        if score >= POSSIBLE and not agrees(entry):
            score *= OTHER_MEASURE
        if score >= POSSIBLE:
            scored.append(Candidate(entry.code, round(score, 3)))
    return tuple(sorted(scored, key=lambda each: (-each.score, each.indicator))[:MOST])


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    singles: frozenset[str]
    pairs: frozenset[str]


@lru_cache(maxsize=4096)
def _name(name: str) -> _Name:
    """Leave out what tells no indicators apart: brackets and range words."""
    text = _BRACKETS.sub("", name.translate(simplified()))
    text = re.sub(rf"^(?:{any_of(words('scopes'))}|年)", "", text)
    pairs = frozenset(text[at : at + 2] for at in range(len(text) - 1))
    return _Name(text, frozenset(text), pairs)


def _likeness(first: _Name, second: _Name) -> float:
    """Compare by pairs of characters, and by characters where the order differs (养殖乌鸡)."""
    common = len(first.singles & second.singles)
    singles = _dice(common, first.singles, second.singles)
    if singles < POSSIBLE and common < len(second.singles):
        return 0.0
    if first.text == second.text:
        return 1.0
    pairs = _dice(len(first.pairs & second.pairs), first.pairs, second.pairs)
    return max(0.6 * pairs + 0.35 * singles, _held(first.text, second.text))


def _dice(common: int, first: frozenset[str], second: frozenset[str]) -> float:
    total = len(first) + len(second)
    return 2 * common / total if total else 0.0


def _held(subject: str, name: str) -> float:
    """Score a subject that holds the whole name, or its characters in their order."""
    if name in subject and (len(name) > MOST or subject.endswith(name)):
        return 0.7 + 0.2 * len(name) / len(subject) if subject else 0.0
    letters = iter(subject)
    return 0.74 if len(name) > MOST and all(char in letters for char in name) else 0.0


def _measures_agree(fact: Fact, entry: Entry) -> bool:
    if fact.change and fact.unit in {"%", "个百分点"}:
        return True
    if fact.kind == "rank" or not entry.measure:
        return True
    try:
        return measure(fact.unit).converts_to(measure(entry.measure))
    except MeasureError:
        return fact.unit == entry.measure
