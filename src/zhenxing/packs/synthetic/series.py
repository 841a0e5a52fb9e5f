"""Every series of the plan: running totals of flows, levels of stocks, rates, and what is set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from zhenxing.kernel.periods import LAST_OF_YEAR
from zhenxing.kernel.rounding import divide, half_up
from zhenxing.packs.synthetic.paths import HUNDRED, Dice, cumulated, round_number, walked
from zhenxing.packs.synthetic.plan import REST, About, Place, Plan, Rule

STOCK_NOISE = Decimal(2)
SHARE_NOISE = Decimal(6)
RATE_NOISE = 5
DRIFT = Decimal("0.6")

Series = Mapping[About, tuple[Decimal, ...]]


def make_series(plan: Plan) -> Series:
    """Make every series, one month longer than the plan's last month (the open month)."""
    made: dict[About, tuple[Decimal, ...]] = {}
    for rule in plan.rules.values():
        for place in plan.places:
            values = _values(plan, rule, place, made)
            if values is not None:
                made[rule.code, place.code] = _kept_within(rule, place, values, made)
    return made


def set_targets(plan: Plan, series: Series) -> dict[About, Decimal]:
    """Give every value target: those written, and the rule's aim over last year's total."""
    aimed = (
        (rule, place.code)
        for rule in plan.rules.values()
        for place in plan.places
        if rule.aim is not None and (rule.code, place.code) in series
    )
    return {
        (rule.code, unit): _target(plan, rule, unit, series[rule.code, unit][LAST_OF_YEAR - 1])
        for rule, unit in aimed
    } | dict(plan.targets)


def growth_rates(plan: Plan, series: Series) -> Iterator[tuple[About, list[Decimal | None]]]:
    """Give the departments' growth rates, month by month, of the indicators that have them."""
    for (code, unit), values in series.items():
        rule = plan.rules[code]
        if rule.is_given_growth:
            dice = Dice(plan.seed, code, unit, "growth")
            known = plan.known_growth.get((code, unit), {})
            before = dice.between(*rule.growth_before)
            rates = [_rate(rule, dice, values, month, before) for month in range(1, plan.last + 1)]
            yield (code, unit), [known.get(month, rate) for month, rate in enumerate(rates, 1)]


def _values(
    plan: Plan, rule: Rule, place: Place, made: Mapping[About, tuple[Decimal, ...]]
) -> tuple[Decimal, ...] | None:
    if rule.shape in {"split", "ratio"}:
        whole = made.get((rule.of, place.code))
        return None if whole is None else _derived(plan, rule, place, whole, made)
    level = rule.level(place)
    if level is None:
        return None
    make = {"flow": _flow, "stock": _stock, "rate": _swinging}[rule.shape]
    dice = Dice(plan.seed, rule.code, place.code)
    exact = make(plan, rule, place.code, level, dice)
    return tuple(half_up(value, rule.decimals) for value in exact)


def _flow(plan: Plan, rule: Rule, unit: str, level: Decimal, dice: Dice) -> list[Decimal]:
    known = plan.known.get((rule.code, unit), {})
    total = known.get(LAST_OF_YEAR, level * dice.around(rule.spread))
    weights = [share * dice.around(rule.sway) for share in rule.season]
    first = {month: value for month, value in known.items() if month < LAST_OF_YEAR}
    before = cumulated(weights, first | {LAST_OF_YEAR: total})
    closing = plan.last - LAST_OF_YEAR
    now = {month - LAST_OF_YEAR: value for month, value in known.items() if month > LAST_OF_YEAR}
    if closing not in now:
        now[closing] = _by_now(plan, rule, unit, total, before[closing - 1], dice)
    now.setdefault(closing + 1, _a_month_on(before, closing, now[closing]))
    return before + cumulated([weight * dice.around(rule.noise) for weight in weights], now)


