"""What a town's villages reported of the numbers the town is asked for: shown beside, not taken."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.engine.standing import counting
from zhenxing.indicators.choices import Kind
from zhenxing.indicators.models import Charge, Figure
from zhenxing.indicators.queries.month import figure_facts
from zhenxing.kernel.values import is_known
from zhenxing.organisation.choices import VILLAGE_FORM, UnitKind
from zhenxing.reporting.form.questions import Villages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from zhenxing.engine.facts import FigureFact
    from zhenxing.organisation.models import WorkingGroup
    from zhenxing.reporting.form.questions import Question


def beside_villages(
    group: WorkingGroup, questions: Iterable[Question], today: date
) -> tuple[Question, ...]:
    """Put beside each of a town's questions what its villages said of the same number.

    Two queries where the villages have a form, one where they have none. A rate is no sum of rates.
    """
    asked = tuple(questions)
    summed = [each for each in asked if each.kind != Kind.RATE]
    if group.unit.kind != UnitKind.TOWN or not summed:
        return asked
    places = _places(group, [each.code for each in summed])
    if not places:
        return asked
    told = _told(places, {str(each.period) for each in summed}, today)
    return tuple(
        replace(each, villages=_sum(each, places[each.code], told)) if each.code in places else each
        for each in asked
    )


def _places(group: WorkingGroup, codes: list[str]) -> Mapping[str, list[str]]:
    """Give the villages asked for each indicator."""
    charges = Charge.objects.filter(
        group__key=VILLAGE_FORM, group__unit__parent=group.unit_id, indicator__code__in=codes
    )
    found: dict[str, list[str]] = defaultdict(list)
    for code, unit in charges.values_list("indicator__code", "group__unit__code"):
        found[code].append(unit)
    return found


def _told(
    places: Mapping[str, list[str]], periods: set[str], today: date
) -> Mapping[tuple[str, str, str], Decimal]:
    """Give each village's number by unit, indicator and period."""
    units = {unit for each in places.values() for unit in each}
    rows = Figure.objects.known_on(today).filter(
        unit__code__in=units, indicator__code__in=places, period__in=periods
    )
    facts: dict[tuple[str, str, str], list[FigureFact]] = defaultdict(list)
    for fact in figure_facts(rows):
        facts[fact.unit, fact.indicator, str(fact.period)].append(fact)
    counted = {place: counting(told) for place, told in facts.items()}
    return {
        place: fact.value
        for place, fact in counted.items()
        if fact is not None and is_known(fact.value)
    }


def _sum(
    question: Question, units: list[str], told: Mapping[tuple[str, str, str], Decimal]
) -> Villages:
    values = [told.get((unit, question.code, str(question.period))) for unit in units]
    known = [value for value in values if value is not None]
    return Villages(sum(known, Decimal(0)), len(known), len(units))
