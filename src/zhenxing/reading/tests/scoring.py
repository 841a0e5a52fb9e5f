"""How well facts agree with labels, at three levels: quantity, meaning, subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhenxing.reading.results import Fact
from zhenxing.reading.tests.labels import Label

LIKE_ENOUGH = 0.6
_SIZE = re.compile(r"^[十百千万亿]+")


@dataclass(frozen=True)
class Score:
    """Hits at each level, labels wanted, facts given."""

    quantity: int
    meaning: int
    subject: int
    wanted: int
    given: int

    def __add__(self, other: Score) -> Score:
        return Score(
            self.quantity + other.quantity,
            self.meaning + other.meaning,
            self.subject + other.subject,
            self.wanted + other.wanted,
            self.given + other.given,
        )

    def f1(self, level: str) -> float:
        """Return the F1 of a level; hits over the mean of wanted and given."""
        hits: int = getattr(self, level)
        return 2 * hits / (self.wanted + self.given) if hits else 0.0


NOTHING = Score(0, 0, 0, 0, 0)


def score(labels: Sequence[Label], facts: Sequence[Fact]) -> Score:
    """Pair labels and facts one to one, best agreement first, and count."""
    tries = sorted(
        (-_same_meaning(label, fact), -_same_subject(label, fact), _apart(label, fact), i, j)
        for i, label in enumerate(labels)
        for j, fact in enumerate(facts)
        if _same_quantity(label, fact)
    )
    taken: dict[int, int] = {}
    for _, _, _, i, j in tries:
        if i not in taken and j not in taken.values():
            taken[i] = j
    pairs = [(labels[i], facts[j]) for i, j in taken.items()]
    must = [(label, fact) for label, fact in pairs if not label.optional]
    meant = [(label, fact) for label, fact in must if _same_meaning(label, fact)]
    named = [(label, fact) for label, fact in meant if _same_subject(label, fact)]
    wanted = sum(not label.optional for label in labels)
    given = len(facts) - (len(pairs) - len(must))
    return Score(len(must), len(meant), len(named), wanted, given)


def _same_quantity(label: Label, fact: Fact) -> bool:
    if not (fact.start < label.end and label.start < fact.end):
        return False
    if label.masked or fact.masked:
        return label.masked == fact.masked
    if label.kind == fact.kind == "deadline":
        return True
    if _bare(label.unit) != _bare(fact.unit) or label.base != fact.value_base:
        return False
    high = None if fact.value_high is None else fact.base(fact.value_high)
    return label.high is None or label.high in {high, fact.value_high}


def _bare(unit: str) -> str:
    return _SIZE.sub("", unit)


def _same_meaning(label: Label, fact: Fact) -> bool:
    same = (label.kind, label.change) == (fact.kind, fact.change)
    return same and fact.comparator in label.comparators


def _same_subject(label: Label, fact: Fact) -> bool:
    first, second = set(label.subject), set(fact.subject)
    shorter = min(len(first), len(second))
    return not first or (bool(second) and len(first & second) / shorter >= LIKE_ENOUGH)


def _apart(label: Label, fact: Fact) -> Decimal:
    return abs(Decimal(label.start + label.end - fact.start - fact.end))
