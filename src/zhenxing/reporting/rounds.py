"""What this part does every day: months opened, due days settled, temporary calls ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.kernel.wording import short_date
from zhenxing.reporting import services

if TYPE_CHECKING:
    from zhenxing.kernel.moments import Moment


def open_months(moment: Moment) -> list[str]:
    """Open the months whose day has come."""
    opened = services.open_due_calls(moment)
    return [f"{call.name}，{short_date(call.due)}24时截止" for call in opened]


def settle_due_days(moment: Moment) -> list[str]:
    """Settle the due days that were provisional."""
    settled = services.settle_due_days(moment)
    return [f"{call.name}的截止日定为{short_date(call.due)}" for call in settled]


def fill_places(moment: Moment) -> list[str]:
    """Give new groups their place in the open month."""
    return [f"{each.group}加入{each.call.name}" for each in services.fill_places(moment)]


def end_temporary_calls(moment: Moment) -> list[str]:
    """End the temporary calls that are over."""
    return [f"{call.name}到期" for call in services.expire_calls(moment)]
