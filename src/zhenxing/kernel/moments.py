"""When something was done: the real moment and, beside it, the business date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """The real, zone-aware moment of an act and the date the site was working on.

    The two differ only on a demo site, whose business date may be moved. Raises ValueError when
    `at` carries no zone: a naive moment cannot be proven later.

    >>> from datetime import timedelta, timezone
    >>> china = timezone(timedelta(hours=8))
    >>> Moment(datetime(2024, 5, 6, 9, 30, tzinfo=china), date(2023, 10, 20)).business_date
    datetime.date(2023, 10, 20)
    """

    at: datetime
    business_date: date

    def __post_init__(self) -> None:
        """Refuse a moment without a zone."""
        if self.at.utcoffset() is None:
            raise ValueError("a moment needs a time zone")
