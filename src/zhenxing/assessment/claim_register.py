"""Claims as a workbook: one a row, with who brought and who decided it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.writing.sheet import Column, Sheet, to_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhenxing.assessment.models import Claim
    from zhenxing.kernel.moments import Moment
    from zhenxing.writing.sheet import Value

ISSUER = "镇兴"
COLUMNS = (
    Column("编号", width=16),
    Column("单位", width=14),
    Column("类别", width=10),
    Column("事项", width=20),
    Column("发生日期", width=13),
    Column("金额或数量", width=12),
    Column("情况", width=40),
    Column("依据文号", width=22),
    Column("依据", width=24),
    Column("状态", width=10),
    Column("提出", width=22),
    Column("提出日期", width=13),
    Column("复核", width=22),
    Column("复核日期", width=13),
    Column("复核意见", width=30),
)


def claims(
    rows: Iterable[Claim], names: Mapping[str, str], moment: Moment, *, mark: str = ""
) -> bytes:
    """Write claims, one a row, as known on the business day."""
    title = f"事项认定台账（{moment.business_date}）"
    lines = tuple(_line(row, names) for row in rows)
    sheet = Sheet(
        name="事项认定", columns=COLUMNS, rows=lines, title=title, fixed_columns=1, mark=mark
    )
    return to_xlsx([sheet], title=title, issuer=ISSUER, created=moment.at)


def _line(row: Claim, names: Mapping[str, str]) -> tuple[Value, ...]:
    return (
        row.number,
        names.get(row.code, row.code),
        row.get_kind_display(),
        row.event,
        row.day,
        row.amount,
        row.words,
        row.document,
        row.paper.name if row.paper else "",
        row.get_state_display(),
        row.proposed_name,
        row.proposed_on,
        row.decided_name,
        row.decided_on,
        row.remark,
    )
