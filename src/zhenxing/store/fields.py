"""The one field type for figures: Decimal in Python, whole ten-thousandths in the database."""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable, register_combinable_fields

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Expression

Given_contra = TypeVar("Given_contra", contravariant=True)
Got_co = TypeVar("Got_co", covariant=True)

if TYPE_CHECKING:

    class FigureField(models.Field[Given_contra, Got_co]):
        """Django's field as the checker knows it."""
else:

    class FigureField(models.Field):
        """Django's field, letting pass the types it takes only under the checker."""

        def __class_getitem__(cls, types: object) -> type:
            return cls


PLACES = 4
SCALE = 10**PLACES
LIMIT = 2**63 // SCALE
# Wide enough for every stored number, whatever precision the caller's own context has.
EXACT = Context(prec=40)


class ExactDecimalField(FigureField[Given_contra, Got_co]):
    """A Decimal with at most four places, stored as an integer of ten-thousandths.

    Sums and comparisons in the database are therefore exact on SQLite and PostgreSQL alike.
    A float, a fifth decimal place or NaN is refused, never rounded. In queries Sum, Max, Min and
    + and − of two figures give figures; what would leave the ten-thousandths (Avg on SQLite, a
    product, a figure with a bare number) is refused: reckon it in Python.
    """

    # What the checker takes and gives.
    _pyi_private_set_type: Decimal | int | str
    _pyi_private_get_type: Decimal

    description = "精确小数（万分之一为单位存整数）"

    # No BigIntegerField, not even by name: Django would cut its averages to whole numbers.
    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "bigint"

    def from_db_value(
        self,
        value: object,
        expression: Expression,
        connection: BaseDatabaseWrapper,
    ) -> Decimal | None:
        if value is None:
            return None
        if not isinstance(value, int | Decimal) or value != int(value):
            raise TypeError(f"「{value}」不是整数个万分之一；平均等请在 Python 里用 Decimal 算。")
        return EXACT.scaleb(Decimal(value), -PLACES)

    def to_python(self, value: object) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        if isinstance(value, float):
            raise ValidationError("数值不能是浮点数，请用 Decimal 或文字。")
        if not isinstance(value, int | str):
            raise ValidationError(f"「{value}」不是数。")
        try:
            return Decimal(value)
        except InvalidOperation as error:
            raise ValidationError(f"「{value}」不是数。") from error

    def get_prep_value(self, value: object) -> int | None:
        number = self.to_python(value)
        if number is None:
            return None
        if not number.is_finite() or abs(number) >= LIMIT:
            raise ValidationError(f"「{value}」超出可存的范围。")
        if _has_fifth_place(number):
            raise ValidationError(f"「{value}」多于四位小数。")
        return int(EXACT.scaleb(number, PLACES))


def _has_fifth_place(number: Decimal) -> bool:
    _, digits, exponent = number.as_tuple()
    beyond = -PLACES - int(exponent)
    return beyond > 0 and any(digits[-beyond:])


for connector in (Combinable.ADD, Combinable.SUB):
    register_combinable_fields(ExactDecimalField, connector, ExactDecimalField, ExactDecimalField)
