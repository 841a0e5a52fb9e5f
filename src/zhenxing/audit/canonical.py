"""One text for one content: what is hashed, signed and compared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias, cast
from uuid import UUID

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

AS_IT_IS = frozenset({bool, int, str, type(None)})
ENCODER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True,
    separators=(",", ":"),
)  # fmt: skip


def text(value: object) -> str:
    """Give the canonical JSON: sorted keys, no spaces, Chinese as it is."""
    return ENCODER.encode(plain(value))


def plain(value: object) -> Json:
    """Turn a value into what JSON holds without loss; a float is refused, it has no exact text."""
    if type(value) in AS_IT_IS:
        return cast("Json", value)
    if isinstance(value, int | str):  # an enumeration's member
        return int(value) if isinstance(value, int) else str(value)
    if isinstance(value, Mapping):
        return fields(value)
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return _written(value)


def fields(values: Mapping[str, object]) -> dict[str, Json]:
    """Turn a mapping with text keys into what JSON holds without loss."""
    return {_key(key): plain(part) for key, part in values.items()}


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"键「{key!r}」不是文字，不能记入账本。")
    return str(key)


def _written(value: object) -> str:
    if isinstance(value, Decimal):
        return decimal(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__}「{value!r}」不能记入账本。")


def decimal(value: Decimal) -> str:
    """Write a Decimal without exponent or trailing zeros, so that 1.50 and 1.5000 agree."""
    if not value.is_finite():
        raise TypeError(f"「{value}」不是有限的数，不能记入账本。")
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def moment(value: datetime) -> str:
    """Write a moment in UTC to the microsecond."""
    if value.utcoffset() is None:
        raise TypeError("没有时区的时刻不能记入账本。")
    return value.astimezone(UTC).isoformat(timespec="microseconds")
