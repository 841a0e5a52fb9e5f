"""What stands in a filled cell, as the file takes it: digits, guarded words, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.documents.services import Entry
from zhenxing.kernel.wording import number
from zhenxing.reuse.choices import PERCENT, Kind
from zhenxing.writing.sheet import MOST_DIGITS, guarded

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.documents.services import Look, LookCell

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Written:
    """What goes into the file, and how a page says it."""

    kind: Kind
    text: str
    shown: str

    def entry(self, sheet: str, cell: str, note: str = "") -> Entry:
        """Give it to the file."""
        kinds = {Kind.NUMBER: "number", Kind.TEXT: "text", Kind.BLANK: "blank"}
        return Entry(sheet, cell, kinds[self.kind], self.text, note)  # type: ignore[arg-type]  # the three words


NOTHING = Written(Kind.BLANK, "", "")


def in_words(text: str) -> Written:
    """Write words that no program takes for a formula."""
    return Written(Kind.TEXT, guarded(text), text)


def in_figures(value: Decimal, measure: str, places: int, cell: LookCell) -> Written:
    """Write a number; in a cell that shows percents 12.5 % is stored as 0.125.

    What Excel would not keep to the last digit is written as words.
    """
    shown = f"{number(value, places)}{measure if measure == PERCENT else ''}"
    stored = value / HUNDRED if cell.shown == "percent" and measure == PERCENT else value
    if len(stored.normalize().as_tuple().digits) > MOST_DIGITS:
        return Written(Kind.TEXT, f"{stored:f}", shown)
    return Written(Kind.NUMBER, f"{stored:f}", shown)


def on_day(day: date, look: Look, cell: LookCell) -> Written:
    """Write a day: as a date where the cell shows dates, otherwise in words."""
    shown = f"{day.year}年{day.month}月{day.day}日"
    if cell.shown == "date":
        return Written(Kind.NUMBER, str(look.serial(day)), shown)
    return in_words(shown)
