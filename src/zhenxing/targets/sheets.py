"""Targets as workbooks: a town's list, the 任务分解表, the county's matrix."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from zhenxing.writing.sheet import Column, Sheet, to_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhenxing.targets.queries import Aimed, Matrix
    from zhenxing.targets.screens import TaskTable
    from zhenxing.writing.sheet import Value

LIST = (
    Column("指标编码", width=20),
    Column("指标", width=26),
    Column("计量单位", width=10),
    Column("目标", width=18),
    Column("文号", width=22),
    Column("下达日期", width=13),
    Column("版", width=6, places=0),
    Column("签收", width=10),
    Column("分解", width=14),
    Column("专班", width=18),
    Column("分管领导", width=12),
    Column("直接责任人", width=12),
)


def town(name: str, year: int, rows: Iterable[Aimed], day: date, *, mark: str = "") -> bytes:
    """Write a unit's targets of a year, a line for each target."""
    lines: list[tuple[Value, ...]] = []
    for each in rows:
        lines += [
            (
                each.indicator.code,
                each.indicator.name,
                each.indicator.measure,
                "无任务" if row.no_task else row.aim.label,
                row.document,
                row.issued,
                row.version,
                "未签收" if row in each.unread else "已签收",
                each.state if row == each.level else "",
                each.line.group.name if each.line.group else "",
                str(each.line.whole or ""),
                str(each.line.direct or ""),
            )
            for row in each.targets
        ]
    return _book(f"{name}{year}年目标任务", LIST, lines, day, mark)


def tasks(table: TaskTable, day: date, *, mark: str = "") -> bytes:
    """Write the 任务分解表 of a unit."""
    columns = (
        Column("序号", width=6, places=0),
        Column("指标", width=24),
        Column("计量单位", width=9),
        Column("年度目标", width=14),
        *(Column(head, width=9) for head in table.heads),
        Column("余数", width=9),
        Column("来源", width=12),
        Column("牵头专班", width=16),
        Column("分管领导", width=10),
        Column("第一责任人", width=10),
        Column("直接责任人", width=10),
    )
    rows = [
        (
            number,
            line.name,
            line.measure,
            line.aim,
            *line.parts,
            line.left,
            line.way,
            *line.answering,
        )
        for number, line in enumerate(table.lines, 1)
    ]
    return _book(table.title, columns, rows, day, mark, table.notes)


def county(title: str, told: Matrix, day: date, *, mark: str = "") -> bytes:
    """Write the matrix of indicators by towns."""
    columns = (
        Column("指标", width=24),
        Column("计量单位", width=9),
        Column("县", width=12),
        Column("各镇合计", width=12),
        *(Column(town.name, width=10) for town in told.towns),
    )
    rows = [
        (
            row.indicator.name,
            row.indicator.measure,
            "；".join(row.county.labels),
            row.total,
            *("；".join(cell.labels) for cell in row.cells),
        )
        for row in told.rows
    ]
    return _book(title, columns, rows, day, mark)


def _book(
    title: str,
    columns: tuple[Column, ...],
    rows: Iterable[tuple[Value, ...]],
    day: date,
    mark: str,
    notes: tuple[str, ...] = (),
) -> bytes:
    sheet = Sheet(
        name="目标任务",
        columns=columns,
        rows=tuple(rows),
        title=title,
        notes=notes,
        fixed_columns=2,
        mark=mark,
    )
    # Equal targets give an equal file, whenever it is asked for.
    return to_xlsx(
        [sheet], title=title, issuer="镇兴", created=datetime.combine(day, time.min, UTC)
    )
