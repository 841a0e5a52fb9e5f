"""What the plan asks for by a month: from the breakdown in force, else from the plan curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from zhenxing.engine.breakdown import added, by_curve, path, to_date
from zhenxing.indicators import queries as indicator_queries
from zhenxing.kernel.periods import LAST_OF_YEAR, Period
from zhenxing.targets.choices import Axis, Way
from zhenxing.targets.queries.force import (
    breakdowns_in_force,
    level,
    targets_in_force,
    visible_targets,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from decimal import Decimal

    from zhenxing.engine import breakdown as engine
    from zhenxing.engine.facts import IndicatorDef
    from zhenxing.indicators.models import Target
    from zhenxing.targets.models import Breakdown


@dataclass(frozen=True)
class Months:
    """A target's twelve months: parts that add up, or levels to be reached.

    `left` is what they leave of the target. `way` says where they came from, `made` by whom.
    """

    parts: tuple[Decimal, ...]
    manner: engine.Manner
    left: Decimal | None
    way: str
    made: Breakdown | None = None

    @property
    def to_date(self) -> tuple[Decimal, ...]:
        """What is due by each month's end."""
        return to_date(self.manner, self.parts)

    def of(self, period: Period) -> Decimal | None:
        """Give what a period asks for by itself; a level has no such share."""
        if self.manner != "sum":
            return None
        return added(self.parts[month - 1] for month in period.months)


@dataclass(frozen=True)
class Plan:
    """The plan of one indicator for a period.

    `to_date` is due from January to the period's end; `of_period` in the period alone, None for
    what does not add up (stocks, rates). `way` says where it came from (按计划曲线, 平均, 手工),
    `is_broken_down` whether somebody broke the target down.
    """

    to_date: Decimal
    of_period: Decimal | None
    way: str
    is_broken_down: bool


def month_plan(unit: str, codes: Collection[str], period: Period, day: date) -> Mapping[str, Plan]:
    """Give the plan of a unit's indicators for a period, as issued by the day; six queries at most.

    Only indicators with an open level target have one; scope is the caller's.
    """
    held = targets_in_force(visible_targets([unit], codes), period.year, day)
    levels = {code: level(rows) for (_, code), rows in held.items()}
    aims = {code: row for code, row in levels.items() if row is not None}
    known = {each.code: each for each in indicator_queries.definitions(list(aims))} if aims else {}
    broken = breakdowns_in_force(aims.values()) if aims else {}
    plans = {
        code: months_of(row, known[code], broken.get((row.pk, Axis.MONTH)))
        for code, row in aims.items()
    }
    return {
        code: Plan(
            months.to_date[period.last_month - 1],
            months.of(period),
            months.way,
            months.made is not None,
        )
        for code, months in plans.items()
    }


def manner_of(indicator: IndicatorDef, axis: str) -> engine.Manner:
    """Say how parts make up a target: a flow adds up, a stock over units too, a rate never."""
    is_in_time = axis in {Axis.MONTH, Axis.QUARTER}
    if indicator.kind == "rate":
        return "path" if is_in_time else "each"
    return "path" if is_in_time and indicator.kind == "stock" else "sum"


def months_of(target: Target, indicator: IndicatorDef, made: Breakdown | None) -> Months:
    """Give a level target's months from its breakdown, else from the indicator's curve."""
    if made is not None:
        parts = tuple(part.value for part in sorted(made.parts.all(), key=lambda p: p.position))
        if len(parts) == LAST_OF_YEAR:
            manner = cast("engine.Manner", made.manner)
            return Months(parts, manner, made.remainder, made.get_way_display(), made)
    manner = manner_of(indicator, Axis.MONTH)
    spread = by_curve if manner == "sum" else path
    split = spread(cast("Decimal", target.value), indicator.decimals, indicator.plan)
    return Months(split.parts, manner, split.remainder, Way.CURVE.label)
