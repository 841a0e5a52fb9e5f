"""What the site knows already of what was read: targets in force, counted figures, groups, days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.adoption.choices import ItemKind
from zhenxing.adoption.queries.aims import aspect_of
from zhenxing.engine.standing import counting
from zhenxing.indicators.choices import TargetKind
from zhenxing.indicators.models import Figure, Target
from zhenxing.indicators.queries.month import figure_facts
from zhenxing.kernel.values import is_known
from zhenxing.organisation.models import WorkingGroup
from zhenxing.organisation.queries.calendar import due_rule
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from zhenxing.adoption.models import Item
    from zhenxing.engine.facts import FigureFact

MONTHLY = re.compile(r"monthly:(\d+)")
Place = tuple[str, str]


@dataclass(frozen=True)
class Known:
    """What is known, in words; `is_same` where the paper says just that."""

    words: str
    is_same: bool = False


def of(items: Sequence[Item], day: date) -> dict[int, Known]:
    """Give what is known of some items of one reading, by key; a bounded number of queries."""
    found: dict[int, Known] = dict(_of_targets(items, day))
    found |= _of_figures(items, day)
    found |= _of_groups(items, day)
    found |= _of_days(items)
    return found


def _of_targets(items: Iterable[Item], day: date) -> Iterator[tuple[int, Known]]:
    """Hold targets against those in force, else against last year's counted figure."""
    aims = [each for each in items if each.kind in {ItemKind.TARGET, ItemKind.RANK} and _year(each)]
    places = {_place(each) for each in aims if each.indicator}
    rows = Target.objects.filter(
        unit__code__in={unit for unit, _ in places},
        indicator__code__in={code for _, code in places},
    )
    years = {_year(each) for each in aims}
    held = {
        year: target_queries.targets_in_force(rows, year, day) for year in years if year and places
    }
    last = _counted(places, {f"{year - 1}-12" for year in years if year}, day) if places else {}
    for item in aims:
        year = _year(item)
        kind = aspect_of(item)
        standing = [
            row for row in held.get(year or 0, {}).get(_place(item), ()) if row.kind == kind
        ]
        if standing:
            yield item.pk, _against_target(item, standing[0])
        elif kind == TargetKind.VALUE and year:
            before = last.get((*_place(item), f"{year - 1}-12"))
            if before and item.value is not None:
                growth = (item.value / before - 1) * 100
                words = f"比上年{_plain(before)}{'增' if growth >= 0 else '减'}{abs(growth):.1f}%"
                yield item.pk, Known(words)


def _against_target(item: Item, row: Target) -> Known:
    is_same = row.masked == item.masked and (row.value, row.high) == (item.value, item.high)
    if is_same:
        return Known(f"与{row.document}下达的相同", is_same=True)
    said = "未公开" if row.masked else row.text or _plain(row.value)
    return Known(f"现行目标{said}（{row.document}）")


def _of_figures(items: Iterable[Item], day: date) -> dict[int, Known]:
    """Hold figures against those that count; of a year the figure of its December."""
    facts = [each for each in items if each.kind == ItemKind.FIGURE and each.indicator]
    months = {each.pk: _month(each.period) for each in facts}
    counted = _counted({_place(each) for each in facts}, set(months.values()), day)
    found = {}
    for item in facts:
        value = counted.get((*_place(item), months[item.pk]))
        if value is None or item.value is None:
            continue
        is_same = value == item.value
        words = f"系统里是{_plain(value)}" + ("，相同" if is_same else "")
        found[item.pk] = Known(words, is_same=is_same)
    return found


def _of_groups(items: Iterable[Item], day: date) -> dict[int, Known]:
    groups = [each for each in items if each.kind == ItemKind.GROUP]
    if not groups:
        return {}
    units = {each.unit_id for each in groups}
    rows = WorkingGroup.objects.open_on(day).filter(unit__in=units)
    names = {(row.unit_id, row.name): row for row in rows}
    return {
        each.pk: Known(f"已有，办公室设在{row.home or '（未填）'}", is_same=True)
        for each in groups
        if (row := names.get((each.unit_id, each.subject)))
    }


def _of_days(items: Iterable[Item]) -> dict[int, Known]:
    monthly = {
        each.pk: int(found[1])
        for each in items
        if each.kind == ItemKind.DEADLINE and (found := MONTHLY.match(each.said.get("rule", "")))
    }
    if not monthly:
        return {}
    day = due_rule().rule.day
    return {
        key: Known("已在报送日历中", is_same=True) if said == day else Known(f"报送日历是{day}日")
        for key, said in monthly.items()
    }


def _counted(
    places: set[Place], periods: set[str], day: date
) -> dict[tuple[str, str, str], Decimal]:
    """Give the figures that count at some places in some periods; one query."""
    rows = Figure.objects.known_on(day).filter(
        unit__code__in={unit for unit, _ in places},
        indicator__code__in={code for _, code in places},
        period__in=periods,
    )
    heaps: dict[tuple[str, str, str], list[FigureFact]] = {}
    for fact in figure_facts(rows):
        heaps.setdefault((fact.unit, fact.indicator, str(fact.period)), []).append(fact)
    best = {key: counting(heap) for key, heap in heaps.items()}
    return {
        key: fact.value for key, fact in best.items() if fact is not None and is_known(fact.value)
    }


def _place(item: Item) -> Place:
    return item.unit.code, item.indicator.code if item.indicator else ""


def _year(item: Item) -> int | None:
    head = item.period[:4]
    return int(head) if head.isdigit() else None


def _month(period: str) -> str:
    return f"{period}-12" if period.isdigit() else period


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
