"""What changed behind a published result since it was reckoned, and what it would come to now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhenxing.assessment.choices import RoundState
from zhenxing.assessment.models import Claim, Mark, Round, Run
from zhenxing.assessment.queries import reckoning
from zhenxing.assessment.queries.snapshots import snapshot_from_json, snapshot_of
from zhenxing.assessment.queries.subjects import plain
from zhenxing.indicators.models import Figure, Target
from zhenxing.kernel.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal
    from typing import Any

    from django.db.models import Model

    from zhenxing.assessment.queries.snapshots import Snapshot
    from zhenxing.web.scope import Scope

KEPT = 16
_found: dict[tuple[object, ...], Shaken | None] = {}


@dataclass(frozen=True)
class Change:
    """One thing that says something else now: about whom, what, before and after."""

    code: str
    name: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Shift:
    """A unit whose total, rank or grade would be another."""

    code: str
    name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class Shaken:
    """What is no longer as it was when a result was reckoned."""

    changes: tuple[Change, ...]
    shifts: tuple[Shift, ...]

    @property
    def codes(self) -> frozenset[str]:
        """Whose result would be another."""
        return frozenset(each.code for each in self.shifts)


def shaken(round_: Round, day: date) -> Shaken | None:
    """Hold a round's result against what is known on a day; None where nothing changed.

    The same rules, period, subjects and marks; figures, targets and claims as they are known now.
    What was found is kept until something new is written down.
    """
    key = (round_.result_id, day, _newest(Figure), _newest(Target), _newest(Mark), _claims(day))
    if key not in _found:
        while len(_found) >= KEPT:
            del _found[next(iter(_found))]
        _found[key] = _shaken(round_, day)
    return _found[key]


def forget() -> None:
    """Forget what was found: another site is looked at."""
    _found.clear()


def _newest(model: type[Model]) -> int:
    newest = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def _claims(day: date) -> int:
    return Claim.objects.known_on(day).count()


def _shaken(round_: Round, day: date) -> Shaken | None:
    run = Run.objects.select_related("edition__scheme__owner", "round").get(
        pk=round_.result_id or 0
    )
    kept = snapshot_from_json(run.inputs)
    now = snapshot_of(run.edition, reckoning.rules(run.edition), run.period, day, round_)
    held = replace(now, units=kept.units, previous=kept.previous, others=kept.others)
    changes = tuple(_changes(kept, held))
    if not changes:
        return None
    anew = reckoning.reckon(run.edition, held).result.as_json()
    before = {row["unit"]: row for row in run.read()["rows"]}
    names = {code: name for code, name, _, _ in kept.units}
    shifts = tuple(
        Shift(row["unit"], names.get(row["unit"], row["unit"]), before[row["unit"]], row)
        for row in anew["rows"]
        if row["unit"] in before and _place(row) != _place(before[row["unit"]])
    )
    return Shaken(changes, shifts)


def may_be_shaken(day: date) -> list[Round]:
    """Give the published rounds behind which a figure or claim came in since; cheap to ask."""
    rounds = Round.objects.filter(state=RoundState.PUBLISHED).select_related("scheme__owner")
    latest = Figure.objects.known_on(day).order_by("-business_date").first()
    decided = Claim.objects.filter(decided_on__lte=day).order_by("-decided_on").first()
    days = [latest.business_date if latest else None, decided.decided_on if decided else None]
    newest = max((each for each in days if each), default=None)
    return [each for each in rounds if newest is not None and newest > each.as_of]


def _place(row: Mapping[str, Any]) -> tuple[object, ...]:
    return row["total"], row["rank"], row["grade"], row["eligible"]


def _changes(kept: Snapshot, now: Snapshot) -> Iterator[Change]:
    names = dict(now.indicators)
    who = {code: name for code, name, _, _ in kept.units}
    yield from _apart(who, _figures(kept, names), _figures(now, names))
    yield from _apart(
        who,
        {(t[0], f"{names.get(t[1], t[1])} {t[2]}目标"): _text(t[3], t[5]) for t in kept.targets},
        {(t[0], f"{names.get(t[1], t[1])} {t[2]}目标"): _text(t[3], t[5]) for t in now.targets},
    )
    yield from _apart(
        who,
        _events(kept),
        _events(now),
    )
    yield from _apart(
        who,
        {(r[0], f"{r[1]} {r[2]}"): r[4] for r in kept.ratings},
        {(r[0], f"{r[1]} {r[2]}"): r[4] for r in now.ratings},
    )


def _events(told: Snapshot) -> dict[tuple[str, str], str]:
    """Give the events that count in the period: a later one changes a later result."""
    last = Period.parse(told.period).last_day
    rows = (event for event in told.events if event[3] <= last)
    return {
        (code, f"{event}（{number}）"): _text(amount, "有")
        for number, code, event, _, amount in rows
    }


def _figures(of: Snapshot, names: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Give the figures by unit and what they are; what only says when one will come is none."""
    return {
        (unit, f"{names.get(code, code)} {period}"): _text(value, lack)
        for unit, code, period, value, _, keys, lack, _ in of.figures
        if keys
    }


def _apart(
    who: Mapping[str, str],
    before: Mapping[tuple[str, str], str],
    after: Mapping[tuple[str, str], str],
) -> Iterator[Change]:
    for key in sorted({**before, **after}):
        old, new = before.get(key, "没有"), after.get(key, "没有")
        if old != new:
            yield Change(key[0], who.get(key[0], key[0]), key[1], old, new)


def _text(value: Decimal | None, lack: str) -> str:
    return lack if value is None else plain(value)


def told(scope: Scope, day: date) -> list[tuple[Round, str]]:
    """Say to the office which of its published results would come out otherwise today."""
    sentences = []
    kept = set(Round.objects.kept_by(scope).values_list("pk", flat=True))
    for round_ in may_be_shaken(day) if kept else ():
        found = shaken(round_, day) if round_.pk in kept else None
        if found is not None and found.shifts:
            what = f"公布以后依据变了{len(found.changes)}处，{len(found.shifts)}个单位的结果会不同"
            sentences.append((round_, what))
    return sentences
