"""The county's heat table as a workbook."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from zhenxing.engine.rows import Row, State
from zhenxing.kernel.rounding import half_up
from zhenxing.kernel.values import MASKED, MISSING
from zhenxing.writing.sheet import Column, Sheet, to_xlsx

if TYPE_CHECKING:
    from zhenxing.cockpit.queries import County
    from zhenxing.web.asking import Asked
    from zhenxing.writing.sheet import Value


def heat(told: County, asked: Asked, *, mark: str = "") -> bytes:
    """Write towns × headline indicators: lead or lag in points, lamp words where there is none."""
    columns = (
        Column("类别"),
        Column("镇"),
        *(Column(each.name, "百分点", places=2) for each in told.indicators),
        Column("红灯项", places=0),
    )
    rows = tuple(
        (name, line.town.name, *(_cell(row) for row in line.cells), line.lamps.red)
        for name, lines in told.classes
        for line in lines
    )
    title = f"各镇进度（{asked.month.to_date_label}，按{asked.day}所知）"
    sheet = Sheet(
        name="各镇进度",
        columns=columns,
        rows=rows,
        title=title,
        notes=("完成率减序时进度；另有计划曲线的按曲线。未公布、无任务、无目标不判。",),
        fixed_columns=2,
        mark=mark,
    )
    # Equal figures give an equal file, whenever it is asked for.
    created = datetime.combine(asked.day, time.min, UTC)
    return to_xlsx([sheet], title=title, issuer="镇兴", created=created)


def _cell(row: Row) -> Value:
    measured = row.lead if row.lead is not None else row.main.measured if row.main else None
    if measured is not None:
        return half_up(measured, 2)
    if row.state is State.MISSING:
        return MISSING
    return MASKED if row.state is State.MASKED else row.state.label
