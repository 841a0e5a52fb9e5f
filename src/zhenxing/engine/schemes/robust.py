"""How firm a ranking is: points shaken, items left out, units gone, items that tell nothing apart.

The definitions stand in `docs/algorithms/robustness.md`. Equal arguments give equal answers: the
shaking is drawn from the seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from operator import mul
from random import Random
from typing import Any

from zhenxing.engine.schemes import departing, weighing
from zhenxing.engine.schemes.departing import Departure
from zhenxing.engine.schemes.runs import Run
from zhenxing.engine.schemes.weighing import Scores, Weight
from zhenxing.kernel.problems import Problem

MOST_RUNS = 100_000
PERCENT = 100
EDGE = 20  # one twentieth at either end stands outside the middle nine tenths


@dataclass(frozen=True, slots=True)
class Shaking:
    """How much the points are shaken (± percent), how often, and the seed it is drawn from."""

    noise: Decimal = Decimal(20)
    runs: int = 1000
    seed: int = 1

    def problems(self) -> list[Problem]:
        """Return what is wrong with the wish.

        >>> [problem.where for problem in Shaking(Decimal(100), 0).problems()]
        ['--noise', '--runs']
        """
        found = []
        if not 0 <= self.noise < PERCENT:
            found.append(Problem("--noise", f"幅度{self.noise}不在0至100之间", "请写如20"))
        if not 0 < self.runs <= MOST_RUNS:
            what = f"次数{self.runs}不在1至{MOST_RUNS}之间"
            found.append(Problem("--runs", what, "请写如1000"))
        return found


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's rank and how far it moves.

    noise: best and worst rank of all runs; usual: of the middle nine tenths; held: the percent of
    runs that keep the rank. without: the rank when an item is left out, where it is another one.
    """

    unit: str
    name: str
    group: str | None
    total: str
    rank: int
    noise: tuple[int, int]
    usual: tuple[int, int]
    held: Decimal
    without: Mapping[str, int]

    @property
    def left_out(self) -> tuple[int, int]:
        """The best and the worst rank while one item is left out."""
        ranks = [self.rank, *self.without.values()]
        return min(ranks), max(ranks)


@dataclass(frozen=True, slots=True)
class Robustness:
    """All answers about one scoring; empty with problems where it cannot be asked."""

    scheme: str
    period: str
    shaking: Shaking
    units: tuple[Standing, ...] = ()
    items: tuple[Weight, ...] = ()
    departures: tuple[Departure, ...] = ()
    problems: tuple[Problem, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return what robust --json prints."""
        return {
            "scheme": self.scheme, "period": self.period,
            "noise": str(self.shaking.noise), "runs": self.shaking.runs, "seed": self.shaking.seed,
            "units": [_told(each) for each in self.units],
            "items": [_told(each) for each in self.items],
            "departures": [_told(each) for each in self.departures],
            "problems": [
                {"where": each.where, "what": each.what, "next": each.next}
                for each in self.problems
            ],
        }  # fmt: skip


def robust(this: Run, shaking: Shaking | None = None) -> Robustness:
    """Ask how firm a scoring's ranks are."""
    wish = shaking or Shaking()
    answer = Robustness(this.result.scheme, this.result.period, wish)
    if this.compiled is None:
        return replace(answer, problems=this.result.problems)
    problems = [*wish.problems(), *weighing.problems(this.scheme)]
    if problems:
        return replace(answer, problems=tuple(problems))
    groups = weighing.groups(this)
    departures, problems = departing.departures(this)
    return replace(
        answer,
        units=tuple(each for scores in groups for each in _standings(this, scores, wish)),
        items=tuple(each for scores in groups for each in weighing.weights(this, scores)),
        departures=departures,
        problems=tuple(problems),
    )


def places(totals: Sequence[float]) -> list[int]:
    """Return competition ranks, the greatest first; totals one 1e-9 apart or less are equal.

    >>> places([3.0, 5.0, 3.0, 1.0])
    [2, 1, 2, 4]
    """
    steady = [round(total, 9) for total in totals]
    order = sorted(steady, reverse=True)
    first = {total: len(order) - place for place, total in enumerate(reversed(order))}
    return [first[total] for total in steady]


def _standings(this: Run, scores: Scores, wish: Shaking) -> list[Standing]:
    drawn = _shaken(scores, wish)
    without = {
        item: places(scores.totals([0.0 if other == item else 1.0 for other in scores.items]))
        for item in scores.items
    }
    edge = wish.runs // EDGE
    found = []
    for at, code in enumerate(scores.units):
        seen = sorted(run[at] for run in drawn)
        rank = scores.ranks[at]
        moved = {item: ranks[at] for item, ranks in without.items() if ranks[at] != rank}
        row = this.result.row(code)
        found.append(
            Standing(
                code, this.units[code].name, scores.group, "" if row is None else row.total or "",
                rank, (seen[0], seen[-1]), (seen[edge], seen[-1 - edge]),
                round(Decimal(PERCENT * seen.count(rank)) / wish.runs, 1), moved,
            )
        )  # fmt: skip
    return found


def _shaken(scores: Scores, wish: Shaking) -> list[list[int]]:
    """Draw each item's points anew, keeping their sum; return the ranks of every run."""
    random = Random(wish.seed)  # noqa: S311  # a seeded play, nothing secret
    share = float(wish.noise) / PERCENT
    points = scores.points
    full = sum(points)
    found = []
    for _ in range(wish.runs):
        factors = [random.uniform(1 - share, 1 + share) for _ in points]
        worth = sum(map(mul, factors, points))
        scale = full / worth if worth else 1.0
        found.append(places(scores.totals([factor * scale for factor in factors])))
    return found


def _told(each: Standing | Weight | Departure) -> dict[str, Any]:
    """Write an answer as JSON: exact numbers as text."""
    told = asdict(each)
    return {
        name: str(value) if isinstance(value, Decimal) else value for name, value in told.items()
    }
