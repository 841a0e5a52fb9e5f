"""From the month's rows to what stands in a cell: a number, words, or a blank with its reason.

Every number is taken from the rows that the cockpit shows. The only arithmetic is a difference of
two of them (a month or a quarter alone), the measure's conversion and rounding, in this order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.engine.accumulate import Reading
from zhenxing.engine.growth import Growth
from zhenxing.kernel.periods import Period
from zhenxing.kernel.quantities import convert, measure
from zhenxing.kernel.rounding import WIDE, half_up
from zhenxing.kernel.values import MASKED, is_known
from zhenxing.reuse.choices import MEASURE_OF, Item, Rule

if TYPE_CHECKING:
    from zhenxing.engine.facts import FigureFact
    from zhenxing.engine.rows import Row

STARS = "**"
QUARTER = 3
Rows = Mapping[Period, "Row"]


@dataclass(frozen=True)
class Told:
    """What is known for a cell: a value in its measure, or words, or why there is neither.

    `masked` figures stay masked. `figures` are those the value is made of; `way` says how it was
    come by where that is not plain.
    """

    value: Decimal | None = None
    words: str = ""
    reason: str = ""
    masked: bool = False
    figures: tuple[FigureFact, ...] = ()
    way: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether the cell stays empty."""
        return self.value is None and not self.words


def closing(rule: Rule, asked: Period) -> Period:
    """Give the month the rule's period closes with.

    >>> str(closing(Rule.TO_LAST_MONTH, Period.parse("2023-10")))
    '2023-09'
    """
    return asked.previous if rule in {Rule.LAST_MONTH, Rule.TO_LAST_MONTH} else asked


def base(rule: Rule, month: Period) -> Period | None:
    """Give the month whose year to date is taken off, for a month or a quarter alone.

    >>> str(base(Rule.QUARTER, Period.parse("2023-09")))
    '2023-06'
    """
    steps = {Rule.MONTH: 1, Rule.LAST_MONTH: 1, Rule.QUARTER: QUARTER}.get(rule, 0)
    before = month.last_month - steps
    return Period.month(month.year, before) if steps and before > 0 else None


def needed(item: Item, rule: Rule, asked: Period) -> set[Period]:
    """Give the months whose rows an item asks for."""
    month = closing(rule, asked)
    if item is Item.LAST_YEAR:
        month = month.last_year
    before = base(rule, month) if item in {Item.VALUE, Item.LAST_YEAR} else None
    return {month} | ({before} if before else set())


def told(item: Item, rule: Rule, asked: Period, rows: Rows) -> Told:
    """Say what an indicator's cell holds; `rows` are its own, by the month asked for."""
    month = closing(rule, asked)
    if rule is Rule.QUARTER and month.last_month % QUARTER:
        return Told(reason=f"{month.label}还没有满一个季度")
    if item is Item.LAST_YEAR:
        return _value(rule, month.last_year, rows)
    if item is Item.VALUE:
        return _value(rule, month, rows)
    row = rows[month]
    if item is Item.TARGET:
        return _target(row)
    return _silent(row, month) or _of_row(item, row)


def measured(value: Decimal, source: str, target: str, places: int) -> Decimal:
    """Convert exactly, then round half up.

    >>> measured(Decimal("8208.5"), "万元", "亿元", 4)
    Decimal('0.8209')
    """
    exact = value if source == target else convert(value, measure(source), measure(target))
    return half_up(exact, places)


def source_measure(item: Item, own: str) -> str:
    """Give what an item is measured in before any conversion."""
    return MEASURE_OF.get(item, own)


