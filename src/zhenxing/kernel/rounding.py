"""Rounding with a name, applied last: half up (四舍五入), on Decimal only.

Percentages and shares are divided in `WIDE`, whatever the caller's decimal context is, so that
equal inputs give equal digits everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import partial
from types import MappingProxyType

WIDE = Context(prec=50, rounding=ROUND_HALF_EVEN)

MOST_PLACES = 9
_ROUND = Context(prec=100, rounding=ROUND_HALF_UP)
_UNITS = tuple(Decimal(1).scaleb(-places) for places in range(MOST_PLACES + 1))


class RoundingError(ValueError):
    """A rounding name that no scheme may use; the message is Chinese."""


def half_up(value: Decimal, places: int) -> Decimal:
    """Round half up (四舍五入) to 0–9 decimals; a half goes away from zero, −0 becomes 0.

    Raises TypeError for anything but Decimal (floats carry noise), ValueError for infinity, NaN or
    a number of places outside 0–9.

    >>> half_up(Decimal("42.305"), 2), half_up(Decimal("-2.5"), 0), half_up(Decimal("-0.004"), 2)
    (Decimal('42.31'), Decimal('-3'), Decimal('0.00'))
    """
    if not isinstance(value, Decimal):
        raise TypeError(f"half_up takes a Decimal, not {type(value).__name__}")
    if not 0 <= places <= MOST_PLACES:
        raise ValueError(f"places must lie in 0–{MOST_PLACES}, not {places}")
    if not value.is_finite():
        raise ValueError(f"{value} cannot be rounded")
    rounded = value.quantize(_UNITS[places], context=_ROUND)
    return rounded or rounded.copy_abs()


def denoise(value: Decimal) -> Decimal:
    """Remove arithmetic noise: round half up to 1e-9, for ranks and thresholds.

    Source of the rule: rank before rounding, after removing noise.

    >>> denoise(Decimal("0.99999999999")) == 1
    True
    """
    return half_up(value, MOST_PLACES)


def divide(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Divide with 50 digits; exact wherever the quotient ends within them.

    Raises `decimal.DivisionByZero` (or `InvalidOperation` for 0/0): ask before you divide.

    >>> divide(Decimal(1005136), Decimal(800000))
    Decimal('1.25642')
    """
    return WIDE.divide(dividend, divisor)


ROUNDINGS: Mapping[str, Callable[[Decimal], Decimal]] = MappingProxyType(
    {f"half_up_{places}": partial(half_up, places=places) for places in range(MOST_PLACES + 1)}
)


def rounding(name: str) -> Callable[[Decimal], Decimal]:
    """Return the rounding of that name; raises `RoundingError` for an unknown one.

    >>> rounding("half_up_2")(Decimal("65.2210"))
    Decimal('65.22')
    """
    if name not in ROUNDINGS:
        raise RoundingError(f"没有名为「{name}」的取舍方法；请写half_up_0至half_up_{MOST_PLACES}。")
    return ROUNDINGS[name]
