"""Who may see what: a person's posts turned into one frozen scope that every query takes."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhenxing.accounts.choices import Role

COUNTY_WIDE = frozenset({Role.ADMINISTRATOR, Role.ASSESSMENT, Role.DEPARTMENT, Role.AUDITOR})
READS_ALL_FIGURES = frozenset({Role.ASSESSMENT, Role.AUDITOR})


@dataclass(frozen=True)
class Scope:
    """What one person may see today.

    `towns` are town codes of town-level posts, `units` those towns with their villages and
    offices (a village reporter has the village alone), `departments` the departments a D post
    speaks for, `reports` the group codes the person fills in, `leads` those the person leads.
    """

    username: str = ""
    name: str = ""
    roles: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    titles: tuple[str, ...] = field(default=())

    @property
    def sees_county(self) -> bool:
        """Whether the person's units are all units of the county."""
        return bool(self.roles & COUNTY_WIDE)

    @property
    def reads_all_figures(self) -> bool:
        """Whether every figure of the county may be read."""
        return bool(self.roles & READS_ALL_FIGURES)

    def has(self, *roles: str) -> bool:
        """Whether the person holds one of the roles anywhere."""
        return bool(self.roles & set(roles))


NOBODY = Scope()
