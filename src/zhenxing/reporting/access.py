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
