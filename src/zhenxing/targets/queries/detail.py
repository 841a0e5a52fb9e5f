"""One indicator of a unit: all versions, what is odd, breakdowns, plan against actual."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.engine.breakdown import quarters
from zhenxing.indicators import queries as indicator_queries
from zhenxing.kernel.periods import LAST_OF_YEAR
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.rounding import WIDE
from zhenxing.kernel.wording import number
from zhenxing.targets.choices import Axis, Step
from zhenxing.targets.models import Breakdown
from zhenxing.targets.queries.checks import ground
from zhenxing.targets.queries.force import breakdowns_in_force, held, level, visible_targets
from zhenxing.targets.queries.lines import lines_of
from zhenxing.targets.queries.plan import Months, months_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenxing.indicators.models import Indicator, Target
    from zhenxing.indicators.queries import History
    from zhenxing.organisation.models import Unit
    from zhenxing.targets.queries.lines import Line
    from zhenxing.web.asking import Asked


@dataclass(frozen=True)
class MonthLine:
    """One month of plan and actual: what is due, what was reached, by how much they differ."""

    month: int
    part: Decimal | None
    due: Decimal
    actual: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Actual less due."""
        return None if self.actual is None else WIDE.subtract(self.actual, self.due)


@dataclass(frozen=True)
class Detail:
    """All that the page of one target says."""

    told: History
    targets: tuple[Target, ...]
    versions: tuple[Target, ...]
    problems: tuple[Problem, ...]
    months: Months | None
    course: tuple[MonthLine, ...]
    broken: dict[str, Breakdown]
    attempts: tuple[Breakdown, ...]
    line: Line

    @property
    def level(self) -> Target | None:
        """The target that can be broken down."""
        return level(self.targets)

    @property
    def waiting(self) -> list[Breakdown]:
        """Proposals of the target in force that wait for an answer."""
        current = self.level
        return [
            row
            for row in self.attempts
            if row.proposed and row.target == current and not row.steps.all()
        ]


def detail(indicator: Indicator, unit: Unit, asked: Asked) -> Detail:
    """Tell everything about one indicator's targets of the asked month's year."""
    year, day, code = asked.month.year, asked.day, indicator.code
    told = indicator_queries.history(indicator, unit, asked.month, day)
    versions = list(
        visible_targets([unit.code], [code])
        .filter(year=year, issued__lte=day)
        .select_related("unit", "indicator", "acknowledgement")
        .order_by("kind", "-version")
    )
    targets = held(versions, year, day).get((unit.code, code), ())
    current = level(targets)
    broken = breakdowns_in_force(targets)
    attempts = Breakdown.objects.filter(target__in=versions).select_related("target__unit")
    months = None
    if current is not None:
        months = months_of(current, told.definition, broken.get((current.pk, Axis.MONTH)))
    axes = {axis: row for (_, axis), row in broken.items()}
    problems = ground([code], year, day).problems(unit.code, code)
    return Detail(
        told=told,
        targets=targets,
        versions=tuple(versions),
        problems=(*problems, *_of_axes(axes, months, told.definition.decimals)),
        months=months,
        course=_course(months, told.actual),
        broken={axis: axes[axis] for axis in Axis.values if axis in axes},
        attempts=tuple(attempts.prefetch_related("parts", "steps").order_by("-pk")),
        line=lines_of(unit, [code], day)[code],
    )


def signed_steps(breakdown: Breakdown) -> list[str]:
    """Say in words what was done about a breakdown, and by whom."""
    return [
        f"{each.by_name}{Step(each.step).label}，{each.business_date}"
        + (f"：{each.note}" if each.note else "")
        for each in breakdown.steps.all()
    ]


def _course(months: Months | None, actual: Sequence[tuple[int, Decimal]]) -> tuple[MonthLine, ...]:
    if months is None:
        return ()
    reached = dict(actual)
    parts: Sequence[Decimal | None] = months.parts
    if months.manner != "sum":
        parts = [None] * LAST_OF_YEAR
    return tuple(
        MonthLine(n, part, due, reached.get(n))
        for n, (part, due) in enumerate(zip(parts, months.to_date, strict=True), 1)
    )


def _of_axes(axes: dict[str, Breakdown], months: Months | None, places: int) -> list[Problem]:
    """Warn where quarters and months of one target were broken down to different numbers."""
    made = axes.get(Axis.QUARTER)
    if made is None or months is None or months.made is None:
        return []
    told = [part.value for part in made.parts.all()]
    summed = quarters(months.manner, months.parts)
    return [
        Problem(
            "分解",
            f"第{n}季度按季分解是{number(one, places)}，按月合起来是{number(other, places)}",
            "请核对两份分解",
            "warning",
        )
        for n, (one, other) in enumerate(zip(told, summed, strict=False), 1)
        if one != other
    ]
