"""A form filled for one month: each cell with its value, or with the reason why it has none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from zhenxing.indicators import queries as indicator_queries
from zhenxing.indicators.models import Figure
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reuse import reckoning, writing
from zhenxing.reuse.choices import OF_INDICATOR, Item, Kind, Rule
from zhenxing.reuse.queries import forms
from zhenxing.reuse.reckoning import STARS, Told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhenxing.documents.services import Look, LookCell
    from zhenxing.engine.facts import FigureFact
    from zhenxing.engine.rows import Row
    from zhenxing.engine.standing import Standing
    from zhenxing.kernel.periods import Period
    from zhenxing.reuse.models import Mapped, Template
    from zhenxing.reuse.writing import Written

NOT_LED = "已不由本部门牵头，不再填写"
NO_SHEET = "空表里没有这张工作表或这一格是公式"


@dataclass(frozen=True)
class FilledCell:
    """One cell: what it takes, what stands in it, who stands behind that and since when."""

    mapped: Mapped
    written: Written
    reason: str = ""
    masked: bool = False
    way: str = ""
    standing: str = ""
    vintage: str = ""
    figure: Figure | None = None

    @property
    def place(self) -> str:
        """The cell with its sheet."""
        return self.mapped.place

    @property
    def is_blank(self) -> bool:
        """Whether the cell stays empty."""
        return self.written.kind is Kind.BLANK

    def snapshot(self) -> dict[str, str]:
        """Give what is kept of the cell when the form goes out."""
        of = self.mapped.indicator.code if self.mapped.indicator else ""
        return {
            "kind": self.written.kind.value,
            "text": self.written.text,
            "shown": self.written.shown,
            "meaning": self.mapped.words,
            "indicator": of,
            "unit": self.mapped.unit.code if self.mapped.unit else "",
            "measure": self.mapped.measure,
            "standing": self.standing,
            "since": str(self.figure.business_date) if self.figure else "",
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Filling:
    """A whole form for one month, as known on a day."""

    template: Template
    month: Period
    day: date
    cells: tuple[FilledCell, ...]

    @cached_property
    def snapshot(self) -> dict[str, dict[str, str]]:
        """What is kept when it goes out, by cell."""
        return {cell.place: cell.snapshot() for cell in self.cells}

    @cached_property
    def digest(self) -> str:
        """A fingerprint of everything in it: who sends says by it what they have seen."""
        told = [self.template.file.sha256, str(self.month), self.snapshot]
        said = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def blanks(self) -> list[FilledCell]:
        """The cells that stay empty, and why."""
        return [cell for cell in self.cells if cell.is_blank]

    @property
    def values(self) -> list[FilledCell]:
        """The cells that hold something."""
        return [cell for cell in self.cells if not cell.is_blank]


def filled(template: Template, look: Look, month: Period, day: date) -> Filling:
    """Fill every mapped cell for a month as it is known on a business day.

    The figures are those of `indicators.queries.month`, as every page shows them.
    """
    cells = forms.cells_of(template)
    known = _Known(template, cells, month, day)
    made = [_cell(each, look, known) for each in cells]
    figures = _figures(known.told.values())
    return Filling(template, month, day, tuple(_sourced(cell, known, figures) for cell in made))


class _Known:
    """What the site knows for the indicators of one form: a few months, each reckoned once."""

    def __init__(self, template: Template, cells: list[Mapped], month: Period, day: date) -> None:
        self.month, self.day = month, day
        self.asking = [cell for cell in cells if cell.item in OF_INDICATOR]
        allowed = forms.readable_codes(template.unit)
        open_ = set(forms.open_units(template.unit, day).values_list("code", flat=True))
        self.told: dict[str, Told] = {}
        rows = self._rows(allowed, open_)
        for cell in self.asking:
            self.told[cell.place] = _told(cell, month, rows)

    def _rows(
        self, allowed: frozenset[str] | None, open_: set[str]
    ) -> Mapping[tuple[str, str], Mapping[Period, Row]]:
        """Reckon the months that are needed; only what the form's unit may read is asked for."""
        readable = [
            (cell, str(cell.unit.code), cell.indicator.code)
            for cell in self.asking
            if cell.unit and cell.indicator and cell.unit.code in open_
            and (allowed is None or cell.indicator.code in allowed)
        ]  # fmt: skip
        wanted: dict[Period, None] = {}
        for cell, _, _ in readable:
            wanted |= dict.fromkeys(sorted(_needed(cell, self.month)))
        units, codes = {unit for _, unit, _ in readable}, {code for _, _, code in readable}
        peers: dict[str, str | None] = dict.fromkeys(units)
        if wanted:
            peers |= organisation_queries.classes_on(self.day)
        rows: dict[tuple[str, str], dict[Period, Row]] = {}
        for period in wanted:
            month = indicator_queries.month(period, self.day, peers=peers, units=units, codes=codes)
            for row in month.rows:
                rows.setdefault((row.unit, row.indicator.code), {})[period] = row
        return {(unit, code): rows[unit, code] for _, unit, code in readable}


