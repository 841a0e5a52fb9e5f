"""The one field type for figures: Decimal in Python, whole ten-thousandths in the database."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Expression

    WholeNumberField = models.BigIntegerField[Decimal | int | str, Decimal]
else:  # Django's field takes its types only under the checker
    WholeNumberField = models.BigIntegerField

SCALE = 10_000
STEP = Decimal(1).scaleb(-4)
LIMIT = 2**63 // SCALE


class ExactDecimalField(WholeNumberField):
    """A Decimal with at most four places, stored as an integer of ten-thousandths.

    Sums and comparisons in the database are therefore exact on SQLite and PostgreSQL alike.
    A float, a fifth decimal place or NaN is refused, never rounded.
    """

    description = "精确小数（万分之一为单位存整数）"

    def from_db_value(
        self,
        value: int | None,
        expression: Expression,
        connection: BaseDatabaseWrapper,
    ) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-4)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # widens int to Decimal
        if value is None or isinstance(value, Decimal):
            return value
        if isinstance(value, float):
            raise ValidationError("数值不能是浮点数，请用 Decimal 或文字。")
        try:
            return Decimal(value)
        except (InvalidOperation, TypeError, ValueError) as error:
            raise ValidationError(f"「{value}」不是数。") from error

    def get_prep_value(self, value: Any) -> int | None:
        number = self.to_python(value)
        if number is None:
            return None
        if not number.is_finite() or abs(number) >= LIMIT:
            raise ValidationError(f"「{value}」超出可存的范围。")
        scaled = number.scaleb(4)
        if scaled != scaled.to_integral_value():
            raise ValidationError(f"「{value}」多于四位小数。")
        return int(scaled)
