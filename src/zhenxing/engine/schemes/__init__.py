"""Assessment schemes (考核方案): rules as dated text, scored exactly, every point explained.

Source of the language: the county's own assessment documents; `docs/algorithms/scoring.md` says how
figures become scores.
"""

from __future__ import annotations

from zhenxing.engine.schemes.bulk import score_table
from zhenxing.engine.schemes.columns import facts_from_columns
from zhenxing.engine.schemes.comparing import ComparisonError, Move, compare
from zhenxing.engine.schemes.explaining import Explanation, explain, explained
from zhenxing.engine.schemes.facts import Facts
from zhenxing.engine.schemes.files import check, read_facts, read_results, read_scheme
from zhenxing.engine.schemes.loading import load
from zhenxing.engine.schemes.results import ItemResult, Result, Row
from zhenxing.engine.schemes.robust import Robustness, Shaking, robust
from zhenxing.engine.schemes.rows import from_tables
from zhenxing.engine.schemes.runs import Inputs, Run
from zhenxing.engine.schemes.scheme import Item, Scheme, Section
from zhenxing.engine.schemes.scoring import run, score
from zhenxing.engine.schemes.showing import show
from zhenxing.engine.schemes.simulating import Simulation, simulate

__all__ = [
    "ComparisonError",
    "Explanation",
    "Facts",
    "Inputs",
    "Item",
    "ItemResult",
    "Move",
    "Result",
    "Robustness",
    "Row",
    "Run",
    "Scheme",
    "Section",
    "Shaking",
    "Simulation",
    "check",
    "compare",
    "explain",
    "explained",
    "facts_from_columns",
    "from_tables",
    "load",
    "read_facts",
    "read_results",
    "read_scheme",
    "robust",
    "run",
    "score",
    "score_table",
    "show",
    "simulate",
]
