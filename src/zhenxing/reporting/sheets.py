"""The lists of a month's hand-in and of its confirmations as workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.kernel.periods import Period
from zhenxing.writing.sheet import Column, Sheet, to_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.models import Call
    from zhenxing.reporting.queries import Due
    from zhenxing.reporting.queries.confirming import Asked

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

CONFIRMED_COLUMNS = (
    Column("期间", width=12),
    Column("镇", width=12),
    Column("指标", width=20),
    Column("计量单位", width=10),
    Column("上期", width=14),
    Column("上年同期", width=14),
    Column("镇里报的数", width=14),
    Column("核定的数", width=14),
    Column("原因", width=30),
    Column("核定人", width=22),
)


def confirmations(call: Call, rows: Iterable[Asked], moment: Moment) -> bytes:
    """Write a department's numbers of a call, the towns' and its own, as known on the day."""
    title = f"{call.name}核定（{moment.business_date}）"
    lines = [
        (
            row.period.label,
            row.submission.group.unit.name,
            row.indicator.name,
            row.indicator.measure,
            row.last,
            row.last_year,
            row.reported,
            row.own.value if row.own else None,
            row.own.reason if row.own else "",
            row.own.by_name if row.own else "",
        )
        for row in rows
    ]
    sheet = Sheet(
        name="核定", columns=CONFIRMED_COLUMNS, rows=tuple(lines), title=title, fixed_columns=3
    )
    return to_xlsx([sheet], title=title, issuer="镇兴", created=moment.at)


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
