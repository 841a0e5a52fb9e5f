"""One unit of a run as its page shows it: item by item, each with the way to its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from zhenxing.assessment.models import Claim
from zhenxing.assessment.naming import named, words_of
from zhenxing.assessment.queries import reckoning
from zhenxing.assessment.queries.figures import NOT_DUE
from zhenxing.assessment.queries.reckoning import plain_text
from zhenxing.engine import schemes
from zhenxing.indicators import queries as indicator_queries
from zhenxing.indicators.models import Figure, Indicator
from zhenxing.kernel.periods import Period

if TYPE_CHECKING:
    from zhenxing.assessment.models import Run
    from zhenxing.assessment.queries.tables import Sight
    from zhenxing.engine.schemes.explaining import Input, ItemExplanation, PartSum
    from zhenxing.web.scope import Scope

ZERO = Decimal(0)
# What the engine says where there is no row at all.
EXTRAS = frozenset({"bonus", "penalties"})
EVENT, MARK = "事项", "评分 "
NOWHERE = {"events": "没有这类事项", "ratings": "没有评分", "figures": "没有数"}
_KEYS = re.compile(r"（数据(\d+)(?:\+\d+)*）")


@dataclass(frozen=True)
class Source:
    """What a rule read: its name, value, place in words, and the page of that very cell."""

    name: str
    value: str | None
    where: str
    address: str = ""


@dataclass(frozen=True)
class ItemLine:
    """One item of a unit as its page shows it; names of indicators stand for their codes."""

    told: ItemExplanation
    rule: str
    why: str
    measure: str
    sources: tuple[Source, ...]
    rank: int | None
    of: int
    width: int  # the lost points as percent of the most that an item lost here
    best: str
    kept: str | None  # the score as the run keeps it
    reached: str
    is_open: bool

    @property
    def is_due(self) -> bool:
        """Whether the item's figures can be there by now, as their release calendars have it."""
        return self.kept is not None or NOT_DUE not in self.why

    @property
    def lost(self) -> str:
        """The lost points with as many digits as the score has."""
        places = Decimal(self.kept or 0).as_tuple().exponent
        lost = Decimal(self.told.lost or 0)
        return f"{lost:.{-places if isinstance(places, int) else 0}f}"

    @property
    def applies(self) -> bool:
        """Whether the unit can get points here: its group is given some."""
        is_extra = self.told.part in EXTRAS
        return self.told.result.applies and (is_extra or Decimal(self.told.result.points) != 0)

    @property
    def is_lost(self) -> bool:
        """Whether points are lost here."""
        return Decimal(self.told.lost or 0) > 0

    @property
    def gain(self) -> Decimal:
        """What one more unit of x would bring."""
        return Decimal(self.told.one_more or 0)


@dataclass(frozen=True)
class Gain:
    """An item in which a little more brings points; `needed` to reach the next above, about."""

    code: str
    name: str
    measure: str
    points: Decimal
    needed: Decimal | None


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
    gains: tuple[Gain, ...]
    agrees: bool

    @property
    def lines(self) -> Iterator[ItemLine]:
        """Every item line."""
        return (line for _, lines in self.parts for line in lines)

    @property
    def by_loss(self) -> list[ItemLine]:
        """The items, the most lost points first."""
        return sorted(self.lines, key=lambda each: -Decimal(each.told.lost or 0))


def unit_page(run: Run, code: str, seen: Sight, scope: Scope, wanted: str = "") -> UnitPage | None:
    """Explain one unit of a run; None where it was not scored or is not to be seen.

    `wanted` is the item that is opened, the one that lost most by default.
    """
    kept = {row["unit"]: row for row in run.read()["rows"]}
    row = kept.get(code)
    if row is None or not (seen.sees(code) or seen.leads):
        return None
    told = schemes.explained(reckoning.reckoned(run), code)
    shown = [] if told is None else [
        each for each in told.items if seen.sees(code) or each.lead in seen.leads
    ]  # fmt: skip
    if told is None or not shown:
        return None
    making = _Making(run, row, [each for each in kept.values() if each["group"] == row["group"]])
    making.open(shown, wanted)
    making.places = _places(shown, run, scope)
    making.shows_names = seen.everything
    lines = {each.code: making.line(each) for each in shown}
    parts = tuple(
        (part, tuple(lines[each.code] for each in shown if each.part == part.id))
        for part in told.parts
    )
    sections = [part for part in told.parts if part.id not in EXTRAS]
    return UnitPage(
        row=row,
        name=told.name,
        parts=tuple((part, items) for part, items in parts if items),
        lost=_total(part.lost for part in sections),
        full=_total(part.points for part in sections),
        rest=_rest(row, told.parts),
        ahead=told.ahead if seen.everything else _nameless(told.ahead),
        gains=_gains(lines.values(), told.ahead),
        agrees=reckoning.result_text(reckoning.reckoned(run)) == run.result,
    )


