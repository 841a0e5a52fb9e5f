"""The demo's working day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from zhenxing.audit import services as audit
from zhenxing.jobs import services as jobs
from zhenxing.kernel.moments import Moment
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.models import Site
from zhenxing.organisation.services.refusals import ActRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenxing.audit.models import Actor

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


def move_business_date(*, to: date, reason: str, by: Actor, moment: Moment) -> Site:
    """Move the demo's working day; records keep the real moment beside it.

    Refused on a real site, for a day outside 2000–2099, and without a reason. What the new day
    brings is done at once: a month opens, a temporary call ends.
    """
    site = Site.objects.get(pk=1)
    refused = list(_against_moving(site, to, reason))
    if refused:
        raise ActRefusedError(*refused)
    details = {"from": site.business_date, "to": to, "reason": reason}
    with audit.act(
        "organisation.business_date.moved", subject=site.name, by=by, moment=moment, details=details
    ) as act:
        site.business_date = to
        site.save(update_fields=["business_date"])
        act.vouch(site)
    jobs.run_after_commit(Moment(moment.at, to))
    return site


def _against_moving(site: Site, to: date, reason: str) -> Iterable[Problem]:
    if not site.is_demo:
        yield Problem(
            "业务日期",
            "本站不是演示站，业务日期就是当天，不能改",
            "如需看某日所知，请用“按某日所知”",
        )
    if not EARLIEST <= to <= LATEST:
        yield Problem("业务日期", "超出2000年至2099年", "请改日期")
    if not reason.strip():
        yield Problem("原因", "没有填写", "请写一句为什么改日期，它会记入账本")
