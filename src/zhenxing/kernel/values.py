"""What stands where a figure is not: missing is not zero, masked is not missing."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Final, TypeGuard

_LABELS = {"missing": "未报", "masked": "未公开"}


class Absence(Enum):
    """The two ways in which a figure that is due can be absent.

    MISSING: it was due and has not come. MASKED: it exists and is not shown (`**` in a plan).
    A third thing, not published yet, is no value but a date: see `engine.releases`.
    Testing an absence for truth raises TypeError, so that nobody treats it as a zero by accident.

    >>> MISSING.label, MASKED.label
    ('未报', '未公开')
    >>> bool(MISSING)
    Traceback (most recent call last):
    ...
    TypeError: 缺数不是零也不是假；请用 is MISSING 或 is_known() 判断。
    """

    MISSING = "missing"
    MASKED = "masked"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _LABELS[self.value]

    def __bool__(self) -> bool:
        """Refuse the question."""
        raise TypeError("缺数不是零也不是假；请用 is MISSING 或 is_known() 判断。")


MISSING: Final = Absence.MISSING
MASKED: Final = Absence.MASKED

Value = Decimal | Absence


def is_known(value: Decimal | Absence | None) -> TypeGuard[Decimal]:
    """Say whether a value is a number (zero is one).

    >>> is_known(Decimal(0)), is_known(MISSING), is_known(None)
    (True, False, False)
    """
    return isinstance(value, Decimal)
