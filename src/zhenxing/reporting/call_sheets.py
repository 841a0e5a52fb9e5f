"""Calls and completeness as workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from zhenxing.kernel.rounding import half_up
from zhenxing.writing.sheet import Column, Sheet, to_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.queries.completeness import Matrix
    from zhenxing.reporting.queries.listed import Listed
    from zhenxing.reporting.timeliness import Tally
    from zhenxing.writing.sheet import Value

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COUNTED = (
    Column("应报", places=0),
    Column("按时", places=0),
    Column("延期内", places=0),
    Column("逾期", places=0),
    Column("认定按时", places=0),
    Column("未报", places=0),
    Column("未到期", places=0),
    Column("完整率", "%", places=2),
    Column("及时率", "%", places=2),
    Column("认定后及时率", "%", width=14, places=2),
)
CALLS = (
    Column("编号", width=14),
    Column("名称", width=24),
    Column("状态"),
    Column("开始", width=14),
    Column("截止", width=14),
    Column("截止依据", width=40),
    *COUNTED,
    Column("关闭", width=14),
    Column("关闭根", width=68),
)
FORMULAS = (
    "完整率=已报÷应报；已报=按时＋延期内＋逾期＋认定按时；初始导入的不计。",
    "及时率=（按时＋延期内）÷（应报－未到期）；认定后及时率的分子另加认定按时。",
    "按首次报送的业务日期判定；退回后没有再报的计入未报。",
)


def answer(content: bytes, name: str) -> HttpResponse:
    """Give a workbook to keep."""
    response = HttpResponse(content, content_type=EXCEL)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response


def calls(rows: Iterable[Listed], moment: Moment) -> bytes:
    """Write the calls, as known on the business day."""
    title = f"填报任务（{moment.business_date}）"
    lines = tuple(
        (
            row.call.code,
            row.call.name,
            row.state.label,
            row.call.opens,
            row.call.due,
            row.why,
            *counted(row.tally),
            row.call.closed_on,
            row.root,
        )
        for row in rows
    )
    sheet = Sheet(
        name="填报任务", columns=CALLS, rows=lines, title=title, notes=FORMULAS, fixed_columns=2
    )
    return to_xlsx([sheet], title=title, issuer="镇兴", created=moment.at)


def completeness(matrix: Matrix, name: str, moment: Moment) -> bytes:
    """Write a matrix line by line: every month of every town or group, then its sum."""
    title = f"{name}（{moment.business_date}）"
    columns = (Column("单位", width=20), Column("月份", width=12), *COUNTED)
    rows: list[tuple[Value, ...]] = []
    for line in (*matrix.lines, matrix.total):
        for call, cell in zip(matrix.calls, line.cells, strict=True):
            if cell is not None:
                rows.append((line.name, call.month.label, *counted(cell)))
        rows.append((line.name, "合计", *counted(line.total)))
    sheet = Sheet(
        name="完整及时", columns=columns, rows=tuple(rows), title=title, notes=FORMULAS,
        fixed_columns=2,
    )  # fmt: skip
    return to_xlsx([sheet], title=title, issuer="镇兴", created=moment.at)


def counted(tally: Tally) -> tuple[Value, ...]:
    """Give a tally's numbers in the order of `COUNTED`."""
    return (
        tally.asked,
        tally.on_time,
        tally.extended,
        tally.late,
        tally.ruled,
        tally.missing,
        tally.ahead,
        _rounded(tally.complete),
        _rounded(tally.timely),
        _rounded(tally.timely_as_ruled),
    )


def _rounded(share: Decimal | None) -> Decimal | None:
    return None if share is None else half_up(share, 2)
