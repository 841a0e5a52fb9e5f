"""A new scheme on last year's figures beside the old result, before it is issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from zhenxing.engine.schemes.comparing import ComparisonError, Json
from zhenxing.engine.schemes.facts import Facts
from zhenxing.engine.schemes.results import told
from zhenxing.engine.schemes.runs import Inputs
from zhenxing.engine.schemes.scheme import Item, Scheme
from zhenxing.engine.schemes.scoring import TAKEN_OFF, run
from zhenxing.engine.schemes.words import rule_words
from zhenxing.kernel.problems import Problem

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ItemShift:
    """What an item does to a unit's total under the new scheme against the old one."""

    item: str
    name: str
    before: str | None
    after: str | None
    change: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One unit before and after; places: won, negative lost; None where a rank is missing.

    items: the items that differ, the greatest difference first.
    """

    unit: str
    name: str
    group: str | None
    ranks: tuple[int | None, int | None]
    totals: tuple[str | None, str | None]
    grades: tuple[str | None, str | None]
    items: tuple[ItemShift, ...]

    @property
    def places(self) -> int | None:
        """Places won under the new scheme."""
        before, after = self.ranks
        return None if before is None or after is None else before - after


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """How an item differs between the schemes; kind: `added`, `removed`, `changed`."""

    item: str
    name: str
    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Simulation:
    """The new scheme's outcome beside the old result; problems of the scoring with it.

    is_scored: False where the new scheme could not be scored on these facts.
    """

    scheme: str
    against: str
    period: str
    outcomes: tuple[Outcome, ...]
    differences: tuple[ItemDifference, ...]
    problems: tuple[Problem, ...]
    is_scored: bool = True

    @property
    def gainers(self) -> tuple[Outcome, ...]:
        """Units that win places, the most first."""
        found = [each for each in self.outcomes if (each.places or 0) > 0]
        return tuple(sorted(found, key=lambda each: (-(each.places or 0), each.unit)))

    @property
    def losers(self) -> tuple[Outcome, ...]:
        """Units that lose places, the most first."""
        found = [each for each in self.outcomes if (each.places or 0) < 0]
        return tuple(sorted(found, key=lambda each: (each.places or 0, each.unit)))

    def as_json(self) -> dict[str, Any]:
        """Return what simulate --json prints."""
        return {
            "scheme": self.scheme, "against": self.against, "period": self.period,
            "units": [{**asdict(each), "places": each.places} for each in self.outcomes],
            "differences": [asdict(each) for each in self.differences],
            "problems": told(self.problems),
        }  # fmt: skip


def simulate(
    new: Scheme,
    facts: Facts,
    inputs: Inputs | None = None,
    *,
    against: Json | None = None,
    old: Scheme | None = None,
) -> Simulation:
    """Score a scheme on facts and lay it beside a result, or beside the old scheme's on the same.

    Raises `ComparisonError` where neither is given or `against` is no result.
    """
    given = inputs or Inputs()
    this = run(new, facts, given)
    if against is None:
        if old is None:
            message = "没有可比的结果；请给出--against结果.json或--old旧方案.yaml。"
            raise ComparisonError(message)
        against = run(old, facts, given).result.as_json()
    result = this.result.as_json()
    try:
        names = {unit.code: unit.name for unit in facts.units.values()}
        outcomes = tuple(_outcomes(new, against, result, names))
        differences = tuple(_differences(new, against, old))
        scheme, period = str(against["scheme"]), this.result.period
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        message = "--against不是zhenxing score --json的结果；请用--json重新生成。"
        raise ComparisonError(message) from error
    problems = this.result.problems
    is_scored = this.compiled is not None
    return Simulation(new.id, scheme, period, outcomes, differences, problems, is_scored)


def _outcomes(scheme: Scheme, old: Json, new: Json, names: Mapping[str, str]) -> Iterator[Outcome]:
    before = {row["unit"]: row for row in old["rows"]}
    titles = {item.id: item.name for item in scheme.items}
    for row in new["rows"]:
        was = before.get(row["unit"], {"rank": None, "total": None, "grade": None, "items": {}})
        shifts = sorted(
            _shifts(was["items"], row["items"], titles),
            key=lambda shift: (-abs(Decimal(shift.change)), shift.item),
        )
        yield Outcome(
            row["unit"], names[row["unit"]], row["group"], (was["rank"], row["rank"]),
            (was["total"], row["total"]), (was["grade"], row["grade"]), tuple(shifts),
        )  # fmt: skip


def _shifts(old: Json, new: Json, titles: Mapping[str, str]) -> Iterator[ItemShift]:
    for code in {**new, **old}:
        before, after = _score(old.get(code)), _score(new.get(code))
        if before != after:
            was, is_now = (None if each is None else str(each) for each in (before, after))
            change = (after or ZERO) - (before or ZERO)
            yield ItemShift(code, titles.get(code, code), was, is_now, str(change))


def _score(item: Json | None) -> Decimal | None:
    if item is None or item["score"] is None:
        return None
    return Decimal(item["score"]) * (-1 if item["why"].startswith(TAKEN_OFF) else 1)


def _differences(new: Scheme, against: Json, old: Scheme | None) -> Iterator[ItemDifference]:
    """Give the items that came, went or changed; a result alone tells only their ids."""
    after = {item.id: (item.name, _words(item)) for item in new.items}
    before = _before(against) if old is None else {i.id: (i.name, _words(i)) for i in old.items}
    for code, (name, words) in after.items():
        if code not in before:
            yield ItemDifference(code, name, "added", "", words)
        elif old is not None and before[code][1] != words:
            yield ItemDifference(code, name, "changed", before[code][1], words)
    for code, (name, words) in before.items():
        if code not in after:
            yield ItemDifference(code, name, "removed", words, "")


def _before(against: Json) -> dict[str, tuple[str, str]]:
    rows: Sequence[Json] = against["rows"]
    return {code: (code, "") for row in rows for code in row["items"]}


def _words(item: Item) -> str:
    """Say an item's points, target and rule in one line."""
    if isinstance(item.points, Mapping):
        points = "、".join(f"{group}{worth:f}分" for group, worth in item.points.items())
    else:
        points = "" if item.points is None else f"{item.points:f}分"
    target = "按时间进度" if item.target == "schedule" else getattr(item.target, "text", "")
    value = getattr(item.value, "text", "")
    said = [points, f"取{value}" if value else "", f"目标{target}" if target else ""]
    return "，".join([*(each for each in said if each), rule_words(item.rule, lower=item.lower)])