def _needed(cell: Mapped, month: Period) -> set[Period]:
    return reckoning.needed(Item(cell.item), Rule(cell.rule), month)


def _told(
    cell: Mapped, month: Period, rows: Mapping[tuple[str, str], Mapping[Period, Row]]
) -> Told:
    unit, code = (cell.unit.code, cell.indicator.code) if cell.unit and cell.indicator else ("", "")
    own = rows.get((unit, code))
    if own is None:
        return Told(reason=NOT_LED)
    return reckoning.told(Item(cell.item), Rule(cell.rule), month, own)


def _cell(mapped: Mapped, look: Look, known: _Known) -> FilledCell:
    sheet = look.sheet(mapped.sheet)
    if sheet is None or sheet.is_computed(mapped.cell):
        return FilledCell(mapped, writing.NOTHING, NO_SHEET)
    place = sheet.cell(mapped.cell)
    if mapped.item in OF_INDICATOR:
        return _of_indicator(mapped, known.told[mapped.place], place)
    if mapped.item == Item.DATE:
        return FilledCell(mapped, writing.on_day(known.day, look, place))
    if mapped.item == Item.PERIOD:
        words = reckoning.period_words(Rule(mapped.rule), known.month)
    else:
        words = (mapped.unit or mapped.template.unit).name
    return FilledCell(mapped, writing.in_words(words))


def _of_indicator(mapped: Mapped, told: Told, place: LookCell) -> FilledCell:
    standing, vintage = _weakest(told.figures)
    cell = FilledCell(
        mapped,
        writing.NOTHING,
        told.reason,
        masked=told.masked,
        way=told.way,
        standing=standing,
        vintage=vintage,
    )
    if told.masked:
        return replace(cell, written=writing.in_words(STARS))
    if told.words:
        return replace(cell, written=writing.in_words(told.words))
    if told.value is None or mapped.indicator is None:
        return cell
    source = reckoning.source_measure(Item(mapped.item), mapped.indicator.measure)
    value = reckoning.measured(told.value, source, mapped.measure, mapped.decimals)
    written = writing.in_figures(value, mapped.measure, mapped.decimals, place)
    return replace(cell, written=written)


def _weakest(figures: Iterable[FigureFact]) -> tuple[str, str]:
    """Name who stands behind a value: of several figures the weakest."""
    parts = list(figures)
    if not parts:
        return "", ""
    standing: Standing = min((each.standing for each in parts), key=lambda s: s.weight)
    vintage = min((each.vintage for each in parts), key=lambda v: v.order)
    return standing.label, vintage.label


def _figures(told: Iterable[Told]) -> dict[object, Figure]:
    keys = {int(str(each.figures[-1].ref)) for each in told if each.figures}
    found = Figure.objects.filter(pk__in=keys).select_related("file") if keys else ()
    return {figure.pk: figure for figure in found}


def _sourced(cell: FilledCell, known: _Known, figures: Mapping[object, Figure]) -> FilledCell:
    told = known.told.get(cell.place)
    if told is None or not told.figures:
        return cell
    return replace(cell, figure=figures.get(told.figures[-1].ref))
