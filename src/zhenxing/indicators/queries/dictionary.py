"""The dictionary and the lamp rules as the engine takes them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from zhenxing.engine.accumulate import Reading
from zhenxing.engine.curves import Curve as PlanCurve
from zhenxing.engine.facts import IndicatorDef
from zhenxing.engine.lamps import RuleBook, load_rules
from zhenxing.engine.ranks import Direction
from zhenxing.engine.releases import read_release
from zhenxing.indicators.models import Indicator, LampRules, Synonym
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Unit

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from zhenxing.engine.facts import Kind, RankBy
    from zhenxing.engine.growth import GrowthMode
    from zhenxing.indicators.models import Curve
    from zhenxing.organisation.models import UnitQuerySet
    from zhenxing.web.scope import Scope


def definitions(codes: Collection[str] | None = None) -> list[IndicatorDef]:
    """Give the indicators of these codes, or all, in the dictionary's order; one query."""
    rows = Indicator.objects.select_related("field", "lead", "curve")
    if codes is not None:
        rows = rows.filter(code__in=codes)
    return [definition(row) for row in rows]


def definition(row: Indicator) -> IndicatorDef:
    """Turn one dictionary row into what the engine knows of it.

    A pack is checked before it is loaded, so a calendar that cannot be read here is a fault of
    the site, not of a person's input.
    """
    release, problems = read_release(row.release, row.code)
    if release is None:
        raise ValueError("".join(problem.sentence for problem in problems))
    return IndicatorDef(
        code=row.code,
        name=row.name,
        release=release,
        field=row.field.name,
        measure=row.measure,
        decimals=row.decimals,
        kind=cast("Kind", row.kind),
        reading=Reading(row.reading),
        direction=Direction(row.direction),
        curve=_curve(row.curve),
        rank_by=cast("RankBy", row.rank_by),
        growth=cast("GrowthMode", row.growth),
        headline=row.headline,
        leading=tuple(row.leading),
        nature=row.nature,
        lead=row.lead.name,
        definition=row.definition,
    )


def rule_book(day: date) -> RuleBook:
    """Give the lamp rules in force on the day; a county without any lights no lamp."""
    rules = LampRules.objects.filter(since__lte=day).order_by("-since", "-pk").first()
    book, _ = load_rules(rules.text if rules else "[]", "lamps.yaml")
    return book


def codes_led_by(departments: Collection[str]) -> frozenset[str]:
    """Give the codes of the indicators these departments lead."""
    led = Indicator.objects.filter(lead__code__in=departments)
    return frozenset(led.values_list("code", flat=True))


def visible_codes(scope: Scope, unit: str = "") -> frozenset[str] | None:
    """Give the only indicators a department's person may read, or None for no such limit.

    Who also has a post in a town reads everything of that town: name it where only it is shown.
    """
    if scope.reads_all_figures or unit in scope.towns or not scope.departments:
        return None
    return codes_led_by(scope.departments)


def _curve(row: Curve | None) -> PlanCurve | None:
    if row is None:
        return None
    return PlanCurve(row.name, tuple(Decimal(str(share)) for share in row.shares), row.basis)


def readable_units(scope: Scope) -> UnitQuerySet:
    """Give the county and towns whose figures a person may open.

    A department reads every town, but only the indicators it leads: `visible_codes`.
    """
    units = Unit.objects.of_kind(UnitKind.COUNTY, UnitKind.TOWN)
    if scope.reads_all_figures or scope.departments:
        return units
    return units.filter(code__in=scope.towns)


def reader_entries() -> list[dict[str, object]]:
    """Give the dictionary as the reader of papers takes it, with the names people taught it."""
    taught = synonyms()
    rows = Indicator.objects.values_list("code", "name", "measure")
    return [
        {"code": code, "name": name, "measure": measure, "synonyms": taught.get(code, [])}
        for code, name, measure in rows
    ]


def synonyms() -> dict[str, list[str]]:
    """Give the other names indicators go by, by code; one query."""
    taught: dict[str, list[str]] = {}
    for code, name in Synonym.objects.order_by("name").values_list("indicator__code", "name"):
        taught.setdefault(code, []).append(name)
    return taught
