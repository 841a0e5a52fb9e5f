"""The chart of one target: what is due by each month against what was reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.kernel.periods import LAST_OF_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from zhenxing.targets.queries import Detail

MONTHS = tuple(f"{number}月" for number in range(1, LAST_OF_YEAR + 1))


def plan_and_actual(told: Detail) -> dict[str, object]:
    """Draw the months' due as steps and the year to date as a line."""
    due = [line.due for line in told.course]
    actual = [line.actual for line in told.course]
    return {
        "grid": {"left": 64, "right": 16, "top": 16, "bottom": 28},
        "tooltip": {"trigger": "axis"},
        "xAxis": {
            "type": "category",
            "data": list(MONTHS),
            "axisLine": {"lineStyle": {"color": "--line-strong"}},
            "axisLabel": {"color": "--ink-soft"},
        },
        "yAxis": {
            "type": "value",
            "splitLine": {"lineStyle": {"color": "--line"}},
            "axisLabel": {"color": "--ink-soft"},
        },
        "series": [
            {
                "name": "计划累计",
                "type": "bar",
                "data": _drawn(due),
                "itemStyle": {"color": "--blue-line"},
            },
            {
                "name": "实际累计",
                "type": "line",
                "data": _drawn(actual),
                "connectNulls": True,
                "symbol": "circle",
                "symbolSize": 7,
                "lineStyle": {"color": "--blue", "width": 3},
                "itemStyle": {"color": "--blue"},
            },
        ],
    }


def described(told: Detail) -> str:
    """Say the chart in a sentence, for those who do not see it."""
    reached = [line for line in told.course if line.actual is not None]
    name, measure = told.told.indicator.name, told.told.indicator.measure
    if not reached:
        return f"{name}各月计划已定，本年还没有已发布的数。"
    last = reached[-1]
    return f"{name}到{last.month}月计划{last.due}{measure}，实际{last.actual}{measure}。"


def _drawn(values: Sequence[Decimal | None]) -> list[float | None]:
    # A chart is drawn in pixels: the table beside it carries the exact figures.
    return [None if value is None else float(value) for value in values]
