"""Score random schemes with the engine and with the plain scorer: not one printed digit differs.

Every kind of rule, policy, period, tie and grade is drawn; numbers come from small pools, so that
units tie and scores end in an exact half of the last printed decimal. The figures stand last.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from zhenxing.engine.tests.schemes import reached
from zhenxing.engine.tests.schemes.plain import PlainScorer
from zhenxing.engine.tests.schemes.random_schemes import Case, case
from zhenxing.engine.tests.schemes.test_random_schemes import (
    engine_rows,
    plain_rows,
)

SHOWN = 5
ENOUGH = 100  # fewer draws may lack a hard case


@dataclass
class Score:
    """What the trial has seen."""

    schemes: int = 0
    units: int = 0
    items: int = 0
    held: int = 0
    tied: int = 0
    halves: int = 0
    reached: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    engine_seconds: float = 0.0
    plain_seconds: float = 0.0

    @property
    def holds(self) -> bool:
        """Whether nothing differed and the hard cases were there."""
        hard = min(self.tied, self.halves, self.held) > 0 and not self.unreached
        return not self.faults and self.schemes > 0 and (hard or self.schemes < ENOUGH)

    @property
    def unreached(self) -> list[str]:
        """What of the language no draw has written or come to."""
        return sorted(reached.WANTED - self.reached.keys())

    @property
    def rarest(self) -> int:
        """In how many schemes the rarest part of the language stood."""
        return min(self.reached[name] for name in reached.WANTED)

    def line(self) -> str:
        """Give the score in a line."""
        return (
            f"方案{self.schemes}个，单位{self.units}个，分项{self.items}个；并列{self.tied}，"
            f"恰在四舍五入中点{self.halves}，总分暂缺{self.held}；"
            f"语言各处{len(reached.WANTED)}项，最少的一项遇到{self.rarest}个方案；"
            f"不一致{len(self.faults)}；"
            f"引擎{self.engine_seconds:.0f}秒，核对{self.plain_seconds:.0f}秒"
        )


class Watching(PlainScorer):
    """The plain scorer, counting the scores that lie on an exact half."""

    halves = 0

    def policy(self, item: Any, unit: str, *, outside: bool) -> Any:  # noqa: ANN401  # as it does
        """Score an item and look at its digits."""
        found = super().policy(item, unit, outside=outside)
        places = int(self.head["rounding"]["item"][-1])
        if found[0] is not None:
            scaled = abs(found[0]).scaleb(places)
            self.halves += scaled % 1 == Decimal("0.5")
        return found


def watch(score: Score, drawn: Case, rows: dict[str, dict[str, Any]]) -> None:
    """Count what makes a case hard."""
    score.units += len(rows)
    score.items += sum(len(row["items"]) for row in rows.values())
    score.held += sum(row["total"] is None for row in rows.values())
    places = Counter(row["rank"] for row in rows.values() if row["rank"] is not None)
    score.tied += sum(count - 1 for count in places.values())
    score.reached.update(reached.of_draw(drawn, rows))
    inputs = (drawn.period, drawn.others, drawn.previous)
    watching = Watching(drawn.scheme, drawn.tables, *inputs)
    watching.rows()
    score.halves += watching.halves


def differences(engine: dict[str, Any], plain: dict[str, Any]) -> Iterator[str]:
    """Name the units and fields that differ."""
    for unit in sorted({*engine, *plain}):
        ours, theirs = engine.get(unit, {}), plain.get(unit, {})
        for name in sorted({*ours, *theirs}):
            if ours.get(name) != theirs.get(name):
                yield f"{unit} {name}: {ours.get(name)} ≠ {theirs.get(name)}"


def play(score: Score, seed: int) -> None:
    """Score one draw twice."""
    drawn = case(Random(seed))  # noqa: S311  # a draw that can be repeated, no secret
    began = time.process_time()
    engine = engine_rows(drawn)
    between = time.process_time()
    plain = plain_rows(drawn)
    score.engine_seconds += between - began
    score.plain_seconds += time.process_time() - between
    score.schemes += 1
    if engine != plain:
        score.faults.append(f"第{seed}个：{'；'.join(differences(engine, plain))}")
    watch(score, drawn, plain)


def main() -> int:
    """Play the draws; 0 only if the two agree on all of them."""
    parser = argparse.ArgumentParser(description="随机方案：引擎与独立核对程序逐字比较")
    parser.add_argument("--runs", type=int, default=10_000, help="方案个数")
    parser.add_argument("--seed", type=int, default=0, help="从第几个起")
    given = parser.parse_args()
    score = Score()
    for seed in range(given.seed, given.seed + given.runs):
        play(score, seed)
        if sys.stderr.isatty() and score.schemes % 100 == 0:
            print(f"\r{score.schemes}", end="", file=sys.stderr, flush=True)
    for fault in score.faults[:SHOWN]:
        print(fault)
    if score.unreached:
        print(f"没有遇到：{'、'.join(score.unreached)}")
    print(score.line())
    print("全部一致。" if score.holds else "有不一致，或没有遇到该有的难例。")
    return 0 if score.holds else 1


if __name__ == "__main__":
    sys.exit(main())
