"""Who may read an indicator of a unit; nobody writes a figure here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.organisation.choices import UnitKind

if TYPE_CHECKING:
    from zhenxing.organisation.models import Unit
    from zhenxing.web.scope import Scope

READERS = "KDLGFCSX"


def may_read_figures_of(scope: Scope, unit: Unit) -> bool:
    """Whether a person may open a unit's figures: everybody's for the county level, else the own town's.

    A department reads every town, but only the indicators it leads; that limit lies in
    `queries.visible_codes`.
    """
    if unit.kind not in {UnitKind.COUNTY, UnitKind.TOWN}:
        return False
    if scope.reads_all_figures or scope.departments:
        return True
    return unit.code in scope.towns
