"""The month: the one computation behind cockpit, county page, command and notice.

For each unit and indicator: which period the row speaks for, the year to date and who stands behind
it, what is missing, the targets and how far they are reached, time progress and lead, growth, place
in the class and its move, and the lamp with its reason.

Rules (docs/algorithms/progress.md, lamps.md, ranks.md): a figure whose day of release has not come
is not published, never behind; a masked target is not judged; no target, no task and an unreported
figure are three different things; of several targets the level one lights the lamp, otherwise
growth, then rank; ranks go by unrounded numbers inside the class.
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
    earlier_score,
    rank_score,
    reckon,
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

    def aims(self, unit: str, indicator: IndicatorDef) -> tuple[TargetFact, ...]:
        return self.targets.get((unit, indicator.code), ())


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What all units share for one indicator: the periods out so far and what is still awaited."""

    published: tuple[Period, ...]
    unpublished: tuple[Period, ...]
    awaited: Period | None
    awaited_on: date | None
    silence: Lamp | None


def assess(
    facts: Facts, *, asked: Period, today: date, units: Collection[str] | None = None
) -> Month:
    """Reckon a month as it is known on a business date.

    asked: the month (any period is taken by the month it closes with). today: the business date;
    figures of later business dates, releases of later days and targets issued later are not known
    yet, so that an earlier date gives the page of that day. units: the ones rows are wanted for;
    all of `facts.peers` by default, which are ranked among each other either way.

    Equal facts in any order give equal rows.
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
    rows = [row for each in indicators for row in _indicator_rows(frame, each, wanted)]
    rows.sort(key=lambda row: row.unit)
    return Month(asked, today, tuple(rows))


def _indicator_rows(frame: _Frame, indicator: IndicatorDef, wanted: set[str]) -> Iterator[Row]:
    spoken = _spoken(indicator, frame.asked, frame.today)
    reckoned = _reckon_all(frame, indicator, spoken.published)
    scores = {unit: rank_score(indicator, numbers) for unit, numbers in reckoned.items()}
    places = _places(frame, indicator, scores)
    if len(spoken.published) > 1:
        earlier = _earlier_scores(frame, indicator, spoken.published[:-1])
        places = moved(places, _places(frame, indicator, earlier))
    for unit in frame.peers:
        if unit in wanted:
            yield _row(frame, spoken, indicator, unit, reckoned[unit], places.get(unit))


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


def _reckon_all(
    frame: _Frame, indicator: IndicatorDef, periods: tuple[Period, ...]
) -> dict[str, Reckoned]:
    if not periods:
        return dict.fromkeys(frame.peers, unreckoned(indicator))
    return {
        unit: reckon(frame.ledger, unit, indicator, periods, level_of(frame.aims(unit, indicator)))
        for unit in frame.peers
    }


def _earlier_scores(
    frame: _Frame, indicator: IndicatorDef, periods: tuple[Period, ...]
) -> dict[str, Decimal | None]:
    return {
        unit: earlier_score(
            frame.ledger, unit, indicator, periods, level_of(frame.aims(unit, indicator))
        )
        for unit in frame.peers
    }


def _places(
    frame: _Frame, indicator: IndicatorDef, scores: Mapping[str, Decimal | None]
) -> dict[str, Place]:
    classes: dict[str, dict[str, Decimal | None]] = {}
    for unit, score in scores.items():
        peer_class = frame.peers[unit]
        if peer_class is not None and not _has_no_task(frame.aims(unit, indicator)):
            classes.setdefault(peer_class, {})[unit] = score
    return {
        unit: place
        for peers in classes.values()
        for unit, place in ranked(peers, indicator.direction).items()
    }


def _row(
    frame: _Frame,
    spoken: _Spoken,
    indicator: IndicatorDef,
    unit: str,
    reckoned: Reckoned,
    place: Place | None,
) -> Row:
    judgements = _judgements(frame, spoken, Held(indicator, reckoned, place), unit)
    main = next((each for each in judgements if each.target.target.is_open), None)
    lamp, state = _outcome(spoken, reckoned, judgements, main)
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
        early=_early(frame, spoken, indicator, unit),
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


def _judgements(frame: _Frame, spoken: _Spoken, held: Held, unit: str) -> tuple[Judgement, ...]:
    aims = frame.aims(unit, held.indicator)
    if spoken.silence is not None:
        return tuple(Judgement(fact, State.NOT_PUBLISHED, spoken.silence) for fact in aims)
    return tuple(judge(fact, held, frame.book) for fact in aims)


def _outcome(
    spoken: _Spoken,
    reckoned: Reckoned,
    judgements: tuple[Judgement, ...],
    main: Judgement | None,
) -> tuple[Lamp, State]:
    if _has_no_task(tuple(each.target for each in judgements)):
        return _NO_TASK, State.NO_TASK
    if spoken.silence is not None:
        return spoken.silence, State.NOT_PUBLISHED
    if main is not None:
        return main.lamp, main.state
    if reckoned.value is MISSING:
        return absent(reckoned), State.MISSING
    masked = next((each for each in judgements if each.state is State.MASKED), None)
    return (masked.lamp, masked.state) if masked else (_NO_TARGET, State.NO_TARGET)


def _has_no_task(targets: tuple[TargetFact, ...]) -> bool:
    return bool(targets) and all(fact.target.no_task for fact in targets)


def _early(frame: _Frame, spoken: _Spoken, indicator: IndicatorDef, unit: str) -> FigureFact | None:
    for period in reversed(spoken.unpublished):
        figure = frame.ledger.figure(unit, indicator.code, period.year, period.last_month)
        if figure is not None and is_known(figure.value):
            return figure
    return None
