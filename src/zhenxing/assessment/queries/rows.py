"""The rows a scoring stands on, as plain tuples: so they are frozen, stored and read back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

# unit, indicator, period, value, who stands behind it, keys of the figures, why missing, reported
Figure = tuple[str, str, str, Decimal | None, str, str, str, date | None]
# unit, indicator, year, target, document and version, why there is none
Target = tuple[str, str, str, Decimal | None, str, str]
# id, unit, event, day, amount
Event = tuple[str, str, str, date, Decimal | None]
# unit, item, rater, class of raters, mark
Rating = tuple[str, str, str, str, str]
