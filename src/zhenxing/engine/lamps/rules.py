"""Rule sets, the book they stand in, and the lamp a measured number gets."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final, Literal, get_args

from zhenxing.engine.lamps.colours import Colour, Lamp
from zhenxing.engine.lamps.intervals import Interval, holes, overlaps
from zhenxing.engine.lamps.measures import MEASURES, LampMeasure
from zhenxing.kernel.rounding import denoise

Subject = Literal["indicator", "project", "assignment"]

SUBJECTS: Final[tuple[Subject, ...]] = get_args(Subject)


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the measure and the lamp it gets; words: the rule as readers know it."""

    colour: Colour
    interval: Interval
    words: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One lamp rule: a measure, its domain and its bands.

    id, name, basis: as the rule file says. measure: a key of `MEASURES`. subject: what is judged.
    indicators: codes it is meant for; empty for every one that has no rule set of its own.
    """

    id: str
    name: str
    basis: str
    measure: str
    domain: Interval
    bands: tuple[Band, ...]
    subject: Subject = "indicator"
    indicators: frozenset[str] = frozenset()

    @property
    def measured(self) -> LampMeasure:
        """The measure it judges by."""
        return MEASURES[self.measure]

    @property
    def holes(self) -> list[Interval]:
        """The stretches no band covers."""
        return holes(self.domain, [band.interval for band in self.bands])

    @property
    def overlaps(self) -> list[tuple[int, int, Interval]]:
        """The pairs of bands that share a stretch, by number, and the stretch."""
        return overlaps(self.domain, [band.interval for band in self.bands])


@dataclass(frozen=True)
class RuleBook:
    """The rule sets in force together.

    >>> RuleBook(()).find("lead") is None
    True
    """

    sets: tuple[RuleSet, ...]

    def find(
        self, measure: str, *, indicator: str = "", subject: Subject = "indicator"
    ) -> RuleSet | None:
        """Return the rule set for a measure of a subject; one naming the indicator comes first."""
        own = self._by_use.get((subject, measure, indicator))
        return own or self._by_use.get((subject, measure, ""))

    @cached_property
    def _by_use(self) -> dict[tuple[str, str, str], RuleSet]:
        return {
            (each.subject, each.measure, code): each
            for each in reversed(self.sets)
            for code in each.indicators or ("",)
        }


def light(rules: RuleSet, value: Decimal) -> Lamp:
    """Return the lamp of a measured number.

    value: in the measure's unit; arithmetic noise under 1e-9 is removed first. A number in a hole
    or in an overlap is grey and says so: nobody may guess what the rule leaves open.

    >>> from zhenxing.engine.lamps import load_rules
    >>> book, _ = load_rules('''
    ... - id: lead
    ...   name: 序时进度
    ...   basis: 试行
    ...   measure: lead
    ...   bands:
    ...     - {lamp: green, at_least: 0, words: 达到序时进度}
    ...     - {lamp: red, below: -30, words: 落后30个百分点以上}
    ... ''', "lamps.yaml")
    >>> light(book.find("lead"), Decimal("-12.92")).reason
    '欠序时进度12.92个百分点，规则未覆盖'
    >>> light(book.find("lead"), Decimal("42.3087")).reason
    '超序时进度42.31个百分点，达到序时进度'
    """
    exact = denoise(value)
    told = rules.measured.tell(exact)
    fits = [band for band in rules.bands if band.interval.holds(exact)]
    if not rules.domain.holds(exact):
        return Lamp(Colour.GREY, f"{told}，不在规则适用范围内", rules.id, rules.basis)
    if not fits:
        return Lamp(Colour.GREY, f"{told}，规则未覆盖", rules.id, rules.basis)
    if len(fits) > 1 and len({band.colour for band in fits}) > 1:
        both = "、".join(band.colour.label for band in fits)
        return Lamp(Colour.GREY, f"{told}，规则重叠（{both}）", rules.id, rules.basis)
    return Lamp(fits[0].colour, f"{told}，{fits[0].words}", rules.id, rules.basis)
