"""What a verification looks at and what it finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhenxing.audit.hashing import GENESIS
from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Set
    from datetime import datetime

# A rewritten chain breaks everywhere: so many are told one by one, the rest are counted.
TOLD = 50
REPORT = "请立即停止使用并报告审计，用回执和留存的链头确定何时被改"


@dataclass(frozen=True)
class Seal:
    """What an entry says of the rows it sealed in one table: how many, in which columns."""

    rows: int
    digest: str
    algorithm: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """How an entry left a row: the digest of its columns."""

    sequence: int
    digest: str
    algorithm: str
    columns: tuple[str, ...]


@dataclass
class Table:
    """What entries say of a table that acts change: of each row, by its key, the latest.

    `latest` is the last entry that speaks of the table, `whole` whether one spoke of all its rows.
    """

    latest: int = 0
    whole: bool = False
    rows: dict[str, Left] = field(default_factory=dict)


@dataclass
class Findings:
    """Promises collected while walking the chain, and what turned out not to hold.

    `known` gives the hashes held outside the database by sequence, `filed` those of them that the
    site's own heads file holds; `owed` are the entries missing there.
    """

    known: Mapping[int, str]
    filed: Set[int]
    entries: int = 0
    rows: int = 0
    vouched: int = 0
    receipts: int = 0
    last: int = 0
    last_hash: str | None = GENESIS
    latest_at: datetime | None = None
    clock_told: bool = False
    owed: list[int] = field(default_factory=list)
    seals: dict[str, dict[int, Seal]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    promised: dict[str, tuple[int, str]] = field(default_factory=dict)
    first_bad: tuple[int, str] | None = None
    first_drift: tuple[int, str] | None = None
    told: list[Problem] = field(default_factory=list)
    untold: int = 0

    def bad(self, sequence: int, what: str, next_step: str = REPORT) -> None:
        """Note what is wrong at an entry."""
        if self.first_bad is None or sequence < self.first_bad[0]:
            self.first_bad = (sequence, what)
        self.tell(Problem(f"账本第{sequence}条", what, next_step))

    def drifted(self, sequence: int, what: str) -> None:
        """Note that a table is no longer as an entry left it.

        Where the chain itself is bad, that comes first: an entry cut off explains the drift.
        """
        if self.first_drift is None or sequence < self.first_drift[0]:
            self.first_drift = (sequence, what)
        self.tell(Problem(f"账本第{sequence}条", what, REPORT))

    def tell(self, problem: Problem) -> None:
        """Note a problem."""
        if len(self.told) < TOLD:
            self.told.append(problem)
        else:
            self.untold += 1

    def problems(self) -> tuple[Problem, ...]:
        """Give what was found; the untold are one line."""
        if not self.untold:
            return tuple(self.told)
        more = Problem("账本", f"另有{self.untold}处不符，未逐条列出", "先查明最前面的一处")
        return (*self.told, more)


@dataclass(frozen=True)
class Verification:
    """The outcome: how much was checked, the first bad entry with its fault, all problems."""

    entries: int
    rows: int
    vouched: int
    receipts: int
    heads: int
    first_bad: tuple[int, str] | None
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing but warnings was found."""
        return not any(problem.is_error for problem in self.problems)
