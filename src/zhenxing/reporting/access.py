"""Who may hand in, and who runs the month. No leader and no administrator touches a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role

if TYPE_CHECKING:
    from zhenxing.web.scope import Scope

# Whoever signs, reviews, audits or gives out accounts hands nothing in, whatever else they hold.
NEVER_WRITE = (Role.TOWN_LEADER, Role.ADMINISTRATOR, Role.AUDITOR)


def may_submit(scope: Scope, group: str) -> bool:
    """Whether the person hands in for that very group: its reporter, and not who reviews it."""
    if scope.has(*NEVER_WRITE) or group in scope.leads:
        return False
    return scope.has(Role.REPORTER) and group in scope.reports


def may_run_calls(scope: Scope) -> bool:
    """Whether the person opens and closes the county's months."""
    return scope.has(Role.ASSESSMENT)


def may_urge(scope: Scope, unit: str) -> bool:
    """Whether the person urges a unit's groups: the county's office, or the town's for its own."""
    return may_run_calls(scope) or may_speak_for(scope, unit)


def may_speak_for(scope: Scope, unit: str) -> bool:
    """Whether the person says the town's word on a wish for more days: its office."""
    return scope.has(Role.TOWN_OFFICE) and unit in scope.units


def may_propose_calls(scope: Scope) -> bool:
    """Whether the person may ask for something besides the months, with a second person's yes."""
    return scope.has(Role.ASSESSMENT, Role.DEPARTMENT, Role.TOWN_OFFICE)
