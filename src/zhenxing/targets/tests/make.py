"""Builders of breakdowns; targets, indicators and figures are made by the indicators' builders."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests import cast
from zhenxing.audit import services as audit
from zhenxing.targets.models import Breakdown, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenxing.accounts.models import User
    from zhenxing.indicators.models import Target


def breakdown(
    target: Target,
    by: User,
    values: Sequence[int],
    *,
    axis: str = "month",
    version: int = 1,
    proposed: bool = False,
) -> Breakdown:
    """Write a breakdown by hand, parts numbered from one."""
    moment = cast.moment()
    row = Breakdown(
        target=target,
        axis=axis,
        version=version,
        way="hand",
        manner="sum",
        proposed=proposed,
        remainder=(target.value or Decimal(0)) - sum(values),
        by=by.username,
        by_name=by.name,
        recorded=moment.at,
        business_date=moment.business_date,
    )
    with audit.act("test.breakdown", subject=str(target), by=cast.actor(by), moment=moment) as act:
        act.seal([row])
        act.seal(
            Part(breakdown=row, key=str(n), name=f"{n}月", position=n, value=Decimal(value))
            for n, value in enumerate(values, 1)
        )
    return row
