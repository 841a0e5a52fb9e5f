"""Everything a scoring stands on, read once, frozen, and written so that it reads back the same.

What a scheme may name: an indicator's code is its value that counts, to date as the scheme reads
months; `<code>_growth` is the growth the department gave (growth is given, never derived from
levels); `target(<code>)` is the level target, else the growth target; `target(<code>_growth)` the
growth target. Only what the scheme names is read.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zhenxing.assessment.queries import figures as figure_rows
from zhenxing.assessment.queries import said
from zhenxing.assessment.queries.subjects import plain, subjects_of
from zhenxing.engine import schemes
from zhenxing.engine.schemes.contents import every_expression
from zhenxing.engine.schemes.syntax import called, names
from zhenxing.kernel.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhenxing.assessment.models import Edition, Round
    from zhenxing.assessment.queries.rows import Event, Figure, Rating, Target

MONTHS = 12


@dataclass(frozen=True)
class Snapshot:
    """Facts as rows, with the earlier and other results a scheme stands on."""

    period: str
    as_of: date
    units: tuple[tuple[str, str, str, Mapping[str, str]], ...] = ()
    indicators: Mapping[str, str] = field(default_factory=dict)  # names by code
    figures: tuple[Figure, ...] = ()
    targets: tuple[Target, ...] = ()
    events: tuple[Event, ...] = ()
    ratings: tuple[Rating, ...] = ()
    previous: tuple[Mapping[str, Any], ...] = ()
    others: tuple[Mapping[str, Any], ...] = ()

    def facts(self) -> schemes.Facts:
        """Give the engine's facts; each `where` names unit, indicator, period, standing, key."""
        names_of = {code: name for code, name, _, _ in self.units}
        known = dict(self.indicators)

        def place(unit: str, code: str) -> str:
            return f"{names_of.get(unit, unit)} {known.get(code, code)}"

        return schemes.facts_from_columns(
            ((code, name, above, held, f"单位 {name}") for code, name, above, held in self.units),
            (
                (unit, code, period, value,
                 f"{place(unit, code)} {period} {who}{f'（数据{keys}）' if keys else ''}",
                 lack, reported)
                for unit, code, period, value, who, keys, lack, reported in self.figures
            ),
            (
                (unit, code, year, value, f"{place(unit, code)} {year}目标 {paper}", lack)
                for unit, code, year, value, paper, lack in self.targets
            ),
            ((*event, f"事项{event[0]}") for event in self.events),
            (
                (*rating, f"评分 {names_of.get(rating[0], rating[0])} {rating[1]} {rating[2]}")
                for rating in self.ratings
            ),
        )  # fmt: skip

    def inputs(self) -> schemes.Inputs:
        """Give what a scoring stands on besides scheme and facts."""
        return schemes.Inputs(period=self.period, others=self.others, previous=self.previous)

    def as_json(self) -> str:
        """Write everything, exact and in one order: equal snapshots give equal bytes."""
        told = {
            "period": self.period,
            "as_of": self.as_of.isoformat(),
            "units": [[code, name, above, dict(held)] for code, name, above, held in self.units],
            "indicators": dict(self.indicators),
            "figures": [_told(row) for row in self.figures],
            "targets": [_told(row) for row in self.targets],
            "events": [_told(row) for row in self.events],
            "ratings": [_told(row) for row in self.ratings],
            "previous": list(self.previous),
            "others": list(self.others),
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def snapshot_from_json(text: str) -> Snapshot:
    """Read what `as_json` wrote."""
    told = json.loads(text)
    return Snapshot(
        period=told["period"],
        as_of=date.fromisoformat(told["as_of"]),
        units=tuple((code, name, above, held) for code, name, above, held in told["units"]),
        indicators=told["indicators"],
        figures=tuple(
            (unit, code, period, _number(value), who, keys, lack, _day(reported))
            for unit, code, period, value, who, keys, lack, reported in told["figures"]
        ),
        targets=tuple(
            (unit, code, year, _number(value), paper, lack)
            for unit, code, year, value, paper, lack in told["targets"]
        ),
        events=tuple(
            (key, unit, event, date.fromisoformat(day), _number(amount))
            for key, unit, event, day, amount in told["events"]
        ),
        ratings=tuple(
            (unit, item, rater, rater_class, value)
            for unit, item, rater, rater_class, value in told["ratings"]
        ),
        previous=tuple(told["previous"]),
        others=tuple(told["others"]),
    )


def digest(text: str) -> str:
    """Give the SHA-256 of a text as the runs carry it."""
    return hashlib.sha256(text.encode()).hexdigest()


def snapshot_of(
    edition: Edition, scheme: schemes.Scheme, period: str, as_of: date, of: Round | None = None
) -> Snapshot:
    """Read what a scheme needs for a period, as known on a day; `of` is the round, if there is one.

    Nine queries at most, however many units; judged marks come from the round's panels.
    """
    asked = Period.parse(period)
    subjects = subjects_of(edition.scheme, min(asked.last_day, as_of))
    wanted = names_in(scheme)
    known = figure_rows.indicators(wanted)
    at = figure_rows.Window(scheme, asked.year * MONTHS + asked.last_month - 1, as_of)
    read, figures = figure_rows.rows(at, subjects, known, wanted)
    return Snapshot(
        period=period,
        as_of=as_of,
        units=tuple(
            (each.code, each.name, each.above, each.attributes)
            for each in sorted(subjects, key=lambda each: each.code)
        ),
        indicators={each.code: each.name for each in known},
        figures=tuple(figures),
        targets=tuple(said.targets(read, scheme.year, as_of, known, wanted)),
        events=tuple(said.events(scheme, subjects, as_of)),
        ratings=tuple(said.ratings(of)) if of is not None else (),
        previous=said.previous(edition.scheme, asked),
        others=said.others(_called(scheme), period),
    )


def facts_of(edition: Edition, scheme: schemes.Scheme, period: str, as_of: date) -> schemes.Facts:
    """Give the engine's facts alone, for a trial or a preview without a round."""
    return snapshot_of(edition, scheme, period, as_of).facts()


def names_in(scheme: schemes.Scheme) -> frozenset[str]:
    """Give every name the scheme may read as an indicator.

    >>> scheme, _ = schemes.load('''
    ... scheme: {id: a, name: 试, basis: 文号, year: 2023}
    ... sections:
    ... - id: s
    ...   items: [{id: fai, points: 12, target: target(gdp), rule: {completion: {cap: 1}}}]
    ... ''', "a.yaml")
    >>> sorted(names_in(scheme))
    ['fai', 'gdp']
    """
    found = {item.id for item in scheme.items}
    for expression in every_expression(scheme):
        found.update(names(expression.tree))
    return frozenset(found)


def _called(scheme: schemes.Scheme) -> frozenset[str]:
    found: set[str] = set()
    for expression in every_expression(scheme):
        found.update(called(expression.tree, "score"))
    return frozenset(found)


def _told(row: Iterable[object]) -> list[object]:
    return [
        plain(each)
        if isinstance(each, Decimal)
        else each.isoformat()
        if isinstance(each, date)
        else each
        for each in row
    ]


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


__all__ = [
    "Snapshot",
    "digest",
    "facts_of",
    "names_in",
    "snapshot_from_json",
    "snapshot_of",
]
