"""What an item asks for as a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.adoption.choices import ItemKind
from zhenxing.indicators.choices import TargetKind

if TYPE_CHECKING:
    from zhenxing.adoption.models import Item

MASK = "**"


def aspect_of(item: Item) -> str:
    """Say what kind of target an item is."""
    if item.is_growth:
        return TargetKind.GROWTH
    if item.kind == ItemKind.RANK:
        return TargetKind.RANK
    return TargetKind.RANGE if item.high is not None else TargetKind.VALUE


def written_of(item: Item) -> str:
    """Write an item's value as a cell of an issue says it."""
    if item.value is None:
        return MASK
    low = f"{item.value.normalize():f}"
    return f"{low}—{item.high.normalize():f}" if item.high is not None else low
