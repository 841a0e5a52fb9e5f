"""Issued editions of schemes, as an index and files again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from zhenxing.assessment.choices import EditionState
from zhenxing.assessment.models import Edition
from zhenxing.packs.sections.schemes import FOLDER, SchemeFile


def schemes(loaded: Mapping[str, bytes]) -> tuple[tuple[SchemeFile, ...], dict[str, bytes]]:
    """Give the index with the files it names; `loaded` are those of the pack that was loaded.

    The latest edition bears its scheme's code, so that a further load makes the same scheme of it.
    """
    names = {hashlib.sha256(data).hexdigest(): name for name, data in loaded.items()}
    issued = Edition.objects.filter(state=EditionState.ISSUED).select_related("scheme__owner")
    chains: dict[int, list[Edition]] = {}
    for row in issued.order_by("pk"):
        chains.setdefault(row.scheme_id, []).append(row)
    index: list[SchemeFile] = []
    files: dict[str, bytes] = {}
    for chain in chains.values():
        found = _chain(sorted(chain, key=lambda row: -row.number), names)
        index += [each for each, _ in found]
        files |= {each.path: row.text.encode() for each, row in found}
    return tuple(index), files


def _chain(rows: list[Edition], names: Mapping[str, str]) -> list[tuple[SchemeFile, Edition]]:
    """Name the files of a scheme's editions, the latest first."""
    latest = f"{rows[0].scheme.code}.yaml"
    called = [latest]
    for row in rows[1:]:
        name = names.get(row.digest, "").removeprefix(FOLDER)
        known = name and name != latest and name not in called
        called.append(name if known else f"{row.scheme.code}-{row.number}.yaml")
    return [
        (
            SchemeFile(
                file=name,
                kind=row.scheme.kind,
                subjects=row.scheme.subjects,
                owner=row.scheme.owner.code,
                issued=row.issued or date.min,
                previous=before,
            ),
            row,
        )
        for row, name, before in zip(rows, called, [*called[1:], ""], strict=True)
    ]
