"""People who have not been seen for long."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from zhenxing.accounts import services as accounts
from zhenxing.audit.models import Actor
from zhenxing.organisation import queries

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.kernel.moments import Moment

UNUSED_FOR = timedelta(days=90)
JOB = Actor("", "定时任务", "", "")


def disable_unused(*, moment: Moment) -> list[User]:
    """Disable whoever has not signed in for 90 days; run it daily, a second run does nothing.

    The real day counts, not a demo's. Identities of a demo stay, and so does the administrator who
    came last where nobody else would be left to let the others in again.
    """
    today = localdate(moment.at)
    unused = [
        person
        for person, seen in queries.last_seen().items()
        if today - seen >= UNUSED_FOR and person.demo_order is None
    ]
    keeper = queries.last_administrator(moment.business_date)
    disabled = [person for person in unused if person != keeper]
    for person in disabled:
        accounts.disable(
            person, reason=f"{UNUSED_FOR.days}天没有登录，自动停用", by=JOB, moment=moment
        )
    return disabled
