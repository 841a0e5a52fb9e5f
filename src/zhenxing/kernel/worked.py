"""A figure together with how a spreadsheet works it out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Worked:
    """A figure and the formula (without its =) whose result it is.

    >>> Worked("SUM(A1:A2)", Decimal(3)).value
    Decimal('3')
    """

    formula: str
    value: Decimal
