"""A unit's month as a workbook: the list of its indicators with figures as numbers."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from zhenxing.kernel.rounding import half_up
from zhenxing.kernel.values import is_known
from zhenxing.writing.sheet import Column, Sheet, to_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from zhenxing.engine.rows import Row
    from zhenxing.web.asking import Asked
    from zhenxing.writing.sheet import Value

COLUMNS = (
    Column("领域", width=14),
    Column("指标", width=28),
    Column("计量单位", width=10),
    Column("年度目标", width=16),
    Column("数据期间", width=16),
    Column("累计", width=12),
    Column("取值", width=10),
    Column("完成率", "%", places=2),
    Column("领先", "百分点", places=2),
    Column("同比", "%", places=1),
    Column("同比来源", width=10),
    Column("同类位次", places=0),
    Column("亮灯", width=8),
    Column("原因", width=40),
    Column("别名", width=30),
)


def month(
    name: str,
    rows: Iterable[Row],
    asked: Asked,
    *,
    synonyms: Mapping[str, Sequence[str]],
    mark: str = "",
) -> bytes:
    """Write the rows of a unit's month as known on the day asked for, with their other names."""
    title = f"{name}指标（{asked.month.to_date_label}，按{asked.day}所知）"
    sheet = Sheet(
        name="指标",
        columns=COLUMNS,
        rows=tuple((*_line(row), "、".join(synonyms.get(row.indicator.code, ()))) for row in rows),
        title=title,
        notes=("取值次序：核定、更正、签发、提交、台账、快报。未到发布日的不判进度。",),
        fixed_columns=2,
        mark=mark,
    )
    # Equal figures give an equal file, whenever it is asked for.
    created = datetime.combine(asked.day, time.min, UTC)
    return to_xlsx([sheet], title=title, issuer="镇兴", created=created)


def _line(row: Row) -> tuple[Value, ...]:
    growth = row.growth if row.growth is not None and row.growth.value is not None else None
    aims = [each.target.target for each in row.judgements]
    value = half_up(row.value, row.indicator.decimals) if is_known(row.value) else row.value
    return (
        row.indicator.field,
        row.indicator.name,
        row.indicator.measure,
        "；".join("无任务" if aim.no_task else aim.label for aim in aims),
        row.period.to_date_label if row.period else "",
        value,
        row.standing.label if row.standing else "",
        _rounded(row.completion, 2),
        _rounded(row.lead, 2),
        _rounded(growth.value, 1) if growth else None,
        "" if growth is None else "部门给出" if growth.given else "自算",
        row.place.place if row.place else None,
        row.lamp.colour.label,
        row.lamp.reason,
    )


def _rounded(value: Decimal | None, places: int) -> Decimal | None:
    return None if value is None else half_up(value, places)
