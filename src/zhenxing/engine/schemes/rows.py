"""FACTS out of tables of text: each row read or told, none silently dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from types import MappingProxyType

from zhenxing.engine.schemes import cycles
from zhenxing.engine.schemes.facts import (
    LARGEST,
    MASKED,
    NO_TASK,
    Cell,
    Event,
    Facts,
    Rating,
    Unit,
)
from zhenxing.engine.schemes.tables import Line, Table
from zhenxing.kernel.periods import Kind, Period, PeriodError
from zhenxing.kernel.problems import Problem

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


def from_tables(tables: Mapping[str, Table], problems: list[Problem] | None = None) -> Facts:
    """Read the tables; every faulty row is a problem and counts as if it were not there.

    >>> from zhenxing.engine.schemes.tables import from_csv
    >>> units = from_csv("units.csv", b"unit,name\\nT01,A\\nT01,B\\n", [])
    >>> facts = from_tables({"units": units})
    >>> list(facts.units), facts.problems[0].sentence
    (['T01'], 'units.csv 第3行：单位「T01」在units.csv 第2行已有；请删去重复的一行。')
    """
    return RowReader(tables, list(problems or [])).all()


class RowReader:
    """Reads rows of text into `facts`; what is wrong with a row is told with its place."""

    def __init__(self, tables: Mapping[str, Table], problems: list[Problem]) -> None:
        """Start with the problems of the tables themselves."""
        self.tables = tables
        self.facts = Facts(problems=problems)
        self.strangers: set[tuple[str, str]] = set()
        self.raters: set[tuple[str, str, str]] = set()

    def tell(self, where: str, what: str, next_: str) -> None:
        """Note what is wrong, where, and what to do."""
        self.facts.problems.append(Problem(where, what, next_))

    def all(self) -> Facts:
        """Read every table there is, units first: the others name them."""
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
        """Give the rows of a table; none, told once, where a column it must have is lacking."""
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
        """Take a row of `units`; told: no code, a code that is taken."""
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
        """Say whether the row's unit is among the units; told once a table for each stranger."""
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
        """Take a row of `figures` or `targets` into its place, the first row of a cut-off.

        column: of the value; read: makes the cell of it. Told: a unit unknown, no period, no
        indicator, a cut-off that has its figure.
        """
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
        """Read a figure; missing, with why, where masked (`*`), empty or told as no number."""
        reported = self.day(line, line.cells.get("reported", ""))
        if "*" in text:
            return Cell(None, line.where, "数未公开（*）", reported)
        value = self.number(line, text)
        return Cell(value, line.where, "" if value is not None else "数是空的或不是数", reported)

    def target(self, line: Line, text: str) -> Cell:
        """Read a target; missing, with why, where `/` (no task), masked, empty or no number."""
        if text == NO_TASK:
            return Cell(None, line.where, NO_TASK)
        if MASKED in text:
            return Cell(None, line.where, "目标未公开（*）")
        value = self.number(line, text)
        return Cell(value, line.where, "" if value is not None else "目标是空的或不是数")

    def number(self, line: Line, text: str) -> Decimal | None:
        """Read a plain decimal below 10¹⁵; None where it is empty, or told as too large or odd."""
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
        """Read a day written 2023-10-25; None where it is empty, or told as no day."""
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.tell(line.where, f"「{text}」不是日期", "请写成2023-10-25")
            return None

    def event(self, line: Line) -> None:
        """Take a row of `events`; told: a unit unknown, no id, event or day."""
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
        """Take a row of `ratings`; told: a unit unknown, an item marked twice by one rater."""
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
