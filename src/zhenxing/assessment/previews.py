"""A draft tried on a period's figures beside the edition in force, before it is issued."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.assessment.queries import schemes as asking
from zhenxing.assessment.queries.snapshots import snapshot_of
from zhenxing.engine import schemes as engine
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.wording import signed

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.assessment.models import Edition
    from zhenxing.engine.schemes.simulating import Outcome

MONTHS = 12
MOST_SHIFTS = 3


@dataclass(frozen=True)
class Flat:
    """An item in which all units score alike, and how many of them have no score at all."""

    name: str
    score: str
    missing: int


@dataclass(frozen=True)
class Line:
    """One unit's outcome, and in words what moved it."""

    outcome: Outcome
    words: str


@dataclass(frozen=True)
class Preview:
    """How a draft would have scored a period, or why that cannot be said."""

    period: Period
    problems: tuple[Problem, ...] = ()
    lines: tuple[Line, ...] = ()
    against: Edition | None = None
    flat: tuple[Flat, ...] = ()
    lacking: tuple[Flat, ...] = ()


def preview(edition: Edition, period: Period, day: date, *, leave_out: bool = False) -> Preview:
    """Score the draft and the edition in force on the same figures, as known on the day.

    leave_out: let items without figures leave the full mark, so that the rest can be compared.
    """
    rules = asking.checked(edition.text).scheme
    if rules is None:
        what = "这一稿还有错误，不能试算"
        return Preview(period, (Problem("方案", what, "请先按核对结果改正"),))
    new = _wished(moved(rules, period), leave_out=leave_out)
    other = asking.in_force(edition.scheme, str(period), day)
    old = asking.checked(other.text).scheme if other is not None else None
    old = None if old is None else _wished(old, leave_out=leave_out)
    given = snapshot_of(edition, new, str(period), day)
    facts = given.facts()
    inputs = given.inputs()
    this = engine.run(new, facts, inputs)
    if old is None or other is None or other.pk == edition.pk:
        against = this.result.as_json()
        other = None
    else:
        mine = snapshot_of(other, old, str(period), day)
        against = engine.run(old, mine.facts(), mine.inputs()).result.as_json()
    told = engine.simulate(new, facts, inputs, against=against, old=old)
    lines = tuple(Line(each, _moved_by(each)) for each in told.outcomes)
    return Preview(period, tuple(told.problems), lines, other, *_odd(new, this))


def _moved_by(outcome: Outcome) -> str:
    """Name the items that make the difference, the greatest first."""
    moves = [(each.name, Decimal(each.change)) for each in outcome.items]
    said = [f"{name} {signed(change)}" for name, change in moves if change]
    return "、".join(said[:MOST_SHIFTS])


def _wished(rules: engine.Scheme, *, leave_out: bool) -> engine.Scheme:
    if not leave_out:
        return rules
    sections = tuple(
        replace(each, items=tuple(replace(item, missing=None) for item in each.items))
        for each in rules.sections
    )
    return replace(rules, missing="exclude", sections=sections)


def moved(rules: engine.Scheme, period: Period) -> engine.Scheme:
    """Give the scheme as if it were the period's year's: its window moved by whole years."""
    month = period.year * MONTHS + period.last_month - 1
    years = 0
    while month < rules.first + years * MONTHS:
        years -= 1
    while month > rules.last + years * MONTHS:
        years += 1
    shift = years * MONTHS
    return replace(
        rules, year=rules.year + years, first=rules.first + shift, last=rules.last + shift
    )


def _odd(rules: engine.Scheme, this: engine.Run) -> tuple[tuple[Flat, ...], tuple[Flat, ...]]:
    """Give the items that never separate units, and those some unit has no score in."""
    flat, lacking = [], []
    rows = this.result.rows
    for item in rules.items:
        told = [row.items[item.id] for row in rows if item.id in row.items]
        scores = [each.score for each in told if each.applies]
        known = {score for score in scores if score is not None}
        missing = sum(score is None for score in scores)
        if missing:
            lacking.append(Flat(item.name, "", missing))
        elif len(known) == 1 and len(scores) > 1:
            flat.append(Flat(item.name, str(known.pop()), 0))
    return tuple(flat), tuple(lacking)
