"""The lamp and its colours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Colour(StrEnum):
    """What a lamp shows; grey is not yet judged, none has nothing to judge, missing was not sent.

    >>> [colour.label for colour in Colour]
    ['绿灯', '黄灯', '红灯', '灰灯', '不亮灯', '未报']
    """

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"
    NONE = "none"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _LABELS[self]


_LABELS = {
    Colour.GREEN: "绿灯",
    Colour.YELLOW: "黄灯",
    Colour.RED: "红灯",
    Colour.GREY: "灰灯",
    Colour.NONE: "不亮灯",
    Colour.MISSING: "未报",
}


@dataclass(frozen=True, slots=True)
class Lamp:
    """A lamp, why it shows what it shows, and the rule set that lit it.

    reason: Chinese, for readers. rule: the rule set's id, None where no rule was asked. basis: the
    rule set's document.

    >>> Lamp(Colour.GREY, "未到发布日不判进度").rule is None
    True
    """

    colour: Colour
    reason: str
    rule: str | None = None
    basis: str = ""