class _Making:
    """The lines of one unit's items under way."""

    def __init__(self, run: Run, row: Mapping[str, Any], peers: list[Mapping[str, Any]]) -> None:
        self.run, self.row, self.peers = run, row, peers
        self.places: Mapping[str, str] = {}
        self.shows_names = False
        self.opened, self.most = "", ZERO
        facts = reckoning.reckoned(run).facts
        self.units = {code: unit.name for code, unit in facts.units.items()}
        self.items = {item.id: item for item in reckoning.rules(run.edition).items}
        rows = Indicator.objects.values_list("code", "name", "measure")
        known = {code: (name, measure) for code, name, measure in rows}
        names = [(code, name) for code, (name, _) in known.items()]
        self.words = words_of(names, reckoning.rules(run.edition))
        self.measures = {code: measure for code, (_, measure) in known.items()}

    def open(self, shown: list[ItemExplanation], wanted: str) -> None:
        """Choose the item that stands open, and the longest bar."""
        losses = {each.code: Decimal(each.lost or 0) for each in shown}
        self.most = max(losses.values(), default=ZERO)
        worst = max(losses, key=lambda code: losses[code])
        self.opened = wanted if wanted in losses else worst

    def line(self, told: ItemExplanation) -> ItemLine:
        """Make one item's line."""
        kept = self.row["items"].get(told.code, {}).get("score")
        scores = {
            each["unit"]: Decimal(score)
            for each in self.peers
            if (score := each["items"].get(told.code, {}).get("score")) is not None
        }
        rank = None if kept is None else 1 + sum(s > Decimal(kept) for s in scores.values())
        item = self.items.get(told.code)
        is_plain = item is not None and item.value is None
        return ItemLine(
            told=told,
            rule=self.named(told.rule),
            why=self.named(told.result.why),
            measure=self.measures.get(told.code, "") if is_plain else "",
            sources=tuple(_sources(told.inputs, self.places, self.named)),
            rank=rank,
            of=len(scores),
            width=int(Decimal(told.lost or 0) * 100 / self.most) if self.most else 0,
            best=self.best(scores),
            kept=kept,
            reached=_reached(told),
            is_open=told.code == self.opened,
        )

    def named(self, text: str) -> str:
        """Put names in the place of codes."""
        return named(text, self.words)

    def best(self, scores: Mapping[str, Decimal]) -> str:
        """Say who is best in the group and how good; nobody is where all have nothing."""
        best = max(scores.values(), default=ZERO)
        if best <= 0:
            return ""
        who = [code for code, score in scores.items() if score == best]
        if len(who) > 1:
            return f"{len(who)}个单位 {best.normalize():f}"
        name = self.units.get(who[0], who[0]) if self.shows_names else ""
        return f"{name} {best.normalize():f}".strip()


def _reached(told: ItemExplanation) -> str:
    """Write x and T, where the item reads them."""
    read = {each.name: each.value for each in told.inputs if each.value is not None}
    if "x" not in read:
        return ""
    shown = {name: plain_text(f"{Decimal(read[name]):.2f}") for name in ("x", "T")
             if name in read and _is_number(read[name])}  # fmt: skip
    return " / ".join(shown.values()) if "x" in shown else ""


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


def _sources(
    inputs: tuple[Input, ...], places: Mapping[str, str], named: Callable[[str], str]
) -> Iterator[Source]:
    for each in inputs:
        for number, where in enumerate(each.where.split("、")):
            found = _KEYS.search(where)
            clean = NOWHERE.get(where, _KEYS.sub("", where))
            yield Source(
                named(each.name) if not number else "",
                each.value if not number else "", clean,
                places.get(found[1] if found else where, ""),
            )  # fmt: skip


def _places(shown: list[ItemExplanation], run: Run, scope: Scope) -> dict[str, str]:
    """Give the page of each figure, claim and panel that was read, where it may be opened."""
    wheres = {
        where: item.code
        for item in shown
        for each in item.inputs
        for where in each.where.split("、")
    }
    found = _figures(wheres, run, scope)
    numbers = {where.removeprefix(EVENT) for where in wheres if where.startswith(EVENT)}
    claims = Claim.objects.visible_to(scope).filter(number__in=numbers) if numbers else ()
    found |= {f"{EVENT}{each.number}": reverse("assessment:claim", args=(each.pk,))
              for each in claims}  # fmt: skip
    if scope.has("K", "X"):
        found |= {
            where: reverse("assessment:panel", args=(run.round_id, item))
            for where, item in wheres.items()
            if where.startswith(MARK)
        }
    return found


def _figures(wheres: Iterable[str], run: Run, scope: Scope) -> dict[str, str]:
    keys = {key for where in wheres for key in _KEYS.findall(where)}
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


def _gains(lines: Iterable[ItemLine], ahead: tuple[str, str] | None) -> tuple[Gain, ...]:
    """Give the items in which one more unit of x brings points, the most first."""
    gap = Decimal(ahead[1]) if ahead else ZERO
    found = []
    for line in lines:
        if line.gain <= 0:
            continue
        lost = Decimal(line.told.lost or 0)
        needed = (gap / line.gain).to_integral_value(ROUND_CEILING) if gap <= lost else None
        found.append(Gain(line.told.code, line.told.name, line.measure, line.gain, needed or None))
    found.sort(key=lambda each: -each.points)
    return tuple(found[:6])
