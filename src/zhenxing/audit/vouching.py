"""How acts left the tables they may change: written row by row, and held against the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError

from zhenxing.audit.canonical import plain, text
from zhenxing.audit.chain import UNREADABLE
from zhenxing.audit.hashing import ALGORITHMS, digest
from zhenxing.audit.models import Vouched
from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

    from zhenxing.audit.canonical import Json
    from zhenxing.audit.findings import Findings, Left, Table

UNKNOWN = "？"
# What asking for a row by a key that is none, or not there, may raise besides.
UNFOUND = (*UNREADABLE, ObjectDoesNotExist, ValidationError)


def vouched_models() -> list[type[Vouched]]:
    """Give every table whose present state the ledger holds."""
    return [model for model in apps.get_models() if issubclass(model, Vouched)]


def states(
    left: Mapping[type[Vouched], Set[object] | None], algorithm: str
) -> dict[str, dict[str, Json]]:
    """Give what an entry holds of each table, as the database now has it."""
    return {model._meta.label: _state(model, keys, algorithm) for model, keys in left.items()}


def _state(model: type[Vouched], keys: Set[object] | None, algorithm: str) -> dict[str, Json]:
    columns = model.vouched_columns()
    rows = model._base_manager.all() if keys is None else model._base_manager.filter(pk__in=keys)
    state: dict[str, Json] = {
        _key(key): digest(algorithm, _line(columns, values))
        for key, *values in rows.values_list("pk", *columns)
    }
    if keys is not None and len(state) != len(keys):
        raise ValueError(f"{model._meta.label}: of {len(keys)} rows {len(state)} are stored")
    return {
        "rows": len(state),
        "columns": [*columns],
        "whole": keys is None and model.comes_by_acts,
        "state": state,
    }


def check(findings: Findings) -> None:
    """Hold every table against what the entries left it as; run it after the chain."""
    loose = []
    for model in vouched_models():
        table = findings.tables.pop(model._meta.label, None)
        if table is not None:
            _check_table(model, table, findings)
        whole = table is not None and (table.whole or not model.comes_by_acts)
        if not whole and model._base_manager.exists():
            loose.append(str(model._meta.verbose_name))
    for label, table in findings.tables.items():
        findings.bad(table.latest, f"担保了「{label}」的行，本程序没有这张表")
    if loose:
        what = f"{'、'.join(sorted(loose))}没有一条账担保过整张表，表里的行被改、被添可能看不出来"
        step = "用 pack load 建的站都有；请查明这些行从哪里来"
        findings.tell(Problem("账本", what, step, "warning"))


def _check_table(model: type[Vouched], table: Table, findings: Findings) -> None:
    changed: list[tuple[int, str]] = []
    added: list[tuple[int, str]] = []
    columns = model.vouched_columns()
    for key, values in _present(model, columns, table):
        findings.vouched += 1
        left = table.rows.pop(key, None)
        if left is None:
            added.append((table.latest, key))
        elif not _is_left(left, columns, values):
            changed.append((left.sequence, key))
    gone = [(left.sequence, key) for key, left in table.rows.items()]
    _tell(model, changed, "与这一条留下的不同，是背着账本改的", findings)
    _tell(model, gone, "由这一条留下，现在不见了", findings)
    if table.whole:
        _tell(model, added, "账本里没有，是这一条以后背着账本添的", findings)


def _present(
    model: type[Vouched], columns: list[str], table: Table
) -> Iterator[tuple[str, list[object] | None]]:
    """Give the rows there are by key, with the values of their columns if these can be read."""
    rows = model._base_manager.values_list("pk", *columns)
    seen = 0
    try:
        for key, *values in rows.order_by("pk").iterator():
            seen += 1
            yield _key(key), values
    except UNREADABLE:  # some row holds what its column cannot: ask for those still expected
        for key in list(table.rows):
            try:
                found = rows.filter(pk=key).first()
            except UNFOUND:
                found = (key,)
            if found is not None:
                seen += 1
                yield key, list(found[1:]) or None
        for _ in range(rows.count() - seen):
            yield UNKNOWN, None


def _is_left(left: Left, columns: list[str], values: list[object] | None) -> bool:
    """Whether a row is as an entry left it, in the columns there were then."""
    if values is None or left.algorithm not in ALGORITHMS:
        return False
    row = dict(zip(columns, values, strict=True))
    try:
        now = [row[name] for name in left.columns]
        return digest(left.algorithm, _line(left.columns, now)) == left.digest
    except UNREADABLE:
        return False


def _tell(
    model: type[Vouched], rows: list[tuple[int, str]], fault: str, findings: Findings
) -> None:
    """Name the first of the rows with its entry, and count the others."""
    if not rows:
        return
    sequence, key = min(rows, key=lambda row: row[0])
    others = f"；另有{len(rows) - 1}行也这样" if len(rows) > 1 else ""
    what = f"「{model._meta.verbose_name}」的{_called(model, key)}{fault}{others}"
    findings.drifted(sequence, what)


def _called(model: type[Vouched], key: str) -> str:
    try:
        row = str(model._base_manager.get(pk=key))
    except UNFOUND:
        return f"第{key}行"
    return f"第{key}行（{row}）"


def _line(columns: list[str] | tuple[str, ...], values: list[object]) -> str:
    return text(dict(zip(columns, values, strict=True)))


def _key(key: object) -> str:
    return str(plain(key))
