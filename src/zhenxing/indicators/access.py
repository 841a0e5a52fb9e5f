"""Who teaches the dictionary: the assessment office, and an indicator's lead department."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role

if TYPE_CHECKING:
    from collections.abc import Collection

# Whoever signs, audits or gives out accounts writes nothing here, whatever else they hold.
NEVER_WRITE = {Role.TOWN_LEADER, Role.ADMINISTRATOR, Role.AUDITOR}
# A post as the dictionary needs it: the role's letter and the unit's code.
Held = tuple[str, str]


def teaches(posts: Collection[Held], lead: str) -> bool:
    """Whether who holds these posts adds an indicator of this department, or names one anew."""
    roles = {role for role, _ in posts}
    if roles & NEVER_WRITE:
        return False
    return Role.ASSESSMENT in roles or (Role.DEPARTMENT, lead) in posts


def teaches_anything(posts: Collection[Held]) -> bool:
    """Whether who holds these posts adds indicators at all."""
    roles = {role for role, _ in posts}
    return not roles & NEVER_WRITE and bool(roles & {Role.ASSESSMENT, Role.DEPARTMENT})
