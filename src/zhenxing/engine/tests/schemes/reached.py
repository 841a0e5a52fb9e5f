"""What of the language a draw reaches, so that no part of it goes untried unnoticed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from zhenxing.engine.tests.schemes.random_schemes import RULES, Case

FUNCTIONS = (
    "min", "max", "abs", "floor", "ceil", "clip", "half_up", "coalesce", "target", "prev",
    "change",
    "growth", "at", "mean", "total", "highest", "lowest", "median", "rank", "count",
    "amount", "score",
)  # fmt: skip
WANTED = frozenset(
    {
        *(f"rule {kind}" for kind in RULES), *(f"{name}()" for name in FUNCTIONS),
        *(f"item {name}" for name in ("gate", "adjust", "times", "better", "missing")),
        "item schedule",
        *(f"missing {policy}" for policy in ("hold", "zero", "exclude")), "no_task exclude",
        "no_task full", "ties dense", "tie_break", "curves", "window", "monthly current", "as_is",
        "due", "months_late", "months_missing", "groups", "points by group",
        "one group only", "bonus_cap",
        "penalty_cap", "total", "total sum_of_items", "grades score", "grades quota",
        "min of a quota",
        "shifts up", "shifts down", "veto 合格", "veto unranked", "bars", "consecutive",
        "whole", "base", "short", "of share", "of value", "limit none", "drop extremes",
        "per month",
        "per quarter", "per half", "per year", "amount_tiers", "all units", "if else",
        "no task here",
        "masked", "negative", "one unit", "period asked",
        # What came of it:
        "tied", "no total", "no rank", "not eligible", "replaced", "no score",
    }
)  # fmt: skip


def of_draw(drawn: Case, rows: Mapping[str, Mapping[str, Any]] | None = None) -> set[str]:
    """Name the parts of the language a draw writes and, with its rows, what came of them."""
    text = yaml.load(drawn.scheme, Loader=yaml.CBaseLoader)  # noqa: S506  # all text
    found = {*_of_text(drawn.scheme), *_of_head(text["scheme"]), *_of_top(text)}
    for name in ("sections", "bonus", "penalties"):
        for each in text.get(name, []):
            for item in each.get("items", [each]):
                found |= set(_of_item(item))
    figures = drawn.tables["figures"]
    tests = {
        "no task here": ",/\n" in drawn.tables["targets"], "masked": "**" in figures,
        "negative": ",-" in figures, "one unit": drawn.tables["units"].count("\n") == 3,
        "period asked": drawn.period is not None,
    }  # fmt: skip
    found |= {name for name, holds in tests.items() if holds}
    return found | set(_of_rows(rows or {}))


def _of_text(text: str) -> Iterator[str]:
    yield from (f"{name}()" for name in FUNCTIONS if re.search(rf"\b{name}\(", text))
    yield from (name for name in ("months_late", "months_missing") if name in text)
    signs = {
        "whole": "whole: 'true'", "base": "base:", "short": "short:", "of share": "of: share",
        "of value": "of: value", "limit none": "limit: none", "drop extremes": "drop: extremes",
        "per month": "per: month", "per quarter": "per: quarter", "per half": "per: half",
        "per year": "per: year", "amount_tiers": "amount_tiers:", "all units": ", all)",
        "if else": " else ", "total sum_of_items": "total: sum_of_items",
    }  # fmt: skip
    yield from (name for name, sign in signs.items() if sign in text)


def _of_head(head: Mapping[str, Any]) -> Iterator[str]:
    yield f"missing {head['missing']}"
    yield f"no_task {head['no_task']}"
    yield f"ties {head['ties']}"
    yield f"monthly {head.get('monthly')}"
    yield from head


def _of_top(text: Mapping[str, Any]) -> Iterator[str]:
    yield from text
    if "grades" in text:
        yield f"grades {text['grades']['by']}"
        yield from ("min of a quota" for band in text["grades"]["bands"] if "min" in band)
    yield from (f"veto {veto['effect']}" for veto in text.get("veto", []))
    yield from (
        f"shifts {'up' if each['by'] == '1' else 'down'}" for each in text.get("shifts", [])
    )


def _of_item(item: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"item {name}" for name in item)
    if item.get("target") == "schedule":
        yield "item schedule"
    if isinstance(item["points"], dict):
        yield "points by group"
        yield from ("one group only" for _ in item["points"] if len(item["points"]) == 1)
    pending = [item["rule"]]
    while pending:
        rule = pending.pop()
        kinds = {rule} if isinstance(rule, str) else set(rule)
        yield from (f"rule {kind}" for kind in kinds)
        pending += [part["rule"] for part in rule["blend"]] if "blend" in kinds else []


def _of_rows(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    ranks = [(row["rank"], row["of"]) for row in rows.values() if row["rank"] is not None]
    if len(ranks) > len(set(ranks)):
        yield "tied"
    for row in rows.values():
        tests = {
            "no total": row["total"] is None, "not eligible": not row["eligible"],
            "no rank": row["total"] is not None and row["rank"] is None,
            "replaced": row.get("replaced", False), "no score": None in row["items"].values(),
        }  # fmt: skip
        yield from (name for name, holds in tests.items() if holds)
