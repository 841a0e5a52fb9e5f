"""indicators.yaml, curves.yaml, lamps.yaml: what is counted, planned and lit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhenxing.indicators.choices import SOURCES, Direction, Evidence, Kind, Nature, Reading
from zhenxing.packs import shapes
from zhenxing.packs.records import Nested, Record, record, written
from zhenxing.packs.sections.county import UNIT_CODE

FREQUENCIES = ("month", "quarter", "half", "year", "harvest")
INDICATOR_CODE = shapes.code()
LONGEST_LAG = 24


@record
class IndicatorField(Record):
    """A field of work under which indicators stand together."""

    code: str = written(shapes.code(30))
    name: str = written(shapes.text(30))


@record
class Release(Record):
    """When an indicator's figures exist and come out; the day is of the month `lag` later."""

    frequency: str = written(shapes.one_of(FREQUENCIES))
    months: tuple[int, ...] = written(shapes.Each(shapes.whole(1, 12)), default=())
    lag: int = written(shapes.whole(0, LONGEST_LAG), default=1)
    day: int = written(shapes.whole(1, 31), default=20)
    january_merged: bool = written(shapes.flag, default=False)
    fixed: Mapping[str, date] = written(shapes.Under(shapes.period_key, shapes.day), default={})

    def stored(self) -> dict[str, object]:
        """Give the calendar as the database holds it and the engine reads it."""
        told: dict[str, object] = {
            "frequency": self.frequency,
            "lag": self.lag,
            "day": self.day,
            "january_merged": self.january_merged,
        }
        if self.fixed:
            told["fixed"] = {period: day.isoformat() for period, day in self.fixed.items()}
        if self.months:
            told["months"] = list(self.months)
        return told


@record
class Plausible(Record):
    """Bounds outside which a figure is worth a second look."""

    low: Decimal | None = written(shapes.decimal, default=None)
    high: Decimal | None = written(shapes.decimal, default=None)


@record
class Indicator(Record):
    """One 指标."""

    code: str = written(INDICATOR_CODE)
    name: str = written(shapes.text(60))
    field: str = written(shapes.code(30))
    measure: str = written(shapes.measure)
    decimals: int = written(shapes.whole(0, 4), default=0)
    kind: str = written(shapes.one_of(Kind.values))
    reading: str = written(shapes.one_of(Reading.values))
    direction: str = written(shapes.one_of(Direction.values), default="higher")
    nature: str = written(shapes.one_of(Nature.values))
    source: str = written(shapes.one_of(SOURCES))
    lead: str = written(UNIT_CODE)
    definition: str = written(shapes.text(300))
    growth: str = written(shapes.one_of(("given", "computed", "none")), default="computed")
    release: Release = written(Nested(Release))
    curve: str | None = written(shapes.code(30), default=None)
    rank_by: str = written(shapes.one_of(("completion", "growth", "value")), default="completion")
    headline: int | None = written(shapes.whole(1, 99), default=None)
    leading: tuple[str, ...] = written(shapes.Each(INDICATOR_CODE), default=())
    plausible: Plausible | None = written(Nested(Plausible), default=None)
    parts_of: str | None = written(INDICATOR_CODE, default=None)
    evidence: str = written(shapes.one_of(Evidence.values), default="optional")
    synonyms: tuple[str, ...] = written(shapes.Each(shapes.text(60)), default=())


@record
class Dictionary(Record):
    """indicators.yaml."""

    fields: tuple[IndicatorField, ...] = written(shapes.Each(Nested(IndicatorField)))
    indicators: tuple[Indicator, ...] = written(shapes.Each(Nested(Indicator)))


@dataclass(frozen=True, slots=True)
class PlanCurve:
    """A plan curve with the id by which indicators name it."""

    id: str
    name: str
    shares: tuple[Decimal, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class LampText:
    """lamps.yaml as written; the engine reads the rules in it."""

    text: str = ""
