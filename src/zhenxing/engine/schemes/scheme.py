"""What a scheme says, as frozen values; `loading` makes them, nobody changes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from zhenxing.engine.schemes.syntax import Tree

Missing = Literal["hold", "zero", "exclude"]
NoTask = Literal["exclude", "full"]
Measured = Literal["value", "share"]


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression as written, the line it stands on and its tree."""

    text: str
    line: int
    tree: Tree


@dataclass(frozen=True, slots=True)
class Pass:
    """P if x reaches T, else 0."""


@dataclass(frozen=True, slots=True)
class Completion:
    """P · clip(x/T, floor, cap); floor 0 unless written, no cap unless written."""

    cap: Decimal | None = None
    floor: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of `steps`: each `per` (in x's unit, or in percent of T) moves the score by `each`.

    limit: on the side above, the most that is added; below, the least the item's score can be.
    """

    of: Measured
    per: Decimal
    each: Decimal
    limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """P (times base) at target, more above, less below; `short` is the score when T is missed."""

    over: Side | None
    under: Side | None
    whole: bool = False
    base: Decimal = Decimal(1)
    short: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of a measure, each end open or closed or absent, and its points."""

    low: Decimal | None
    low_open: bool
    high: Decimal | None
    high_open: bool
    points: Expression


@dataclass(frozen=True, slots=True)
class Tiers:
    """The first band that holds gives the points."""

    measure: Expression
    bands: tuple[Band, ...]
    otherwise: Expression | None


@dataclass(frozen=True, slots=True)
class MinMax:
    """The efficacy coefficient (功效系数法) inside the group."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class BestRatio:
    """P · x / best in the group."""


@dataclass(frozen=True, slots=True)
class RankSteps:
    """P − step · (r−1), not below the floor."""

    step: Decimal
    floor: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RankBetween:
    """From `first` for rank 1 down to `last` for rank n, in equal steps."""

    first: Decimal
    last: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """A part of `sum`: its points, where the condition holds or there is none."""

    points: Expression
    when: Expression | None


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts that add up, limited to 0…P unless `limit: none`."""

    parts: tuple[Part, ...]
    limited: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """The rating word gives the points; several raters → mean."""

    words: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Ratings:
    """Mean of each class of rater, weighted, out of `scale`; `trimmed` leaves out the extremes."""

    weights: Mapping[str, Decimal]
    trimmed: bool
    scale: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """A part of `blend`: scored as if it had all of P, then weighted."""

    share: Decimal
    rule: Rule
    value: Expression | None
    target: Expression | Literal["schedule"] | None
    better: str | None


@dataclass(frozen=True, slots=True)
class Blend:
    """Several rules over one item, weighted."""

    parts: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """Anything else."""

    formula: Expression


@dataclass(frozen=True, slots=True)
class Events:
    """Points an event: `each`, or by `tiers` on the amount; at most so many a period; capped."""

    event: str
    each: Decimal
    per: Literal["month", "quarter", "half", "year"] | None = None
    at_most: int | None = None
    tiers: tuple[tuple[Decimal, Decimal], ...] = ()
    cap: Decimal | None = None


Rule = (
    Pass | Completion | Steps | Tiers | MinMax | BestRatio | RankSteps | RankBetween | Sum | Judged
    | Ratings | Blend | Formula | Events
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gate:
    """Unless the condition holds the item scores `otherwise` points."""

    when: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An amount added to the value before the rule, kept inside two limits."""

    add: Expression
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the assessment table."""

    id: str
    name: str
    line: int
    points: Decimal | Mapping[str, Decimal] | None
    rule: Rule
    value: Expression | None = None
    target: Expression | Literal["schedule"] | None = None
    lower: bool = False
    lead: str = ""
    gate: Gate | None = None
    adjust: tuple[Adjustment, ...] = ()
    times: Expression | None = None
    missing: Missing | None = None

    def points_in(self, group: str | None) -> Decimal | None:
        """Return the item's points in a group; None where the scheme gives none there."""
        if isinstance(self.points, Mapping):
            return None if group is None else self.points.get(group)
        return self.points


@dataclass(frozen=True, slots=True)
class Section:
    """A field of the assessment with its items."""

    id: str
    name: str
    line: int
    points: Decimal | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade with its score, or its quota of the group (None: the rest) and least score."""

    word: str
    at_least: Decimal | None = None
    quota: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Grades:
    """How totals become grades; best grade first."""

    by: Literal["score", "quota"]
    bands: tuple[Grade, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The grades, best first."""
        return tuple(band.word for band in self.bands)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition with what it brings: a grade, `unranked`, `not_eligible`, steps, `replace`."""

    when: Expression
    effect: str
    by: int = 0


@dataclass(frozen=True, slots=True)
class Consecutive:
    """So many periods in a row in which the condition holds."""

    periods: int
    condition: Condition


@dataclass(frozen=True, slots=True)
class Extra:
    """Items outside the full mark, and the most they may come to."""

    items: tuple[Item, ...] = ()
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A scheme that has been read without an error.

    first and last: the window's ends as months counted from year 0 (year · 12 + month − 1).
    digest: SHA-256 of the text. total_places: None means the sum of the printed items. lines: where
    the settings stand, by name.
    """

    id: str
    name: str
    basis: str
    year: int
    file: str
    digest: str
    first: int
    last: int
    item_places: int = 4
    total_places: int | None = 2
    dense: bool = False
    tie_break: tuple[str, ...] = ()
    missing: Missing = "hold"
    no_task: NoTask = "exclude"
    monthly_is_current: bool = False
    due: int | None = None
    as_is: tuple[str, ...] = ()
    curves: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)
    events: tuple[str, ...] = ()
    group_by: str | None = None
    lets: Mapping[str, Expression] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    bonus: Extra = field(default_factory=Extra)
    penalties: Extra = field(default_factory=Extra)
    total: Expression | None = None
    grades: Grades | None = None
    vetoes: tuple[Condition, ...] = ()
    bars: tuple[Condition, ...] = ()
    shifts: tuple[Condition, ...] = ()
    consecutive: Consecutive | None = None
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def section_items(self) -> tuple[Item, ...]:
        """The items that make the full mark, in order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item: sections, bonus, penalties."""
        return (*self.section_items, *self.bonus.items, *self.penalties.items)
