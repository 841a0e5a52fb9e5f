"""A run reckoned from what it keeps: the same rules and facts must come to the same bytes."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from zhenxing import __version__
from zhenxing.assessment.models import Run
from zhenxing.assessment.queries.snapshots import Snapshot, digest, snapshot_from_json
from zhenxing.assessment.queries.subjects import plain
from zhenxing.engine import schemes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhenxing.assessment.models import Edition
    from zhenxing.kernel.problems import Problem

KEPT = 6
_kept: OrderedDict[tuple[str, str], schemes.Run] = OrderedDict()
_guard = Lock()


class UnreadableRulesError(ValueError):
    """An edition whose text is no scheme; `problems` say where."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep every problem."""
        super().__init__("".join(each.sentence for each in problems))
        self.problems = problems


def rules(edition: Edition) -> schemes.Scheme:
    """Read an edition's scheme; raises UnreadableRulesError."""
    scheme, problems = _read(edition.text, edition.scheme.code)
    if scheme is None:
        raise UnreadableRulesError(list(problems))
    return scheme


@lru_cache(maxsize=32)
def _read(text: str, code: str) -> tuple[schemes.Scheme | None, tuple[Problem, ...]]:
    scheme, problems = schemes.load(text, f"{code}.yaml")
    return scheme, tuple(problems)


def reckon(edition: Edition, snapshot: Snapshot) -> schemes.Run:
    """Score a snapshot by an edition's rules."""
    return schemes.run(rules(edition), snapshot.facts(), snapshot.inputs())


def result_text(run: schemes.Run) -> str:
    """Write a result as runs keep it: one order, no space, exact."""
    return json.dumps(
        run.result.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def reckoned(run: Run) -> schemes.Run:
    """Reckon a stored run; the last few are kept by the digests of what they stand on."""
    key = (digest(run.edition.text), digest(run.inputs))
    with _guard:
        found = _kept.pop(key, None)
        if found is not None:
            _kept[key] = found
            return found
    made = reckon(run.edition, snapshot_from_json(run.inputs))
    with _guard:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


@dataclass(frozen=True)
class Recheck:
    """What reckoning a run anew came to: each digest as kept and as found, what differs."""

    digests: tuple[tuple[str, str, str], ...]
    differences: tuple[str, ...]
    engine: str

    @property
    def holds(self) -> bool:
        """Whether everything is equal, byte for byte."""
        return not self.differences


def recheck(run: Run) -> Recheck:
    """Reckon a run from its kept rules and inputs and hold everything against what is kept."""
    try:
        text = result_text(reckon(run.edition, snapshot_from_json(run.inputs)))
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        text, broken = "", [f"按存档重算不出来：{error}"]
    else:
        broken = []
    digests = (
        ("方案", run.rules, digest(run.edition.text)),
        ("数据", run.inputs_digest, digest(run.inputs)),
        ("结果", run.result_digest, digest(text)),
    )
    differences = broken + [
        f"{name}与存档的校验值不同" for name, kept, found in digests if kept != found
    ]
    if digest(run.result) != run.result_digest:
        differences.append("存档的结果文件被改过")
    differences += _unequal(run, json.loads(text) if text else {})
    return Recheck(digests, tuple(dict.fromkeys(differences)), __version__)


def is_whole(run: Run) -> bool:
    """Whether a kept result still fits its digest and its rows, without reckoning anew."""
    return digest(run.result) == run.result_digest and not list(_rows_apart(run, run.read()))


def _unequal(run: Run, result: Mapping[str, Any]) -> Iterator[str]:
    yield from _rows_apart(run, result)
    try:
        kept = {row["unit"]: row for row in run.read().get("rows", ())}
    except (ValueError, KeyError, TypeError, AttributeError):
        yield "存档的结果读不出来"
        return
    for row in result.get("rows", ()):
        old = kept.pop(row["unit"], None)
        if old is None:
            yield f"存档里没有{row['unit']}"
        elif old != row:
            yield f"{row['unit']}：存档{_brief(old)}，重算{_brief(row)}"
    yield from (f"存档里多出{code}" for code in kept)


def _rows_apart(run: Run, result: Mapping[str, Any]) -> Iterator[str]:
    """Hold the table of rows, from which lists are shown, against a result."""
    found = {row["unit"]: row for row in result.get("rows", ())}
    for row in run.rows.all():
        told = found.pop(row.code, None)
        shown = None if row.total is None else plain(row.total)
        if told is None:
            yield f"{row.name}：得分表里有，结果里没有"
            continue
        total = told["total"]
        same = shown == (None if total is None else plain_text(total))
        if not same or (row.rank, row.of, row.grade, row.eligible) != (
            told["rank"], told["of"], told["grade"] or "", told["eligible"],
        ):  # fmt: skip
            yield (f"{row.name}：得分表{shown or '—'}分第{row.rank or '—'}名，重算{_brief(told)}")
    yield from (f"{code}：结果里有，得分表里没有" for code in found)


def plain_text(number: str) -> str:
    """Drop the zeros behind a printed score.

    >>> plain_text("92.50"), plain_text("90.00"), plain_text("7")
    ('92.5', '90', '7')
    """
    return number.rstrip("0").rstrip(".") if "." in number else number


def _brief(row: Mapping[str, Any]) -> str:
    return f"{row['total'] or '—'}分第{row['rank'] or '—'}名{row['grade'] or ''}"
