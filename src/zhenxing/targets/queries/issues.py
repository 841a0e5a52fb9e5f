"""What an issue says line by line: what it would change, what is wrong with it, what is odd."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from zhenxing.engine.targets import Target as Aim
from zhenxing.indicators.models import Indicator, Target
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.wording import chinese_date
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Unit
from zhenxing.targets.cells import Line, line_of, read_aim
from zhenxing.targets.queries.checks import ground
from zhenxing.targets.queries.force import held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhenxing.targets.models import Issue

EARLIEST, LATEST = 2000, 2099


@dataclass(frozen=True)
class Told:
    """One line of an issue with what it is about, what it asks for, and what holds now.

    `versions` are all versions there are of that target, so that the next one has its number.
    """

    line: Line
    unit: Unit | None
    indicator: Indicator | None
    aim: Aim | Problem
    now: Target | None
    versions: tuple[Target, ...] = ()

    @property
    def place(self) -> str:
        """Where the line stands, in words."""
        unit = self.unit.name if self.unit else self.line.unit
        return f"{unit}·{self.indicator.name if self.indicator else self.line.indicator}"

    @property
    def is_same(self) -> bool:
        """Whether it asks for what holds already."""
        return self.now is not None and isinstance(self.aim, Aim) and self.now.aim == self.aim

    @property
    def is_adjusted(self) -> bool:
        """Whether it takes the place of an earlier target."""
        return bool(self.versions) and not self.is_same

    @property
    def version(self) -> int:
        """The number its target will have."""
        return max((row.version for row in self.versions), default=0) + 1

    @property
    def latest_issue(self) -> date | None:
        """The last day on which such a target was issued."""
        return max((row.issued for row in self.versions), default=None)


@dataclass(frozen=True)
class Reading:
    """An issue read line by line on a day, with its errors and its warnings."""

    issue: Issue
    day: date
    lines: tuple[Told, ...]

    @cached_property
    def errors(self) -> list[Problem]:
        """What keeps it from being put forward or approved."""
        return [*_of_heading(self.issue, self.day), *_of_lines(self.issue, self.lines)]

    @cached_property
    def warnings(self) -> list[Problem]:
        """What is odd: dates that reach back, targets that contradict each other."""
        return [*_of_date(self.issue, self.day), *self._checks()]

    @property
    def indicators(self) -> list[Indicator]:
        """The indicators it speaks of, in the dictionary's order."""
        found = {told.indicator.pk: told.indicator for told in self.lines if told.indicator}
        return sorted(found.values(), key=lambda each: each.position)

    @property
    def adjusted(self) -> int:
        """How many lines take the place of an earlier target."""
        return sum(told.is_adjusted for told in self.lines)

    def _checks(self) -> Iterator[Problem]:
        drafted: dict[tuple[str, str], dict[str, Aim]] = {}
        for told in self.lines:
            if isinstance(told.aim, Aim) and told.unit and told.indicator:
                about = (told.line.unit, told.line.indicator)
                drafted.setdefault(about, {})[told.line.kind] = told.aim
        if not drafted:
            return
        known = ground({code for _, code in drafted}, self.issue.year, self.day, drafted)
        for unit, code in drafted:
            for problem in known.problems(unit, code):
                where = f"{known.names.get(unit, unit)}·{problem.where}"
                yield Problem(where, problem.what, problem.next, problem.level)


def lines_in(issue: Issue) -> list[Line]:
    """Give the lines of an issue as they were written."""
    return [line_of(stored) for stored in issue.lines]


