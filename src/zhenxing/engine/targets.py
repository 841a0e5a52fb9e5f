"""Targets as plans write them: values, growth, ranks, ranges, grades, gaps; masked; no task.

Source of the rule: the first source document's plan (≥1900吨, 1—2家, `**%`) and the catch-up plan
(增12%, a rank, a grade). Masked is not missing; `/` means that the unit has no task.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, get_args

from zhenxing.kernel.wording import number, percent

TargetKind = Literal["value", "growth", "rank", "range", "grade", "gap"]
Comparator = Literal[">=", "<=", "=", "~"]

KINDS: Final[tuple[TargetKind, ...]] = get_args(TargetKind)
COMPARATORS: Final[tuple[Comparator, ...]] = get_args(Comparator)
_SIGNS = {">=": "≥", "<=": "≤", "=": "", "~": "约"}


class TargetError(ValueError):
    """A target that says nothing that can be held against a figure; the message is Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One aim on one indicator.

    kind: what it is set on. comparator: how the figure is held against it. value: the aim, in the
    indicator's measure (percent for growth, a place for rank, the low end of a range). high: the
    high end of a range. masked: it exists and is not shown. no_task: the unit has none (`/`).
    text: the words of the plan, shown for masked targets and grades.

    Raises `TargetError` where the parts do not fit together.

    >>> one, two = Decimal(1), Decimal(2)
    >>> [Target(value=Decimal(1900)).label, Target(kind="range", value=one, high=two).label]
    ['≥1,900', '1—2']
    >>> [Target(kind="growth", value=Decimal(12)).label, Target(kind="growth", masked=True).label]
    ['增12%', '**%']
    """

    kind: TargetKind = "value"
    comparator: Comparator = ">="
    value: Decimal | None = None
    high: Decimal | None = None
    masked: bool = False
    no_task: bool = False
    text: str = ""

    def __post_init__(self) -> None:
        """Refuse parts that do not fit together."""
        if self.kind not in KINDS or self.comparator not in COMPARATORS:
            raise TargetError(
                f"目标类型「{self.kind}」或比较「{self.comparator}」不认识；"
                f"请改用{'、'.join(KINDS)}和{'、'.join(COMPARATORS)}。"
            )
        if not self.masked and not self.no_task:
            self._check_aim()

    def _check_aim(self) -> None:
        if self.kind == "grade":
            if not self.text:
                raise TargetError("等次目标没有写等次；请在原文里写明，如「优秀」。")
        elif self.value is None:
            raise TargetError("目标没有数值；请补填，未公开的写**，无任务的写/。")
        elif self.kind == "range" and (self.high is None or self.high < self.value):
            raise TargetError("区间目标的上限缺失或小于下限；请核对两端。")

    @property
    def is_level(self) -> bool:
        """Whether it is set on the value itself and not on its growth, rank or grade."""
        return self.kind in ("value", "range")

    @property
    def is_ceiling(self) -> bool:
        """Whether the value must stay at or under it."""
        return self.kind == "value" and self.comparator == "<="

    @property
    def is_open(self) -> bool:
        """Whether it says an aim that can be read: neither masked nor no task."""
        return not self.masked and not self.no_task

    @property
    def label(self) -> str:
        """The target as readers know it."""
        if self.no_task:
            return "/"
        if self.masked:
            return self.text or ("**%" if self.kind == "growth" else "**")
        if self.value is None or self.kind == "grade":
            return self.text
        return self._aim(self.value)

    def _aim(self, value: Decimal) -> str:
        match self.kind:
            case "range":
                return f"{number(value)}—{number(self.high or value)}"
            case "growth":
                return _growth_label(self.comparator, value)
            case "rank":
                return f"第{number(value)}名" if self.comparator == "=" else f"前{number(value)}名"
            case "gap":
                return f"差距{_SIGNS[self.comparator]}{number(value)}"
            case _:
                return f"{_SIGNS[self.comparator]}{number(value)}"


def _growth_label(comparator: Comparator, value: Decimal) -> str:
    places = max(0, -int(value.normalize().as_tuple().exponent))
    shown = percent(value, places)
    if value < 0 or comparator == "<=":
        return f"增速{_SIGNS[comparator]}{shown}"
    return f"增{shown}左右" if comparator == "~" else f"增{shown}"
