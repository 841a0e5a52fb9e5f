"""Fields, curves, indicators, who answers for them, and the lamp rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from zhenxing.engine.curves import LINEAR, STEADY
from zhenxing.indicators.models import Charge, Curve, Indicator, IndicatorField, LampRules, Synonym
from zhenxing.organisation.choices import VILLAGE_FORM
from zhenxing.organisation.models import Unit
from zhenxing.packs.loading.county import County
from zhenxing.packs.pack import Pack
from zhenxing.packs.sections import dictionary as written
from zhenxing.packs.sections.dictionary import PlanCurve

BUILT_IN = {"linear": LINEAR, "steady": STEADY}


def load_dictionary(pack: Pack, county: County) -> dict[str, Indicator]:
    """Make the dictionary's rows; give the indicators by code."""
    fields = IndicatorField.objects.bulk_create(
        IndicatorField(code=field.code, name=field.name, position=position)
        for position, field in enumerate(pack.dictionary.fields, 1)
    )
    field_of = {field.code: field for field in fields}
    curves = _curves(pack)
    rows = [
        _indicator(one, position, county.units, field_of, curves)
        for position, one in enumerate(pack.dictionary.indicators, 1)
    ]
    indicators = {row.code: row for row in Indicator.objects.bulk_create(rows)}
    _join_parts(pack, indicators)
    _teach(pack, indicators)
    Charge.objects.bulk_create(
        Charge(group=county.groups[group], indicator=indicators[code], position=position)
        for group, codes in _charges(pack)
        for position, code in enumerate(codes, 1)
    )
    LampRules.objects.create(
        text=pack.lamps.text, basis=f"{pack.header.name} lamps.yaml", since=_first_day(pack)
    )
    return indicators


def _charges(pack: Pack) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each group with the indicators it answers for or, a village, fills in."""
    for town in pack.units.towns:
        for group in pack.groups:
            yield f"{town.code}-{group.key}", group.indicators
    if pack.village_form is not None:
        for village in pack.units.villages:
            yield f"{village.code}-{VILLAGE_FORM}", pack.village_form.indicators


def _curves(pack: Pack) -> dict[str, Curve]:
    """Make the pack's curves, and those of the engine that its indicators name."""
    named = {one.curve for one in pack.dictionary.indicators}
    built_in = (
        PlanCurve(code, curve.name, curve.shares, curve.basis)
        for code, curve in BUILT_IN.items()
        if code in named
    )
    rows = [
        Curve(
            code=curve.id,
            name=curve.name,
            shares=[str(share) for share in curve.shares],
            basis=curve.basis,
        )
        for curve in (*pack.curves, *built_in)
    ]
    return {row.code: row for row in Curve.objects.bulk_create(rows)}


def _indicator(
    one: written.Indicator,
    position: int,
    units: Mapping[str, Unit],
    fields: Mapping[str, IndicatorField],
    curves: Mapping[str, Curve],
) -> Indicator:
    return Indicator(
        code=one.code,
        name=one.name,
        field=fields[one.field],
        measure=one.measure,
        decimals=one.decimals,
        kind=one.kind,
        reading=one.reading,
        direction=one.direction,
        nature=one.nature,
        source=one.source,
        lead=units[one.lead],
        definition=one.definition,
        growth=one.growth,
        release=one.release.stored(),
        curve=curves[one.curve] if one.curve else None,
        rank_by=one.rank_by,
        headline=one.headline,
        leading=list(one.leading),
        plausible_low=one.plausible.low if one.plausible else None,
        plausible_high=one.plausible.high if one.plausible else None,
        evidence=one.evidence,
        position=position,
    )


def _join_parts(pack: Pack, indicators: Mapping[str, Indicator]) -> None:
    joined = []
    for one in pack.dictionary.indicators:
        if one.parts_of:
            row = indicators[one.code]
            row.part_of = indicators[one.parts_of]
            joined.append(row)
    Indicator.objects.bulk_update(joined, ["part_of"])


def _teach(pack: Pack, indicators: Mapping[str, Indicator]) -> None:
    """Let indicators go by the other names the pack gives them."""
    Synonym.objects.bulk_create(
        Synonym(
            indicator=indicators[one.code], name=name, basis=f"{pack.header.name} indicators.yaml",
            by="", by_name="初始导入", since=_first_day(pack),
        )
        for one in pack.dictionary.indicators
        for name in one.synonyms
    )  # fmt: skip


def _first_day(pack: Pack) -> date:
    """The rules hold from the first year the pack speaks of."""
    years = {int(told.period[:4]) for told in (*pack.figures, *pack.totals)}
    years |= {each.year for each in pack.targets}
    return date(min(years, default=1900), 1, 1)
