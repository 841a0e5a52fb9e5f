"""The arithmetic of the burden: pure, from items and minutes alone.

The formulas stand in docs/algorithms/burden.md. Units are counted, persons are not: no log-ins, no
ranking of who was quick.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.kernel.rounding import half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Want:
    """One number that a form wants of a unit: `received` and `known` ones need not be filled in.

    `place` is unit, indicator and period: the same number wanted twice has the same place.
    """

    place: tuple[str, str, str]
    received: bool = False
    known: bool = False


@dataclass(frozen=True)
class Burden:
    """What was wanted of a unit, or of all, and what of it was spared.

    >>> one, two = ("T01", "fai", "2023-10"), ("T01", "jobs", "2023-10")
    >>> told = Burden.of([Want(one, received=True), Want(two), Want(two)], [12, 40, 7])
    >>> told.wanted, told.asked, told.twice, told.spared, told.minutes, told.timed
    (3, 2, 1, Decimal('33.33'), Decimal('12'), 3)
    """

    wanted: int
    received: int
    known: int
    twice: int
    minutes: Decimal | None
    timed: int

    @classmethod
    def of(cls, wants: Iterable[Want], minutes: Iterable[int]) -> Burden:
        """Count."""
        found, times = list(wants), list(minutes)
        asked = Counter(each.place for each in found if not each.received)
        return cls(
            wanted=len(found),
            received=sum(each.received for each in found),
            known=sum(each.known and not each.received for each in found),
            twice=sum(number - 1 for number in asked.values()),
            minutes=median(times),
            timed=len(times),
        )

    @property
    def asked(self) -> int:
        """要填的数 = 应有的数 − 部门提供 − 已知."""
        return self.wanted - self.received - self.known

    @property
    def spared(self) -> Decimal | None:
        """免填率 = (部门提供 + 已知) ÷ 应有的数, percent to two places; None of nothing."""
        if not self.wanted:
            return None
        return half_up(Decimal(self.received + self.known) * HUNDRED / Decimal(self.wanted), 2)


def median(values: Sequence[int]) -> Decimal | None:
    """Give the middle one, of an even number the mean of the middle two.

    >>> median([40, 7, 12]), median([7, 12]), median([])
    (Decimal('12'), Decimal('9.5'), None)
    """
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    if len(values) % 2:
        return Decimal(ordered[half])
    return Decimal(ordered[half - 1] + ordered[half]) / 2
