"""The burden as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.kernel.periods import Period
from zhenxing.writing.sheet import Column, Sheet, to_xlsx

if TYPE_CHECKING:
    from zhenxing.burden.queries import Overview
    from zhenxing.burden.reckoning import Burden
    from zhenxing.kernel.moments import Moment
    from zhenxing.writing.sheet import Value

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COUNTED = (
    Column("应有的数", places=0),
    Column("部门提供", places=0),
    Column("已知", places=0),
    Column("要填", places=0),
    Column("免填率", "%", places=2),
    Column("重复问", places=0),
    Column("用时中位数", "分钟", width=14, places=1),
    Column("计时份数", places=0),
)
FORMULAS = (
    "应有的数按指标分工、发布日历和临时任务逐项数；要填=应有的数－部门提供－已知。",
    "已知指开始那天已有核定、初始导入、更正或签发的数；免填率=（部门提供＋已知）÷应有的数。",
    "重复问是同一单位、同一指标、同一期在几张表里都要填的，多出来的次数。",
    "用时从打开表到提交，按单位取中位数，程序代交的不计；不排人，不数登录。",
)


def overview(told: Overview, moment: Moment) -> bytes:
    """Write the month by unit and the year by month."""
    title = f"填报负担（{told.year}年，{moment.business_date}）"
    units = tuple((line.name, *_counted(line.burden)) for line in told.units)
    months = tuple(
        (
            Period.parse(line.period).label,
            *_counted(line.burden),
            line.temporary,
            line.temporary_items,
        )
        for line in told.months
    )
    month = Period.parse(told.period).label if told.period else "无"
    by_unit = Sheet(
        name=f"{month}按单位",
        columns=(Column("镇", width=14), *COUNTED),
        rows=(*units, ("合计", *_counted(told.total))),
        title=title,
        notes=FORMULAS,
        fixed_columns=1,
    )
    by_month = Sheet(
        name="按月份",
        columns=(
            Column("月份", width=14),
            *COUNTED,
            Column("临时任务", places=0),
            Column("临时任务的数", width=14, places=0),
        ),
        rows=months,
        title=title,
        notes=FORMULAS,
        fixed_columns=1,
    )
    return to_xlsx([by_unit, by_month], title=title, issuer="镇兴", created=moment.at)


def _counted(burden: Burden) -> tuple[Value, ...]:
    return (
        burden.wanted,
        burden.received,
        burden.known,
        burden.asked,
        burden.spared,
        burden.twice,
        burden.minutes,
        burden.timed,
    )
