"""What the month is reckoned from: dictionary, figures, targets, classes, rules.

Plain values that carry everything the formulas need and nothing of the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from zhenxing.engine.accumulate import Reading
from zhenxing.engine.curves import LINEAR, STEADY, Curve
from zhenxing.engine.growth import GrowthMode
from zhenxing.engine.lamps import RuleBook
from zhenxing.engine.ranks import Direction
from zhenxing.engine.releases import Release
from zhenxing.engine.standing import Standing, Vintage
from zhenxing.engine.targets import Target
from zhenxing.kernel.periods import Period
from zhenxing.kernel.values import Value

Kind = Literal["flow", "stock", "rate"]
RankBy = Literal["completion", "growth", "value"]
RECEIVED = "统计调查"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDef:
    """One indicator as the formulas see it.

    measure: unit of measure of its values. decimals: how many are shown. kind: flow, stock or rate.
    reading: what a figure says of its period. direction: which way is better. release: when there
    is a figure. curve: its own plan curve; left out, a rate is due in full all year (`STEADY`) and
    anything else by the months gone (`LINEAR`). rank_by: what ranks in the class go by. growth:
    given, computed or none. headline: its order in the county's heat table, None for the others.
    leading: codes of the items a month is judged by while a quarterly headline is silent. nature:
    统计调查, 部门行政记录 or 工作报送. lead: the lead department's name. definition: 口径.
    """

    code: str
    name: str
    release: Release
    field: str = ""
    measure: str = ""
    decimals: int = 0
    kind: Kind = "flow"
    reading: Reading = Reading.CUMULATIVE
    direction: Direction = Direction.HIGHER
    curve: Curve | None = None
    rank_by: RankBy = "completion"
    growth: GrowthMode = "computed"
    headline: int | None = None
    leading: tuple[str, ...] = ()
    nature: str = ""
    lead: str = ""
    definition: str = ""

    @property
    def is_received(self) -> bool:
        """Whether the statistics office hands it over: the unit fills nothing in and owes nothing.

        >>> from zhenxing.engine.releases import Release
        >>> IndicatorDef(
        ...     code="gdp", name="地区生产总值", release=Release("quarter"), nature="统计调查"
        ... ).is_received
        True
        """
        return self.nature == RECEIVED

    @property
    def plan(self) -> Curve:
        """The curve its progress is held against."""
        if self.curve is not None:
            return self.curve
        return STEADY if self.kind == "rate" else LINEAR

    @property
    def counts_places(self) -> bool:
        """Whether its values are places in a ranking that somebody else made."""
        return self.measure in ("位", "名")


class FigureFact(NamedTuple):
    """One figure as recorded (a NamedTuple: a county hands in tens of thousands).

    value: in the indicator's measure. growth_given: percent, as its publisher gave it. recorded:
    the real moment; business_date: the date the site was working on. ref: anything by which the
    caller finds the figure again; only passed through. withdraws: it says no number, only that what
    its standing said before no longer holds.
    """

    unit: str
    indicator: str
    period: Period
    value: Value
    standing: Standing
    vintage: Vintage
    recorded: datetime
    business_date: date
    growth_given: Decimal | None = None
    ref: object = None
    withdraws: bool = False


@dataclass(frozen=True, slots=True)
class TargetFact:
    """One target as issued; of several on one kind the latest issued counts, then the version."""

    unit: str
    indicator: str
    year: int
    target: Target
    document: str
    issued: date
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything one month is reckoned from; the order inside each part changes nothing.

    peers: the units there are rows for, each with its class; None for a unit that is not ranked.
    figures: of the year asked for and, for computed growth, of the year before.
    """

    indicators: Iterable[IndicatorDef]
    peers: Mapping[str, str | None]
    figures: Iterable[FigureFact]
    targets: Iterable[TargetFact]
    rules: RuleBook
