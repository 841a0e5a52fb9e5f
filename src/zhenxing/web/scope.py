"""Who may see what: a person's posts turned into one frozen value that every query takes.

Plain values only, so that the lowest page knows it; organisation.queries builds it from posts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

COUNTY_WIDE = frozenset("AKDX")
READS_ALL_FIGURES = frozenset("KX")


@dataclass(frozen=True)
class Scope:
    """What one person may see today.

    `towns` are town codes of town-level posts, `units` those towns with their villages and
    offices (a village reporter has the village alone), `departments` the departments a D post
    speaks for, `reports` the group codes the person fills in, `leads` those the person leads,
    `signs` the towns whose returns the person signs.
    `unit` and `unit_name` are where the person's first post is, `titles` what it is called there.
    """

    username: str = ""
    name: str = ""
    roles: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()
    unit: str = ""
    unit_name: str = ""
    titles: tuple[str, ...] = field(default=())

    @property
    def sees_county(self) -> bool:
        """Whether the person's units are all units of the county."""
        return bool(self.roles & COUNTY_WIDE)

    @property
    def reads_all_figures(self) -> bool:
        """Whether every figure of the county may be read."""
        return bool(self.roles & READS_ALL_FIGURES)

    @property
    def signed_in(self) -> bool:
        """Whether this is a person rather than a visitor."""
        return bool(self.username)

    def has(self, *roles: str) -> bool:
        """Whether the person holds one of the roles anywhere."""
        return bool(self.roles & set(roles))


NOBODY = Scope()
