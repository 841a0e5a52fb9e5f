"""Told histories: every line possible, in order, and ending where the wide table stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from zhenxing.engine.standing import Standing, counting
from zhenxing.engine.standing import Vintage as EngineVintage
from zhenxing.kernel.periods import Period
from zhenxing.kernel.values import Absence
from zhenxing.packs.checks.index import Index
from zhenxing.packs.sections.numbers import Told, Vintage

_START = datetime(2000, 1, 1, tzinfo=UTC)
_STEP = timedelta(microseconds=1)
_STANDINGS = {standing.value: standing for standing in Standing}
_VINTAGES = {vintage.value: vintage for vintage in EngineVintage}


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of a history as the rule of standing sees it; later lines were recorded later."""

    line: Vintage
    value: Decimal | Absence
    standing: Standing
    vintage: EngineVintage
    recorded: datetime
    business_date: date
    withdraws: bool = False


def check_history(index: Index) -> None:
    """Check each line by itself, then each history as a whole."""
    stories: dict[tuple[str, str, str], list[Vintage]] = defaultdict(list)
    for line in index.pack.history:
        told = line.told
        index.has_unit(told.place, told.unit)
        if index.has_indicator(told.place, told.indicator):
            _check_period(line, index)
        _check_day(line, index)
        stories[told.about].append(line)
    wide = {told.about: told for told in index.pack.figures}
    for about, lines in stories.items():
        _check_story(lines, wide.get(about), index)


def what_counts(lines: Sequence[Vintage]) -> Vintage:
    """Return the line of a history that counts by the rule of standing."""
    counted = counting(
        Counted(
            line,
            line.told.value,
            _STANDINGS[line.standing],
            _VINTAGES[line.vintage],
            _START + number * _STEP,
            line.business_date,
        )
        for number, line in enumerate(lines)
    )
    if counted is None:
        raise ValueError("a history has at least one line")
    return counted.line


def _check_period(line: Vintage, index: Index) -> None:
    calendar = index.calendars.get(line.told.indicator)
    period = Period.parse(line.told.period)
    if calendar is None or calendar.exists(period):
        return
    known = "、".join(str(each) for each in calendar.periods(period.year))
    what = f"按发布日历「{line.told.indicator}」没有{period}的数"
    index.findings.add(line.told.place, what, f"写{known}之一")


def _check_day(line: Vintage, index: Index) -> None:
    if line.business_date > index.today:
        what = f"业务日期{line.business_date}晚于本站的{index.today}"
        index.findings.add(line.told.place, what, "核对日期")
    elif line.business_date < Period.parse(line.told.period).first_day:
        what = f"业务日期{line.business_date}早于{line.told.period}"
        index.findings.add(line.told.place, what, "核对日期")


def _check_story(lines: Sequence[Vintage], wide: Told | None, index: Index) -> None:
    for earlier, later in pairwise(lines):
        if later.business_date < earlier.business_date:
            index.findings.add(
                later.told.place,
                f"业务日期{later.business_date}早于上一条（{earlier.told.place}）",
                "同一个数的各条按日期从早到晚写",
            )
    last = what_counts(lines)
    told = last.told
    if wide is not None and wide.value != told.value:
        index.findings.add(
            told.place,
            f"历次取{_shown(told.value)}，{wide.place} {wide.cell}格却是{_shown(wide.value)}",
            "改成一致：历次中算数的那一条就是年度表里的数",
        )
    elif wide is None and _is_due(told, index):
        index.findings.add(
            told.place,
            f"{told.period}已发布，年度表里{told.unit}「{told.indicator}」却是空白",
            "在 figures/ 的年度表里补上最后的数",
        )


def _is_due(told: Told, index: Index) -> bool:
    calendar, period = index.calendars.get(told.indicator), Period.parse(told.period)
    if calendar is None or not calendar.exists(period):
        return False
    return calendar.published_on(period) <= index.today


def _shown(value: Decimal | Absence) -> str:
    return value.label if isinstance(value, Absence) else f"{value:f}"
