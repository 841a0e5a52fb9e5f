"""Who may do what in an assessment: the matrix's rows as predicates over the posts of the day.

`Posts` are what `targets.queries.seats` gives. Whoever signs, audits or gives out accounts runs,
marks and decides nothing. Predicates take plain codes so that tests can ask them of anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from zhenxing.accounts.choices import Role

if TYPE_CHECKING:
    from collections.abc import Collection


class Posts(Protocol):
    """What is asked of a person's posts."""

    @property
    def username(self) -> str:
        """The name the person signs in with."""

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


# Who of a town or village prepares what is said for it; the leader alone signs.
PREPARES = (
    Role.REPORTER, Role.GROUP_LEADER, Role.TOWN_OFFICE, Role.SUPERVISION, Role.VILLAGE_REPORTER,
)  # fmt: skip


def keeps(posts: Posts, owner: str, *, is_countys: bool) -> bool:
    """Whether the person runs schemes of this owner: K the county's, a town's S its own."""
    if not posts.writes:
        return False
    return posts.has(Role.ASSESSMENT) if is_countys else posts.at(owner, Role.SUPERVISION)


def decides(posts: Posts, owner: str, hands: Collection[str], *, is_countys: bool) -> bool:
    """Whether the person is the second one: of the office, and had no hand in it.

    A town's office that is one person strong has its deputy decide: the town office (C).
    """
    if posts.username in hands or not posts.writes:
        return False
    if keeps(posts, owner, is_countys=is_countys):
        return True
    return not is_countys and posts.at(owner, Role.TOWN_OFFICE)


def sees_before_publication(posts: Posts, owner: str, *, is_countys: bool) -> bool:
    """Whether the person reads every unit's result before it is public."""
    if posts.has(Role.AUDITOR):
        return True
    return keeps(posts, owner, is_countys=is_countys) or decides(
        posts, owner, (), is_countys=is_countys
    )


def prepares_for(posts: Posts, unit: str, town: str) -> bool:
    """Whether the person prepares self-scores, evidence and appeals of a unit.

    `town` is the town the unit is or lies in: its people prepare for its villages and groups too.
    """
    return posts.writes and (posts.at(unit, *PREPARES) or posts.at(town, *PREPARES[:-1]))


def fills_folders(posts: Posts, unit: str, town: str) -> bool:
    """Whether the person writes self-scores and evidence of a unit; supervision only reads them."""
    fills = (Role.REPORTER, Role.GROUP_LEADER, Role.TOWN_OFFICE)
    return posts.writes and (
        posts.at(unit, *fills, Role.VILLAGE_REPORTER) or posts.at(town, *fills)
    )


def signs_for(posts: Posts, town: str) -> bool:
    """Whether the person signs what a town says for itself and its own."""
    return posts.at(town, Role.TOWN_LEADER)


def proposes_claims(posts: Posts, departments: Collection[str] = ()) -> bool:
    """Whether the person brings claims: the office, a department, a town's office for its own."""
    by_department = bool(posts.departments & set(departments)) or not departments
    is_department = posts.has(Role.DEPARTMENT) and by_department
    office = posts.has(Role.ASSESSMENT, Role.SUPERVISION, Role.TOWN_OFFICE)
    return posts.writes and (office or is_department)
