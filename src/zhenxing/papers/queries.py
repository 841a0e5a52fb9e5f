"""Papers as bytes, each from one question over the figures."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from zhenxing.audit.models import Entry
from zhenxing.indicators import queries as indicator_queries
from zhenxing.organisation import queries as organisation_queries
from zhenxing.papers import notices
from zhenxing.reporting.models import Call
from zhenxing.writing.word import to_docx

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from zhenxing.kernel.periods import Period
    from zhenxing.organisation.models import Unit

COUNTY_TIME = ZoneInfo("Asia/Shanghai")


def month_notice(
    unit: Unit, asked: Period, day: date, codes: Collection[str] | None = None
) -> bytes:
    """Write the notice of a unit's month as known on a business date, as a Word file.

    Equal figures give equal bytes: the file's own date is the day it speaks of.
    """
    peers = indicator_queries.class_of(unit.code, day)
    month = indicator_queries.month(asked, day, peers=peers, units=[unit.code], codes=codes)
    site = organisation_queries.site()
    frame = notices.Frame(
        unit=unit.name,
        unit_class=peers[unit.code] or "",
        asked=asked,
        day=day,
        verification=_closing_root(asked),
        mark="演示数据" if site is not None and site.is_demo else "",
    )
    created = datetime.combine(day, time(), COUNTY_TIME)
    places = {each.code: n for n, each in enumerate(indicator_queries.definitions(codes))}
    rows = sorted(month.rows, key=lambda row: places[row.indicator.code])
    return to_docx(notices.month_notice(frame, rows), created=created)


def _closing_root(asked: Period) -> str:
    """Say where the month was closed in the ledger, or that it is not."""
    call = Call.objects.filter(code=str(asked)).first()
    closed = call.closing_entry if call else None
    entry = None if closed is None else Entry.objects.filter(pk=closed).first()
    if entry is None:
        return "本月填报未关闭，账本尚无关闭根"
    return f"账本第{entry.sequence}条 关闭根 {entry.hash}"
