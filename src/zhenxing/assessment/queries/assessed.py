"""Whom a row of a result is about, what the items of a round are called, what an item came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.assessment.models import Round, Run, RunRow
from zhenxing.assessment.queries.reckoning import UnreadableRulesError, rules
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Unit, WorkingGroup

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from zhenxing.assessment.models import Edition


@dataclass(frozen=True)
class Assessed:
    """Who is assessed: the key in the result, the unit that answers, the town it lies in."""

    code: str
    name: str
    unit: Unit
    town: str
    row: RunRow


@dataclass(frozen=True)
class ItemTold:
    """One item of a scheme as an appeal names it; `lead` as the scheme writes it."""

    code: str
    name: str
    lead: str
    points: Decimal | None


def assessed(run: Run | None, code: str) -> Assessed | None:
    """Give who stands under a code in a run; a working group speaks through its town."""
    if run is None:
        return None
    row = RunRow.objects.select_related("unit__parent").filter(run=run, code=code).first()
    return None if row is None else of_row(row)


def of_row(row: RunRow) -> Assessed | None:
    """Give whom a row is about; None where the group is no longer known."""
    unit = row.unit
    if unit is None:
        group = WorkingGroup.objects.select_related("unit").filter(code=row.code).first()
        unit = group.unit if group else None
    if unit is None:
        return None
    return Assessed(row.code, row.name, unit, unit.town_code or "", row)


def items_of(edition: Edition) -> dict[str, ItemTold]:
    """Give the items of an edition by their code, bonus and penalty items among them."""
    try:
        scheme = rules(edition)
    except UnreadableRulesError:
        return {}
    items = [item for section in scheme.sections for item in section.items]
    items += [*scheme.bonus.items, *scheme.penalties.items]
    return {
        item.id: ItemTold(
            item.id,
            item.name,
            item.lead,
            None if not item.points or hasattr(item.points, "keys") else item.points,
        )
        for item in items
    }


def department_of(lead: str) -> Unit | None:
    """Give the department that a scheme names as an item's lead; None for the office or experts."""
    if not lead:
        return None
    return Unit.objects.filter(kind=UnitKind.DEPARTMENT, name=lead).first()


def printed(result: Mapping[str, object], code: str, item: str) -> str:
    """Give an item's printed score in a result as JSON, or the total without item."""
    rows = result.get("rows", ())
    for row in rows if isinstance(rows, list) else ():
        if row["unit"] == code:
            told = row["total"] if not item else row["items"].get(item, {}).get("score")
            return told or ""
    return ""


def newest(round_: Round, *, with_trials: bool) -> Run | None:
    """Give the last run of a round; the assessed are shown no trials."""
    runs = round_.runs.defer("inputs").order_by("-number")
    return (runs if with_trials else runs.exclude(purpose="trial")).first()
