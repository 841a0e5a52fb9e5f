"""Who says something, as sealed rows carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

LONGEST_NAME = 80


def said_by(scope: Scope, moment: Moment) -> dict[str, Any]:
    """Give the columns of a row that say who, and when by both clocks."""
    title = f"（{scope.titles[0]}）" if scope.titles else ""
    return {
        "by": scope.username,
        "by_name": f"{scope.name}{title}"[:LONGEST_NAME],
        "recorded": moment.at,
        "business_date": moment.business_date,
    }
