"""The one function the confined child runs: bytes of a workbook in, plain values out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from zhenxing.documents.spreadsheet import markup, outline
from zhenxing.documents.spreadsheet.parcel import Parcel, UnreadableError, opened
from zhenxing.documents.spreadsheet.sheet import Cells


def read(data: bytes) -> dict[str, Any]:
    """Give `{"sheets": […]}`, or `{"problem": {…}}` for a file that cannot be read."""
    try:
        return {"sheets": _sheets(opened(data))}
    except UnreadableError as stop:
        return {"problem": asdict(stop.problem)}


def _sheets(parcel: Parcel) -> list[dict[str, Any]]:
    places, parts = outline.places(parcel, outline.main_part(parcel))
    strings = outline.strings(parcel, parts.get("sharedStrings"))
    styles = outline.styles(parcel, parts.get("styles"))
    found = []
    for place in places:
        sheet = Cells(place.name, strings, styles)
        markup.read(parcel, place.part, sheet)
        cells = [
            [cell.reference, cell.kind, cell.text, cell.shown, cell.formula]
            for cell in sheet.cells.values()
        ]
        found.append(
            {"name": place.name, "hidden": place.hidden, "cells": cells, "merged": sheet.merged}
        )
    return found
