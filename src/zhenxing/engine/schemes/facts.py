"""FACTS as values: units, figures, targets, events, ratings, each knowing its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from types import MappingProxyType
from typing import NamedTuple

from zhenxing.engine.schemes import cycles
from zhenxing.engine.schemes.tables import Line, Table
from zhenxing.kernel.periods import Kind, Period, PeriodError
from zhenxing.kernel.problems import Problem

NO_TASK = "/"
MASKED = "*"
LARGEST = Decimal(10) ** 15
MOST_HINTS = 20
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "units": ("unit",),
        "figures": ("unit", "indicator", "period", "value"),
        "targets": ("unit", "indicator", "period", "target"),
        "events": ("id", "unit", "event", "date"),
        "ratings": ("unit", "item", "rater", "value"),
    }
)
_FIXED = ("unit", "name", "parent")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?", re.ASCII)


class Cell(NamedTuple):
    """A value and its place. value None: missing; lack then says why, for readers.

    A tuple, because facts hold tens of thousands of them.
    """

    value: Decimal | None
    where: str
    lack: str = ""
    reported: date | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; its attributes as written."""

    code: str
    name: str
    parent: str
    attributes: Mapping[str, str]
    where: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, with its amount if it has one."""

    id: str
    unit: str
    event: str
    day: date
    amount: Decimal | None
    where: str


@dataclass(frozen=True, slots=True)
class Rating:
    """A mark of one rater: a number or a word."""

    unit: str
    item: str
    rater: str
    rater_class: str
    value: str
    where: str


@dataclass(slots=True)
class Facts:
    """What FACTS holds, and what is wrong with it.

    figures and targets: by unit and indicator, then by cut-off (months from year 0) and whether the
    period was a month. attributes: names of the units' other columns.
    """

    units: dict[str, Unit] = field(default_factory=dict)
    figures: dict[tuple[str, str], dict[tuple[int, bool], Cell]] = field(default_factory=dict)
    targets: dict[tuple[str, str], dict[tuple[int, bool], Cell]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    attributes: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def parents(self) -> set[str]:
        """The units that others belong to; they hold their own figures and are not scored."""
        return {unit.parent for unit in self.units.values() if unit.parent}

    @property
    def scored(self) -> list[Unit]:
        """The units that are scored, in the order of their codes."""
        parents = self.parents
        return [self.units[code] for code in sorted(self.units) if code not in parents]

    @property
    def words(self) -> set[str]:
        """The attributes that hold a word for some scored unit; the others are numbers."""
        scored = self.scored
        return {
            name
            for name in self.attributes
            if any(
                unit.attributes[name] and number_of(unit.attributes[name]) is None
                for unit in scored
            )
        }

    @property
    def indicators(self) -> set[str]:
        """The indicators there are figures of."""
        return {indicator for _, indicator in self.figures}


def from_tables(tables: Mapping[str, Table], problems: list[Problem] | None = None) -> Facts:
    """Read the tables; every faulty row is a problem and counts as if it were not there.

    >>> from zhenxing.engine.schemes.tables import from_csv
    >>> units = from_csv("units.csv", b"unit,name\\nT01,A\\nT01,B\\n", [])
    >>> facts = from_tables({"units": units})
    >>> list(facts.units), facts.problems[0].sentence
    (['T01'], 'units.csv 第3行：单位「T01」在units.csv 第2行已有；请删去重复的一行。')
    """
    return Reading(tables, list(problems or [])).all()


def number_of(text: str) -> Decimal | None:
    """Read an attribute that may be a number.

    >>> number_of("1.50"), number_of("山区镇")
    (Decimal('1.50'), None)
    """
    digits = text.removeprefix("-")
    is_plain = digits.replace(".", "", 1).isdigit() and digits.isascii() and digits[:1].isdigit()
    return Decimal(text) if is_plain and digits[-1].isdigit() else None


class Reading:
    """Reads rows of text; what is wrong with a row is told with its place."""

    def __init__(self, tables: Mapping[str, Table], problems: list[Problem]) -> None:
        """Start with the problems of the tables themselves."""
        self.tables = tables
        self.facts = Facts(problems=problems)
        self.strangers: set[tuple[str, str]] = set()
        self.raters: set[tuple[str, str, str]] = set()

    def tell(self, where: str, what: str, next_: str) -> None:
        self.facts.problems.append(Problem(where, what, next_))

    def all(self) -> Facts:
        if "units" not in self.tables:
            self.tell("units", "没有单位表", "请补上units.csv，列为unit、name、parent和各属性")
        for line in self.lines("units"):
            self.unit(line)
        self.rings()
        for line in self.lines("figures"):
            self.cell(line, "value", self.facts.figures, self.figure)
        for line in self.lines("targets"):
            self.cell(line, "target", self.facts.targets, self.target)
        for line in self.lines("events"):
            self.event(line)
        for line in self.lines("ratings"):
            self.rating(line)
        self.mixed_percents()
        return self.facts

    def lines(self, name: str) -> Iterator[Line]:
        table = self.tables.get(name)
        if table is None:
            return
        lacking = [column for column in COLUMNS[name] if column not in table.columns]
        if lacking:
            what = f"缺少列「{'」「'.join(lacking)}」"
            self.tell(table.where, what, f"第一行请写{'、'.join(COLUMNS[name])}")
            return
        if name == "units":
            self.facts.attributes = tuple(c for c in table.columns if c not in _FIXED)
        yield from table.lines

    def unit(self, line: Line) -> None:
        cells = line.cells
        code = cells["unit"]
        if not code:
            self.tell(line.where, "没有单位编码", "请补上unit")
            return
        if code in self.facts.units:
            first = self.facts.units[code].where
            self.tell(line.where, f"单位「{code}」在{first}已有", "请删去重复的一行")
            return
        attributes = {name: cells[name] for name in self.facts.attributes}
        name, parent = cells.get("name", "") or code, cells.get("parent", "")
        self.facts.units[code] = Unit(code, name, parent, attributes, line.where)

    def rings(self) -> None:
        """Report units that stand above themselves: as parents they would not be scored."""
        units = self.facts.units
        above = {
            code: [unit.parent] if unit.parent in units else [] for code, unit in units.items()
        }
        for path in cycles.paths(above):
            what = f"上级写成了一圈（{' → '.join(path)}），这些单位不参加计分"
            self.tell(units[path[0]].where, what, "请改正parent")

    def is_known(self, line: Line) -> bool:
        code = line.cells["unit"]
        if code in self.facts.units or code in self.facts.parents:
            return True
        table = line.where.split(" ")[0].split("!")[0]
        if (table, code) not in self.strangers:
            self.strangers.add((table, code))
            # Every unit against every stranger would take minutes where a whole file is strange.
            known = self.facts.units if len(self.strangers) <= MOST_HINTS else ()
            near = get_close_matches(code, known, n=3, cutoff=0.5)
            next_ = f"请改为{'、'.join(near)}，或补进单位表" if near else "请补进单位表，或删去"
            self.tell(line.where, f"单位表里没有「{code}」，它的行不计", next_)
        return False

    def cell(
        self,
        line: Line,
        column: str,
        into: dict[tuple[str, str], dict[tuple[int, bool], Cell]],
        read: Callable[[Line, str], Cell],
    ) -> None:
        cells = line.cells
        if not self.is_known(line):
            return
        try:
            period = Period.parse(cells["period"])
        except PeriodError as error:
            what, _, next_ = str(error).rstrip("。").partition("；")
            self.tell(line.where, f"{what}，本行不计", next_)
            return
        if not cells["indicator"]:
            self.tell(line.where, "没有指标编码，本行不计", "请补上indicator")
            return
        cut = period.year * 12 + period.last_month - 1, period.kind is Kind.MONTH
        known = into.setdefault((cells["unit"], cells["indicator"]), {})
        if cut in known:
            what = (
                f"「{cells['unit']}」「{cells['indicator']}」{period}的数在{known[cut].where}已有"
            )
            self.tell(line.where, f"{what}，以前一行为准", "请删去重复的一行")
            return
        known[cut] = read(line, cells[column])

    def figure(self, line: Line, text: str) -> Cell:
        reported = self.day(line, line.cells.get("reported", ""))
        if "*" in text:
            return Cell(None, line.where, "数未公开（*）", reported)
        value = self.number(line, text)
        return Cell(value, line.where, "" if value is not None else "数是空的或不是数", reported)

    def target(self, line: Line, text: str) -> Cell:
        if text == NO_TASK:
            return Cell(None, line.where, NO_TASK)
        if MASKED in text:
            return Cell(None, line.where, "目标未公开（*）")
        value = self.number(line, text)
        return Cell(value, line.where, "" if value is not None else "目标是空的或不是数")

    def number(self, line: Line, text: str) -> Decimal | None:
        if not text:
            return None
        if _NUMBER.fullmatch(text) and len(text) <= 40:  # noqa: PLR2004  # digits of a figure
            value = Decimal(text)
            if abs(value) < LARGEST:
                return value
            self.tell(line.where, f"「{text}」过大，按未报处理", "请核对计量单位和位数")
        elif text.endswith("%"):
            self.tell(line.where, f"「{text}」带百分号，按未报处理", "请去掉%，整列统一写成12这样")
        else:
            self.tell(line.where, f"「{text}」不是数，按未报处理", "请写阿拉伯数字，不带单位和逗号")
        return None

    def day(self, line: Line, text: str) -> date | None:
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.tell(line.where, f"「{text}」不是日期", "请写成2023-10-25")
            return None

    def event(self, line: Line) -> None:
        cells = line.cells
        if not self.is_known(line):
            return
        day = self.day(line, cells["date"])
        if not cells["id"] or not cells["event"] or day is None:
            self.tell(line.where, "缺编号、事项或日期，本行不计", "请补上id、event、date")
            return
        amount = self.number(line, cells.get("amount", ""))
        self.facts.events.append(
            Event(cells["id"], cells["unit"], cells["event"], day, amount, line.where)
        )

    def rating(self, line: Line) -> None:
        cells = line.cells
        if not self.is_known(line):
            return
        rating = Rating(
            cells["unit"], cells["item"], cells["rater"], cells.get("rater_class", ""),
            cells["value"], line.where,
        )  # fmt: skip
        who = (rating.unit, rating.item, rating.rater)
        if who in self.raters:
            what = f"「{rating.rater}」对「{rating.unit}」「{rating.item}」评了两次，以前一行为准"
            self.tell(line.where, what, "请删去重复的一行")
        elif rating.value:
            self.raters.add(who)
            self.facts.ratings.append(rating)

    def mixed_percents(self) -> None:
        """Report an indicator some of whose figures look like shares and some like percents."""
        columns: dict[tuple[str, tuple[int, bool]], list[Cell]] = {}
        parents = self.facts.parents
        for (unit, indicator), cells in self.facts.figures.items():
            for cut, cell in cells.items() if unit not in parents else ():
                columns.setdefault((indicator, cut), []).append(cell)
        for (indicator, _), cells_ in columns.items():
            small, large = _shares_and_percents(cells_)
            if small and large:
                both = f"有{small.value}，也有{large.value}"
                what = f"「{indicator}」同一期里{both}，像是小数与百分数混写"
                self.tell(small.where, what, f"请统一写法（{large.where}）")


def _shares_and_percents(cells: list[Cell]) -> tuple[Cell | None, Cell | None]:
    known = [(abs(cell.value), cell) for cell in cells if cell.value]
    small = [pair for pair in known if pair[0] < 1]
    large = [pair for pair in known if pair[0] >= 1]
    if not small or not large or len(known) < 3:  # noqa: PLR2004  # two say nothing of a column
        return None, None
    low, high = min(large, key=_size), max(large, key=_size)
    looks_mixed = all(low[0] / 2 <= value * 100 <= high[0] * 2 for value, _ in small)
    if looks_mixed and high[0] <= 200 and max(small, key=_size)[0] * 10 < low[0]:  # noqa: PLR2004  # percents
        return small[0][1], low[1]
    return None, None


def _size(pair: tuple[Decimal, Cell]) -> Decimal:
    return pair[0]
