"""Who keeps a unit's office forms. Nobody changes a figure here: forms only show what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role
from zhenxing.organisation.choices import UnitKind

if TYPE_CHECKING:
    from zhenxing.organisation.models import Unit
    from zhenxing.web.scope import Scope

# Whoever signs, audits or gives out accounts fills in no form, whatever else they hold.
NEVER_KEEP = (Role.TOWN_LEADER, Role.ADMINISTRATOR, Role.AUDITOR)


def may_keep(scope: Scope, unit: Unit) -> bool:
    """Whether the person registers, maps and sends the forms of this very unit.

    The town's office and its reporters for the town, a department for itself, the assessment
    office for the county.
    """
    if scope.has(*NEVER_KEEP):
        return False
    if unit.kind == UnitKind.TOWN:
        return unit.code in scope.towns and scope.has(Role.TOWN_OFFICE, Role.REPORTER)
    if unit.kind == UnitKind.DEPARTMENT:
        return unit.code in scope.departments and scope.has(Role.DEPARTMENT)
    return unit.kind == UnitKind.COUNTY and scope.has(Role.ASSESSMENT)
