"""The dated tree of 单位, the 专班, who sits where, and the calendar."""

from __future__ import annotations

from zhenxing.organisation.models.calendar import CalendarDay, CalendarProposal, CalendarYear
from zhenxing.organisation.models.posts import Post, PostRequest
from zhenxing.organisation.models.proposals import Proposed
from zhenxing.organisation.models.units import (
    Membership,
    PastResult,
    Site,
    Unit,
    UnitProfile,
    UnitQuerySet,
    WorkingGroup,
)

__all__ = [
    "CalendarDay",
    "CalendarProposal",
    "CalendarYear",
    "Membership",
    "PastResult",
    "Post",
    "PostRequest",
    "Proposed",
    "Site",
    "Unit",
    "UnitProfile",
    "UnitQuerySet",
    "WorkingGroup",
]
