"""figures/: the wide tables of a year, its growth rates, year totals and told histories."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zhenxing.kernel.values import Absence
from zhenxing.packs import shapes
from zhenxing.packs.places import NOWHERE, Place
from zhenxing.packs.records import Record, record, written
from zhenxing.packs.sections.county import UNIT_CODE
from zhenxing.packs.sections.dictionary import INDICATOR_CODE


@dataclass(frozen=True, slots=True)
class Told:
    """One value of one indicator, unit and period, as a table or a list states it.

    growth, note: beside a year's total. cell: where in the file (`F12` of a table). Equality is of
    what is said, not of where.
    """

    unit: str
    indicator: str
    period: str
    value: Decimal | Absence
    growth: Decimal | None = None
    note: str = ""
    place: Place = field(default=NOWHERE, compare=False, repr=False)
    cell: str = field(default="", compare=False, repr=False)

    @property
    def about(self) -> tuple[str, str, str]:
        """What the value speaks of: unit, indicator, period."""
        return self.unit, self.indicator, self.period


@dataclass(frozen=True, slots=True)
class Vintage:
    """One line of a figure's history: what was known, from when on, from whom, on what ground."""

    told: Told
    standing: str
    vintage: str
    business_date: date
    by: str
    growth: Decimal | None = None
    document: str = ""
    reason: str = ""


@record
class YearTotal(Record):
    """A year's total out of a source document."""

    unit: str = written(UNIT_CODE)
    indicator: str = written(INDICATOR_CODE)
    value: Decimal = written(shapes.decimal)
    growth: Decimal | None = written(shapes.decimal, default=None)
    note: str = written(shapes.text(80), default="")
