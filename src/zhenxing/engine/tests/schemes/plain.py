"""The language's page as a plain scorer in Decimal: slow, literal, sharing nothing with the engine.

It reads well-formed schemes only (plain YAML, expressions that Python's own parser can read) and
raises on anything else; its one purpose is to disagree with the engine where one of them is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Context, Decimal, localcontext
from typing import Any

from zhenxing.engine.tests.schemes.plain_expressions import PlainExpressions
from zhenxing.engine.tests.schemes.plain_facts import NO_TASK
from zhenxing.engine.tests.schemes.plain_numbers import (
    Number,
    Value,
    number,
    of_group,
    printed,
    tidy,
)
from zhenxing.engine.tests.schemes.plain_rules import RULES


class PlainScorer(PlainExpressions):
    """Scores a scheme's YAML text on CSV tables."""

    # Items

    def x(self, item: Mapping[str, Any], unit: str) -> Value:
        raw = self.raw(item, unit)
        value = raw
        for each in item.get("adjust", []):
            letters = {"x": raw, "raw": raw, "value": item.get("value", item["id"])}
            letters |= {"T": self.T(item, unit), "P": self.P(item, unit)}
            amount = self.value(each["add"], unit, letters)
            if amount is not None and "clip" in each:
                low, high = (number(end) for end in each["clip"])
                amount = max(min(amount, high), low)
            value = None if value is None or amount is None else value + amount
        return value

    def raw(self, item: Mapping[str, Any], unit: str) -> Value:
        outer = item.get("outer")
        letters: dict[str, Any] = {}
        if outer is not None:
            letters = {"x": self.x(outer, unit), "raw": self.raw(outer, unit)}
            letters["value"] = outer.get("value", outer["id"])
        return self.value(item.get("value", item["id"]), unit, letters)

    def own(self, item: Mapping[str, Any]) -> str:
        value: str = item.get("value", item["id"])
        if value.isidentifier():
            return value
        return self.own(item["outer"]) if "outer" in item else str(item["id"])

    def T(self, item: Mapping[str, Any], unit: str) -> Value:  # noqa: N802  # the letter of the page
        written = item.get("target")
        if written is None or written == "schedule":
            target = self.target(unit, self.own(item), schedule=written is not None)
            return None if target is NO_TASK else target
        return self.value(written, unit, {})

    def P(self, item: Mapping[str, Any], unit: str) -> Decimal:  # noqa: N802  # the letter
        points = item.get("points", "0")
        return number(points.get(self.group(unit), "0") if isinstance(points, dict) else points)

    def letters(self, item: Mapping[str, Any], unit: str) -> dict[str, Any]:
        letters: dict[str, Any] = {"x": self.x(item, unit), "raw": self.raw(item, unit)}
        letters |= {"P": self.P(item, unit), "T": self.T(item, unit)}
        letters["value"] = item.get("value", item["id"])
        values = {u: self.x(item, u) for u in self.peers(unit)}
        letters["n"] = Decimal(sum(value is not None for value in values.values()))
        lower = item.get("better") == "lower"
        turned = {u: v if v is None or not lower else -v for u, v in values.items()}
        letters["r"] = of_group("rank", turned, unit) if letters["x"] is not None else None
        letters["values"] = [value for value in values.values() if value is not None]
        return letters

    def points(self, item: Mapping[str, Any], unit: str) -> Number:
        """Give an item's score before the policies."""
        letters = self.letters(item, unit)
        letters["of_unit"] = lambda u: self.letters(item, u)
        rule = item["rule"]
        kind = rule if isinstance(rule, str) else next(k for k in rule if k != "limit")
        body = {} if isinstance(rule, str) else rule[kind]
        score: Number = RULES[kind](self, item, unit, letters, body)
        gate = item.get("gate")
        if gate is not None and score is not None:
            holds = self.value(gate["when"], unit, letters)
            if holds is None:
                return None
            score = score if holds else self.value(gate["otherwise"], unit, letters)
        if "times" in item and score is not None:
            times = self.value(item["times"], unit, letters)
            score = None if times is None else score * times
        return score

    def has_no_task(self, item: Mapping[str, Any], unit: str) -> bool:
        rule = item["rule"]
        kinds = {rule} if isinstance(rule, str) else set(rule)
        parts = rule["blend"] if "blend" in kinds else []
        written = str({k: v for k, v in item.items() if k not in {"id", "name", "outer"}})
        reads = bool(kinds & {"pass", "completion", "steps"}) or bool(re.search(r"\bT\b", written))
        names = set(re.findall(r"target\((\w+)\)", written))
        if reads and item.get("target") in {None, "schedule"} and not parts:
            names.add(self.own(item))
        here = any(self.target(unit, name) is NO_TASK for name in names)
        return here or any(
            self.has_no_task({"id": item["id"], **self.inherited(item, part)}, unit)
            for part in parts
        )

    def inherited(self, item: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
        """Give a part of a blend what it takes over from its item."""
        taken = {k: v for k, v in item.items() if k in {"id", "points", "target", "better"}}
        if "value" not in part:
            taken |= {k: v for k, v in item.items() if k in {"value", "adjust", "outer"}}
        else:
            taken["outer"] = item
        return taken | {k: v for k, v in part.items() if k != "share"}

    # The whole

    def rows(self) -> dict[str, dict[str, Any]]:
        """Give each unit's total, rank, of, grade and item scores as printed."""
        with localcontext(Context(prec=60)):
            found = {unit: self.unit(unit) for unit in self.units}
            self.rank(found)
        return {unit: {k: v for k, v in row.items() if k[0] != "_"} for unit, row in found.items()}

    def unit(self, unit: str) -> dict[str, Any]:
        places = int(self.head.get("rounding", {}).get("item", "half_up_4")[-1])
        sums_items = self.head.get("rounding", {}).get("total") == "sum_of_items"
        items: dict[str, str | None] = {}
        counted: dict[str, Number] = {}
        full = kept = Decimal(0)
        values: dict[str, Number] = {}
        for section in self.text.get("sections", []):
            total: Number = Decimal(0)
            for item in section["items"]:
                shown, count, keep = self.policy(item, unit, outside=False)
                points = self.P(item, unit)
                full, kept = full + points, kept + (points if keep else 0)
                items[item["id"]] = None if shown is None else printed(shown, places)
                count = as_printed(count, places) if sums_items else count
                counted[item["id"]] = count
                total = None if total is None or count is None else total + count
            values[section["id"]] = total
        for name, cap in (("bonus", "bonus_cap"), ("penalties", "penalty_cap")):
            outside: list[Number] = []
            for item in self.text.get(name, []):
                shown, count, _ = self.policy(item, unit, outside=True)
                items[item["id"]] = None if shown is None else printed(shown, places)
                count = as_printed(count, places) if sums_items else count
                counted[item["id"]] = count
                outside.append(count)
            values[name] = capped(outside, self.text.get(cap))
        for section in self.text.get("sections", []):
            known = values[section["id"]]
            values[section["id"]] = None if known is None or not kept else known * full / kept
        sections = [section["id"] for section in self.text.get("sections", [])]
        usual = f"{' + '.join(sections)} + bonus - penalties"
        total = self.value(self.text.get("total", usual), unit, values)
        return {"total": total, "items": items, "_counted": counted, "_places": places}

    def policy(
        self, item: Mapping[str, Any], unit: str, *, outside: bool
    ) -> tuple[Number, Number, bool]:
        """Give what is printed, what counts, and whether the item's points stay."""
        points = item.get("points")
        if isinstance(points, dict) and self.group(unit) not in points:
            return None, Decimal(0), True
        if self.has_no_task(item, unit):
            full = self.head.get("no_task") == "full"
            worth = self.P(item, unit)
            return (worth if full else None), (worth if full else Decimal(0)), full
        score = self.points(item, unit)
        if score is not None:
            return score, score, True
        usual = "zero" if outside else self.head.get("missing", "hold")
        policy = item.get("missing", usual)
        if policy == "hold":
            return None, None, True
        return (Decimal(0) if policy == "zero" else None), Decimal(0), policy == "zero"

    def rank(self, found: dict[str, dict[str, Any]]) -> None:
        dense = self.head.get("ties") == "dense"
        total_places = self.head.get("rounding", {}).get("total", "half_up_2")
        for unit, row in found.items():
            vetoes = self.text.get("veto", [])
            row["_vetoes"] = [v["effect"] for v in vetoes if self.value(v["when"], unit, {})]
            row["_key"] = None
            if row["total"] is not None and "unranked" not in row["_vetoes"]:
                ties = [row["_counted"][code] for code in self.head.get("tie_break", [])]
                row["_key"] = (tidy(row["total"]), *(tidy(tie or Decimal(0)) for tie in ties))
        for unit, row in found.items():
            keys = [found[u]["_key"] for u in self.peers(unit) if found[u]["_key"] is not None]
            better = [key for key in keys if row["_key"] is not None and key > row["_key"]]
            place = 1 + len(set(better) if dense else better)
            row["rank"] = None if row["_key"] is None else place
            row["of"] = len(keys)
            places = row["_places"] if total_places == "sum_of_items" else int(total_places[-1])
            row["total"] = None if row["total"] is None else printed(row["total"], places)
            row["grade"] = self.grade(unit, row)
            if "consecutive" in self.text:
                row["replaced"] = self.is_replaced(unit, row["grade"])
            bars = self.text.get("bars", [])
            row["eligible"] = not any(self.value(bar["when"], unit, {}) for bar in bars)

    def grade(self, unit: str, row: Mapping[str, Any]) -> str | None:
        grades = self.text.get("grades")
        if grades is None or row["total"] is None:
            return None
        bands = [(next(k for k in band if k != "min"), band) for band in grades["bands"]]
        words = [word for word, _ in bands]
        grade = self.band(row, bands, by=grades["by"])
        if grade is not None:
            place = words.index(grade)
            for shift in self.text.get("shifts", []):
                if self.value(shift["when"], unit, {"grade": grade}):
                    place -= int(shift["by"])
            grade = words[min(max(place, 0), len(words) - 1)]
        vetoes = [effect for effect in row["_vetoes"] if effect != "unranked"]
        return vetoes[-1] if vetoes else grade

    def is_replaced(self, unit: str, grade: str | None) -> bool:
        each = self.text["consecutive"]
        grades = [grade]
        for result in self.previous[: int(each["periods"]) - 1]:
            grades += [row["grade"] for row in result["rows"] if row["unit"] == unit] or [None]
        if len(grades) < int(each["periods"]) or None in grades:
            return False
        return all(self.value(each["when"], unit, {"grade": known}) for known in grades)

    def band(self, row: Mapping[str, Any], bands: list[tuple[str, Any]], *, by: str) -> str | None:
        total, words = Decimal(row["total"]), [word for word, _ in bands]
        if by == "score":
            return next((w for w, band in bands if total >= number(band[w])), words[-1])
        if row["rank"] is None:
            return None
        running = 0
        for word, band in bands:
            is_rest = band[word] == "rest"
            running = row["of"] if is_rest else running + int(number(band[word]) * row["of"])
            if row["rank"] <= running and total >= number(band.get("min", "-999999")):
                return word
        return words[-1]


def as_printed(points: Number, places: int) -> Number:
    return None if points is None else Decimal(printed(points, places))


def capped(points: Sequence[Number], cap: str | None) -> Number:
    """Add the points of a bonus or of penalties; one that is held holds the sum."""
    known = [each for each in points if each is not None]
    if len(known) < len(points):
        return None
    return sum(known, Decimal(0)) if cap is None else min(sum(known, Decimal(0)), number(cap))