def period_words(rule: Rule, asked: Period) -> str:
    """Write the period as a form's head does.

    >>> period_words(Rule.TO_DATE, Period.parse("2023-10"))
    '2023年1—10月'
    >>> period_words(Rule.QUARTER, Period.parse("2023-08"))
    '2023年三季度'
    """
    month = closing(rule, asked)
    if rule in {Rule.TO_DATE, Rule.TO_LAST_MONTH}:
        return month.to_date_label
    if rule is Rule.QUARTER:
        return Period.quarter(month.year, (month.last_month - 1) // QUARTER + 1).label
    return month.label


def _value(rule: Rule, month: Period, rows: Rows) -> Told:
    now = _level(rows[month], month)
    before = base(rule, month)
    is_own = rows[month].indicator.reading is Reading.AS_IS or rows[month].indicator.kind != "flow"
    if before is None or is_own or now.is_blank or now.masked or now.value is None:
        return now
    earlier = _level(rows[before], before)
    if earlier.masked:
        return Told(words=STARS, masked=True, figures=now.figures)
    if earlier.value is None:
        return Told(reason=f"{before.to_date_label}累计{earlier.reason}，无从相减")
    # A month's own figures are the figure itself; only running totals have to be parted.
    if rows[month].indicator.reading is Reading.CURRENT and len(now.figures) == len(
        earlier.figures
    ) + (month.last_month - before.last_month):
        figures = now.figures[len(earlier.figures) :]
        return Told(WIDE.subtract(now.value, earlier.value), figures=figures)
    return Told(
        WIDE.subtract(now.value, earlier.value),
        figures=(*earlier.figures, *now.figures),
        way=f"{month.to_date_label}减{before.to_date_label}",
    )


def _level(row: Row, month: Period) -> Told:
    """Give the year to date as the cockpit shows it, if the row speaks for this very month."""
    silent = _silent(row, month)
    if silent:
        return silent
    if row.value is MASKED:
        return Told(words=STARS, masked=True, figures=row.figures)
    if not is_known(row.value):
        return Told(reason=row.lamp.reason or row.state.label)
    return Told(row.value, figures=row.figures)


def _silent(row: Row, month: Period) -> Told | None:
    """Say why a row has nothing for the month: not published yet, or never published monthly."""
    if row.period is not None and row.period.last_month == month.last_month:
        return None
    if row.awaited is not None and row.awaited.last_month <= month.last_month:
        early = "，已有的数在发布前不作数" if row.early else ""
        return Told(reason=f"{row.lamp.reason}{early}" if row.lamp.reason else "还没有发布")
    latest = f"，最近一期是{row.period.label}" if row.period else ""
    return Told(reason=f"{month.label}没有这项指标的数{latest}")


def _of_row(item: Item, row: Row) -> Told:
    if item is Item.GROWTH:
        return _growth(row)
    if item is Item.PLACE:
        number = Decimal(row.place.place) if row.place else None
        reason = "没有排位（没有数、没有任务或不分类）"
    else:
        number = row.completion if item is Item.COMPLETION else row.lead
        has_level = any(each.target.target.is_level for each in row.judgements)
        reason = row.lamp.reason or row.state.label if has_level else "没有数值目标"
    if number is not None:
        return Told(number, figures=row.figures)
    if row.value is MASKED or any(each.target.target.masked for each in row.judgements):
        return Told(words=STARS, masked=True, figures=row.figures)
    return Told(reason=reason)


def _growth(row: Row) -> Told:
    found: Growth | None = row.growth
    if found is None:
        return Told(reason="该指标不计增速")
    if found.value is None:
        return Told(reason=found.reason)
    return Told(
        found.value, figures=row.figures, way=f"{'部门' if found.given else '系统'}{found.label}"
    )


def _target(row: Row) -> Told:
    """Give the level asked for in figures, other aims in their own words."""
    aims = [each.target.target for each in row.judgements]
    if not aims:
        return Told(reason="未下达目标")
    aim = next((each for each in aims if each.is_level), aims[0])
    if aim.no_task:
        return Told(reason="无任务")
    if aim.masked:
        return Told(words=STARS, masked=True)
    if aim.kind == "value":
        return Told(aim.value)
    return Told(words=aim.label)
