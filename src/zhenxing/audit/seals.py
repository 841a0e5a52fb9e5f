"""Hold sealed rows against what their entries promised: missing, extra, changed, moved."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from django.apps import apps

from zhenxing.audit.chain import UNREADABLE
from zhenxing.audit.hashing import ALGORITHMS, digest_lines
from zhenxing.audit.models import Entry, Receipt, Sealed, sealed_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db import models

    from zhenxing.audit.findings import Findings, Seal


def sealed_models() -> list[type[Sealed]]:
    """Give every table that entries seal."""
    return [model for model in apps.get_models() if issubclass(model, Sealed)]


def append_only_tables() -> list[str]:
    """Name every table that must only grow."""
    own = (Entry._meta.db_table, Receipt._meta.db_table)
    return sorted([*own, *(model._meta.db_table for model in sealed_models())])


def check(findings: Findings) -> None:
    """Check the rows of every sealed table; run it after the chain."""
    models = {model._meta.label: model for model in sealed_models()}
    for label, model in models.items():
        _check_table(model, findings.seals.pop(label, {}), findings)
    for label, promised in findings.seals.items():
        findings.bad(min(promised), f"封存了「{label}」的行，本程序没有这张表")


def _check_table(model: type[Sealed], promised: dict[int, Seal], findings: Findings) -> None:
    name = model._meta.verbose_name
    for sequence, rows, digest in _groups(model, promised):
        findings.rows += rows
        if not isinstance(sequence, int) or sequence not in promised:
            place = sequence if isinstance(sequence, int) else findings.last + 1
            findings.bad(place, f"「{name}」有{rows}行自称由第{sequence}条封存，账本里没有")
            continue
        seal = promised.pop(sequence)
        if rows != seal.rows:
            findings.bad(sequence, f"「{name}」封存了{seal.rows}行，现有{rows}行")
        elif digest != seal.digest:
            findings.bad(sequence, f"「{name}」的行与封存时不同，被改过或被换过")
    for sequence, seal in promised.items():
        findings.bad(sequence, f"「{name}」封存的{seal.rows}行不见了")


def _groups(
    model: type[Sealed], promised: dict[int, Seal]
) -> Iterator[tuple[object, int, str | None]]:
    """Give entry, number of rows and digest of each group of rows, in the order of entries."""
    rows = model._base_manager.order_by("sealed_by", "pk")
    columns = {sequence: seal.columns for sequence, seal in promised.items()}
    done = None
    try:
        for sequence, lines in groupby(sealed_lines(rows, columns), itemgetter(0)):
            counted = digest_lines(_algorithm(promised.get(sequence)), map(itemgetter(1), lines))
            yield (sequence, *counted)
            done = sequence
    except UNREADABLE:  # some row holds what its column cannot: group by group, to name the entry
        left = rows if done is None else rows.filter(sealed_by__gt=done)
        for sequence in list(left.values_list("sealed_by", flat=True).order_by().distinct()):
            group = rows.filter(sealed_by=sequence)
            yield (sequence, *_group(group, sequence, promised.get(sequence)))


def _group(
    rows: models.QuerySet[Sealed], sequence: int, seal: Seal | None
) -> tuple[int, str | None]:
    columns = {} if seal is None else {sequence: seal.columns}
    try:
        return digest_lines(_algorithm(seal), map(itemgetter(1), sealed_lines(rows, columns)))
    except UNREADABLE:
        return rows.count(), None


def _algorithm(seal: Seal | None) -> str:
    return seal.algorithm if seal is not None and seal.algorithm in ALGORITHMS else ALGORITHMS[0]
