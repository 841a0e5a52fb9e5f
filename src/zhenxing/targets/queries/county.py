"""The county's targets: indicators by towns, what nobody has read, what does not sum up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.engine.breakdown import added
from zhenxing.engine.target_checks import Known, sum_of_parts
from zhenxing.indicators import queries as indicator_queries
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Unit
from zhenxing.targets.queries.force import level, targets_in_force, visible_targets
from zhenxing.targets.queries.town import is_acknowledged

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from decimal import Decimal

    from zhenxing.engine.facts import IndicatorDef
    from zhenxing.indicators.models import Target
    from zhenxing.kernel.problems import Problem


@dataclass(frozen=True)
class Cell:
    """One indicator of one unit: its targets in force."""

    unit: Unit
    code: str
    targets: tuple[Target, ...]

    @property
    def labels(self) -> list[str]:
        """The targets as readers know them."""
        return ["无任务" if row.no_task else row.aim.label for row in self.targets]

    @property
    def is_unread(self) -> bool:
        """Whether some target of a town waits for its leader."""
        return any(not is_acknowledged(row) for row in self.targets)

    @property
    def version(self) -> int:
        """The highest version among them."""
        return max((row.version for row in self.targets), default=0)

    @property
    def value(self) -> Decimal | None:
        """The level that is asked for."""
        found = level(self.targets)
        return found.value if found is not None else None


@dataclass(frozen=True)
class MatrixRow:
    """One indicator across the county and its towns; `total` sums the towns' levels."""

    indicator: IndicatorDef
    county: Cell
    cells: tuple[Cell, ...]
    total: Decimal | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Matrix:
    """Indicators by towns."""

    towns: tuple[Unit, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def unread(self) -> list[tuple[Unit, int]]:
        """How many indicators of each town wait for its leader."""
        return [
            (town, sum(row.cells[place].is_unread for row in self.rows))
            for place, town in enumerate(self.towns)
        ]


def matrix(year: int, day: date, codes: Collection[str] | None) -> Matrix:
    """Give all targets in force of a year; five queries, however many towns."""
    units = list(Unit.objects.of_kind(UnitKind.COUNTY, UnitKind.TOWN).open_on(day))
    towns = [unit for unit in units if unit.kind == UnitKind.TOWN]
    county = next(unit for unit in units if unit.kind == UnitKind.COUNTY)
    targets = visible_targets([unit.code for unit in units], codes).filter(issued__lte=day)
    found = targets_in_force(targets.select_related("acknowledgement"), year, day)
    aimed = {code for _, code in found}
    rows = [
        _row(each, county, towns, found)
        for each in indicator_queries.definitions(codes)
        if each.code in aimed
    ]
    return Matrix(tuple(towns), tuple(rows))


def _row(
    indicator: IndicatorDef,
    county: Unit,
    towns: list[Unit],
    found: dict[tuple[str, str], tuple[Target, ...]],
) -> MatrixRow:
    whole = Cell(county, indicator.code, found.get((county.code, indicator.code), ()))
    cells = tuple(
        Cell(town, indicator.code, found.get((town.code, indicator.code), ())) for town in towns
    )
    values = [cell.value for cell in cells if cell.value is not None]
    return MatrixRow(
        indicator,
        whole,
        cells,
        added(values) if values and indicator.kind != "rate" else None,
        tuple(_sum_problems(indicator, whole, cells)),
    )


def _sum_problems(indicator: IndicatorDef, whole: Cell, cells: tuple[Cell, ...]) -> list[Problem]:
    target = level(whole.targets)
    if target is None or indicator.kind == "rate":
        return []
    known = Known(
        name=indicator.name,
        measure=indicator.measure,
        year=target.year,
        decimals=indicator.decimals,
    )
    levels = [level(cell.targets) for cell in cells]
    return sum_of_parts(target.aim, [row.aim for row in levels if row is not None], known)
