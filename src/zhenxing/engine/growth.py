"""Growth on the same period last year: given by whoever publishes it, or computed here.

Source of the rule: on comparable prices or a comparable basis growth is given, not computed from
two published totals. Given and computed are kept apart and each says which it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from zhenxing.engine.progress import HUNDRED
from zhenxing.kernel.rounding import WIDE
from zhenxing.kernel.values import Value, is_known

GrowthMode = Literal["given", "computed", "none"]


@dataclass(frozen=True, slots=True)
class Growth:
    """A growth in percent, or why there is none.

    value: percent, unrounded; None where it cannot be told. given: whether a department gave it.
    reason: Chinese, why there is no value; empty otherwise.

    >>> Growth(Decimal("5.2"), given=True).label
    '给出'
    """

    value: Decimal | None
    given: bool
    reason: str = ""

    @property
    def label(self) -> str:
        """Whether it was given or computed, in a Chinese word."""
        return "给出" if self.given else "计算"


_NOTHING_NOW = Growth(None, given=False, reason="本期无数，不能计算增速")
_NOTHING_BEFORE = Growth(None, given=False, reason="上年同期无数，不能计算增速")
_ZERO_BEFORE = Growth(None, given=False, reason="上年同期为零，不能计算增速")
NOT_COUNTED = Growth(None, given=False, reason="该指标不计增速")
_NOT_GIVEN = Growth(None, given=True, reason="增速由发布部门给出，尚未给出")


def computed(now: Value | None, before: Value | None) -> Growth:
    """Compute the growth in percent on the absolute base.

    now, before: this year's and last year's value to date. A base of zero, or anything missing or
    masked, gives no value and says why.

    >>> round(computed(Decimal(23), Decimal(13)).value, 1)
    Decimal('76.9')
    >>> computed(Decimal(-50), Decimal(-100)).value
    Decimal('50')
    >>> computed(Decimal(5), Decimal(0)).reason
    '上年同期为零，不能计算增速'
    """
    if not is_known(now):
        return _NOTHING_NOW
    if not is_known(before):
        return _NOTHING_BEFORE
    if before == 0:
        return _ZERO_BEFORE
    change = WIDE.multiply(WIDE.subtract(now, before), HUNDRED)
    return Growth(WIDE.divide(change, before.copy_abs()), given=False)


def given(percent: Decimal | None) -> Growth:
    """Wrap a growth given by whoever publishes it.

    >>> given(None).reason
    '增速由发布部门给出，尚未给出'
    """
    return _NOT_GIVEN if percent is None else Growth(percent, given=True)


def counting_growth(mode: GrowthMode, by_office: Growth, by_us: Growth) -> Growth | None:
    """Return the growth that counts for judging: the given one, the computed one, or none at all.

    Never one in place of the other: a given growth that has not come stays unknown.

    >>> counting_growth("given", given(None), computed(Decimal(2), Decimal(1))).value is None
    True
    """
    if mode == "none":
        return None
    return by_office if mode == "given" else by_us
