"""The dictionary's records out of their rows: fields, indicators, curves, lamps, targets, calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from zhenxing.indicators.models import Curve, IndicatorField, LampRules, Target
from zhenxing.indicators.models import Indicator as IndicatorRow
from zhenxing.packs.pack import Set
from zhenxing.packs.reading import BUILT_IN_CURVES
from zhenxing.packs.sections import aims
from zhenxing.packs.sections.dictionary import (
    Dictionary,
    Indicator,
    LampText,
    PlanCurve,
    Plausible,
    Release,
)
from zhenxing.packs.sections.dictionary import IndicatorField as WrittenField
from zhenxing.packs.sections.month import Call
from zhenxing.reporting.choices import CallKind
from zhenxing.reporting.models import Call as CallRow

if TYPE_CHECKING:
    from django.db.models import QuerySet


def dictionary() -> Dictionary:
    """Give indicators.yaml."""
    rows = IndicatorRow.objects.select_related("field", "lead", "curve", "part_of")
    rows = rows.prefetch_related("synonyms")
    return Dictionary(
        fields=tuple(
            WrittenField(code=row.code, name=row.name)
            for row in IndicatorField.objects.order_by("position")
        ),
        indicators=tuple(_indicator(row) for row in rows.order_by("position")),
    )


def curves() -> tuple[PlanCurve, ...]:
    """Give curves.yaml."""
    return tuple(
        PlanCurve(row.code, row.name, tuple(map(Decimal, row.shares)), row.basis)
        for row in Curve.objects.exclude(code__in=BUILT_IN_CURVES).order_by("pk")
    )


def lamps() -> LampText:
    """Give lamps.yaml: the latest rules."""
    rules = LampRules.objects.order_by("since", "pk").last()
    return LampText(rules.text if rules else "")


def targets() -> Iterator[Set]:
    """Give every version of every target."""
    rows = cast(
        "QuerySet[Target]", Target.objects.select_related("unit", "indicator").order_by("pk")
    )
    for row in rows:
        yield Set(
            row.year,
            aims.Target(
                unit=row.unit.code,
                indicator=row.indicator.code,
                kind=row.kind,
                comparator=row.comparator,
                value=row.value,
                high=row.high,
                masked=row.masked,
                no_task=row.no_task,
                text=row.text,
                document=row.document,
                issued=row.issued,
                version=row.version,
                note=row.reason,
            ),
        )


def calls() -> tuple[Call, ...]:
    """Give calls.yaml."""
    return tuple(
        Call(period=row.period, opens=row.opens, due=row.due, closed=row.closed_on)
        for row in CallRow.objects.filter(kind=CallKind.MONTHLY).order_by("opens")
    )


def _indicator(row: IndicatorRow) -> Indicator:
    bounds = Plausible(low=row.plausible_low, high=row.plausible_high)
    return Indicator(
        code=row.code,
        name=row.name,
        field=row.field.code,
        measure=row.measure,
        decimals=row.decimals,
        kind=row.kind,
        reading=row.reading,
        direction=row.direction,
        nature=row.nature,
        source=row.source,
        lead=row.lead.code,
        definition=row.definition,
        growth=row.growth,
        release=_release(row.release),
        curve=row.curve.code if row.curve else None,
        rank_by=row.rank_by,
        headline=row.headline,
        leading=tuple(row.leading),
        plausible=None if bounds == Plausible() else bounds,
        parts_of=row.part_of.code if row.part_of else None,
        evidence=row.evidence,
        synonyms=tuple(each.name for each in row.synonyms.all()),
    )


def _release(stored: Mapping[str, Any]) -> Release:
    told = dict(stored)
    fixed = told.pop("fixed", {})
    months = told.pop("months", ())
    return Release(
        **told,
        months=tuple(months),
        fixed={period: date.fromisoformat(day) for period, day in fixed.items()},
    )
