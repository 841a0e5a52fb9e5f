"""Units of measure (计量单位) and exact conversion between those of one dimension.

A name is either in the table, or one of its names with a magnitude before it (万筒, 亿元), or two
of them with a stroke between (公斤/亩). Conversion keeps exact fractions: 15 亩 are 1 公顷. Percent
and percentage points are two measures and never convert into each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from zhenxing.kernel.problems import Problem
from zhenxing.kernel.rounding import WIDE

_SCALES: Mapping[str, Mapping[str, Fraction]] = {
    "money": {"元": Fraction(1)},
    "area": {
        "平方米": Fraction(1),
        "亩": Fraction(2000, 3),
        "公顷": Fraction(10_000),
        "平方公里": Fraction(1_000_000),
        "平方千米": Fraction(1_000_000),
    },
    "length": {
        "米": Fraction(1),
        "里": Fraction(500),
        "公里": Fraction(1000),
        "千米": Fraction(1000),
    },
    "mass": {
        "斤": Fraction(1, 2),
        "公斤": Fraction(1),
        "千克": Fraction(1),
        "吨": Fraction(1000),
    },
    "volume": {"立方米": Fraction(1), "方": Fraction(1)},
    "power": {"千瓦": Fraction(1), "兆瓦": Fraction(1000)},
    "energy": {"千瓦时": Fraction(1), "度": Fraction(1)},
    "time": {"小时": Fraction(1), "天": Fraction(24)},
    "share": {"%": Fraction(1), "‰": Fraction(1, 10)},
    "points": {"个百分点": Fraction(1)},
}
_COUNTED = (
    "人", "人次", "户", "户次", "名", "位", "头", "只", "羽", "匹", "尾", "筒",
    "袋", "箱", "棒", "株", "棵", "家", "个", "件", "处", "条", "项", "宗",
    "起", "场", "次", "套", "份", "张", "篇", "本", "期", "批", "眼", "口",
    "根", "座", "栋", "间", "台", "辆", "艘", "部", "支", "盏", "块", "盘",
    "床", "班", "所", "村", "组", "分", "年", "月", "日",
)  # fmt: skip
_MAGNITUDES = (
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("亿", 100_000_000),
    ("万", 10_000),
    ("千", 1000),
)
_BARE = frozenset({"share", "points"})  # 万% is nobody's measure
_PARTS_OF_A_RATE = 2
_COMMON = "元、万元、亿元、亩、吨、公斤、人、户、家、个、%、个百分点"


class MeasureError(ValueError):
    """An unknown measure, or two that do not convert; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measure: its name as written, its dimension, its size in the dimension's base.

    Get one with `measure(name)`. Two measures of one dimension convert.

    >>> measure("万元").dimension, measure("万元").factor
    ('money', Fraction(10000, 1))
    """

    name: str
    dimension: str
    factor: Fraction

    def converts_to(self, other: Measure) -> bool:
        """Say whether amounts in this measure can be given in the other.

        >>> measure("%").converts_to(measure("个百分点"))
        False
        """
        return self.dimension == other.dimension


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        name: Measure(name, dimension, factor)
        for dimension, scale in _SCALES.items()
        for name, factor in scale.items()
    }
    | {name: Measure(name, name, Fraction(1)) for name in _COUNTED}
)


@lru_cache(maxsize=512)
def measure(name: str) -> Measure:
    """Return the measure of that name.

    Raises `MeasureError` naming the nearest known names.

    >>> measure("公斤/亩").converts_to(measure("吨/公顷"))
    True
    >>> measure("平米")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    zhenxing.kernel.quantities.MeasureError: 计量单位「平米」不认识；请改用相近的平方米、...。
    """
    found = _simple(name) or _rate(name)
    if found is None:
        raise MeasureError(f"计量单位「{name}」不认识；{_advice(name)}。")
    return found


def measure_problem(name: str, where: str) -> Problem | None:
    """Return what is wrong with a measure's name at a place of a file, or None.

    >>> measure_problem("万元", "indicators.yaml 第8行") is None
    True
    >>> measure_problem("公倾", "indicators.yaml 第9行").sentence
    'indicators.yaml 第9行：计量单位「公倾」不认识；请改用相近的公顷、公里、公斤。'
    """
    if _simple(name) or _rate(name):
        return None
    return Problem(where, f"计量单位「{name}」不认识", _advice(name))


def convert(value: Decimal, source: Measure, target: Measure) -> Decimal:
    """Convert an amount; exact where the result ends within 50 digits.

    Raises `MeasureError` where the dimensions differ.

    >>> convert(Decimal("11.28"), measure("亿元"), measure("万元"))
    Decimal('112800')
    >>> convert(Decimal(30), measure("亩"), measure("公顷"))
    Decimal('2')
    """
    if not source.converts_to(target):
        raise MeasureError(
            f"「{source.name}」不能换算成「{target.name}」；请核对两个数的计量单位。"
        )
    ratio = source.factor / target.factor
    whole = WIDE.multiply(value, Decimal(ratio.numerator))
    converted = WIDE.divide(whole, Decimal(ratio.denominator))
    return _without_empty_decimals(converted)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in a measure; equal only when both are written alike.

    >>> whole = Quantity(Decimal(1), measure("亿元"))
    >>> part = Quantity(Decimal(6000), measure("万元"))
    >>> (whole - part).label
    '0.4亿元'
    """

    value: Decimal
    measure: Measure

    def to(self, target: Measure) -> Quantity:
        """Give the same amount in another measure of its dimension.

        >>> Quantity(Decimal("0.64"), measure("亿元")).to(measure("万元")).label
        '6400万元'
        """
        return Quantity(convert(self.value, self.measure, target), target)

    def __add__(self, other: Quantity) -> Quantity:
        """Add, in the measure of the left side."""
        return Quantity(WIDE.add(self.value, other.to(self.measure).value), self.measure)

    def __sub__(self, other: Quantity) -> Quantity:
        """Subtract, in the measure of the left side."""
        return Quantity(WIDE.subtract(self.value, other.to(self.measure).value), self.measure)

    @property
    def label(self) -> str:
        """The amount as written, with its measure."""
        return f"{self.value:f}{self.measure.name}"


def _simple(name: str) -> Measure | None:
    if name in MEASURES:
        return MEASURES[name]
    for word, times in _MAGNITUDES:
        base = MEASURES.get(name.removeprefix(word)) if name.startswith(word) else None
        if base is not None and base.dimension not in _BARE:
            return Measure(name, base.dimension, base.factor * times)
    return None


def _rate(name: str) -> Measure | None:
    parts = [_simple(part) for part in name.split("/")]
    if len(parts) != _PARTS_OF_A_RATE or parts[0] is None or parts[1] is None:
        return None
    upper, lower = parts[0], parts[1]
    return Measure(name, f"{upper.dimension}/{lower.dimension}", upper.factor / lower.factor)


def _advice(name: str) -> str:
    known = [*MEASURES, *(f"万{each}" for each in MEASURES), "亿元"]
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    return f"请改用相近的{'、'.join(near)}" if near else f"常用的有{_COMMON}"


def _without_empty_decimals(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize(WIDE)
