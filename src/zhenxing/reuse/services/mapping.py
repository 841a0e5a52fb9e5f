"""Cells tied to what they take, and let go again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhenxing.audit import services as audit
from zhenxing.documents.services import position, reference
from zhenxing.indicators.models import Indicator
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reuse import access, matching, queries
from zhenxing.reuse.choices import (
    MEASURE_OF,
    MOST_DECIMALS,
    OF_INDICATOR,
    RULES_OF,
    Item,
    Rule,
)
from zhenxing.reuse.models import Mapped
from zhenxing.reuse.services.registering import held
from zhenxing.reuse.services.stopping import StoppedError

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.documents.services import Look
    from zhenxing.kernel.moments import Moment
    from zhenxing.organisation.models import Unit
    from zhenxing.reuse.models import Template
    from zhenxing.web.scope import Scope

MOST_CELLS = 600
_CHOOSE = "请在对应页重新选"


@dataclass(frozen=True)
class Assignment:
    """What one cell shall take; `unit` and `indicator` are codes, empty where the item needs none.

    Without `measure` it is the item's own; without `decimals` those the indicator is shown with.
    """

    sheet: str
    cell: str
    item: Item
    rule: Rule = Rule.TO_DATE
    indicator: str = ""
    unit: str = ""
    measure: str = ""
    decimals: int | None = None

    @property
    def place(self) -> str:
        """The cell with its sheet."""
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True)
class _Open:
    """What the cells of a form may take today."""

    look: Look
    indicators: Mapping[str, Indicator]
    units: Mapping[str, Unit]


def assign(
    *, template: Template, cells: Sequence[Assignment], scope: Scope, moment: Moment
) -> list[Mapped] | list[Problem]:
    """Tie cells to what they take: all of them, or none and every problem at once."""
    if not access.may_keep(scope, template.unit):
        return [_not_allowed(template)]
    look = queries.look_of(template)
    if isinstance(look, Problem):
        return [look]
    problems = _problems(cells, _open(template, look, moment.business_date))
    if problems:
        return problems
    try:
        return _assigned(template, look, cells, scope, moment)
    except StoppedError as stop:
        return [stop.problem]


def _assigned(
    template: Template, look: Look, cells: Sequence[Assignment], scope: Scope, moment: Moment
) -> list[Mapped]:
    with audit.act(
        "reuse.cells.assigned",
        subject=f"{template.unit.name}《{template.name}》",
        by=organisation_queries.actor(scope),
        moment=moment,
        details={"code": template.code},
    ) as act:
        current = held(template)
        open_ = _open(current, look, moment.business_date)
        problems = _problems(cells, open_)
        if problems:
            raise StoppedError(problems[0])
        rows = [_stored(current, each, open_) for each in cells]
        if current.cells.filter(active=True).count() > MOST_CELLS:
            what = f"一份外表最多对应{MOST_CELLS}格"
            raise StoppedError(Problem(current.name, what, "请拆成几份登记"))
        act.details["cells"] = {row.place: row.words for row in rows}
        act.vouch(*rows)
    return rows


def release(
    *, template: Template, places: Sequence[str], scope: Scope, moment: Moment
) -> int | Problem:
    """Let cells go; they are no longer filled and what the file holds in them stays."""
    if not access.may_keep(scope, template.unit):
        return _not_allowed(template)
    try:
        with audit.act(
            "reuse.cells.released",
            subject=f"{template.unit.name}《{template.name}》",
            by=organisation_queries.actor(scope),
            moment=moment,
            details={"code": template.code},
        ) as act:
            current = held(template)
            rows = [each for each in queries.cells_of(current) if each.place in set(places)]
            if not rows:
                what = "没有要取消的单元格，可能已经取消"
                raise StoppedError(Problem(current.name, what, "请刷新后再看"))
            act.details["cells"] = {row.place: row.words for row in rows}
            for row in rows:
                row.active = False
                row.save(update_fields=["active"])
            act.vouch(*rows)
    except StoppedError as stop:
        return stop.problem
    return len(rows)


def spread(first: Assignment, look: Look, units: Sequence[Unit]) -> list[Assignment]:
    """Take a cell's meaning down its column: one cell for each row that names a unit.

    The unit's name stands anywhere left of the column; formulas and rows without a name are left.
    """
    sheet = look.sheet(first.sheet)
    if sheet is None:
        return []
    codes = {matching.bare(unit.name): unit.code for unit in units}
    _, column = position(first.cell)
    found = []
    for row in range(1, sheet.size[0] + 1):
        where = reference(row, column)
        heads = [sheet.cell(sheet.anchor(reference(row, at))).words for at in range(1, column)]
        unit = next((codes[matching.bare(h)] for h in heads if matching.bare(h) in codes), "")
        if unit and sheet.anchor(where) == where and not sheet.is_computed(where):
            found.append(replace(first, cell=where, unit=unit))
    return found


def _open(template: Template, look: Look, day: date) -> _Open:
    codes = queries.readable_codes(template.unit)
    indicators = Indicator.objects.all() if codes is None else Indicator.objects.filter(
        code__in=codes
    )  # fmt: skip
    return _Open(
        look,
        {each.code: each for each in indicators},
        {each.code: each for each in queries.open_units(template.unit, day)},
    )


def _problems(cells: Sequence[Assignment], open_: _Open) -> list[Problem]:
    if not cells:
        return [Problem("", "没有要对应的单元格", "请先选一格")]
    return [problem for each in cells if (problem := _problem(each, open_))]


def _problem(said: Assignment, open_: _Open) -> Problem | None:
    found = _wrong_place(said, open_.look) or _wrong_item(said)
    if found or said.item not in OF_INDICATOR:
        return found
    indicator = open_.indicators.get(said.indicator)
    if indicator is None or said.unit not in open_.units:
        what = "没有选指标和单位，或本单位不能取这项指标、这个单位的数"
        return Problem(said.place, what, _CHOOSE)
    source = MEASURE_OF.get(said.item, indicator.measure)
    if not matching.converts(source, said.measure or source):
        what = f"「{source}」不能换算成「{said.measure}」"
        return Problem(said.place, what, "请写能换算的计量单位，如万元、亿元")
    return None


def _wrong_item(said: Assignment) -> Problem | None:
    if said.rule not in RULES_OF[said.item]:
        what = f"「{said.item.label}」只有{'、'.join(r.label for r in RULES_OF[said.item])}"
        return Problem(said.place, f"{what}，没有「{said.rule.label}」", _CHOOSE)
    if said.decimals is not None and not 0 <= said.decimals <= MOST_DECIMALS:
        return Problem(said.place, f"小数位只能是0至{MOST_DECIMALS}", _CHOOSE)
    return None


def _wrong_place(said: Assignment, look: Look) -> Problem | None:
    sheet = look.sheet(said.sheet)
    try:
        row, column = position(said.cell)
    except ValueError:
        return Problem(said.place, f"「{said.cell[:10]}」不是单元格", "请写成C4这样")
    if sheet is None or row > max(sheet.size[0], 1) or column > max(sheet.size[1], 1):
        return Problem(said.place, "空表里没有这一格", "请在表里点一格，或写表内的格")
    if sheet.anchor(said.cell) != said.cell:
        what = f"这一格属于合并单元格，以{sheet.anchor(said.cell)}为准"
        return Problem(said.place, what, f"请选{sheet.anchor(said.cell)}")
    if sheet.is_computed(said.cell):
        return Problem(said.place, "这一格是公式，由表自己算，不填数", "请选公式所引用的格")
    return None


def _stored(template: Template, said: Assignment, open_: _Open) -> Mapped:
    has_figure = said.item in OF_INDICATOR
    indicator = open_.indicators[said.indicator] if has_figure else None
    own = MEASURE_OF.get(said.item, indicator.measure if indicator else "")
    places = said.decimals
    if places is None:
        places = min(indicator.decimals if indicator else 0, MOST_DECIMALS)
    row, _ = Mapped.objects.update_or_create(
        template=template,
        sheet=said.sheet,
        cell=said.cell,
        defaults={
            "item": said.item,
            "rule": said.rule,
            "indicator": indicator,
            "unit": open_.units[said.unit] if has_figure else None,
            "measure": (said.measure or own) if has_figure else "",
            "decimals": places,
            "active": True,
        },
    )
    return row


def _not_allowed(template: Template) -> Problem:
    what = f"{template.unit.name}的外表不归您对应"
    return Problem(template.name, what, "请联系本单位综合协调专班或填报员")
