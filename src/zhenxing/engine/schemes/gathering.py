"""What each operand is for each unit: the year to date, targets, events, ratings, exact Decimal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from zhenxing.engine.schemes.counting import Counter
from zhenxing.engine.schemes.facts import LARGEST, NO_TASK, Cell, Facts, Unit, number_of
from zhenxing.engine.schemes.program import Operand, Source
from zhenxing.engine.schemes.scheme import Scheme
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.rounding import WIDE, divide

MONTHS = 12
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Gathered:
    """An operand's value for one unit and where it comes from; lack says why there is none."""

    value: Decimal | str | None
    where: str = ""
    lack: str = ""


class Gatherer:
    """Answers what an operand is for a unit; problems grow while it is asked."""

    def __init__(
        self,
        scheme: Scheme,
        facts: Facts,
        cut: int,
        totals: Mapping[str, Mapping[str, Decimal | None]],
    ) -> None:
        """Score the window to the month `cut`; totals: of other schemes, by id and unit."""
        self.scheme, self.facts, self.cut, self.totals = scheme, facts, cut, totals
        self.problems: list[Problem] = []
        self.counter = Counter(scheme, facts, cut, self.problems)
        self.words = facts.words
        self._crossed: set[tuple[Cell | None, Cell | None]] = set()

    def gather(self, operand: Operand, unit: Unit) -> Gathered:
        """Return one operand of one unit."""
        return _GATHERED[operand.source](self, operand, unit)

    def figure(self, operand: Operand, unit: Unit) -> Gathered:
        """Return a figure to date of the unit."""
        return self.to_date(unit.code, operand)

    def parent(self, operand: Operand, unit: Unit) -> Gathered:
        """Return a figure to date of the unit above."""
        if not unit.parent:
            return Gathered(None, unit.where, "没有上级单位")
        return self.to_date(unit.parent, operand)

    def to_date(self, unit: str, operand: Operand) -> Gathered:
        """Return an indicator over the window so far (or the same stretch a year before)."""
        shift = MONTHS if operand.last_year else 0
        first, cut = self.scheme.first - shift, self.cut - shift
        cells = self.facts.figures.get((unit, operand.name), {})
        if operand.name in self.scheme.as_is:
            return _found([self.at(unit, operand.name, cells, cut)])
        if self.scheme.monthly_is_current:
            return self.summed(cells, first, cut)
        return self.difference(unit, operand.name, cells, first, cut)

    def summed(self, cells: Mapping[tuple[int, bool], Cell], first: int, cut: int) -> Gathered:
        """Add up the months of the window; a longer period's figure stands for them."""
        whole = cells.get((cut, False))
        if whole is not None and first % MONTHS == 0:
            return _found([whole])
        return _found(
            [cells.get((month, True)) or _absent(month) for month in range(first, cut + 1)]
        )

    def difference(
        self,
        unit: str,
        name: str,
        cells: Mapping[tuple[int, bool], Cell],
        first: int,
        cut: int,
    ) -> Gathered:
        """Take the window's months out of cumulated figures, calendar year by calendar year."""
        added: list[Cell] = []
        taken: list[Cell] = []
        start = first
        while start <= cut:
            end = min(cut, start // MONTHS * MONTHS + MONTHS - 1)
            added.append(self.at(unit, name, cells, end))
            if start % MONTHS:
                taken.append(self.at(unit, name, cells, start - 1))
            start = end + 1
        return _found(added, taken)

    def at(self, unit: str, name: str, cells: Mapping[tuple[int, bool], Cell], cut: int) -> Cell:
        """Return the figure of one cut-off; a month and a quarter that end together are one."""
        month, longer = cells.get((cut, True)), cells.get((cut, False))
        twice = month, longer
        if month is not None and longer is not None and twice not in self._crossed:
            self._crossed.add(twice)
            what = (
                f"「{unit}」「{name}」到{words_of(cut)}的数写了两次（{month.where}），以月份的为准"
            )
            self.problems.append(Problem(longer.where, what, "请只留一行"))
        return month or longer or _absent(cut)

    def target_cell(self, operand: Operand, unit: Unit, *, of_year: bool = False) -> Cell:
        """Return the target's cell: of the cut-off itself, else of the year."""
        cells = self.facts.targets.get((unit.code, operand.name), {})
        year = self.scheme.year * MONTHS + MONTHS - 1
        cuts = (year, self.scheme.last) if of_year else (self.cut, year, self.scheme.last)
        for cut in cuts:
            if (cut, True) in cells or (cut, False) in cells:
                return self.at(unit.code, operand.name, cells, cut)
        return Cell(None, unit.where, "没有下达目标")

    def target(self, operand: Operand, unit: Unit) -> Gathered:
        """Return a target."""
        return _target(self.target_cell(operand, unit))

    def schedule(self, operand: Operand, unit: Unit) -> Gathered:
        """Return the share of the year's target that is due by now."""
        found = _target(self.target_cell(operand, unit, of_year=True))
        if not isinstance(found.value, Decimal):
            return found
        month = self.cut - self.scheme.first + 1
        curve = self.scheme.curves.get(operand.name)
        share = Decimal(month) if curve is None else curve[month - 1]
        whole = Decimal(MONTHS if curve is None else 100)
        return Gathered(divide(WIDE.multiply(found.value, share), whole), found.where)

    def no_task(self, operand: Operand, unit: Unit) -> Gathered:
        """Return 1 where the unit has no task, else 0."""
        cell = self.target_cell(operand, unit)
        return Gathered(Decimal(int(cell.lack == NO_TASK)), cell.where)

    def attribute(self, operand: Operand, unit: Unit) -> Gathered:
        """Return a number or a word about the unit."""
        text = unit.attributes.get(operand.name, "")
        where = f"{unit.where}「{operand.name}」"
        if not text:
            return Gathered(None, where, "是空的")
        if operand.name in self.words:
            return Gathered(text, where)
        number = number_of(text)
        if number is None or abs(number) >= LARGEST:
            return Gathered(None, where, f"「{text[:20]}」过大")
        return Gathered(number, where)

    def score(self, operand: Operand, unit: Unit) -> Gathered:
        """Return the unit's total in another scheme."""
        totals = self.totals.get(operand.name)
        if totals is None:
            return Gathered(None, operand.name, "没有带上这个方案的结果")
        total = totals.get(unit.code)
        return Gathered(total, operand.name, "" if total is not None else "那个方案没有给出总分")

    def points(self, operand: Operand, unit: Unit) -> Gathered:
        """Return an item's points in the unit's group."""
        item = next(item for item in self.scheme.items if item.id == operand.name)
        points = item.points_in(group_of(self.scheme, unit))
        return Gathered(points, f"{self.scheme.file} 第{item.line}行", "方案没有给本组分值")

    def counted(self, operand: Operand, unit: Unit) -> Gathered:
        """Return how many events there were."""
        count, where = self.counter.count(operand.name, unit.code)
        return Gathered(Decimal(count), where)

    def amount(self, operand: Operand, unit: Unit) -> Gathered:
        """Return the amounts of events together."""
        return Gathered(*self.counter.amount(operand.name, unit.code))

    def events(self, operand: Operand, unit: Unit) -> Gathered:
        """Return the points of an `events` rule."""
        return Gathered(*self.counter.events(operand.name, unit.code))

    def rating(self, operand: Operand, unit: Unit) -> Gathered:
        """Return a mean of marks."""
        key, _, rater_class = operand.name.partition("\n")
        mean, where = self.counter.rating(key, rater_class, unit.code)
        label = f"「{rater_class}」" if rater_class else ""
        return Gathered(mean, where, "" if mean is not None else f"没有{label}评分")

    def returns(self, operand: Operand, unit: Unit) -> Gathered:
        """Return how many returns were late or missing."""
        return Gathered(Decimal(self.counter.returns(operand.name, unit.code)), "figures")


_GATHERED: Mapping[Source, Callable[[Gatherer, Operand, Unit], Gathered]] = MappingProxyType(
    {
        Source.FIGURE: Gatherer.figure, Source.PARENT: Gatherer.parent,
        Source.TARGET: Gatherer.target, Source.SCHEDULE: Gatherer.schedule,
        Source.NO_TASK: Gatherer.no_task, Source.ATTRIBUTE: Gatherer.attribute,
        Source.COUNT: Gatherer.counted, Source.AMOUNT: Gatherer.amount,
        Source.SCORE: Gatherer.score, Source.RETURNS: Gatherer.returns,
        Source.POINTS: Gatherer.points, Source.RATING: Gatherer.rating,
        Source.EVENTS: Gatherer.events,
    }
)  # fmt: skip


def group_of(scheme: Scheme, unit: Unit) -> str | None:
    """Return the unit's group; None without groups, empty where the unit has none."""
    return None if scheme.group_by is None else unit.attributes.get(scheme.group_by, "")


def words_of(cut: int) -> str:
    """Name a cut-off.

    >>> words_of(2023 * 12 + 9)
    '2023年10月'
    """
    return f"{cut // MONTHS}年{cut % MONTHS + 1}月"


def _absent(cut: int) -> Cell:
    return Cell(None, "figures", f"没有到{words_of(cut)}的数")


def _found(added: Sequence[Cell], taken: Iterable[Cell] = ()) -> Gathered:
    total = ZERO
    every = [(cell, 1) for cell in added] + [(cell, -1) for cell in taken]
    for cell, sign in every:
        if cell.value is None:
            return Gathered(None, cell.where, cell.lack)
        total = WIDE.add(total, sign * cell.value)
    return Gathered(total, "、".join(dict.fromkeys(cell.where for cell, _ in every)))


def _target(cell: Cell) -> Gathered:
    lack = "无任务（/）" if cell.lack == NO_TASK else cell.lack
    return Gathered(cell.value, cell.where, lack)
