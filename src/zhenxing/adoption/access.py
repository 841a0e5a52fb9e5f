"""Who registers, reads, decides and writes on, as predicates over the posts of the day.

Accepting is no figure: what is accepted becomes a draft that its own part's people issue or sign.
"""

from __future__ import annotations

from typing import Protocol

from zhenxing.accounts.choices import Role


class Posts(Protocol):
    """What is asked of a person's posts; `targets.queries.seats` gives them."""

    @property
    def writes(self) -> bool:
        """Whether the person may write anything at all."""

    @property
    def departments(self) -> frozenset[str]:
        """The departments the person speaks for."""

    def has(self, *roles: str) -> bool:
        """Whether one of the roles is held anywhere."""

    def at(self, unit: str, *roles: str) -> bool:
        """Whether one of the roles is held at the unit."""


# Who of a town keeps its papers: office, group leaders and reporters; its leader reads them.
KEEPS = (Role.TOWN_OFFICE, Role.GROUP_LEADER, Role.REPORTER)


def registers_anywhere(posts: Posts) -> bool:
    """Whether the person may bring in papers at all."""
    return posts.writes and posts.has(Role.ASSESSMENT, Role.DEPARTMENT, *KEEPS)


def registers(posts: Posts, unit: str, *, is_countys: bool) -> bool:
    """Whether the person brings papers into this unit's register and decides about them."""
    if not posts.writes:
        return False
    if is_countys and posts.has(Role.ASSESSMENT):
        return True
    return unit in posts.departments or posts.at(unit, *KEEPS)


def decides(posts: Posts, unit: str, *, is_countys: bool) -> bool:
    """Whether the person accepts or refuses what was read: the keepers, and the office."""
    return registers(posts, unit, is_countys=is_countys) or (
        posts.writes and posts.has(Role.ASSESSMENT)
    )


def places_targets(posts: Posts) -> bool:
    """Whether the person writes accepted targets into a draft issue."""
    return posts.writes and posts.has(Role.ASSESSMENT, Role.DEPARTMENT)


def teaches(posts: Posts, lead: str) -> bool:
    """Whether the person adds an indicator, or a name to one: the office, or its department."""
    return posts.writes and (posts.has(Role.ASSESSMENT) or lead in posts.departments)
