"""What calls ask of whom: item by item, with what is known already and what is asked twice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.engine.releases import read_release
from zhenxing.indicators.choices import Nature, StandingChoice
from zhenxing.indicators.models import Charge, Figure, Indicator
from zhenxing.organisation.models import WorkingGroup
from zhenxing.reporting.choices import CallKind
from zhenxing.reporting.models import Call, Submission
from zhenxing.reporting.queries.forms import asked_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from zhenxing.engine.releases import Release
    from zhenxing.kernel.periods import Period

# A reporter's number could not count beside one of these: it is known and not asked.
WEIGHTIER = (
    StandingChoice.CONFIRMED,
    StandingChoice.IMPORTED,
    StandingChoice.CORRECTION,
    StandingChoice.SIGNED,
)

Place = tuple[str, str, str]  # unit, indicator, period


@dataclass(frozen=True)
class Item:
    """One number that one call wants of one group; `received` where an office gives it instead."""

    call: Call
    group: WorkingGroup
    indicator: str
    period: str
    received: bool

    @property
    def place(self) -> Place:
        """Which number it is."""
        return self.group.unit.code, self.indicator, self.period


class Dictionary:
    """Releases and charges, read once for any number of calls."""

    def __init__(self) -> None:
        rows = Indicator.objects.order_by("position")
        self.indicators: dict[str, Indicator] = {each.code: each for each in rows}
        self._releases: dict[str, Release | None] = {
            code: read_release(each.release, code)[0] for code, each in self.indicators.items()
        }
        self._charged: defaultdict[int, list[str]] = defaultdict(list)
        charges = Charge.objects.order_by("position", "pk")
        for group, code in charges.values_list("group", "indicator__code"):
            self._charged[group].append(code)

    def period(self, code: str, month: Period) -> Period | None:
        """Give the period an indicator is asked for in a month; None where none is published."""
        release = self._releases[code]
        return asked_period(release, month) if release else None

    def items(self, call: Call, group: WorkingGroup) -> list[Item]:
        """Give everything a call wants of a group."""
        codes = call.asked if call.is_temporary else self._charged[group.pk]
        found = []
        for code in codes:
            period = self.period(code, call.month)
            if period is not None:
                received = self.indicators[code].nature == Nature.SURVEY
                found.append(Item(call, group, code, str(period), received))
        return found


def closed_month(call: Call) -> Call | None:
    """Give the closed month whose numbers a temporary call asks for once more, if there is one.

    After closing a number that every month asks for changes by a correction slip and no other way.
    """
    if not call.is_temporary:
        return None
    if not Charge.objects.filter(indicator__code__in=call.asked).exists():
        return None
    months = Call.objects.filter(kind=CallKind.MONTHLY, period=call.period)
    return months.filter(closed_on__isnull=False).first()


def items_of(submissions: Iterable[Submission]) -> list[Item]:
    """Give every item of some submissions; take them with their call and their group's unit."""
    dictionary, found = Dictionary(), []
    for submission in submissions:
        found += dictionary.items(submission.call, submission.group)
    return found


def known_places(places: Iterable[Place], day: date) -> set[Place]:
    """Give the numbers that somebody weightier than a reporter had given by a day."""
    wanted = set(places)
    rows = Figure.objects.known_on(day).filter(
        standing__in=WEIGHTIER,
        unit__code__in={unit for unit, _, _ in wanted},
        indicator__code__in={code for _, code, _ in wanted},
        period__in={period for _, _, period in wanted},
    )
    stands: dict[tuple[Place, str], bool] = {}
    columns = ("unit__code", "indicator__code", "period", "standing", "value")
    for unit, code, period, standing, value in rows.order_by("recorded", "pk").values_list(
        *columns
    ):
        stands[(unit, code, period), standing] = value is not None
    return {place for (place, _), there in stands.items() if there} & wanted


@dataclass(frozen=True)
class Checked:
    """One indicator of a temporary call that is not made yet: what is known, who asks it already.

    `known` and `twice` are the groups for which it is so; `by` names what asks.
    """

    indicator: Indicator
    period: Period | None
    known: tuple[WorkingGroup, ...]
    twice: tuple[WorkingGroup, ...]
    by: tuple[str, ...]
    groups: int

    @property
    def new(self) -> int:
        """How many numbers it would newly want."""
        if self.period is None:
            return 0
        spared = {each.pk for each in (*self.known, *self.twice)}
        return self.groups - len(spared)


@dataclass(frozen=True)
class Weight:
    """What a temporary call would cost, before anybody is asked."""

    rows: tuple[Checked, ...]
    groups: tuple[WorkingGroup, ...]

    @property
    def entries(self) -> int:
        """Items × groups, what is not published left out."""
        return sum(row.groups for row in self.rows if row.period is not None)

    @property
    def known(self) -> int:
        """How many of them are known already."""
        return sum(len(row.known) for row in self.rows)

    @property
    def twice(self) -> int:
        """How many of them something else asks in the same month."""
        return sum(len(row.twice) for row in self.rows)

    @property
    def new(self) -> int:
        """How many numbers it would newly want."""
        return sum(row.new for row in self.rows)


def weight_of(
    indicators: Sequence[str], groups: Sequence[str], month: Period, today: date
) -> Weight:
    """Say of each item of a temporary call whether it is known, or asked already and by whom."""
    dictionary = Dictionary()
    asked = list(
        WorkingGroup.objects.filter(code__in=groups)
        .select_related("unit")
        .order_by("unit__position", "code")
    )
    periods = {code: dictionary.period(code, month) for code in indicators}
    places = {
        (group.unit.code, code, str(period))
        for code, period in periods.items()
        if period is not None
        for group in asked
    }
    known, asking = known_places(places, today), _asking(dictionary, asked, month)
    rows = [
        _checked(dictionary.indicators[code], periods[code], asked, known, asking)
        for code in indicators
    ]
    return Weight(tuple(rows), tuple(asked))


def _checked(
    indicator: Indicator,
    period: Period | None,
    groups: Sequence[WorkingGroup],
    known: set[Place],
    asking: Mapping[Place, Sequence[str]],
) -> Checked:
    places = {group: (group.unit.code, indicator.code, str(period)) for group in groups}
    by = [each for place in places.values() for each in asking.get(place, ())]
    return Checked(
        indicator,
        period,
        tuple(group for group, place in places.items() if place in known),
        tuple(group for group, place in places.items() if asking.get(place)),
        tuple(dict.fromkeys(by)),
        len(groups),
    )


def _asking(
    dictionary: Dictionary, groups: Iterable[WorkingGroup], month: Period
) -> Mapping[Place, Sequence[str]]:
    """Say who asks a number of these groups' units in the same month already."""
    units = {group.unit_id for group in groups}
    neighbours = list(WorkingGroup.objects.filter(unit__in=units).select_related("unit"))
    standing = Call(code=str(month), period=str(month), kind=CallKind.MONTHLY)
    found: defaultdict[Place, list[str]] = defaultdict(list)
    for group in neighbours:
        for item in dictionary.items(standing, group):
            if not item.received:
                found[item.place].append(f"每月填报（{group.name}）")
    others = Submission.objects.filter(
        call__kind=CallKind.TEMPORARY, call__period=str(month), group__unit__in=units
    )
    for each in others.select_related("call", "group__unit"):
        for item in dictionary.items(each.call, each.group):
            found[item.place].append(f"{each.call.title}（{each.group.name}）")
    return found
