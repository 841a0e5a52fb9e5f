"""Targets held against each other and against what is known: last year, the class, later years."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from zhenxing.engine.target_checks import Known, checked, sum_of_parts
from zhenxing.indicators import queries as indicator_queries
from zhenxing.indicators.models import Target
from zhenxing.kernel.periods import LAST_OF_YEAR, Period
from zhenxing.kernel.values import is_known
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Unit
from zhenxing.targets.models import GradeQuota
from zhenxing.targets.queries.force import held

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from zhenxing.engine.facts import IndicatorDef
    from zhenxing.engine.targets import Target as Aim
    from zhenxing.kernel.problems import Problem
    from zhenxing.targets.queries.force import Key

Aims = dict["Key", dict[str, "Aim"]]


@dataclass(frozen=True)
class Ground:
    """All that the targets of some indicators in one year are held against, on a day.

    `issued` are the targets in force, with those of a draft laid over them. Which unit is named in
    a warning and which is not is the caller's matter: levels of other towns are county knowledge.
    """

    year: int
    indicators: Mapping[str, IndicatorDef]
    names: Mapping[str, str]
    county: str
    classes: Mapping[str, str]
    issued: Aims
    last_year: Mapping[Key, Decimal]
    later: Mapping[Key, Mapping[int, Decimal]]
    quotas: Mapping[str, Decimal]

    @cached_property
    def _towns(self) -> Collection[str]:
        return frozenset(self.classes)

    def problems(self, unit: str, code: str) -> list[Problem]:
        """Give the warnings about one indicator of one unit."""
        aims, known = self.issued.get((unit, code), {}), self._known(unit, code)
        told = checked(aims.values(), known)
        level = _level(aims)
        if unit == self.county and level is not None and self.indicators[code].kind != "rate":
            towns = (_level(self.issued.get((town, code), {})) for town in self._towns)
            told += sum_of_parts(level, filter(None, towns), known)
        return told

    def _known(self, unit: str, code: str) -> Known:
        indicator = self.indicators[code]
        own = self.classes.get(unit)
        mates = [town for town, word in self.classes.items() if word == own]
        levels = {town: _level(self.issued.get((town, code), {})) for town in mates if town != unit}
        peers = {
            self.names.get(town, town): level.value
            for town, level in sorted(levels.items())
            if level is not None and level.value is not None
        }
        return Known(
            name=indicator.name,
            measure=indicator.measure,
            year=self.year,
            decimals=indicator.decimals,
            direction=indicator.direction,
            last_year=self.last_year.get((unit, code)),
            peers=peers,
            of=len(mates),
            quotas=self.quotas,
            later=self.later.get((unit, code), {}),
        )


def ground(codes: Collection[str], year: int, day: date, drafted: Aims | None = None) -> Ground:
    """Gather what targets on these indicators are held against; ten queries, however many."""
    classes = organisation_queries.classes_on(day)
    units = Unit.objects.of_kind(UnitKind.COUNTY, UnitKind.TOWN)
    names = {code: (name, kind) for code, name, kind in units.values_list("code", "name", "kind")}
    county = next((code for code, (_, kind) in names.items() if kind == UnitKind.COUNTY), "")
    indicators = {each.code: each for each in indicator_queries.definitions(codes)}
    rows = list(
        Target.objects.filter(
            year__gte=year, indicator__code__in=codes, unit__code__in=names
        ).select_related("unit", "indicator")
    )
    return Ground(
        year=year,
        indicators=indicators,
        names={code: name for code, (name, _) in names.items()},
        county=county,
        classes=classes,
        issued=_overlaid(held(rows, year, day), drafted or {}),
        last_year=_last_year(codes, year, day, [*classes, county]),
        later=_later(rows, year, day),
        quotas=dict(GradeQuota.objects.values_list("grade", "share")),
    )


def _overlaid(in_force: Mapping[Key, Iterable[Target]], drafted: Aims) -> Aims:
    issued: Aims = {about: {row.kind: row.aim for row in rows} for about, rows in in_force.items()}
    for about, aims in drafted.items():
        issued[about] = issued.get(about, {}) | aims
    return issued


def _last_year(
    codes: Collection[str], year: int, day: date, units: Iterable[str]
) -> dict[Key, Decimal]:
    peers: dict[str, str | None] = dict.fromkeys(filter(None, units))
    month = indicator_queries.month(
        Period.month(year - 1, LAST_OF_YEAR), day, peers=peers, codes=codes
    )
    return {
        (row.unit, row.indicator.code): row.value
        for row in month.rows
        if is_known(row.value) and row.period and row.period.last_month == LAST_OF_YEAR
    }


def _later(rows: Iterable[Target], year: int, day: date) -> dict[Key, dict[int, Decimal]]:
    later: dict[Key, dict[int, Decimal]] = {}
    coming = [row for row in rows if row.year > year]
    for each in sorted({row.year for row in coming}):
        for about, targets in held(coming, each, day).items():
            level = _level({row.kind: row.aim for row in targets})
            if level is not None and level.value is not None:
                later.setdefault(about, {})[each] = level.value
    return later


def _level(aims: Mapping[str, Aim]) -> Aim | None:
    return next((aim for aim in aims.values() if aim.is_level and aim.is_open), None)
