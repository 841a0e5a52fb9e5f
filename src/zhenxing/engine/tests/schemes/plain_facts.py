"""The facts of the plain scorer: CSV text, the year to date, targets, events, marks."""

from __future__ import annotations

import csv
import io
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import yaml

from zhenxing.engine.tests.schemes.plain_numbers import Number, Value, month_of

NO_TASK = object()


class PlainFacts:
    """A scheme's YAML and the tables it is scored on (CSV text by name)."""

    def __init__(
        self,
        scheme: str,
        tables: Mapping[str, str],
        period: str | None = None,
        others: Sequence[Mapping[str, Any]] = (),
        previous: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self.others, self.previous = others, previous
        self.text: dict[str, Any] = yaml.load(scheme, Loader=yaml.CBaseLoader)  # noqa: S506  # all text
        self.head = self.text["scheme"]
        self.tables = {
            name: list(csv.DictReader(io.StringIO(text))) for name, text in tables.items()
        }
        year = int(self.head["year"])
        window = self.head.get("window") or [f"{year}-01", f"{year}-12"]
        self.first, self.last = (month_of(end) for end in window)
        self.cut = month_of(period) if period else self.last
        self.year_end = year * 12 + 11
        rows = self.tables["units"]
        parents = {row.get("parent", "") for row in rows}
        self.by_code = {row["unit"]: row for row in rows}
        self.units = sorted(row["unit"] for row in rows if row["unit"] not in parents)
        self.group_by = self.text.get("groups", {}).get("by")
        self.figures = {
            (row["unit"], row["indicator"], month_of(row["period"])): row["value"]
            for row in self.tables.get("figures", [])
        }
        self.targets = {
            (row["unit"], row["indicator"], month_of(row["period"])): row["target"]
            for row in self.tables.get("targets", [])
        }

    def group(self, unit: str) -> str | None:
        return self.by_code[unit][self.group_by] if self.group_by else None

    def peers(self, unit: str) -> list[str]:
        return [each for each in self.units if self.group(each) == self.group(unit)]

    # The figures

    def figure(self, unit: str, name: str, shift: int = 0) -> Number:
        first, cut = self.first - shift, self.cut - shift
        if name in self.head.get("as_is", []):
            parts = [(unit, name, cut, 1)]
        elif self.head.get("monthly") == "current":
            parts = [(unit, name, month, 1) for month in range(first, cut + 1)]
        else:
            parts, start = [], first
            while start <= cut:
                end = min(cut, start - start % 12 + 11)
                parts.append((unit, name, end, 1))
                if start % 12:
                    parts.append((unit, name, start - 1, -1))
                start = end + 1
        total = Decimal(0)
        for code, indicator, month, sign in parts:
            text = self.figures.get((code, indicator, month), "")
            if not text or "*" in text:
                return None
            total += sign * Decimal(text)
        return total

    def target(self, unit: str, name: str, *, schedule: bool = False) -> Value:
        cuts = (self.year_end,) if schedule else (self.cut, self.year_end)
        for cut in (*cuts, self.last):
            text = self.targets.get((unit, name, cut))
            if text == "/":
                return NO_TASK
            if text is not None:
                value = Decimal(text) if text and "*" not in text else None
                return value if value is None or not schedule else self.share(name) * value
        return None

    def share(self, name: str) -> Decimal:
        month = self.cut - self.first + 1
        curve = self.head.get("curves", {}).get(name)
        return Decimal(month) / 12 if curve is None else Decimal(curve[month - 1]) / 100

    def events(self, unit: str, name: str) -> list[dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        rows = self.tables.get("events", [])
        for row in sorted(rows, key=lambda r: (r["date"], -Decimal(r["amount"] or 0), r["id"])):
            month = month_of(row["date"][:7])
            is_inside = self.first <= month <= self.cut
            if row["unit"] == unit and row["event"] == name and is_inside:
                found.setdefault(row["id"], row)
        return list(found.values())

    def other(self, scheme: str, unit: str) -> Number:
        """Give the unit's total in another scheme."""
        found = [row for each in self.others if each["scheme"] == scheme for row in each["rows"]]
        totals = [row["total"] for row in found if row["unit"] == unit]
        return Decimal(totals[0]) if totals and totals[0] is not None else None

    def returns(self, unit: str, *, late: bool) -> Decimal:
        """Count the months without a figure, or with one that came after the due day."""
        came: dict[int, list[str]] = {}
        for row in self.tables.get("figures", []):
            is_month = re.fullmatch(r"\d{4}-\d\d", row["period"])
            if row["unit"] == unit and is_month and row["value"] not in {"", "**"}:
                came.setdefault(month_of(row["period"]), []).append(row.get("reported") or "")
        count = 0
        for month in range(self.first, self.cut + 1):
            last = monthrange(month // 12, month % 12 + 1)[1]
            due = min(int(self.head["due"]), last)
            deadline = f"{month // 12}-{month % 12 + 1:02}-{due:02}"
            days = came.get(month, [])
            count += any(day > deadline for day in days) if late else not days
        return Decimal(count)

    def marks(self, item: Mapping[str, Any], unit: str) -> list[dict[str, str]]:
        rows = self.tables.get("ratings", [])
        return [row for row in rows if row["unit"] == unit and row["item"] == item["id"]]
