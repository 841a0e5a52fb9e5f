"""FACTS out of a database: rows as a cursor gives them, values already Decimal, no text to read.

What is irregular about a row (an unknown unit, a second figure for one cut-off, a number beyond
all measure) goes to the reader of files, so that both ways in say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from zhenxing.engine.schemes.facts import LARGEST, Cell, Event, Facts
from zhenxing.engine.schemes.rows import RowReader
from zhenxing.engine.schemes.tables import Line
from zhenxing.kernel.periods import Kind, Period, PeriodError

# code, name, code of the unit above or "", attributes as text, place
UnitRow = tuple[str, str, str, Mapping[str, str], str]
# unit, indicator, period, value, place, why there is no value (or ""), the day it was reported
FigureRow = tuple[str, str, str, Decimal | None, str, str, date | None]
# unit, indicator, period, target, place, why there is none: "/" for no task (or "")
TargetRow = tuple[str, str, str, Decimal | None, str, str]
# id, unit, event, day, amount, place
EventRow = tuple[str, str, str, date, Decimal | None, str]
# unit, item, rater, class of raters, mark as text, place
RatingRow = tuple[str, str, str, str, str, str]

Cut = tuple[int, bool]
Cells = dict[tuple[str, str], dict[Cut, Cell]]
Reader = Callable[[Line, str], Cell]


def facts_from_columns(
    units: Iterable[UnitRow],
    figures: Iterable[FigureRow],
    targets: Iterable[TargetRow] = (),
    events: Iterable[EventRow] = (),
    ratings: Iterable[RatingRow] = (),
) -> Facts:
    """Build facts from rows; each carries its `where`, the place that explanations name.

    A masked figure or target is None with its own words for why, such as 「数未公开（*）」.

    >>> units = [("T01", "青溪镇", "", {"class": "hill"}, "units T01")]
    >>> row = ("T01", "fai", "2023-10", Decimal(9800), "return 17, row 3", "", None)
    >>> facts_from_columns(units, [row]).figures["T01", "fai"]
    {(24285, True): Cell(value=Decimal('9800'), where='return 17, row 3', lack='', reported=None)}
    """
    intake = _Intake()
    intake.units(list(units))
    intake.figures(figures)
    intake.targets(targets)
    for event in events:
        intake.event(event)
    for rating in ratings:
        intake.rating(rating)
    intake.reading.mixed_percents()
    return intake.facts


class _Cuts(dict[str, Cut | None]):
    """What each period ends with and whether it is a month; None for what is no period."""

    def __missing__(self, text: str) -> Cut | None:
        try:
            period = Period.parse(text)
        except PeriodError:
            self[text] = None
        else:
            self[text] = period.year * 12 + period.last_month - 1, period.kind is Kind.MONTH
        return self[text]


class _Intake:
    def __init__(self) -> None:
        self.reading = RowReader({}, [])
        self.facts = self.reading.facts
        self.known: set[str] = set()
        self.cuts = _Cuts()

    def units(self, rows: list[UnitRow]) -> None:
        self.facts.attributes = tuple(dict.fromkeys(name for row in rows for name in row[3]))
        for code, name, parent, attributes, where in rows:
            cells = dict.fromkeys(self.facts.attributes, "") | dict(attributes)
            self.reading.unit(Line(where, {**cells, "unit": code, "name": name, "parent": parent}))
        self.known = self.facts.units.keys() | self.facts.parents

    def figures(self, rows: Iterable[FigureRow]) -> None:
        into, known, cuts = self.facts.figures, self.known, self.cuts
        for row in rows:
            unit, indicator, period, value, where, lack, reported = row
            cut = cuts[period]
            if unit in known and indicator and cut is not None and _is_fair(value):
                cells = into.setdefault((unit, indicator), {})
                if cut not in cells:
                    why = "" if value is not None else lack or "数是空的或不是数"
                    cells[cut] = Cell(value, where, why, reported)
                    continue
            text = {"value": _text(value), "reported": reported.isoformat() if reported else ""}
            self.odd(row[:3], Line(where, text), into, self.reading.figure)

    def targets(self, rows: Iterable[TargetRow]) -> None:
        into, known, cuts = self.facts.targets, self.known, self.cuts
        for row in rows:
            unit, indicator, period, value, where, lack = row
            cut = cuts[period]
            if unit in known and indicator and cut is not None and _is_fair(value):
                cells = into.setdefault((unit, indicator), {})
                if cut not in cells:
                    why = "" if value is not None else lack or "目标是空的或不是数"
                    cells[cut] = Cell(value, where, why)
                    continue
            self.odd(row[:3], Line(where, {"value": _text(value)}), into, self.reading.target)

    def odd(self, place: tuple[str, str, str], line: Line, into: Cells, read: Reader) -> None:
        names = zip(("unit", "indicator", "period"), place, strict=True)
        self.reading.cell(Line(line.where, {**dict(names), **line.cells}), "value", into, read)

    def event(self, row: EventRow) -> None:
        code, unit, event, day, amount, where = row
        if code and event and unit in self.known and _is_fair(amount):
            self.facts.events.append(Event(code, unit, event, day, amount, where))
            return
        cells = {"id": code, "unit": unit, "event": event, "date": day.isoformat()}
        self.reading.event(Line(where, {**cells, "amount": _text(amount)}))

    def rating(self, row: RatingRow) -> None:
        names = ("unit", "item", "rater", "rater_class", "value")
        self.reading.rating(Line(row[-1], dict(zip(names, row, strict=False))))


def _is_fair(value: Decimal | None) -> bool:
    return value is None or (value.is_finite() and abs(value) < LARGEST)


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
