"""figures/: wide tables of a year (a line for a unit's indicator, a column a month) and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from zhenxing.engine.releases import Release, read_release
from zhenxing.indicators.choices import StandingChoice, VintageChoice
from zhenxing.kernel.periods import LAST_OF_YEAR, Period
from zhenxing.kernel.values import MASKED, MISSING, Absence
from zhenxing.packs import shapes, tables
from zhenxing.packs.folders import Folder
from zhenxing.packs.nodes import Scalar
from zhenxing.packs.places import Findings
from zhenxing.packs.records import read_record
from zhenxing.packs.sections.county import UNIT_CODE
from zhenxing.packs.sections.dictionary import INDICATOR_CODE, Dictionary
from zhenxing.packs.sections.numbers import Told, Vintage, YearTotal
from zhenxing.packs.shapes import Reading, Shape, UnfitError
from zhenxing.packs.tables import Row, Table

MONTHS = tuple(f"{month:02}" for month in range(1, LAST_OF_YEAR + 1))
ABSENCES: Mapping[str, Absence] = {"-": MISSING, "**": MASKED}
HISTORY = "figures/history.csv"

_HISTORY: Mapping[str, Shape[Any]] = {
    "unit": UNIT_CODE,
    "indicator": INDICATOR_CODE,
    "period": shapes.period_key,
    "standing": shapes.one_of(StandingChoice.values),
    "vintage": shapes.one_of(VintageChoice.values),
    "business_date": shapes.day,
    "by": shapes.text(60),
}
_ABOUT = ("unit", "indicator", "period", "value")
_HISTORY_EXTRAS: Mapping[str, Shape[Any]] = {
    "growth": shapes.decimal,
    "document": shapes.text(80),
    "reason": shapes.text(200),
}


def read_wide(folder: Folder, dictionary: Dictionary) -> Iterator[Told]:
    """Read every year's table of values."""
    yield from _years(folder, "figures", dictionary)


def read_growths(folder: Folder, dictionary: Dictionary) -> Iterator[Told]:
    """Read every year's table of growth rates given by the departments."""
    yield from _years(folder, "growths", dictionary)


def read_totals(folder: Folder) -> Iterator[Told]:
    """Read the totals of whole years."""
    for name, year in folder.dated("totals"):
        for node in folder.items(name, "figures"):
            total = read_record(YearTotal, node, folder.findings)
            if total is not None and not total.spoiled:
                yield Told(
                    total.unit,
                    total.indicator,
                    str(year),
                    total.value,
                    total.growth,
                    total.note,
                    total.place,
                    f"第{total.place.line}行",
                )


def read_history(folder: Folder) -> Iterator[Vintage]:
    """Read the told vintages."""
    table = folder.table(HISTORY)
    needed = (*_HISTORY, "value")
    if table is None or not tables.has_columns(
        table, needed, tuple(_HISTORY_EXTRAS), folder.findings
    ):
        return
    for row in table.rows:
        vintage = _vintage(row, table, folder.findings)
        if vintage is not None:
            yield vintage


def calendars_of(dictionary: Dictionary) -> dict[str, Release]:
    """Give every indicator's release calendar by its code."""
    read = (
        (each.code, read_release(each.release.stored(), "")[0]) for each in dictionary.indicators
    )
    return {code: release for code, release in read if release is not None}


def to_value(written: str) -> Decimal | Absence:
    """Read a cell that is not blank: a number, `-` for missing, `**` for masked."""
    absent = ABSENCES.get(written)
    return shapes.to_decimal(written) if absent is None else absent


def _years(folder: Folder, kind: str, dictionary: Dictionary) -> Iterator[Told]:
    calendars = calendars_of(dictionary)
    for name, year in folder.dated(kind):
        table = folder.table(name)
        if table is None:
            continue
        if not tables.has_columns(table, ("indicator", "unit"), MONTHS, folder.findings):
            folder.unread.add(name)
            continue
        for row in table.rows:
            yield from _row(table, row, _periods(calendars.get(row.get("indicator")), year), folder)


def _periods(release: Release | None, year: int) -> Mapping[str, Period]:
    """Give the period that each month's column speaks of, where a figure exists."""
    months = {text: Period.month(year, int(text)) for text in MONTHS}
    if release is None:
        return months
    closing = {text: release.ending_in(month) for text, month in months.items()}
    return {text: period for text, period in closing.items() if period is not None}


def _row(table: Table, row: Row, periods: Mapping[str, Period], folder: Folder) -> Iterator[Told]:
    unit, indicator = row.get("unit"), row.get("indicator")
    for month in MONTHS:
        written = row.get(month)
        if not written:
            continue
        cell = table.cell(row, month)
        period = periods.get(month)
        if period is None:
            folder.findings.add(
                row.place,
                f"{cell}格：按发布日历「{indicator}」{int(month)}月没有数",
                "把这一格留空，或改 indicators.yaml 里的 release",
            )
            continue
        try:
            value = to_value(written)
        except UnfitError as unfit:
            folder.findings.add(
                row.place,
                f"{cell}格{unfit.what}",
                f"{unfit.advice}；空白是无此数，- 是缺，** 是未公开",
            )
            continue
        yield Told(unit, indicator, str(period), value, place=row.place, cell=cell)


def _vintage(row: Row, table: Table, findings: Findings) -> Vintage | None:
    reading = Reading(findings)
    read: dict[str, Any] = {}
    for heading, shape in (*_HISTORY.items(), *_HISTORY_EXTRAS.items()):
        written = row.get(heading)
        if written or heading in _HISTORY:
            read[heading] = shape.read(Scalar(row.place, written or None), heading, reading)
    try:
        read["value"] = to_value(row.get("value"))
    except UnfitError as unfit:
        findings.add(row.place, f"「value」{unfit.what}", unfit.advice)
        read["value"] = None
    if any(value is None for value in read.values()):
        return None
    unit, indicator, period, value = (read.pop(name) for name in _ABOUT)
    cell = table.cell(row, "value")
    told = Told(unit, indicator, period, value, place=row.place, cell=cell)
    return Vintage(told=told, **read)
