"""Questions about targets: what is in force, plans by month, issues, breakdowns, labels, lines."""

from __future__ import annotations

from zhenxing.targets.queries.plan import Plan, month_plan
from zhenxing.targets.queries.posts import seats

__all__ = ["Plan", "month_plan", "seats"]
