"""targets/: aims one by one in YAML, or a whole county's in a table with a column for each unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from zhenxing.packs import tables
from zhenxing.packs.folders import Folder
from zhenxing.packs.nodes import Scalar
from zhenxing.packs.records import read_record
from zhenxing.packs.sections.aims import COMPARATOR, DOCUMENT, TARGET_KIND, Target
from zhenxing.packs.sections.dictionary import INDICATOR_CODE
from zhenxing.packs.shapes import Reading, Shape, UnfitError, day, to_decimal
from zhenxing.packs.tables import Row, Table

HEADINGS = ("indicator", "kind", "comparator", "document", "issued")
NO_TASK = "/"
MASKS = ("**", "**%", "***%")

T = TypeVar("T")


def read_targets(folder: Folder, name: str) -> Iterator[Target]:
    """Read one file of targets."""
    if name.endswith(".csv"):
        yield from _from_table(folder, name)
        return
    for node in folder.items(name, "targets"):
        target = read_record(Target, node, folder.findings)
        if target is not None:
            yield target


def _from_table(folder: Folder, name: str) -> Iterator[Target]:
    table = folder.table(name)
    if table is None:
        return
    units = tuple(heading for heading in table.headings if heading not in HEADINGS)
    if not tables.has_columns(table, HEADINGS, units, folder.findings):
        folder.unread.add(name)
        return
    for row in table.rows:
        yield from _from_row(folder, table, row, units)


def _from_row(folder: Folder, table: Table, row: Row, units: tuple[str, ...]) -> Iterator[Target]:
    reading = Reading(folder.findings)
    shared: dict[str, Any] = {
        "indicator": _word(row, "indicator", INDICATOR_CODE, reading),
        "kind": _word(row, "kind", TARGET_KIND, reading),
        "comparator": _word(row, "comparator", COMPARATOR, reading),
        "document": _word(row, "document", DOCUMENT, reading),
        "issued": _word(row, "issued", day, reading),
    }
    if reading.spoiled:
        return
    for unit in units:
        aim = _aim(row, unit, table, reading)
        if aim is not None:
            yield Target(unit=unit, place=row.place, **shared, **aim)


def _word(row: Row, heading: str, shape: Shape[T], reading: Reading) -> T:
    value = shape.read(Scalar(row.place, row.get(heading) or None), heading, reading)
    if value is None:
        reading.spoiled.add(heading)
        return shape.blank
    return value


def _aim(row: Row, unit: str, table: Table, reading: Reading) -> Mapping[str, Any] | None:
    written = row.get(unit)
    if not written:
        return None
    if written == NO_TASK:
        return {"no_task": True}
    if written in MASKS:
        return {"masked": True, "text": written}
    try:
        return {"value": to_decimal(written)}
    except UnfitError as unfit:
        what = f"{table.cell(row, unit)}格（{unit}）{unfit.what}"
        reading.findings.add(
            row.place, what, f"{unfit.advice}；空白是未下达，/ 是无任务，** 是未公开"
        )
        return None
