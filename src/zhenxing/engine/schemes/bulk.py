"""Scoring a nation: operands worked out by DuckDB from Parquet, exactly; the same program.

FACTS is a folder of Parquet files with the names and columns of the CSV files, except that a period
is two whole numbers, `year` and `month` (its last), and that numbers are DECIMAL. Units, events and
ratings are few and go the ordinary way; figures and targets never enter Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhenxing.engine.schemes import binding, grading, scoring, staging
from zhenxing.engine.schemes.facts import Unit
from zhenxing.engine.schemes.gathering import Gatherer, group_of
from zhenxing.engine.schemes.laying import Layer
from zhenxing.engine.schemes.parquet import Store
from zhenxing.engine.schemes.planning import ItemPlan, Plan, plan
from zhenxing.engine.schemes.program import Operand, Source
from zhenxing.engine.schemes.resolving import Attributes
from zhenxing.engine.schemes.results import Row
from zhenxing.engine.schemes.runs import Inputs, Json
from zhenxing.engine.schemes.scheme import Scheme
from zhenxing.engine.schemes.syntax import Ref
from zhenxing.kernel.problems import Problem, errors
from zhenxing.kernel.rounding import half_up

FAR = 10**15  # in 1e-9 points: no item has as many


@dataclass(slots=True)
class Table:
    """A scored table in the database; `rows` and `scores` bring it into Python.

    problems: what is wrong with scheme or facts; with an error among them there are no rows.
    """

    scheme: Scheme
    period: str
    problems: list[Problem]
    plan: Plan | None = None
    units: list[Unit] = field(default_factory=list)
    outside: list[Unit] = field(default_factory=list)
    database: Any = None

    def rows(self, previous: Sequence[Json] = ()) -> list[Row]:
        """Return the rows of the ordinary result, without their items."""
        found = [] if self.plan is None else list(self._rows(self.plan, previous))
        found += [scoring.outside(unit) for unit in self.outside]
        return sorted(found, key=scoring.order)

    def scores(self) -> dict[str, dict[str, str | None]]:
        """Return every item's printed score by unit and item."""
        if self.plan is None:
            return {}
        items = [each.item.id for each in self.plan.items]
        names = ", ".join(f"i{place}" for place, _ in enumerate(items))
        told = self.database.execute(f"SELECT unit, {names} FROM scored").fetchall()  # noqa: S608  # our own names
        return {
            self.units[unit].code: {
                item: None if score is None else str(score)
                for item, score in zip(items, scores, strict=True)
            }
            for unit, *scores in told
        }

    def _rows(self, made: Plan, previous: Sequence[Json]) -> Iterator[Row]:
        scheme, names = self.scheme, list(made.conditions)
        places = scheme.item_places if scheme.total_places is None else scheme.total_places
        columns = ["unit", "total", "place", "ranked"]
        columns += [made.conditions[name].column for name in names]
        told = self.database.execute(f"SELECT {', '.join(columns)} FROM scored")  # noqa: S608  # our own names
        for number, nano, rank, of, *truths in told.fetchall():
            unit, held = self.units[number], dict(zip(names, truths, strict=True))
            total = None if nano is None else half_up(Decimal(nano) * scoring.NANO, places)
            earlier = grading.grades_before(previous, unit.code)
            verdict = grading.verdict(scheme, total, (rank, int(of)), _Held(held).holds, earlier)
            text = None if total is None else str(total)
            group = group_of(scheme, unit)
            yield Row(unit.code, group, text, rank, int(of), verdict.grade, verdict.eligible, {})


@dataclass(frozen=True, slots=True)
class _Held:
    """Which conditions hold for a unit, by list, place and grade."""

    truths: Mapping[tuple[str, int, str], bool | None]

    def holds(self, name: str, place: int, grade: str) -> bool:
        return bool(self.truths.get((name, place, grade)))


