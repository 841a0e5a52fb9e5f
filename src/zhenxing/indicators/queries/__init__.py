"""Questions about indicators: the dictionary, a month of several units, one indicator's history."""

from __future__ import annotations

from zhenxing.indicators.queries.dictionary import (
    codes_led_by,
    definitions,
    readable_units,
    reader_entries,
    rule_book,
    synonyms,
    visible_codes,
)
from zhenxing.indicators.queries.history import History, Vintages, history
from zhenxing.indicators.queries.month import class_of, month

__all__ = [
    "History",
    "Vintages",
    "class_of",
    "codes_led_by",
    "definitions",
    "history",
    "month",
    "readable_units",
    "reader_entries",
    "rule_book",
    "synonyms",
    "visible_codes",
]
