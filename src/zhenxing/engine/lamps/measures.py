"""What lamps are judged by: the measures a rule set may name, and how each reads in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from zhenxing.engine.lamps.intervals import Interval
from zhenxing.kernel.wording import number

_PLACES = 2
_NOTHING, _LEAST = "0.00", "0.01"


@dataclass(frozen=True, slots=True)
class LampMeasure:
    """A number that lamps are judged by.

    name: its key in rule files. label: for readers. unit: Chinese, after a number. whole: only
    whole numbers occur. low: the least number there can be, None without bound. tell: says a
    measured number in words.

    >>> MEASURES["lead"].tell(Decimal("-12.9233"))
    '欠序时进度12.92个百分点'
    >>> MEASURES["workdays_left"].tell(Decimal(3))
    '距到期还有3个工作日'
    """

    name: str
    label: str
    unit: str
    tell: Callable[[Decimal], str]
    whole: bool = False
    low: Decimal | None = None

    @property
    def domain(self) -> Interval:
        """All the numbers that can occur."""
        return Interval.of(at_least=self.low, whole=self.whole)


def _amount(value: Decimal) -> str:
    """Write a size with two decimals; what is there but rounds to nothing is not written as 0."""
    size = number(value.copy_abs(), _PLACES)
    return f"不足{_LEAST}" if size == _NOTHING else size


def _lead(value: Decimal) -> str:
    if value == 0:
        return "与序时进度持平"
    return f"{'超' if value > 0 else '欠'}序时进度{_amount(value)}个百分点"


def _growth_gap(value: Decimal) -> str:
    if value == 0:
        return "增速与目标持平"
    return f"增速{'高' if value > 0 else '低'}于目标{_amount(value)}个百分点"


def _over(value: Decimal) -> str:
    if value <= 0:
        return "未超上限"
    return f"超上限{_amount(value)}%"


def _months_missed(value: Decimal) -> str:
    return f"已过计划月份{number(value)}个月" if value > 0 else "未过计划月份"


def _months_unentered(value: Decimal) -> str:
    return f"开工{number(value)}个月未入统" if value > 0 else "已入统或开工未满1个月"


def _workdays_left(value: Decimal) -> str:
    if value == 0:
        return "今日到期"
    if value > 0:
        return f"距到期还有{number(value)}个工作日"
    return f"已逾期{number(value.copy_abs())}个工作日"


def _rank_gap(value: Decimal) -> str:
    if value >= 0:
        return "位次达到目标"
    return f"位次距目标差{number(value.copy_abs())}位"


_ZERO = Decimal(0)

MEASURES: Mapping[str, LampMeasure] = MappingProxyType(
    {
        measure.name: measure
        for measure in (
            LampMeasure("lead", "超欠序时进度", "个百分点", _lead),
            LampMeasure("growth_gap", "增速与目标之差", "个百分点", _growth_gap),
            LampMeasure("over", "超过上限", "%", _over),
            LampMeasure("rank_gap", "目标位次减实际位次", "位", _rank_gap, whole=True),
            LampMeasure(
                "months_missed", "已过计划月份", "个月", _months_missed, whole=True, low=_ZERO
            ),
            LampMeasure(
                "months_unentered", "开工未入统", "个月", _months_unentered, whole=True, low=_ZERO
            ),
            LampMeasure("workdays_left", "剩余工作日", "个工作日", _workdays_left, whole=True),
        )
    }
)
