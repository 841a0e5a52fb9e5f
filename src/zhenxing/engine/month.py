"""The month: the one computation behind cockpit, county page, command and notice.

For each unit and indicator: which period the row speaks for, the year to date and who stands behind
it, what is missing, the targets and how far they are reached, time progress and lead, growth, place
in the class and its move, and the lamp with its reason.

Rules (docs/algorithms/progress.md, lamps.md, ranks.md): a figure whose day of release has not come
is not published, never behind; a masked target is not judged; no target, no task and an unreported
figure are three different things, and what the statistics office has not handed over is a fourth;
of several targets the level one lights the lamp, otherwise growth, then rank; ranks go by unrounded
numbers inside the class.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhenxing.engine.facts import Facts, FigureFact, IndicatorDef, TargetFact
from zhenxing.engine.judging import Held, absent, in_force, judge, level_of
from zhenxing.engine.lamps import Colour, Lamp, RuleBook
from zhenxing.engine.ranks import Place, moved, ranked
from zhenxing.engine.reckoning import (
    Ledger,
    Reckoned,
    rank_score,
    reckon,
    score_at,
    unreckoned,
)
from zhenxing.engine.rows import Judgement, Month, Row, State
from zhenxing.kernel.periods import Period
from zhenxing.kernel.values import MISSING, is_known

_NO_TARGET = Lamp(Colour.NONE, "未下达目标")
_NO_TASK = Lamp(Colour.NONE, "无任务")

Targets = Mapping[tuple[str, str], tuple[TargetFact, ...]]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all rows of the month share."""

    asked: Period
    today: date
    peers: Mapping[str, str | None]
    ledger: Ledger
    targets: Targets
    book: RuleBook


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The periods of an indicator that are out, those that are not, and what is still awaited."""

    published: tuple[Period, ...]
    unpublished: tuple[Period, ...]
    awaited: Period | None
    awaited_on: date | None
    silence: Lamp | None


@dataclass(frozen=True, slots=True)
class _Column:
    """What the rows of one indicator share, each unit's targets among it.

    levels: the open level target of each unit. contest: the units to be ranked, by class.
    """

    indicator: IndicatorDef
    spoken: _Spoken
    aims: Mapping[str, tuple[TargetFact, ...]]
    levels: Mapping[str, TargetFact | None]
    contest: Mapping[str, list[str]]


def assess(
    facts: Facts, *, asked: Period, today: date, units: Collection[str] | None = None
) -> Month:
    """Reckon a month as it is known on a business date.

    asked: the month (any period is taken by the month it closes with). today: the business date;
    figures of later business dates, releases of later days and targets issued later are not known
    yet, so that an earlier date gives the page of that day. units: the ones rows are wanted for;
    all of `facts.peers` by default, which are ranked among each other either way.

    Equal facts in any order give equal rows.

    >>> from datetime import datetime, UTC
    >>> from zhenxing.engine.releases import Release
    >>> from zhenxing.engine.standing import Standing, Vintage
    >>> fai = IndicatorDef(code="fai", name="固定资产投资", release=Release("month", day=18))
    >>> figure = FigureFact(
    ...     "T01", "fai", Period.parse("2023-09"), Decimal(8208), Standing.CONFIRMED, Vintage.FINAL,
    ...     datetime(2023, 10, 18, 9, tzinfo=UTC), date(2023, 10, 18),
    ... )
    >>> county = Facts(
    ...     indicators=[fai],
    ...     peers={"T01": "山区镇"},
    ...     figures=[figure],
    ...     targets=[],
    ...     rules=RuleBook(()),
    ... )
    >>> month = assess(county, asked=Period.parse("2023-09"), today=date(2023, 10, 20))
    >>> row = month.row("T01", "fai")
    >>> row.value, row.time_progress, row.standing.label, row.lamp.reason
    (Decimal('8208'), Decimal('75'), '核定', '未下达目标')
    """
    indicators = sorted(facts.indicators, key=lambda indicator: indicator.code)
    frame = _Frame(
        asked,
        today,
        facts.peers,
        Ledger(facts.figures, indicators, asked.year, today),
        in_force(facts.targets, asked.year, today),
        facts.rules,
    )
    wanted = set(facts.peers if units is None else units)
    rows = [row for each in indicators for row in _column_rows(frame, each, wanted)]
    rows.sort(key=lambda row: row.unit)
    return Month(asked, today, tuple(rows))


def _column_rows(frame: _Frame, indicator: IndicatorDef, wanted: set[str]) -> Iterator[Row]:
    column = _column(frame, indicator)
    published = column.spoken.published
    reckoned = {
        unit: reckon(frame.ledger, unit, indicator, published, level)
        if published
        else unreckoned(indicator)
        for unit, level in column.levels.items()
        if unit in wanted
    }
    places: dict[str, Place] = {}
    if published:
        places = _places(column, _scores(frame, column, published, reckoned))
    if len(published) > 1:
        places = moved(places, _places(column, _scores(frame, column, published[:-1], {})))
    for unit, numbers in reckoned.items():
        yield _row(frame, column, unit, numbers, places.get(unit))


def _column(frame: _Frame, indicator: IndicatorDef) -> _Column:
    aims = {unit: frame.targets.get((unit, indicator.code), ()) for unit in frame.peers}
    contest: dict[str, list[str]] = {}
    for unit, peer_class in frame.peers.items():
        if peer_class is not None and not _has_no_task(aims[unit]):
            contest.setdefault(peer_class, []).append(unit)
    levels = {unit: level_of(targets) for unit, targets in aims.items()}
    return _Column(indicator, _spoken(indicator, frame.asked, frame.today), aims, levels, contest)


def _spoken(indicator: IndicatorDef, asked: Period, today: date) -> _Spoken:
    release = indicator.release
    closed = [p for p in release.periods(asked.year) if p.last_month <= asked.last_month]
    out = [index for index, p in enumerate(closed) if release.published_on(p) <= today]
    heard = out[-1] + 1 if out else 0
    if closed and heard == len(closed):
        return _Spoken(tuple(closed), (), None, None, None)
    awaited = closed[-1] if closed else release.next_after(asked)
    day = release.published_on(awaited)
    year = f"{day.year}年" if day.year != asked.year else ""
    reason = (
        f"{awaited.label_in_year or '全年'}数{year}{day.month}月{day.day}日发布，未到发布日不判进度"
    )
    silence = Lamp(Colour.GREY, reason)
    return _Spoken(tuple(closed[:heard]), tuple(closed[heard:]), awaited, day, silence)


def _scores(
    frame: _Frame,
    column: _Column,
    periods: tuple[Period, ...],
    reckoned: Mapping[str, Reckoned],
) -> dict[str, Decimal | None]:
    return {
        unit: rank_score(column.indicator, reckoned[unit])
        if unit in reckoned
        else score_at(frame.ledger, unit, column.indicator, periods, level)
        for unit, level in column.levels.items()
    }


def _places(column: _Column, scores: Mapping[str, Decimal | None]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for units in column.contest.values():
        values = {unit: scores[unit] for unit in units}
        places |= ranked(values, column.indicator.direction)
    return places


def _row(frame: _Frame, column: _Column, unit: str, reckoned: Reckoned, place: Place | None) -> Row:
    indicator, spoken = column.indicator, column.spoken
    judgements = _judgements(frame, column, unit, Held(indicator, reckoned, place))
    main = next((each for each in judgements if each.target.target.is_open), None)
    lamp, state = _outcome(column, unit, reckoned, judgements, main)
    period = spoken.published[-1] if spoken.published else None
    silent = period is None or period.last_month != frame.asked.last_month
    return Row(
        unit=unit,
        indicator=indicator,
        asked=frame.asked,
        period=period,
        value=reckoned.value,
        figures=reckoned.figures,
        missing=reckoned.missing,
        early=_early(frame, column, unit),
        judgements=judgements,
        main=main,
        completion=reckoned.completion,
        time_progress=reckoned.due,
        curve=indicator.plan.name,
        lead=reckoned.lead,
        growth=reckoned.growth,
        growth_given=reckoned.growth_given,
        growth_computed=reckoned.growth_computed,
        place=place,
        awaited=spoken.awaited,
        awaited_on=spoken.awaited_on,
        leading=indicator.leading if silent else (),
        lamp=lamp,
        state=state,
    )


def _judgements(frame: _Frame, column: _Column, unit: str, held: Held) -> tuple[Judgement, ...]:
    silence = column.spoken.silence
    if silence is not None:
        return tuple(Judgement(fact, State.NOT_PUBLISHED, silence) for fact in column.aims[unit])
    return tuple(judge(fact, held, frame.book) for fact in column.aims[unit])


def _outcome(
    column: _Column,
    unit: str,
    reckoned: Reckoned,
    judgements: tuple[Judgement, ...],
    main: Judgement | None,
) -> tuple[Lamp, State]:
    if _has_no_task(column.aims[unit]):
        return _NO_TASK, State.NO_TASK
    if column.spoken.silence is not None:
        return column.spoken.silence, State.NOT_PUBLISHED
    if main is not None:
        return main.lamp, main.state
    if reckoned.value is MISSING:
        return absent(reckoned, column.indicator)
    masked = next((each for each in judgements if each.state is State.MASKED), None)
    return (masked.lamp, masked.state) if masked else (_NO_TARGET, State.NO_TARGET)


def _has_no_task(targets: tuple[TargetFact, ...]) -> bool:
    return bool(targets) and all(fact.target.no_task for fact in targets)


def _early(frame: _Frame, column: _Column, unit: str) -> FigureFact | None:
    for period in reversed(column.spoken.unpublished):
        figure = frame.ledger.figure(unit, column.indicator.code, period.year, period.last_month)
        if figure is not None and is_known(figure.value):
            return figure
    return None
