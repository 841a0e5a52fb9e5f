"""What the month comes to: one row per unit and indicator, with everything a page has to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from zhenxing.engine.facts import FigureFact, IndicatorDef, TargetFact
from zhenxing.engine.growth import Growth
from zhenxing.engine.lamps import Colour, Lamp
from zhenxing.engine.ranks import Place
from zhenxing.engine.standing import Standing, Vintage
from zhenxing.kernel.periods import Period
from zhenxing.kernel.values import Value


class State(StrEnum):
    """How far an indicator of a unit could be judged.

    >>> [state.label for state in State]
    ['已判定', '未到发布日', '未报', '未收到', '未公开', '未下达目标', '无任务', '无法判定']
    """

    JUDGED = "judged"
    NOT_PUBLISHED = "not_published"
    MISSING = "missing"
    NOT_RECEIVED = "not_received"
    MASKED = "masked"
    NO_TARGET = "no_target"
    NO_TASK = "no_task"
    UNDECIDED = "undecided"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _LABELS[self]


_LABELS = {
    State.JUDGED: "已判定",
    State.NOT_PUBLISHED: "未到发布日",
    State.MISSING: "未报",
    State.NOT_RECEIVED: "未收到",
    State.MASKED: "未公开",
    State.NO_TARGET: "未下达目标",
    State.NO_TASK: "无任务",
    State.UNDECIDED: "无法判定",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One target held against the figure.

    measure: what the lamp went by (a key of `lamps.MEASURES`), None where nothing was measured.
    measured: that number, unrounded. completion: percent of a level target (of a ceiling: percent
    used), else None. lamp, state: the outcome for this target alone.
    """

    target: TargetFact
    state: State
    lamp: Lamp
    measure: str | None = None
    measured: Decimal | None = None
    completion: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One indicator of one unit in the month asked for. Numbers are unrounded percents and points.

    asked: the month asked for. period: the one the row speaks for; None while the year has none.
    value: the year to date, or an absence; None without a period. figures: those it is made of,
    earliest first. missing: the periods that lack one. early: a newer figure, handed in before its
    day of release; shown beside, never judged.
    judgements: one per target in force. main: the one that lit the lamp, if any did. completion,
    lead: of the level target. time_progress, curve: the plan it is held against.
    growth: the one that counts (given or computed; None where the indicator has none), beside both
    kinds. place: rank in the class and its move. awaited, awaited_on: the figure still to be
    published and its day. leading: codes of the items that speak for the month while this one
    cannot. lamp, state: the outcome.
    """

    unit: str
    indicator: IndicatorDef
    asked: Period
    period: Period | None
    value: Value | None
    figures: tuple[FigureFact, ...]
    missing: tuple[Period, ...]
    early: FigureFact | None
    judgements: tuple[Judgement, ...]
    main: Judgement | None
    completion: Decimal | None
    time_progress: Decimal | None
    curve: str
    lead: Decimal | None
    growth: Growth | None
    growth_given: Growth
    growth_computed: Growth
    place: Place | None
    awaited: Period | None
    awaited_on: date | None
    leading: tuple[str, ...]
    lamp: Lamp
    state: State

    @property
    def figure(self) -> FigureFact | None:
        """The latest figure in the value: its history is the one to open."""
        return self.figures[-1] if self.figures else None

    @property
    def standing(self) -> Standing | None:
        """Who stands behind the value: of a sum, the weakest of its parts."""
        return min((each.standing for each in self.figures), key=lambda s: s.weight, default=None)

    @property
    def vintage(self) -> Vintage | None:
        """How far the value is from final: of a sum, the farthest of its parts."""
        return min((each.vintage for each in self.figures), key=lambda v: v.order, default=None)


_URGENCY = (Colour.MISSING, Colour.RED, Colour.YELLOW, Colour.GREEN, Colour.GREY, Colour.NONE)


def lagging_first(rows: Iterable[Row]) -> list[Row]:
    """Order rows as pages and command list them: missing, red, yellow, green, grey.

    Inside a colour the farthest behind comes first, what is not published yet last.
    """
    return sorted(rows, key=_urgency)


def _urgency(row: Row) -> tuple[int, bool, Decimal, str]:
    lag = row.lead if row.lead is not None else Decimal(0)
    colour = _URGENCY.index(row.lamp.colour)
    return (colour, row.state is State.NOT_PUBLISHED, lag, row.indicator.code)


@dataclass(frozen=True)
class Month:
    """All rows of one month, ordered by unit code and indicator code."""

    asked: Period
    today: date
    rows: tuple[Row, ...]

    def row(self, unit: str, indicator: str) -> Row:
        """Return one row; raises KeyError for a unit or code that was not asked for."""
        return self._by_key[unit, indicator]

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Row]:
        return {(row.unit, row.indicator.code): row for row in self.rows}
