"""Changes to the county: units, posts, people who are no longer there, the calendar, the day."""

from __future__ import annotations

from zhenxing.organisation.services.calendar import (
    CALENDAR_SOURCE,
    decide_calendar,
    propose_days,
    propose_rule,
    seed_calendar,
)
from zhenxing.organisation.services.people import disable_unused
from zhenxing.organisation.services.posts import (
    appoint,
    decide_post,
    end_post,
    relieve,
    request_post,
    seat_of,
)
from zhenxing.organisation.services.proposals import Answer
from zhenxing.organisation.services.refusals import ActRefusedError
from zhenxing.organisation.services.site import move_business_date
from zhenxing.organisation.services.units import (
    close,
    join_group,
    leave_group,
    open_group,
    open_unit,
    rename,
)

__all__ = [
    "CALENDAR_SOURCE",
    "ActRefusedError",
    "Answer",
    "appoint",
    "close",
    "decide_calendar",
    "decide_post",
    "disable_unused",
    "end_post",
    "join_group",
    "leave_group",
    "move_business_date",
    "open_group",
    "open_unit",
    "propose_days",
    "propose_rule",
    "relieve",
    "rename",
    "request_post",
    "seat_of",
    "seed_calendar",
]
