"""Charts as plain ECharts options; colours and strokes are named after the theme's tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.kernel.periods import LAST_OF_YEAR

if TYPE_CHECKING:
    from decimal import Decimal

    from zhenxing.indicators.queries import History

MONTHS = tuple(f"{number}月" for number in range(1, LAST_OF_YEAR + 1))


def trajectory(told: History) -> dict[str, object]:
    """Draw the year to date against the plan and the year before, month by month."""
    series = [
        _line("实际", told.actual, colour="--blue", width=3, marks=True),
        _line("计划", told.plan, colour="--ink-soft", width=2, dashed=True),
        _line("上年", told.last_year, colour="--unpublished-mark", width=2),
    ]
    return {
        "grid": {"left": 64, "right": 56, "top": 16, "bottom": 28},
        "tooltip": {"trigger": "axis"},
        "xAxis": {
            "type": "category",
            "data": list(MONTHS),
            "boundaryGap": False,
            "axisLine": {"lineStyle": {"color": "--line-strong"}},
            "axisLabel": {"color": "--ink-soft"},
        },
        "yAxis": {
            "type": "value",
            "splitLine": {"lineStyle": {"color": "--line"}},
            "axisLabel": {"color": "--ink-soft"},
        },
        "series": [one for one in series if one["data"]],
    }


def described(told: History) -> str:
    """Say the chart in a sentence, for those who do not see it."""
    if not told.actual:
        return f"{told.indicator.name}本年还没有已发布的数。"
    month, value = told.actual[-1]
    name, measure = told.indicator.name, told.indicator.measure
    return f"{name}到{month}月累计{value}{measure}，共{len(told.actual)}期。"


def _line(  # a stroke has as many parts
    name: str,
    points: tuple[tuple[int, Decimal], ...],
    *,
    colour: str,
    width: int,
    dashed: bool = False,
    marks: bool = False,
) -> dict[str, object]:
    values: list[float | None] = [None] * LAST_OF_YEAR
    for month, value in points:
        # A chart is drawn in pixels: the page beside it carries the exact figure.
        values[month - 1] = float(value)
    return {
        "name": name,
        "type": "line",
        "data": values if points else [],
        "connectNulls": True,
        "symbol": "circle" if marks else "none",
        "symbolSize": 6,
        "lineStyle": {"color": colour, "width": width, "type": "dashed" if dashed else "solid"},
        "itemStyle": {"color": colour},
        "endLabel": {
            "show": True,
            "formatter": "{a}",
            "color": colour,
            # Above its last point, where the plan's line does not strike it through.
            "offset": [-40, -12] if marks else [0, 0],
        },
    }
