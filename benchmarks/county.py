"""A county's month as the site scores it: 20 towns, 60 items, the scheme compiled and kept.

    ./run benchmark county [--rounds 20]

The frozen rows of 142 indicators over two years go in as a database gives them; each step is timed
warm, and the first scoring of a process apart. Budgets: 150 ms for a scoring, 100 ms for the
explanation of one town.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from decimal import Decimal
from random import Random

from zhenxing.engine import schemes
from zhenxing.engine.schemes.columns import FigureRow, TargetRow, UnitRow

TOWNS, INDICATORS, ITEMS = 20, 142, 60
CUT = "2023-10"
MONTHS = [f"{year}-{month:02}" for year in (2022, 2023) for month in range(1, 13)]
RULES = (
    "{completion: {cap: 1.2}}", "{minmax: {low: 60, high: 100}}", "{rank_steps: {step: 0.1}}",
    '{formula: "clip(P * (1 + growth(x) / 20), 0, 1.5 * P)"}', "pass",
    "{steps: {over: {per: 1, add: 0.1, cap: 0.5, of: share}, under: {per: 1, sub: 0.2, floor: 0, of: share}}}",  # noqa: E501  # one rule
)  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    scheme, problems = schemes.load(_scheme_text(), "county.yaml")
    if scheme is None:
        raise SystemExit("\n".join(problem.sentence for problem in problems))
    units, figures, targets = _rows()
    inputs = schemes.Inputs(period=CUT)
    needed = {item.id for item in scheme.items}
    few = [row for row in figures if row[1] in needed and row[2][5:] == CUT[5:]]

    def whole() -> schemes.Facts:
        return schemes.facts_from_columns(units, figures, targets)

    began = time.perf_counter()
    run = schemes.run(scheme, whole(), inputs)
    print(f"{'first scoring of the process':44}{1000 * (time.perf_counter() - began):9.1f} ms")
    facts = whole()
    steps: dict[str, Callable[[], object]] = {
        f"facts out of {len(figures)} rows": whole,
        f"facts out of {len(few)} rows (cut-offs, items)": lambda: schemes.facts_from_columns(
            units, few, targets
        ),
        "scoring": lambda: schemes.run(scheme, facts, inputs),
        "explanation of one town": lambda: schemes.explained(run, "T07", gains=False),
        "the same, with what one more unit would bring": lambda: schemes.explained(run, "T07"),
    }
    for name, step in steps.items():
        times, spent = [], []
        for _ in range(rounds):
            began, busy = time.perf_counter(), time.process_time()
            step()
            times.append(time.perf_counter() - began)
            spent.append(time.process_time() - busy)
        middle, cpu = 1000 * statistics.median(times), 1000 * statistics.median(spent)
        print(f"{name:44}{middle:9.1f} ms{1000 * max(times):9.1f} worst{cpu:9.1f} ms CPU")


def _scheme_text() -> str:
    items = "\n".join(
        f"  - {{id: i{place:03}, points: 1, rule: {RULES[place % len(RULES)]}}}"
        for place in range(ITEMS)
    )
    return (
        "scheme: {id: county, name: 县, basis: 试, year: 2023, missing: zero}\n"
        f"groups: {{by: class}}\nsections:\n- id: work\n  items:\n{items}\n"
    )


def _rows() -> tuple[list[UnitRow], list[FigureRow], list[TargetRow]]:
    random = Random(7)  # noqa: S311  # a draw that can be repeated, no secret
    codes = [f"T{town:02}" for town in range(1, TOWNS + 1)]
    names = [f"i{place:03}" for place in range(INDICATORS)]
    units: list[UnitRow] = [
        (code, f"{code}镇", "C", {"class": "hill" if town % 2 else "plain"}, f"units {code}")
        for town, code in enumerate(codes)
    ]
    figures: list[FigureRow] = [
        (
            code,
            name,
            month,
            Decimal(random.randrange(10**6)) / 100,
            f"return {code} {month}, row {place}",
            "",
            None,
        )
        for code in codes
        for place, name in enumerate(names)
        for month in MONTHS
    ]
    targets: list[TargetRow] = [
        (
            code,
            name,
            "2023",
            Decimal(random.randrange(10**5, 10**6)) / 100,
            f"target {code} {name}",
            "",
        )
        for code in codes
        for name in names
    ]
    return [*units, ("C", "县", "", {}, "units C")], figures, targets


if __name__ == "__main__":
    main()
