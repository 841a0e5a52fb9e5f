"""Figures: known codes, possible periods, nothing from the future, parts within their whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from zhenxing.kernel.periods import LAST_OF_YEAR, Period
from zhenxing.kernel.values import Absence, is_known
from zhenxing.packs.checks.index import Index
from zhenxing.packs.places import Place
from zhenxing.packs.sections.dictionary import Indicator
from zhenxing.packs.sections.numbers import Told


def check_wide(index: Index) -> None:
    """The tables of values and of growth rates."""
    figures, growths = index.pack.figures, index.pack.growths
    _check_lines(figures, index)
    _check_lines(growths, index)
    _check_reach(figures, index)
    _check_growths(figures, growths, index)
    _check_bounds(figures, index)


def check_totals(index: Index) -> None:
    """Totals of whole years: known, over, and equal to December's cumulative figure."""
    _check_lines(index.pack.totals, index)
    december = {told.about: told for told in index.pack.figures}
    for told in index.pack.totals:
        one = index.indicators.get(told.indicator)
        if one is None:
            continue
        year = Period.parse(told.period)
        if not year.is_over(index.today):
            index.findings.add(told.place, f"{told.period}年还没有过完", "删去这一条")
        for closing in _closing_keys(told, index):
            other = december.get(closing)
            if other is not None and closing == told.about:
                index.findings.add(
                    told.place, f"{told.period}年的数在 {other.place} 也有", "只留一处"
                )
                continue
            agrees = other is None or other.value == told.value or one.reading == "current"
            if other is not None and not agrees:
                there = f"{other.place} {other.cell}格的{_shown(other.value)}"
                what = f"全年数{_shown(told.value)}与 {there}不同"
                index.findings.add(told.place, what, "核对两处，改成同一个数")


def check_parts(index: Index) -> None:
    """The parts of an indicator together are not greater than the whole."""
    values = {told.about: told for told in index.pack.figures}
    parts: dict[str, list[Indicator]] = defaultdict(list)
    for one in index.indicators.values():
        if one.parts_of in index.indicators and one.kind != "rate":
            parts[str(one.parts_of)].append(one)
    for code, each in parts.items():
        wholes = [told for told in index.pack.figures if told.indicator == code]
        for told in wholes:
            _check_sum(told, each, values, index)


def _check_lines(tolds: Iterable[Told], index: Index) -> None:
    """Look at each line of a table once: its unit, its indicator, and that it stands there once."""
    seen: dict[tuple[str, str, str], Told] = {}
    known: set[Place] = set()
    repeated: set[Place] = set()
    for told in tolds:
        if told.place not in known:
            known.add(told.place)
            index.has_unit(told.place, told.unit)
            index.has_indicator(told.place, told.indicator)
        first = seen.setdefault(told.about, told)
        if first is not told and told.place not in repeated:
            repeated.add(told.place)
            index.findings.add(
                told.place,
                f"{told.unit}「{told.indicator}」{told.period}写了两遍，上一处在 {first.place}",
                "只留一处",
            )


def _check_reach(figures: Iterable[Told], index: Index) -> None:
    """Note what is not published yet on the pack's day, once a line."""
    noted: set[Place] = set()
    for told in figures:
        calendar = index.calendars.get(told.indicator)
        if calendar is None or told.place in noted:
            continue
        day = calendar.published_on(Period.parse(told.period))
        if day > index.today:
            noted.add(told.place)
            index.findings.add(
                told.place,
                f"{told.cell}格：{told.period}的数要到{day}才发布，晚于业务日期{index.today}",
                "把这一格留空，或改 indicators.yaml 里的 release",
            )


def _check_growths(figures: Iterable[Told], growths: Iterable[Told], index: Index) -> None:
    present = {told.about for told in figures}
    noted: set[Place] = set()
    for told in growths:
        one = index.indicators.get(told.indicator)
        if one is None or told.place in noted:
            continue
        if one.sound("growth") and one.growth != "given":
            noted.add(told.place)
            index.findings.add(
                told.place,
                f"「{one.name}」的同比不是给出的（growth: {one.growth}）",
                "删去这一行，或在 indicators.yaml 里写 growth: given",
            )
        elif told.about not in present:
            index.findings.add(
                told.place,
                f"{told.cell}格有同比，同期的数却是空白",
                "在数值表里补上数；不公开的写 **，缺的写 -",
            )


def _check_bounds(figures: Iterable[Told], index: Index) -> None:
    noted: set[Place] = set()
    for told in figures:
        one = index.indicators.get(told.indicator)
        bounds = one.plausible if one else None
        if bounds is None or told.place in noted or not is_known(told.value):
            continue
        low, high = bounds.low, bounds.high
        if low is not None and high is not None and low > high:
            continue
        if (low is not None and told.value < low) or (high is not None and told.value > high):
            noted.add(told.place)
            index.findings.warn(
                told.place,
                f"{told.cell}格的{told.value}不在合理范围{_shown(low)}—{_shown(high)}之内",
                "核对；属实的不必改",
            )


def _check_sum(
    whole: Told,
    parts: Iterable[Indicator],
    values: Mapping[tuple[str, str, str], Told],
    index: Index,
) -> None:
    if not is_known(whole.value):
        return
    told = [values.get((whole.unit, part.code, whole.period)) for part in parts]
    known = [each.value for each in told if each is not None and is_known(each.value)]
    step = Decimal(1).scaleb(-index.indicators[whole.indicator].decimals)
    slack = step * len(known) / 2
    total = sum(known, Decimal(0))
    if known and total > whole.value + slack:
        places = "、".join(str(each.place) for each in told if each is not None)
        index.findings.add(
            whole.place,
            f"{whole.cell}格的整体{whole.value}小于其中各项之和{total}（{places}）",
            "核对各项，部分不能大于整体",
        )


def _closing_keys(total: Told, index: Index) -> Iterator[tuple[str, str, str]]:
    """Give what the wide table calls the figure that closes the year."""
    calendar = index.calendars.get(total.indicator)
    closing = (
        calendar.ending_in(Period.month(int(total.period), LAST_OF_YEAR)) if calendar else None
    )
    if closing is not None:
        yield total.unit, total.indicator, str(closing)


def _shown(value: Decimal | Absence | None) -> str:
    if isinstance(value, Absence):
        return value.label
    return "…" if value is None else f"{value:f}"