def _by_now(
    plan: Plan, rule: Rule, unit: str, total: Decimal, last_year: Decimal, dice: Dice
) -> Decimal:
    lead = plan.leads.get((rule.code, unit))
    if lead is None:
        return last_year * (1 + dice.between(*rule.growth) / HUNDRED)
    due = rule.curve.at(plan.last - LAST_OF_YEAR) + lead
    target = _target(plan, rule, unit, half_up(total, rule.decimals))
    return target * max(due, Decimal(0)) / HUNDRED


def _a_month_on(before: list[Decimal], closing: int, value: Decimal) -> Decimal:
    rise = before[closing] - before[closing - 1]
    return value + (divide(rise * value, before[closing - 1]) if before[closing - 1] else rise)


def _target(plan: Plan, rule: Rule, unit: str, total: Decimal) -> Decimal:
    written = plan.targets.get((rule.code, unit))
    return round_number(total * (1 + (rule.aim or 0) / HUNDRED)) if written is None else written


def _stock(plan: Plan, rule: Rule, unit: str, level: Decimal, dice: Dice) -> list[Decimal]:
    known = dict(plan.known.get((rule.code, unit), {}))
    first = known[min(known)] if known else level * dice.around(rule.spread)
    latest = known[max(known)] if known else first
    growth = 1 + dice.between(*rule.growth) / HUNDRED
    known.setdefault(1, first)
    known.setdefault(plan.last + 1, latest * growth)
    return walked(known, [dice.around(STOCK_NOISE) for _ in range(plan.last + 1)])


def _swinging(plan: Plan, rule: Rule, unit: str, level: Decimal, dice: Dice) -> list[Decimal]:
    known = plan.known.get((rule.code, unit), {})
    low, high = rule.bounds
    around = level + dice.between(-rule.spread, rule.spread)
    swing = rule.spread / RATE_NOISE
    drawn = [around + dice.between(-swing, swing) for _ in range(plan.last + 1)]
    return [known.get(month, min(max(rate, low), high)) for month, rate in enumerate(drawn, 1)]


def _derived(
    plan: Plan,
    rule: Rule,
    place: Place,
    whole: tuple[Decimal, ...],
    made: Mapping[About, tuple[Decimal, ...]],
) -> tuple[Decimal, ...] | None:
    if rule.shape == "ratio":
        size = place.sizes[rule.per]
        return tuple(half_up(divide(each * HUNDRED, size), rule.decimals) for each in whole)
    share = rule.levels.get(place.kind)
    if share is None:
        return None
    if share == REST:
        parts = [made[about] for about in _siblings(plan, rule, place) if about in made]
        return tuple(each - sum(taken) for each, *taken in zip(whole, *parts, strict=True))
    dice = Dice(plan.seed, rule.code, place.code)
    part = Decimal(share) * dice.around(SHARE_NOISE) / HUNDRED
    return tuple(half_up(each * part, rule.decimals) for each in whole)


def _siblings(plan: Plan, rule: Rule, place: Place) -> Iterator[About]:
    return (
        (other.code, place.code)
        for other in plan.rules.values()
        if other.of == rule.of and other.shape == "split" and other.code != rule.code
    )


def _kept_within(
    rule: Rule,
    place: Place,
    values: tuple[Decimal, ...],
    made: Mapping[About, tuple[Decimal, ...]],
) -> tuple[Decimal, ...]:
    whole = made.get((rule.within, place.code))
    return values if whole is None else tuple(map(min, values, whole))


def _rate(
    rule: Rule, dice: Dice, values: tuple[Decimal, ...], month: int, before: Decimal
) -> Decimal | None:
    gap = dice.between(*rule.gap)
    if month <= LAST_OF_YEAR:
        return half_up(before + dice.between(-DRIFT, DRIFT), 1)
    earlier = values[month - LAST_OF_YEAR - 1]
    if not earlier:
        return None
    return half_up(divide(values[month - 1] * HUNDRED, earlier) - HUNDRED + gap, 1)
