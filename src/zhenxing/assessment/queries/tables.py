"""Who sees what of a round's results, and a run's result as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zhenxing.assessment.choices import RoundState
from zhenxing.assessment.queries import reckoning
from zhenxing.assessment.queries.rounds import may
from zhenxing.engine.schemes.explaining import parts_of
from zhenxing.organisation.models import Unit, WorkingGroup
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.assessment.models import Round, Run
    from zhenxing.web.scope import Scope

ZERO = Decimal(0)
# From the first mark on the assessed see their own; once it is published, everybody sees all.
OWN_STATES = frozenset({RoundState.MARKED, RoundState.REPLY, RoundState.CHECKED})


@dataclass(frozen=True)
class Sight:
    """What of a round's results a person sees: all, own units' codes, own departments' items."""

    everything: bool = False
    codes: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    keeps: bool = False

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to see yet."""
        return not (self.everything or self.codes or self.leads)

    def sees(self, code: str) -> bool:
        """Whether a unit's whole result may be opened."""
        return self.everything or code in self.codes


def sight(scope: Scope, round_: Round, day: date) -> Sight:
    """Say what the person sees of a round's results on a day; three queries at most."""
    allowed = may(target_queries.seats(scope, day), round_.scheme)
    if allowed.sees_all:
        return Sight(everything=True, keeps=allowed.keeps)
    if round_.is_published:
        return Sight(everything=True)
    if round_.state not in OWN_STATES:
        return Sight()
    groups = WorkingGroup.objects.filter(unit__code__in=scope.towns).values_list("code", flat=True)
    codes = frozenset(scope.units) | frozenset(groups)
    named = Unit.objects.filter(code__in=scope.departments).values_list("name", flat=True)
    return Sight(codes=codes, leads=frozenset(named))


@dataclass(frozen=True)
class Line:
    """One unit's line of a result table; `cells` are its parts, or the items a department leads."""

    code: str
    name: str
    group: str
    total: Decimal | None
    rank: int | None
    of: int
    grade: str
    eligible: bool
    cells: tuple[str | None, ...]
    moved: int | None = None
    is_open: bool = True

    @property
    def words(self) -> str:
        """What a search finds."""
        return f"{self.code} {self.name} {self.group} {self.grade}"


@dataclass(frozen=True)
class Table:
    """A result as a table: what its columns are, its lines, what may be narrowed."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    is_partial: bool = False

    @property
    def groups(self) -> list[str]:
        """The classes there are."""
        return sorted({line.group for line in self.lines if line.group})

    @property
    def grades(self) -> list[str]:
        """The grades there are, as they come down the ranks."""
        return list(dict.fromkeys(line.grade for line in self.lines if line.grade))


def table(run: Run, seen: Sight, before: Run | None = None) -> Table:
    """Make the table of a run as far as the person sees it; ranks are held against `before`."""
    rules = reckoning.rules(run.edition)
    led = [item for item in rules.items if item.lead in seen.leads]
    names = dict(run.rows.values_list("code", "name"))
    only_led = not seen.everything and not seen.codes.intersection(names)
    parts: list[tuple[str, tuple[str, ...]]] = (
        [(item.name, (item.id,)) for item in led]
        if only_led
        else [(name, tuple(item.id for item in items)) for name, items in parts_of(rules).values()]
    )
    earlier = {} if before is None else dict(before.rows.values_list("code", "rank"))
    lines = [
        _line(row, names, [codes for _, codes in parts], earlier, seen)
        for row in run.read()["rows"]
        if seen.sees(row["unit"]) or (only_led and led)
    ]
    columns = tuple(name for name, _ in parts)
    return Table(columns, tuple(lines), is_partial=not seen.everything)


def _line(
    row: Mapping[str, Any],
    names: Mapping[str, str],
    parts: list[tuple[str, ...]],
    earlier: Mapping[str, int | None],
    seen: Sight,
) -> Line:
    rank, before = row["rank"], earlier.get(row["unit"])
    is_open = seen.sees(row["unit"])
    return Line(
        code=row["unit"],
        name=names.get(row["unit"], row["unit"]),
        group=row["group"] or "",
        total=Decimal(row["total"]) if is_open and row["total"] is not None else None,
        rank=rank if is_open else None,
        of=row["of"],
        grade=(row["grade"] or "") if is_open else "",
        eligible=row["eligible"],
        cells=tuple(_sum(row["items"], part) for part in parts),
        moved=before - rank if is_open and before is not None and rank is not None else None,
        is_open=is_open,
    )


def _sum(items: Mapping[str, Any], codes: tuple[str, ...]) -> str | None:
    """Add up printed scores; None where one is missing that belongs to the unit."""
    known = [Decimal(items[code]["score"]) for code in codes
             if code in items and items[code]["score"] is not None]  # fmt: skip
    return str(sum(known, ZERO)) if known else None
