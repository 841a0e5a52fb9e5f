"""targets/ and results/: what was set, and how earlier years ended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhenxing.indicators.choices import Comparator, TargetKind
from zhenxing.packs import shapes
from zhenxing.packs.records import Record, record, written
from zhenxing.packs.sections.county import UNIT_CODE
from zhenxing.packs.sections.dictionary import INDICATOR_CODE

COMPARATOR = shapes.one_of(Comparator.values)
TARGET_KIND = shapes.one_of(TargetKind.values)
DOCUMENT = shapes.text(60)


@record
class Target(Record):
    """An aim set for a unit and a year by a document; the year is that of its file."""

    unit: str = written(UNIT_CODE)
    indicator: str = written(INDICATOR_CODE)
    kind: str = written(TARGET_KIND, default="value")
    comparator: str = written(COMPARATOR, default=">=")
    value: Decimal | None = written(shapes.decimal, default=None)
    high: Decimal | None = written(shapes.decimal, default=None)
    masked: bool = written(shapes.flag, default=False)
    no_task: bool = written(shapes.flag, default=False)
    text: str = written(shapes.text(60), default="")
    document: str = written(DOCUMENT)
    issued: date = written(shapes.day)
    version: int = written(shapes.whole(1, 999), default=1)
    note: str = written(shapes.text(200), default="")


@record
class Result(Record):
    """A unit's result in an assessment of an earlier year."""

    unit: str = written(UNIT_CODE)
    year: int = written(shapes.whole(1900, 2199))
    name: str = written(shapes.text(60))
    score: Decimal | None = written(shapes.decimal, default=None)
    rank: int | None = written(shapes.whole(1, 999), default=None)
    of: int | None = written(shapes.whole(1, 999), default=None)
    grade: str = written(shapes.text(10), default="")
    basis: str = written(shapes.text(80), default="")