def score_table(scheme: Scheme, folder: Path, inputs: Inputs | None = None) -> Table:
    """Score a folder of Parquet files; the table it returns holds its database open."""
    inputs = inputs or Inputs()
    problems: list[Problem] = []
    cut, period = scoring.cut_of(scheme, inputs.period, problems)
    store = Store(folder)
    problems += store.problems
    if cut is None or store.problems:
        return Table(scheme, period, problems)
    facts, layer = store.facts(), Layer(scheme, cut, store)
    layer.sketch(facts)
    attributes = binding.attributes_of(facts)
    problems += [*facts.problems, *(found := list(binding.problems(scheme, facts, attributes)))]
    if errors(found):
        return Table(scheme, period, problems)
    made = plan(scheme, attributes)
    problems += binding.strangers(scheme, facts, made.program)
    gatherer = Gatherer(scheme, facts, cut, scoring.totals_of(inputs.others, problems))
    units = [unit for unit in facts.scored if group_of(scheme, unit) != ""]
    refused = list(_beyond(scheme, made)) or list(layer.lay(made, units, gatherer))
    problems += [*gatherer.problems, *refused]
    if refused:
        return Table(scheme, period, problems)
    _computed(made, attributes, store.database)
    outside = [unit for unit in facts.scored if group_of(scheme, unit) == ""]
    table = Table(scheme, period, problems, made, units, outside, store.database)
    problems += _lacking(table, made)
    return table


def _beyond(scheme: Scheme, made: Plan) -> Iterator[Problem]:
    """Tell what cannot be worked out for a nation."""
    for column in made.program.columns.values():
        if isinstance(column.what, Operand) and column.what.source is Source.RETURNS:
            what = f"成批计分没有上报日期，算不出「{column.what.name}」"
            yield Problem(scheme.file, what, "请改用CSV文件夹计分，或去掉这一项")


def _computed(made: Plan, attributes: Attributes, database: Any) -> None:  # noqa: ANN401  # duckdb's
    """Score the laid operands into a table `scored`."""
    wanted = [made.total, made.rank, made.of, *made.conditions.values()]
    for each in made.items:
        wanted += [each.counted, *each.tasks, each.score]
        wanted += [each.points] if isinstance(each.points, Ref) else []
    names = list(dict.fromkeys(ref.column for ref in wanted))
    tables, query = staging.statements(made.program, attributes, names)
    for text in tables:
        database.execute(text)
    told = {made.total.column: "total", made.rank.column: "place", made.of.column: "ranked"}
    told |= {ref.column: ref.column for ref in made.conditions.values()}
    columns = ["unit", *(f"{column} AS {name}" for column, name in told.items())]
    for place, each in enumerate(made.items):
        columns.append(f"{printed(made, each)} AS i{place}, {_is_held(each)} AS h{place}")
    # Names are our own: c0, c1 …
    database.execute(f"CREATE TABLE scored AS SELECT {', '.join(columns)} FROM ({query})")  # noqa: S608  # see above


def printed(made: Plan, each: ItemPlan) -> str:
    """Write an item's printed score, as `scoring.item_result` prints it."""
    places = made.scheme.item_places
    # Noise goes first, to 1e-9 and a half up; moved above zero, where // rounds down.
    nano = f"(({each.counted.column}::BIGINT + {FAR * 1000 + 501}) // 1000 - {FAR})"
    text = f"({nano}::DECIMAL(18, 0) * 0.000000001)::DECIMAL(18, {places})"
    item, scheme = each.item, made.scheme
    policy = item.missing or ("zero" if each.is_outside else scheme.missing)
    none = " OR ".join(f"{task.column} > 0" for task in each.tasks) or "FALSE"
    applies = _applies(each)
    if policy == "exclude":
        text = f"CASE WHEN {each.score.column} IS NOT NULL OR {none} THEN {text} END"
    if scheme.no_task != "full":
        applies = f"{applies} AND NOT ({none})"
    return f"CASE WHEN {applies} THEN {text} END"


def _applies(each: ItemPlan) -> str:
    """Write that the unit's group has points for the item."""
    return f"{each.points.column} IS NOT NULL" if isinstance(each.points, Ref) else "TRUE"


def _is_held(each: ItemPlan) -> str:
    """Write that the item applies to a unit, that it has a task, and yet no score."""
    tasks = "".join(f" AND NOT {task.column} > 0" for task in each.tasks)
    return f"{each.score.column} IS NULL{tasks} AND {_applies(each)}"


def _lacking(table: Table, made: Plan) -> Iterator[Problem]:
    """Tell how many units have no score in an item; an explanation of one names its cell."""
    counts = ", ".join(f"count(*) FILTER (WHERE h{n})" for n, _ in enumerate(made.items))
    lacks = table.database.execute(f"SELECT {counts} FROM scored").fetchone() if counts else ()  # noqa: S608  # our own names
    for each, count in zip(made.items, lacks, strict=True):
        if count:
            lead = f"请{each.item.lead}补报" if each.item.lead else "请补数"
            what = f"「{each.item.name}」有{count}个单位没有得分"
            yield Problem(f"{table.scheme.file} 第{each.item.line}行", what, lead, "warning")
