"""A unit's month as text for a screen and as JSON for a program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from zhenxing.engine.rows import lagging_first
from zhenxing.indicators import queries as indicator_queries
from zhenxing.kernel import wording
from zhenxing.kernel.rounding import half_up
from zhenxing.kernel.values import MASKED, is_known

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from zhenxing.engine.rows import Month, Row
    from zhenxing.kernel.periods import Period
    from zhenxing.organisation.models import Unit


def rows_of(unit: Unit, asked: Period, day: date) -> Month:
    """Reckon the unit's month among its class."""
    peers = indicator_queries.class_of(unit.code, day)
    return indicator_queries.month(asked, day, peers=peers, units=[unit.code])


def as_json(unit: Unit, asked: Period, day: date) -> str:
    """Write the month as JSON: numbers are strings with two decimals, absences are words."""
    told = {
        "unit": unit.code,
        "name": unit.name,
        "period": str(asked),
        "as_of": str(day),
        "rows": [_row(row) for row in rows_of(unit, asked, day).rows],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def as_text(unit: Unit, asked: Period, day: date) -> str:
    """Write the month as lines: every indicator with a target, what lags named by its lamp."""
    lines = [f"{unit.name} {asked.to_date_label} 按{wording.chinese_date(day)}所知"]
    aimed = [row for row in rows_of(unit, asked, day).rows if row.judgements]
    lines += [_line(row) for row in lagging_first(aimed)]
    return "\n".join(lines)


def _line(row: Row) -> str:
    told = []
    if is_known(row.value) and row.period is not None:
        value = wording.number(row.value, row.indicator.decimals)
        is_older = row.period.last_month != row.asked.last_month
        told.append(f"{row.period.to_date_label if is_older else ''}{value}{row.indicator.measure}")
    if row.completion is not None:
        told.append(f"完成{wording.percent(row.completion)}")
    if row.lead is not None:
        told.append(f"{wording.signed(row.lead)}个百分点")
    if row.place is not None:
        told.append(f"位次{row.place.label}")
    numbers = f"{'，'.join(told)}。" if told else ""
    return f"{row.lamp.colour.label} {row.indicator.name}：{numbers}{row.lamp.reason}"


def _row(row: Row) -> dict[str, object]:
    return {
        "indicator": row.indicator.code,
        "name": row.indicator.name,
        "measure": row.indicator.measure,
        "period": str(row.period) if row.period else None,
        "value": _value(row),
        "standing": row.standing.label if row.standing else None,
        "vintage": row.vintage.label if row.vintage else None,
        "targets": [each.target.target.label for each in row.judgements],
        "completion": _two(row.completion),
        "time_progress": _two(row.time_progress),
        "curve": row.curve,
        "lead": _two(row.lead),
        "growth": _growth(row),
        "rank": _rank(row),
        "lamp": row.lamp.colour.value,
        "state": row.state.value,
        "why": row.lamp.reason,
        "rule": row.lamp.rule,
    }


def _value(row: Row) -> str | None:
    if row.value is None:
        return None
    if is_known(row.value):
        return str(half_up(row.value, row.indicator.decimals))
    return "masked" if row.value is MASKED else "missing"


def _growth(row: Row) -> dict[str, object] | None:
    if row.growth is None or row.growth.value is None:
        return None
    return {"value": _two(row.growth.value), "given": row.growth.given}


def _rank(row: Row) -> dict[str, object] | None:
    if row.place is None:
        return None
    return {"place": row.place.place, "of": row.place.of, "move": row.place.move}


def _two(value: Decimal | None) -> str | None:
    return None if value is None else str(half_up(value, 2))
