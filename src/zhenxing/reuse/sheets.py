"""The list of office forms as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.reuse.choices import Frequency
from zhenxing.writing.sheet import Column, Sheet, to_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from zhenxing.kernel.moments import Moment

COLUMNS = (
    Column("编号", width=12),
    Column("表名", width=32),
    Column("填表单位", width=14),
    Column("要表单位", width=20),
    Column("频率", width=10),
    Column("文号", width=24),
    Column("有效期至", width=12),
    Column("状态", width=10),
    Column("对应格数", width=10, places=0),
    Column("上次报出", width=12),
)


def listed(rows: Iterable[Any], moment: Moment) -> bytes:
    """Write the forms as the list shows them."""
    title = f"外表清单（{moment.business_date}）"
    lines = tuple(
        (
            row.code,
            row.name,
            row.unit.name,
            row.office,
            Frequency(row.frequency).label,
            row.document,
            row.expires,
            row.state(moment.business_date),
            row.mapped,
            row.last_sent,
        )
        for row in rows
    )
    sheet = Sheet(name="外表", columns=COLUMNS, rows=lines, title=title, fixed_columns=2)
    return to_xlsx([sheet], title=title, issuer="镇兴", created=moment.at)
