"""What to make: `synthetic.yaml` beside the pack's units, indicators, curves and fixed figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhenxing.engine.curves import LINEAR, Curve, load_curves
from zhenxing.engine.releases import Release, read_release
from zhenxing.kernel.periods import LAST_OF_YEAR, Period
from zhenxing.packs.synthetic.texts import read_fields, read_list

COUNTY_CLASS = "county"
CLASSES = {"山区镇": "hill", "川道镇": "plain"}
REST = "rest"
SIZES = ("people", "households", "cultivated_mu", "forest_mu", "villages")
TOWN = "town"
TOWN_SWAY = 16
YEAR_NOISE = 6

Span = tuple[Decimal, Decimal]
About = tuple[str, str]
"""An indicator's code and a unit's code."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that has figures, with the sizes that levels are reckoned by."""

    code: str
    kind: str
    sizes: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How one indicator's figures are made; levels by class of town, percents as written."""

    code: str
    shape: str
    levels: Mapping[str, str]
    per: str
    of: str
    within: str
    spread: Decimal
    sway: Decimal
    noise: Decimal
    season: tuple[Decimal, ...]
    growth: Span
    growth_before: Span
    gap: Span
    aim: Decimal | None
    decimals: int
    is_current: bool
    is_given_growth: bool
    bounds: Span
    curve: Curve
    release: Release

    def level(self, place: Place) -> Decimal | None:
        """Give the year's level of a unit before any chance; None where it has no figure."""
        written = self.levels.get(place.kind)
        return None if written is None else Decimal(written) * place.sizes[self.per]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that the generator is told. Months are counted from the first year's January, as 1."""

    seed: str
    year: int
    last: int
    known_on: date
    places: tuple[Place, ...]
    rules: Mapping[str, Rule]
    known: Mapping[About, Mapping[int, Decimal]]
    known_growth: Mapping[About, Mapping[int, Decimal]]
    absent: Mapping[About, Mapping[int, str]]
    leads: Mapping[About, Decimal]
    targets: Mapping[About, Decimal]
    set_elsewhere: frozenset[About]
    totals: frozenset[About]
    told: Mapping[str, Any]

    def period(self, month: int) -> Period:
        """Give the calendar month of a counted month."""
        years, rest = divmod(month - 1, LAST_OF_YEAR)
        return Period.month(self.year + years, rest + 1)


def read_plan(folder: Path) -> Plan:
    """Read the plan of a pack's folder."""
    told = read_fields(folder / "synthetic.yaml")
    year = int(told["first"][:4])
    aims = read_list(folder / f"targets/{year + 1}.yaml")
    totals = read_list(folder / f"figures/year-{year}.yaml")
    known = _by_month(told["known"], year)
    for total in totals:
        about = (total["indicator"], total["unit"])
        known.setdefault(about, {})[LAST_OF_YEAR] = Decimal(total["value"])
    return Plan(
        seed=told["seed"],
        year=year,
        last=_month(told["last"], year),
        known_on=date.fromisoformat(told["known_on"]),
        places=_places(folder),
        rules=_rules(folder, told),
        known=known,
        known_growth=_by_month(told["known_growth"], year),
        absent={
            (code, unit): {_month(key, year): mark for key, mark in marks.items()}
            for code, units in told["absent"].items()
            for unit, marks in units.items()
        },
        leads=_by_unit(told["leads"]),
        targets=_by_unit(told["targets"]) | _single_values(aims),
        set_elsewhere=frozenset((aim["indicator"], aim["unit"]) for aim in aims),
        totals=frozenset((total["indicator"], total["unit"]) for total in totals),
        told=told,
    )


def _month(key: str, year: int) -> int:
    period = Period.parse(key)
    return (period.year - year) * LAST_OF_YEAR + period.last_month


def _by_month(
    written: Mapping[str, Mapping[str, Mapping[str, str]]], year: int
) -> dict[About, dict[int, Decimal]]:
    return {
        (code, unit): {_month(key, year): Decimal(value) for key, value in values.items()}
        for code, units in written.items()
        for unit, values in units.items()
    }


def _by_unit(written: Mapping[str, Mapping[str, str]]) -> dict[About, Decimal]:
    return {
        (code, unit): Decimal(value)
        for code, units in written.items()
        for unit, value in units.items()
    }


def _single_values(aims: Iterable[Mapping[str, str]]) -> dict[About, Decimal]:
    return {
        (aim["indicator"], aim["unit"]): Decimal(aim["value"])
        for aim in aims
        if aim.get("kind", "value") == "value" and "value" in aim
    }


def _places(folder: Path) -> tuple[Place, ...]:
    units = read_fields(folder / "units.yaml")
    county = Place(units["county"]["code"], COUNTY_CLASS, {TOWN: Decimal(1)})
    towns = (
        Place(
            town["code"],
            CLASSES[town["class"]],
            {TOWN: Decimal(1)} | {size: Decimal(town["profiles"][-1][size]) for size in SIZES},
        )
        for town in units["towns"]
    )
    return (county, *towns)


def _rules(folder: Path, told: Mapping[str, Any]) -> dict[str, Rule]:
    text = (folder / "curves.yaml").read_text(encoding="utf-8")
    curves, _ = load_curves(text, "curves.yaml")
    entries = read_fields(folder / "indicators.yaml")["indicators"]
    written = told["rules"]
    return {
        entry["code"]: _rule(entry, written[entry["code"]], curves, told["seasons"])
        for entry in entries
        if entry["code"] in written
    }


def _rule(
    entry: Mapping[str, Any],
    written: Mapping[str, Any],
    curves: Mapping[str, Curve],
    seasons: Mapping[str, Sequence[str]],
) -> Rule:
    release, problems = read_release(entry["release"], entry["code"])
    if release is None:
        raise ValueError("；".join(problem.sentence for problem in problems))
    bounds = entry.get("plausible", {})
    kinds = (*CLASSES.values(), COUNTY_CLASS)
    return Rule(
        code=entry["code"],
        shape=written["shape"],
        levels={kind: written[kind] for kind in kinds if kind in written},
        per=written.get("per", TOWN),
        of=written.get("of", ""),
        within=written.get("within", entry.get("parts_of", "")),
        spread=Decimal(written.get("spread", 0)),
        sway=Decimal(written.get("sway", TOWN_SWAY)),
        noise=Decimal(written.get("noise", YEAR_NOISE)),
        season=tuple(Decimal(share) for share in seasons[written.get("season", "even")]),
        growth=_span(written, "growth", "0"),
        growth_before=_span(written, "growth_2022", "1", "9"),
        gap=_span(written, "gap", "-0.5", "0.5"),
        aim=Decimal(written["aim"]) if "aim" in written else None,
        decimals=int(entry["decimals"]),
        is_current=entry["reading"] == "current",
        is_given_growth=entry["growth"] == "given",
        bounds=(Decimal(bounds.get("low", 0)), Decimal(bounds.get("high", "1e12"))),
        curve=curves.get(entry.get("curve", ""), LINEAR),
        release=release,
    )


def _span(written: Mapping[str, Any], key: str, low: str, high: str | None = None) -> Span:
    lowest, highest = written.get(key, (low, high or low))
    return Decimal(lowest), Decimal(highest)
