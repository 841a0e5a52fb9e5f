"""Which targets and which breakdowns hold on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from zhenxing.engine.facts import TargetFact
from zhenxing.engine.judging import in_force, level_of
from zhenxing.indicators.models import Target
from zhenxing.targets.choices import Step
from zhenxing.targets.models import Breakdown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from zhenxing.indicators.models import TargetQuerySet

Key = tuple[str, str]  # unit and indicator


def targets_in_force(
    targets: TargetQuerySet, year: int, day: date
) -> dict[Key, tuple[Target, ...]]:
    """Give the targets that hold on the day by unit and indicator, the level first; one query."""
    return held(targets.filter(year=year).select_related("unit", "indicator"), year, day)


def held(rows: Iterable[Target], year: int, day: date) -> dict[Key, tuple[Target, ...]]:
    """Give those of some targets that hold in a year on the day, the level first."""
    of_fact = {fact(row): row for row in rows}
    return {
        about: tuple(of_fact[each] for each in facts)
        for about, facts in in_force(of_fact, year, day).items()
    }


def level(targets: Iterable[Target]) -> Target | None:
    """Give the open level target of one indicator, if there is one."""
    rows = {fact(row): row for row in targets}
    found = level_of(rows)
    return rows[found] if found is not None else None


def breakdowns_in_force(targets: Iterable[Target]) -> dict[tuple[int, str], Breakdown]:
    """Give the breakdown that holds by target and axis, with its parts; at most three queries.

    The latest version counts that is no mere proposal; a proposal counts once it is adopted.
    """
    counting = Breakdown.objects.filter(target__in=[row.pk for row in targets]).filter(
        Q(proposed=False) | Q(steps__step=Step.ADOPTED)
    )
    rows = counting.order_by("version").prefetch_related("parts", "steps")
    return {(row.target_id, row.axis): row for row in rows}


def fact(row: Target) -> TargetFact:
    """Turn a stored target into the engine's fact."""
    return TargetFact(
        row.unit.code,
        row.indicator.code,
        row.year,
        row.aim,
        row.document,
        row.issued,
        row.version,
    )


def visible_targets(units: Collection[str], codes: Collection[str] | None) -> TargetQuerySet:
    """Give the targets of units, of some indicators or all; scope is the caller's."""
    rows = Target.objects.filter(unit__code__in=units)
    return rows if codes is None else rows.filter(indicator__code__in=codes)
