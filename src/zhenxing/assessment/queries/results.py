"""A run's result as pages show it: who may see what, the table, one unit item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from zhenxing.assessment.choices import RoundState
from zhenxing.assessment.queries import reckoning
from zhenxing.assessment.queries.rounds import may
from zhenxing.engine import schemes
from zhenxing.engine.schemes.explaining import parts_of
from zhenxing.indicators import queries as indicator_queries
from zhenxing.indicators.models import Figure
from zhenxing.kernel.periods import Period
from zhenxing.organisation.models import Unit, WorkingGroup
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.assessment.models import Round, Run
    from zhenxing.engine.schemes.explaining import Input, ItemExplanation, PartSum
    from zhenxing.web.scope import Scope

ZERO = Decimal(0)
# From the first mark on the assessed see their own; once it is published, everybody sees all.
OWN_STATES = frozenset({RoundState.MARKED, RoundState.REPLY, RoundState.CHECKED})
_KEYS = re.compile(r"（数据(\d+)(?:\+\d+)*）")


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


@dataclass(frozen=True)
class Source:
    """What a rule read: its name, value, place in words, and the page of that very cell."""

    name: str
    value: str | None
    where: str
    address: str = ""


@dataclass(frozen=True)
class ItemLine:
    """One item of a unit as its page shows it."""

    told: ItemExplanation
    sources: tuple[Source, ...]
    rank: int | None
    of: int
    width: int  # the lost points as percent of the most that an item lost here
    best: tuple[str, str] | None
    kept: str | None  # the score as the run keeps it

    @property
    def is_lost(self) -> bool:
        """Whether points are lost here."""
        return Decimal(self.told.lost or 0) > 0


@dataclass(frozen=True)
class UnitPage:
    """One unit's result: its kept row, its parts with their items, the sum, what helps most."""

    row: Mapping[str, Any]
    name: str
    parts: tuple[tuple[PartSum, tuple[ItemLine, ...]], ...]
    lost: str
    full: str
    rest: Decimal | None
    ahead: tuple[str, str] | None
    gains: tuple[tuple[ItemExplanation, Decimal], ...]
    agrees: bool

    @property
    def lines(self) -> Iterator[ItemLine]:
        """Every item line."""
        return (line for _, lines in self.parts for line in lines)

    @property
    def by_loss(self) -> list[ItemLine]:
        """The items, the most lost points first."""
        return sorted(self.lines, key=lambda each: -Decimal(each.told.lost or 0))


def unit_page(run: Run, code: str, seen: Sight, scope: Scope) -> UnitPage | None:
    """Explain one unit of a run; None where it was not scored or is not to be seen."""
    kept = {row["unit"]: row for row in run.read()["rows"]}
    row = kept.get(code)
    if row is None or not (seen.sees(code) or seen.leads):
        return None
    told = schemes.explained(reckoning.reckoned(run), code)
    if told is None:
        return None
    shown = [each for each in told.items if seen.sees(code) or each.lead in seen.leads]
    if not shown:
        return None
    places = _places([each for item in shown for each in item.inputs], run, scope)
    most = max((Decimal(each.lost or 0) for each in shown), default=ZERO)
    peers = [each for each in kept.values() if each["group"] == row["group"]]
    lines = {each.code: _item_line(each, row, peers, places, most, seen) for each in shown}
    parts = tuple(
        (part, tuple(lines[each.code] for each in shown if each.part == part.id))
        for part in told.parts
    )
    sections = [part for part in told.parts if part.id not in {"bonus", "penalties"}]
    return UnitPage(
        row=row,
        name=told.name,
        parts=tuple((part, items) for part, items in parts if items),
        lost=_total(part.lost for part in sections),
        full=_total(part.points for part in sections),
        rest=_rest(row, told.parts),
        ahead=told.ahead if seen.everything else _nameless(told.ahead),
        gains=_gains(shown),
        agrees=reckoning.result_text(reckoning.reckoned(run)) == run.result,
    )


def _item_line(
    told: ItemExplanation,
    row: Mapping[str, Any],
    peers: list[Mapping[str, Any]],
    places: Mapping[str, str],
    most: Decimal,
    seen: Sight,
) -> ItemLine:
    kept = row["items"].get(told.code, {}).get("score")
    scores = [
        Decimal(score) for each in peers
        if (score := each["items"].get(told.code, {}).get("score")) is not None
    ]  # fmt: skip
    width = int(Decimal(told.lost or 0) * 100 / most) if most else 0
    best = told.best if seen.everything or told.best is None else ("", told.best[1])
    return ItemLine(
        told=told,
        sources=tuple(_sources(told.inputs, places)),
        rank=None if kept is None else 1 + sum(score > Decimal(kept) for score in scores),
        of=len(scores),
        width=width,
        best=best,
        kept=kept,
    )


def _sources(inputs: tuple[Input, ...], places: Mapping[str, str]) -> Iterator[Source]:
    for each in inputs:
        for number, where in enumerate(each.where.split("、")):
            found = _KEYS.search(where)
            address = places.get(found[1], "") if found else ""
            clean = _KEYS.sub("", where)
            yield Source(each.name if not number else "", each.value if not number else "",
                         clean, address)  # fmt: skip


def _places(inputs: list[Input], run: Run, scope: Scope) -> dict[str, str]:
    """Give the page of each figure that was read, where the person may open it; two queries."""
    keys = {key for each in inputs for key in _KEYS.findall(each.where)}
    readable = set(indicator_queries.readable_units(scope).values_list("code", flat=True))
    codes = indicator_queries.visible_codes(scope)
    found = Figure.objects.filter(pk__in=keys, unit__code__in=readable)
    if codes is not None:
        found = found.filter(indicator__code__in=codes)
    return {
        str(key): f"{reverse('indicators:one', args=(unit, code))}?"
        + urlencode({"period": _month_of(period), "as_of": run.as_of.isoformat()})
        for key, unit, code, period in found.values_list(
            "pk", "unit__code", "indicator__code", "period"
        )
    }


def _month_of(period: str) -> str:
    """Name a figure's period as an address does, where a longer one is its last month."""
    asked = Period.parse(period)
    return str(Period.month(asked.year, asked.last_month))


def _total(texts: Iterator[str]) -> str:
    return f"{sum((Decimal(text) for text in texts), ZERO):f}"


def _rest(row: Mapping[str, Any], parts: tuple[PartSum, ...]) -> Decimal | None:
    """Give what caps, scaling and rounding did beyond adding the parts up."""
    if row["total"] is None or any(part.score is None and part.points != "0" for part in parts):
        return None
    signs = {"penalties": -1}
    added = sum((signs.get(part.id, 1) * Decimal(part.score or 0) for part in parts), ZERO)
    return Decimal(row["total"]) - added


def _nameless(ahead: tuple[str, str] | None) -> tuple[str, str] | None:
    return None if ahead is None else ("前一名", ahead[1])


def _gains(shown: list[ItemExplanation]) -> tuple[tuple[ItemExplanation, Decimal], ...]:
    """Give the items in which one more unit of x brings points, the most first."""
    known = [(each, Decimal(each.one_more)) for each in shown if each.one_more is not None]
    known.sort(key=lambda pair: -pair[1])
    return tuple((each, gain) for each, gain in known if gain > 0)[:6]
