"""Rules that a spreadsheet can work out itself, as formulas beside the same sum in `Decimal`.

A formula is given only where its result is the printed score, so that a workbook never disagrees
with the result it was made from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from zhenxing.engine.schemes.results import plain
from zhenxing.engine.schemes.scheme import (
    BestRatio,
    Completion,
    Item,
    Pass,
    RankBetween,
    RankSteps,
)
from zhenxing.kernel.rounding import half_up
from zhenxing.kernel.worked import Worked

ZERO, ONE = Decimal(0), Decimal(1)
Figures = Mapping[str, Decimal]
Cells = Mapping[str, str]
Written = tuple[str, Decimal]


def score_formula(
    item: Item, cells: Cells, figures: Figures, printed: str, places: int
) -> Worked | None:
    """Return an item's score as a formula over the cells of its row; None where there is none.

    cells and figures: what the rule read and P, by name.

    >>> from zhenxing.engine.schemes.scheme import Item
    >>> item = Item("a", "甲", 1, Decimal(12), Completion(cap=ONE))
    >>> figures = {"x": Decimal(9800), "T": Decimal(10000), "P": Decimal(12)}
    >>> score_formula(item, {"x": "C3", "T": "D3", "P": "E3"}, figures, "11.7600", 4).formula
    'ROUND(E3*MIN(C3/D3,1),4)'
    """
    write = _WRITTEN.get(type(item.rule))
    if write is None or item.gate is not None or item.times is not None:
        return None
    try:
        written = write(item, cells, figures)
    except (KeyError, ArithmeticError):
        return None
    if half_up(written[1], places) != Decimal(printed):
        return None
    return Worked(f"ROUND({written[0]},{places})", Decimal(printed))


def _completion(item: Item, cells: Cells, figures: Figures) -> Written:
    rule: Any = item.rule
    upper, lower = ("T", "x") if item.lower else ("x", "T")
    text, share = f"{cells[upper]}/{cells[lower]}", figures[upper] / figures[lower]
    if rule.cap is not None:
        text, share = f"MIN({text},{plain(rule.cap)})", min(share, rule.cap)
    if rule.floor or share < 0:
        text, share = f"MAX({text},{plain(rule.floor)})", max(share, rule.floor)
    return f"{cells['P']}*{text}", figures["P"] * share


def _pass(item: Item, cells: Cells, figures: Figures) -> Written:
    sign = "<=" if item.lower else ">="
    x, target = figures["x"], figures["T"]
    reached = x <= target if item.lower else x >= target
    text = f"IF({cells['x']}{sign}{cells['T']},{cells['P']},0)"
    return text, figures["P"] if reached else ZERO


def _best_ratio(item: Item, cells: Cells, figures: Figures) -> Written:
    name = "lowest(x)" if item.lower else "highest(x)"
    upper, lower = (name, "x") if item.lower else ("x", name)
    text, share = f"{cells[upper]}/{cells[lower]}", figures[upper] / figures[lower]
    return f"{cells['P']}*{text}", figures["P"] * share


def _rank_steps(item: Item, cells: Cells, figures: Figures) -> Written:
    rule: Any = item.rule
    text = f"{cells['P']}-{plain(rule.step)}*({cells['r']}-1)"
    points = figures["P"] - rule.step * (figures["r"] - ONE)
    if rule.floor is None:
        return text, points
    return f"MAX({text},{plain(rule.floor)})", max(points, rule.floor)


def _rank_between(item: Item, cells: Cells, figures: Figures) -> Written:
    rule: Any = item.rule
    fall = rule.first - rule.last
    text = f"{plain(rule.first)}-({plain(fall)})*({cells['r']}-1)/({cells['n']}-1)"
    return text, rule.first - fall * (figures["r"] - ONE) / (figures["n"] - ONE)


_WRITTEN: Mapping[type, Callable[[Item, Cells, Figures], Written]] = MappingProxyType(
    {
        Completion: _completion, Pass: _pass, BestRatio: _best_ratio, RankSteps: _rank_steps,
        RankBetween: _rank_between,
    }
)  # fmt: skip
