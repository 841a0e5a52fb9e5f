"""What this part does every day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.organisation import services

if TYPE_CHECKING:
    from zhenxing.kernel.moments import Moment


def disable_unused(moment: Moment) -> list[str]:
    """Disable whoever has not signed in for long, one sentence a person."""
    people = services.disable_unused(moment=moment)
    return [f"停用{person.name}（{person.username}）" for person in people]
