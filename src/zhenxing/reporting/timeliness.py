"""Whether something came, and whether it came in time: pure, from days alone.

The first version decides timeliness: who handed in on time and then mended what was returned was in
time. What has come back and not been handed in again is not in.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

HUNDRED = Decimal(100)


class Timing(Enum):
    """What became of one submission, by its last day."""

    ON_TIME = "按时"
    EXTENDED = "延期内"
    RULED = "认定按时"
    LATE = "逾期"
    RETURNED = "退回未再报"
    MISSING = "未报"
    AHEAD = "未到期"
    IMPORTED = "初始导入"


IN = (Timing.ON_TIME, Timing.EXTENDED, Timing.RULED, Timing.LATE)
IN_TIME = (Timing.ON_TIME, Timing.EXTENDED)
OUT = (Timing.MISSING, Timing.RETURNED)


@dataclass(frozen=True)
class HandIn:
    """The days of one submission: due, extended to, first handed in; how that was ruled on.

    `is_in` says that it was handed in and has not come back, `is_imported` that it came with the
    initial import and was never handed in here.
    """

    due: date
    extended_to: date | None = None
    first: date | None = None
    ruled_on_time: bool = False
    is_in: bool = False
    is_imported: bool = False


def timing(hand_in: HandIn, today: date) -> Timing:
    """Say what became of a submission as things stand on a day.

    >>> from datetime import date
    >>> due, day = date(2023, 10, 25), date(2023, 10, 30)
    >>> timing(HandIn(due, first=date(2023, 10, 26), is_in=True), day).value
    '逾期'
    >>> timing(HandIn(due, date(2023, 10, 27), date(2023, 10, 26), is_in=True), day).value
    '延期内'
    """
    if hand_in.is_imported:
        return Timing.IMPORTED
    last = max(hand_in.extended_to or hand_in.due, hand_in.due)
    if hand_in.first is None or not hand_in.is_in:
        if today <= last:
            return Timing.AHEAD
        return Timing.MISSING if hand_in.first is None else Timing.RETURNED
    return _came(hand_in.first, hand_in, last)


def _came(first: date, hand_in: HandIn, last: date) -> Timing:
    if first <= hand_in.due:
        return Timing.ON_TIME
    if first <= last:
        return Timing.EXTENDED
    return Timing.RULED if hand_in.ruled_on_time else Timing.LATE


@dataclass(frozen=True)
class Tally:
    """How many submissions became what, with the shares and their formulas.

    >>> tally = Tally.of([Timing.ON_TIME, Timing.LATE, Timing.RULED, Timing.MISSING])
    >>> tally.asked, tally.complete, tally.timely, tally.timely_as_ruled
    (4, Decimal('75'), Decimal('25'), Decimal('50'))
    """

    counts: tuple[tuple[Timing, int], ...]

    @classmethod
    def of(cls, timings: Iterable[Timing]) -> Tally:
        """Count."""
        counted = Counter(timings)
        return cls(tuple((each, counted[each]) for each in Timing))

    def count(self, *timings: Timing) -> int:
        """Give how many became one of these."""
        return sum(number for each, number in self.counts if each in timings)

    @property
    def asked(self) -> int:
        """应报: all but what the initial import brought."""
        return sum(number for _, number in self.counts) - self.count(Timing.IMPORTED)

    @property
    def come(self) -> int:
        """已报, in time or late."""
        return self.count(*IN)

    @property
    def on_time(self) -> int:
        """按时, without extension."""
        return self.count(Timing.ON_TIME)

    @property
    def extended(self) -> int:
        """延期内: after the common day, within the days an extension gave."""
        return self.count(Timing.EXTENDED)

    @property
    def ruled(self) -> int:
        """逾期（认定按时）."""
        return self.count(Timing.RULED)

    @property
    def late(self) -> int:
        """逾期, what was ruled to be on time left out."""
        return self.count(Timing.LATE)

    @property
    def missing(self) -> int:
        """未报, what came back and was not handed in again among it."""
        return self.count(*OUT)

    @property
    def ahead(self) -> int:
        """未到期."""
        return self.count(Timing.AHEAD)

    @property
    def complete(self) -> Decimal | None:
        """完整率 = 已报 ÷ 应报, percent; None where nothing was asked."""
        return share(self.come, self.asked)

    @property
    def timely(self) -> Decimal | None:
        """及时率 = (按时 + 延期内) ÷ (应报 − 未到期), percent."""
        return share(self.count(*IN_TIME), self.asked - self.ahead)

    @property
    def timely_as_ruled(self) -> Decimal | None:
        """认定后及时率 = (按时 + 延期内 + 认定按时) ÷ (应报 − 未到期), percent."""
        return share(self.count(*IN_TIME, Timing.RULED), self.asked - self.ahead)


def share(part: int, whole: int) -> Decimal | None:
    """Give a part in percent of the whole; None of nothing.

    >>> share(1, 3), share(0, 0)
    (Decimal('33.33333333333333333333333333'), None)
    """
    return Decimal(part) * HUNDRED / Decimal(whole) if whole > 0 else None
