"""Builders of indicators, targets and figures; figures and targets go through a ledger act."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zhenxing.audit import services as audit
from zhenxing.audit.models import Actor
from zhenxing.indicators.models import Charge, Figure, Indicator, IndicatorField, LampRules, Target
from zhenxing.kernel.moments import Moment

if TYPE_CHECKING:
    from zhenxing.organisation.models import Unit, WorkingGroup

BY = Actor("loader", "初始导入", "", "H00")
MONTHLY = {"frequency": "month", "lag": 1, "day": 18}
LAMPS = """
- id: progress
  name: 序时进度亮灯
  basis: 演示规则第一条
  measure: lead
  bands:
    - {lamp: green, at_least: 0, words: 达到序时}
    - {lamp: yellow, at_least: -10, below: 0, words: 落后十点以内}
    - {lamp: red, below: -10, words: 落后十点以上}
"""


def indicator(code: str, name: str, lead: Unit, **more: Any) -> Indicator:  # noqa: ANN401  # a model's columns
    """Make an indicator: a monthly flow of 万元, cumulative, unless said otherwise."""
    field, _ = IndicatorField.objects.get_or_create(
        code="investment", defaults={"name": "投资", "position": 1}
    )
    values: dict[str, Any] = {
        "field": field,
        "measure": "万元",
        "kind": "flow",
        "reading": "cumulative",
        "nature": "部门行政记录",
        "source": "部门",
        "definition": "演示口径",
        "release": MONTHLY,
        "position": Indicator.objects.count(),
    }
    return Indicator.objects.create(code=code, name=name, lead=lead, **(values | more))


def charge(group: WorkingGroup, of: Indicator) -> Charge:
    """Let a group answer for an indicator."""
    return Charge.objects.create(group=group, indicator=of, position=group.charges.count())


def lamps(text: str = LAMPS) -> LampRules:
    """Put lamp rules in force."""
    return LampRules.objects.create(text=text, basis="演示规则", since=date(2023, 1, 1))


def target(unit: Unit, of: Indicator, value: str | None, **more: Any) -> Target:  # noqa: ANN401  # a model's columns
    """Issue a target for 2023: at least `value`, unless said otherwise."""
    row = Target(
        unit=unit,
        indicator=of,
        **(
            {
                "year": 2023,
                "kind": "value",
                "comparator": ">=",
                "value": None if value is None else Decimal(value),
                "document": "禾政发〔2023〕1号",
                "issued": date(2023, 2, 1),
            }
            | more
        ),
    )
    with audit.act("test.target", subject=of.code, by=BY, moment=_moment(row.issued)) as act:
        act.seal([row])
    return row


def figure(unit: Unit, of: Indicator, period: str, value: str | None, **more: Any) -> Figure:  # noqa: ANN401  # a model's columns
    """Write one figure: confirmed on 2023-10-18 by default; None is missing."""
    day = more.get("business_date", date(2023, 10, 18))
    row = Figure(
        unit=unit,
        indicator=of,
        period=period,
        **(
            {
                "value": None if value is None else Decimal(value),
                "absent": "missing" if value is None else "",
                "standing": "confirmed",
                "vintage": "final",
                "business_date": day,
                "recorded": datetime(day.year, day.month, day.day, 4, tzinfo=UTC),
                "by": "d01",
                "by_name": "沈统（县统计局）",
            }
            | more
        ),
    )
    with audit.act("test.figure", subject=of.code, by=BY, moment=_moment(day)) as act:
        act.seal([row])
    return row


def _moment(day: date) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, 4, tzinfo=UTC), day)
