"""A town's leader takes note of its targets (签收): exactly those that were shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.audit import services as audit
from zhenxing.indicators.models import Target
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets import access
from zhenxing.targets.models import Acknowledgement
from zhenxing.targets.queries import posts
from zhenxing.targets.services.saying import said_by

if TYPE_CHECKING:
    from collections.abc import Collection

    from zhenxing.kernel.moments import Moment
    from zhenxing.organisation.models import Unit
    from zhenxing.web.scope import Scope


def acknowledge(
    *, unit: Unit, targets: Collection[int], scope: Scope, moment: Moment
) -> list[Acknowledgement]:
    """Take note of a unit's targets by their keys; those noted before stay as they are."""
    seats = posts.seats(scope, moment.business_date)
    if not access.may_acknowledge(seats, unit.code):
        raise ActRefusedError(
            Problem("签收", f"只有{unit.name}党委书记、镇长签收", "请由书记或镇长本人签收")
        )
    with audit.act(
        "targets.acknowledged",
        subject=unit.name,
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        rows = Target.objects.filter(pk__in=targets, unit=unit, acknowledgement__isnull=True)
        waiting = list(rows.select_related("unit", "indicator").order_by("pk"))
        if not waiting:
            raise ActRefusedError(
                Problem("签收", "没有待签收的目标，可能刚被签收", "请刷新页面核对")
            )
        act.details |= {"documents": sorted({row.document for row in waiting})}
        made = [Acknowledgement(target=row, **said_by(scope, moment)) for row in waiting]
        return act.seal(made)
