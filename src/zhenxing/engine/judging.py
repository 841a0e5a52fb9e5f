"""Targets held against figures: which is in force, what is measured, which lamp it lights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhenxing.engine.facts import IndicatorDef, TargetFact
from zhenxing.engine.lamps import Colour, Lamp, RuleBook, light
from zhenxing.engine.progress import over
from zhenxing.engine.ranks import Place
from zhenxing.engine.reckoning import Reckoned
from zhenxing.engine.rows import Judgement, State
from zhenxing.kernel.rounding import WIDE
from zhenxing.kernel.values import MISSING, is_known

_ORDER = {"value": 0, "range": 0, "growth": 1, "rank": 2, "gap": 3, "grade": 4}
_ELSEWHERE = {
    "gap": "差距目标由追赶超越计划对照，不按月亮灯",
    "grade": "等次目标由年终考核认定，不按月亮灯",
}

Measured = tuple[str, Decimal] | Lamp  # a measure with its number, or why there is none


@dataclass(frozen=True, slots=True)
class Held:
    """What targets are held against: an indicator's numbers and its place."""

    indicator: IndicatorDef
    reckoned: Reckoned
    place: Place | None


def in_force(
    targets: Iterable[TargetFact], year: int, today: date
) -> dict[tuple[str, str], tuple[TargetFact, ...]]:
    """Return the year's targets issued by `today`, by unit and indicator, level first.

    Of several versions of one kind the latest issued counts, then the higher version.
    """
    latest: dict[tuple[str, str, str], TargetFact] = {}
    for fact in targets:
        if fact.year != year or fact.issued > today:
            continue
        key = (fact.unit, fact.indicator, fact.target.kind)
        if key not in latest or _age(fact) > _age(latest[key]):
            latest[key] = fact
    grouped: dict[tuple[str, str], list[TargetFact]] = {}
    for (unit, indicator, _), fact in latest.items():
        grouped.setdefault((unit, indicator), []).append(fact)
    return {
        key: tuple(sorted(facts, key=lambda fact: (_ORDER[fact.target.kind], fact.target.kind)))
        for key, facts in grouped.items()
    }


def level_of(targets: Iterable[TargetFact]) -> TargetFact | None:
    """Return the open level target, if there is one."""
    return next((t for t in targets if t.target.is_level and t.target.is_open), None)


def judge(fact: TargetFact, held: Held, book: RuleBook) -> Judgement:
    """Hold one target against the figure and light its lamp."""
    target = fact.target
    if target.no_task:
        return Judgement(fact, State.NO_TASK, Lamp(Colour.NONE, "无任务"))
    if target.masked:
        return Judgement(fact, State.MASKED, Lamp(Colour.GREY, "目标未公开"))
    completion = held.reckoned.completion if target.is_level else None
    measured = _measure(fact, held)
    if isinstance(measured, Lamp):
        lamp, state = _unmeasured(measured, held.indicator)
        return Judgement(fact, state, lamp, completion=completion)
    measure, number = measured
    rules = book.find(measure, indicator=held.indicator.code)
    lamp = light(rules, number) if rules else Lamp(Colour.GREY, "没有适用的亮灯规则")
    state = State.UNDECIDED if lamp.colour is Colour.GREY else State.JUDGED
    return Judgement(fact, state, lamp, measure, number, completion)


def _measure(fact: TargetFact, held: Held) -> Measured:
    target = fact.target
    if target.value is None or target.kind in _ELSEWHERE:
        return Lamp(Colour.GREY, _ELSEWHERE[target.kind])
    match target.kind:
        case "growth":
            return _growth_gap(target.value, held, ceiling=target.comparator == "<=")
        case "rank":
            return _rank_gap(target.value, held)
        case _:
            return _level(target.value, held, ceiling=target.is_ceiling)


def _level(aim: Decimal, held: Held, *, ceiling: bool) -> Measured:
    value = held.reckoned.value
    if not is_known(value):
        return _lack(held.reckoned)
    if ceiling and aim >= 0:
        return "over", over(value, aim)
    if held.reckoned.lead is None:
        return Lamp(Colour.GREY, "目标值不大于零，不能计算完成率")
    return "lead", held.reckoned.lead


def _growth_gap(aim: Decimal, held: Held, *, ceiling: bool) -> Measured:
    growth = held.reckoned.growth
    if growth is None:
        return Lamp(Colour.GREY, "该指标不计增速，不能与增速目标对照")
    if growth.value is None and not growth.given and not is_known(held.reckoned.value):
        return _lack(held.reckoned)
    if growth.value is None:
        return Lamp(Colour.MISSING if growth.given else Colour.GREY, growth.reason)
    gap = WIDE.subtract(growth.value, aim)
    return "growth_gap", -gap if ceiling else gap


def _rank_gap(aim: Decimal, held: Held) -> Measured:
    if held.indicator.counts_places:
        place = held.reckoned.value
        return ("rank_gap", WIDE.subtract(aim, place)) if is_known(place) else _lack(held.reckoned)
    if held.place is None:
        return Lamp(Colour.GREY, "没有同类位次，不能与位次目标对照")
    return "rank_gap", aim - held.place.place


def absent(reckoned: Reckoned, indicator: IndicatorDef) -> tuple[Lamp, State]:
    """Return lamp and state of a value that is missing, whatever the targets are."""
    return _unmeasured(_lack(reckoned), indicator)


def _unmeasured(lamp: Lamp, indicator: IndicatorDef) -> tuple[Lamp, State]:
    """Return why nothing was measured; what the statistics office owes is no unit's default."""
    if lamp.colour is not Colour.MISSING:
        return lamp, State.UNDECIDED
    if not indicator.is_received:
        return lamp, State.MISSING
    reason = lamp.reason.replace("未报", "未收到")
    return Lamp(Colour.GREY, f"{reason}（由统计部门提供，不由本单位填报）"), State.NOT_RECEIVED


def _lack(reckoned: Reckoned) -> Lamp:
    if reckoned.value is not MISSING:
        return Lamp(Colour.GREY, "数据未公开")
    names = "、".join(f"{period.label_in_year or '全年'}数" for period in reckoned.missing)
    return Lamp(Colour.MISSING, f"{names}未报")


def _age(fact: TargetFact) -> tuple[date, int, str, str]:
    return fact.issued, fact.version, fact.document, fact.target.label
