"""What the pages of targets show, put together for their templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.engine.breakdown import by_curve, path, quarters, split
from zhenxing.kernel.periods import LAST_OF_YEAR
from zhenxing.kernel.wording import number
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Membership, Unit, WorkingGroup
from zhenxing.targets import queries
from zhenxing.targets.choices import Axis, Way
from zhenxing.targets.forms import Key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from django.db.models import QuerySet

    from zhenxing.engine.facts import IndicatorDef
    from zhenxing.indicators.models import Target
    from zhenxing.targets.models import Breakdown
    from zhenxing.targets.queries import Aimed

QUARTERS = ("一季度", "二季度", "三季度", "四季度")
NOT_SPLIT = "按比率各自达到，不相加，没有余数。"


@dataclass(frozen=True)
class TaskLine:
    """One line of the 任务分解表."""

    name: str
    measure: str
    aim: str
    parts: tuple[Decimal, ...]
    left: Decimal | None
    way: str
    answering: tuple[str, str, str, str]
    code: str
    decimals: int


@dataclass(frozen=True)
class TaskTable:
    """The 任务分解表 of a unit: months or quarters of every level target."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[TaskLine, ...]
    notes: tuple[str, ...]
    others: tuple[Aimed, ...]


@dataclass(frozen=True)
class PartShown:
    """One line of the page that breaks a target down: what is written in it."""

    key: Key
    value: str
    measures: str = ""
    deadline: str = ""
    person: str = ""


def task_table(name: str, year: int, aimed: Sequence[Aimed], by: str) -> TaskTable:
    """Lay a unit's level targets out by month or by quarter, with their remainders."""
    is_quarterly = by == Axis.QUARTER
    heads = QUARTERS if is_quarterly else tuple(f"{n}月" for n in range(1, LAST_OF_YEAR + 1))
    lines = [
        _task(each, each.level, is_quarterly=is_quarterly)
        for each in aimed
        if each.level is not None
    ]
    return TaskTable(
        title=f"{name}{year}年任务分解表",
        heads=heads,
        lines=tuple(lines),
        notes=(
            "余数是目标减各项之和，四舍五入或未分下去的部分，不摊入各项；存量、比率各期是应到的水平。",
        ),
        others=tuple(each for each in aimed if each.level is None),
    )


def _task(each: Aimed, target: Target, *, is_quarterly: bool) -> TaskLine:
    made = each.broken.get(Axis.QUARTER)
    if is_quarterly and made is not None and len(made.parts.all()) == len(QUARTERS):
        parts = tuple(part.value for part in made.parts.all())
        remainder, way = made.remainder, made.get_way_display()
    else:
        months = queries.months_of(target, each.indicator, each.broken.get(Axis.MONTH))
        parts = quarters(months.manner, months.parts) if is_quarterly else months.parts
        remainder = months.left
        way = months.way if months.made is not None else "未分解，按曲线"
    line = each.line
    return TaskLine(
        name=each.indicator.name,
        measure=each.indicator.measure,
        aim=target.aim.label,
        parts=parts,
        left=remainder,
        way=way,
        answering=(
            line.group.name if line.group else "",
            str(line.whole or ""),
            str(line.first or ""),
            str(line.direct or ""),
        ),
        code=each.indicator.code,
        decimals=each.indicator.decimals,
    )


def keys_of(target: Target, axis: str, day: date) -> list[Key]:
    """Give the places a target may be broken down to along an axis."""
    if axis == Axis.MONTH:
        months = range(1, LAST_OF_YEAR + 1)
        return [Key(f"{target.year}-{n:02}", f"{n}月", is_needed=True) for n in months]
    if axis == Axis.QUARTER:
        named = enumerate(QUARTERS, 1)
        return [Key(f"{target.year}-Q{n}", name, is_needed=True) for n, name in named]
    if axis == Axis.PERSON:
        return _people(target.unit, day)
    if axis == Axis.UNIT:
        return [Key(each.code, each.name) for each in _units(target.unit, day)]
    groups = WorkingGroup.objects.filter(unit=target.unit).open_on(day)
    return [Key(group.code, group.name) for group in groups]


def _units(unit: Unit, day: date) -> QuerySet[Unit]:
    """Give a town's villages and offices, or the county's towns."""
    if unit.kind == UnitKind.COUNTY:
        return organisation_queries.towns_on(day)
    small = Unit.objects.of_kind(UnitKind.OFFICE, UnitKind.VILLAGE).filter(parent=unit)
    return small.open_on(day)


def _people(unit: Unit, day: date) -> list[Key]:
    seats = Membership.objects.filter(group__unit=unit).valid_on(day).select_related("person")
    people = {seat.person.username: seat.person.name for seat in seats.order_by("person__username")}
    return [Key(username, name) for username, name in people.items()]


def suggested(
    target: Target, axis: str, way: str, keys: Sequence[Key], known: IndicatorDef
) -> list[str]:
    """Give what a way would write into the places; by hand nothing is written."""
    value, places = target.value, known.decimals
    if value is None or way == Way.HAND or not keys:
        return [""] * len(keys)
    manner = queries.manner_of(known, axis)
    if manner == "each":
        return [_plain(value)] * len(keys)
    if way == Way.EVEN and manner == "sum":
        parts = split(value, [value * 0 + 1] * len(keys), places).parts
    elif axis in {Axis.MONTH, Axis.QUARTER}:
        spread = by_curve if manner == "sum" else path
        months = spread(value, places, known.plan).parts
        parts = months if axis == Axis.MONTH else quarters(manner, months)
    else:
        return [""] * len(keys)
    return [_plain(part) for part in parts]


def parts_shown(
    keys: Sequence[Key], made: Breakdown | None, proposed: Sequence[str]
) -> list[PartShown]:
    """Give the lines of the page: what a breakdown says, with proposed values over it."""
    said = {part.key: part for part in made.parts.all()} if made is not None else {}
    shown = []
    for key, value in zip(keys, proposed, strict=True):
        part = said.get(key.code)
        if part is None:
            shown.append(PartShown(key, value))
            continue
        shown.append(
            PartShown(
                key,
                value or _plain(part.value),
                part.measures,
                part.deadline.isoformat() if part.deadline else "",
                part.person,
            )
        )
    return shown


def parts_posted(keys: Sequence[Key], posted: Mapping[str, str]) -> list[PartShown]:
    """Give the lines of the page as somebody just wrote them, so that nothing is lost."""
    names = ("value", "measures", "deadline", "person")
    return [
        PartShown(key, *(posted.get(f"{name}-{key.code}", "") for name in names)) for key in keys
    ]


def left_words(manner: str, known: IndicatorDef, remainder: Decimal | None) -> str:
    """Say in a sentence what the parts leave of the target."""
    if remainder is None:
        return NOT_SPLIT
    amount = f"{number(remainder.copy_abs())}{known.measure}"
    if not remainder:
        return "各项合起来正好是目标，余数为0。"
    if manner == "path":
        return f"最后一期离目标还差{amount}。" if remainder > 0 else f"最后一期超过目标{amount}。"
    return f"还有{amount}没有分下去。" if remainder > 0 else f"各项合计比目标多{amount}。"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
