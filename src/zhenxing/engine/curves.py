"""Plan curves: which share of the year's task should be done by the end of each month.

Source of the rule: time progress (序时进度) is the share of the year gone unless an indicator has a
curve of its own, as grain by harvest has. Shares are cumulative percents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from zhenxing.engine.ruletext import Node, RuleText
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.rounding import divide

MONTHS = 12
WHOLE = Decimal(100)


class CurveError(ValueError):
    """Shares that form no curve; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Twelve cumulative percents, January first, never falling, December 100.

    name: for readers. basis: the document or the years it was drawn from.
    Raises `CurveError` for anything else.

    >>> shares = [0, 0, 0, 0, 0, 44, 44, 44, 44, 80, 100, 100]
    >>> Curve("粮食（按收获季节）", tuple(map(Decimal, shares)), "近三年收获进度").at(9)
    Decimal('44')
    """

    name: str
    shares: tuple[Decimal, ...]
    basis: str

    def __post_init__(self) -> None:
        """Refuse what is no curve."""
        fault = self.fault(self.shares)
        if fault is not None:
            raise CurveError(f"曲线「{self.name}」{fault[0]}；{fault[1]}。")

    @staticmethod
    def fault(shares: Sequence[Decimal]) -> tuple[str, str] | None:
        """Return what is wrong with the shares and what to do, in Chinese; None for a curve.

        >>> Curve.fault([Decimal(50)] * 11 + [Decimal(90)])
        ('12月为90，应为100', '请核对各月累计占比')
        """
        if len(shares) != MONTHS:
            return f"有{len(shares)}个数，应为12个月的累计占比", "请写满12个月"
        if shares[0] < 0 or any(late < early for early, late in pairwise(shares)):
            return "的累计占比有负数或逐月回落", "请写从1月起的累计百分比"
        if shares[-1] != WHOLE:
            return f"12月为{shares[-1]}，应为100", "请核对各月累计占比"
        return None

    def at(self, month: int) -> Decimal:
        """Return the percent due by the end of month 1–12, unrounded.

        >>> round(LINEAR.at(10), 2)
        Decimal('83.33')
        """
        return self.shares[month - 1]


LINEAR = Curve(
    "按月均衡",
    tuple(divide(month * WHOLE, Decimal(MONTHS)) for month in range(1, MONTHS + 1)),
    "全年任务按月均分",
)
STEADY = Curve("全年一贯", (WHOLE,) * MONTHS, "比率类指标各月都应达到目标水平")


def load_curves(text: str, file: str) -> tuple[dict[str, Curve], list[Problem]]:
    """Read `curves.yaml`: a list of {id, name, shares, basis}; every problem with its line.

    Returns the sound curves by id and all problems. `linear` and `steady` are always there and may
    not be defined again.

    >>> text = "- {id: late, name: 晚, shares: [1, 0], basis: 试}"
    >>> curves, problems = load_curves(text, "curves.yaml")
    >>> sorted(curves), problems[0].what
    (['linear', 'steady'], '曲线有2个数，应为12个月的累计占比')
    """
    rules = RuleText(file)
    curves = {"linear": LINEAR, "steady": STEADY}
    for node in rules.items(rules.open(text)):
        fields = rules.fields(node, required=("id", "name", "shares", "basis"))
        code, name, basis = (rules.text(fields.get(key)) for key in ("id", "name", "basis"))
        shares = _shares(rules, fields.get("shares"))
        if code is not None and code in curves:
            rules.complain(fields["id"], f"曲线「{code}」已有", "请换一个id")
        elif code and name and basis and shares:
            curves[code] = Curve(name, shares, basis)
    return curves, rules.problems


def _shares(rules: RuleText, node: Node | None) -> tuple[Decimal, ...] | None:
    if node is None:
        return None
    read = [rules.number(each) for each in rules.items(node)]
    shares = tuple(share for share in read if share is not None)
    if not shares or len(shares) < len(read):
        return None
    fault = Curve.fault(shares)
    if fault is None:
        return shares
    rules.complain(node, f"曲线{fault[0]}", fault[1])
    return None