def read(issue: Issue, day: date) -> Reading:
    """Read an issue on a day; three queries, and those of the checks where they are asked for."""
    lines = lines_in(issue)
    units = _by_code(Unit.objects.of_kind(UnitKind.COUNTY, UnitKind.TOWN).open_on(day))
    codes = {line.indicator for line in lines}
    indicators = {
        each.code: each
        for each in Indicator.objects.filter(code__in=codes).select_related("field", "lead")
    }
    versions: dict[tuple[str, str, str], list[Target]] = {}
    rows = Target.objects.filter(year=issue.year, indicator__code__in=codes)
    for row in rows.select_related("unit", "indicator"):
        versions.setdefault((row.unit.code, row.indicator.code, row.kind), []).append(row)
    known = held((row for each in versions.values() for row in each), issue.year, day)
    now = {(*about, row.kind): row for about, targets in known.items() for row in targets}
    order = {code: (unit.position, code) for code, unit in units.items()}
    told = [
        _told(line, units, indicators, now.get(line.about), versions.get(line.about, ()))
        for line in lines
    ]
    told.sort(key=lambda each: (_place(each), each.line.kind, order.get(each.line.unit, (0, ""))))
    return Reading(issue, day, tuple(told))


def _place(told: Told) -> int:
    return told.indicator.position if told.indicator else -1


def _told(
    line: Line,
    units: Mapping[str, Unit],
    indicators: Mapping[str, Indicator],
    now: Target | None,
    versions: Iterable[Target],
) -> Told:
    unit, indicator = units.get(line.unit), indicators.get(line.indicator)
    bare = Told(line, unit, indicator, Problem("", "", ""), now, tuple(versions))
    return Told(line, unit, indicator, read_aim(line, bare.place), now, bare.versions)


def _by_code(units: Iterable[Unit]) -> dict[str, Unit]:
    return {unit.code: unit for unit in units}


def _of_heading(issue: Issue, day: date) -> Iterator[Problem]:
    if not issue.document.strip():
        yield Problem("文号", "没有写", "请写上下达的文号")
    if not EARLIEST <= issue.year <= LATEST:
        yield Problem("年度", f"{issue.year}不在{EARLIEST}—{LATEST}之间", "请核对年度")
        return
    if issue.issued > day:
        what = f"{chinese_date(issue.issued)}还没有到，今天是{chinese_date(day)}"
        yield Problem("下达日期", what, "请写文件的下达日期，不晚于今天")
    if issue.issued < date(issue.year - 1, 1, 1):
        what = f"{chinese_date(issue.issued)}早于上年1月1日"
        yield Problem("下达日期", what, f"请核对日期和年度，{issue.year}年目标不会这样早下达")
    if not issue.lines:
        yield Problem("各项", "一项目标也没有", "请在下面逐项填写，或传 Excel 表")


def _of_lines(issue: Issue, lines: Iterable[Told]) -> Iterator[Problem]:
    adjusted = 0
    for told in lines:
        adjusted += told.is_adjusted
        if told.unit is None or told.indicator is None:
            yield Problem(told.place, "没有这个单位或指标", "请删去这一项")
        elif isinstance(told.aim, Problem):
            yield told.aim
        elif told.latest_issue and issue.issued < told.latest_issue:
            yield Problem(
                told.place,
                f"现行目标是{chinese_date(told.latest_issue)}下达的，晚于这次的下达日期",
                "请核对下达日期；早于现行目标的文件不能再改它",
            )
    if adjusted and not issue.reason.strip():
        yield Problem("调整原因", f"有{adjusted}项是调整现行目标，没有写原因", "请写明为什么调整")


def _of_date(issue: Issue, day: date) -> Iterator[Problem]:
    """Warn of an issue dated back into months that have been shown by the old targets."""
    first = Period.month_of(issue.issued)
    last = Period.month_of(day).previous
    if issue.issued >= day or last.last_day < first.first_day:
        return
    words = first.label if first == last else f"{first.label}至{last.label}"
    yield Problem(
        "下达日期",
        f"写的是{chinese_date(issue.issued)}，{words}的页面已按没有这次下达的目标看过",
        "批准后这些日子的“按当日所知”会变；真实的批准时刻记在账本里",
        "warning",
    )
