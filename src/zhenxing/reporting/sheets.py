"""The list of a month's hand-in as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.kernel.periods import Period
from zhenxing.writing.sheet import Column, Sheet, to_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.models import Call
    from zhenxing.reporting.queries import Due

COLUMNS = (
    Column("月份", width=12),
    Column("镇", width=12),
    Column("专班", width=20),
    Column("状态", width=12),
    Column("版", width=6),
    Column("提交日期", width=14),
    Column("提交人", width=22),
    Column("回执编号", width=26),
)


def states(call: Call, dues: Iterable[Due], moment: Moment) -> bytes:
    """Write who has handed in for a month, as known on the business day."""
    title = f"{Period.parse(call.period).label}填报情况（{moment.business_date}）"
    rows = []
    for due in dues:
        group, version = due.submission.group, due.version
        handed = (
            (version.number, version.business_date, version.by_name, version.receipt)
            if version
            else (None, None, "", "")
        )
        month = Period.parse(due.submission.call.period).label
        rows.append((month, group.unit.name, group.name, due.state, *handed))
    sheet = Sheet(name="填报情况", columns=COLUMNS, rows=tuple(rows), title=title, fixed_columns=3)
    return to_xlsx([sheet], title=title, issuer="镇兴", created=moment.at)
