"""Operands laid out in columns: a row for each scored unit in `s0`, ready for the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from zhenxing.engine.schemes import columnar
from zhenxing.engine.schemes.columnar import literal
from zhenxing.engine.schemes.facts import NO_TASK, Cell, Facts, Unit
from zhenxing.engine.schemes.gathering import Gatherer, group_of
from zhenxing.engine.schemes.parquet import Store
from zhenxing.engine.schemes.planning import Plan
from zhenxing.engine.schemes.program import Operand, Source
from zhenxing.engine.schemes.scheme import Scheme
from zhenxing.engine.schemes.scoring import cell_of
from zhenxing.engine.schemes.writing import GROUP, SCENARIO, UNIT
from zhenxing.kernel.problems import Problem

_SIDES = {
    Source.FIGURE: "own", Source.PARENT: "up", Source.TARGET: "aim", Source.NO_TASK: "aim",
    Source.SCHEDULE: "plan",
}  # fmt: skip
_FIGURES = (Source.FIGURE, Source.PARENT)
_COLUMNS = {Source.TARGET: "target", Source.NO_TASK: "idle", Source.SCHEDULE: "due"}
_JOINED = {"own": "code", "up": "parent", "aim": "code", "plan": "code"}
MONTHS = 12


class Layer:
    """Lays out one scheme's operands at one cut-off."""

    def __init__(self, scheme: Scheme, cut: int, store: Store) -> None:
        """Ask the store what indicators there are."""
        self.scheme, self.cut, self.store = scheme, cut, store
        self.keys = store.keys()
        self.run = store.database.execute
        self.sides: dict[str, str] = {}

    def sketch(self, facts: Facts) -> None:
        """Note in the facts which indicators have figures, targets, units without a task."""
        for code in self.keys:
            facts.figures["", code] = {}
        if "targets" not in self.store.columns:
            return
        codes = {key: code for code, key in self.keys.items()}
        idle = "bool_or(no_task)" if self.has_idle else "FALSE"
        told = f"SELECT indicator, {idle} FROM targets GROUP BY indicator"  # noqa: S608  # our own words
        for key, is_idle in self.run(told).fetchall():
            cells = {(0, False): Cell(None, "", NO_TASK)} if is_idle else {}
            facts.targets["", codes.get(key, str(key))] = cells

    @property
    def has_idle(self) -> bool:
        """Whether units can be without a task."""
        return "no_task" in self.store.columns["targets"]

    def lay(self, made: Plan, units: Sequence[Unit], gatherer: Gatherer) -> Iterator[Problem]:
        """Make the table `s0`; what stands twice is an error."""
        columns = made.program.columns.values()
        operands = {c.name: c.what for c in columns if isinstance(c.what, Operand)}
        yield from self.figures([each for each in operands.values() if each.source in _FIGURES])
        yield from self.targets({each.source for each in operands.values()})
        near = {name: each for name, each in operands.items() if each.source not in _SIDES}
        self.units(units, near, gatherer)
        cells = [f"{self.text(name, each)} AS {name}" for name, each in operands.items()]
        keys = [f"0::BIGINT AS {SCENARIO}", f"u.{GROUP}", f"u.{UNIT}"]
        joins = "".join(
            f" LEFT JOIN {table} AS {side} ON {side}.code = u.{_JOINED[side]}"
            for side, table in self.sides.items()
        )
        # Names are our own, words are quoted.
        self.run(f"CREATE TABLE s0 AS SELECT {', '.join(keys + cells)} FROM u0 AS u{joins}")  # noqa: S608  # see above

    def text(self, name: str, operand: Operand) -> str:
        """Write where an operand's value stands."""
        side = _SIDES.get(operand.source)
        if side is None:
            return f"u.{name}"
        column = _COLUMNS.get(operand.source, "before" if operand.last_year else "now")
        found = "NULL::DOUBLE"
        if side in self.sides and operand.name in self.keys:
            key = literal(self.keys[operand.name])
            found = f"{side}.{column}[list_position({side}.k, {key})]"
        return f"coalesce({found}, 0)" if column == "idle" else found

    def figures(self, operands: Sequence[Operand]) -> Iterator[Problem]:
        """Make the table of figures to date: a list for this year and one for last."""
        names = {operand.name for operand in operands if operand.name in self.keys}
        if not names:
            return
        years = sorted({operand.last_year for operand in operands})
        table = self.store.settle(self.scheme, self.cut, self.keys)
        texts = []
        for as_is in (False, True):
            own = [name for name in sorted(names) if (name in self.scheme.as_is) is as_is]
            keys = [self.keys[name] for name in own] if len(own) < len(self.keys) else []
            readings = {
                "before" if last_year else "now": columnar.reading(
                    self.scheme, self.cut, as_is=as_is, last_year=last_year
                )
                for last_year in years
            }
            value = self.store.numbers("figures", "value")
            texts += [columnar.figures_text(table, value, readings, keys)] if own else []
        sides = ["before" if last_year else "now" for last_year in years]
        yield from self.lists("f0", " UNION ALL ".join(texts), sides, "bool_or(twice)")
        used = {_SIDES[operand.source] for operand in operands}
        self.sides |= dict.fromkeys(sorted(used), "f0")

    def targets(self, sources: set[Source]) -> Iterator[Problem]:
        """Make the tables of targets: at the cut-off, and of the year for what is due by now."""
        if "targets" not in self.store.columns:
            return
        columns = self.store.columns["targets"]
        value = self.store.numbers("targets", "target")
        year = self.scheme.year * MONTHS + MONTHS - 1
        ends = (year, self.scheme.last)
        twice = "len(list_distinct(list(indicator))) <> count(*)"
        if sources & {Source.TARGET, Source.NO_TASK}:
            idle = "coalesce(no_task, FALSE)::DOUBLE" if self.has_idle else "0::DOUBLE"
            made = {"target": columnar.nearest(f"({value.fair})", value.scale), "idle": idle}
            text = columnar.targets_text(columns, (self.cut, *ends), made)
            yield from self.lists("t0", text, list(made), twice)
            self.sides["aim"] = "t0"
        if Source.SCHEDULE in sources:
            made = {"due": columnar.due(self.scheme, value, self.cut, self.keys)}
            text = columnar.targets_text(columns, ends, made)
            yield from self.lists("t1", text, list(made), twice)
            self.sides["plan"] = "t1"

    def lists(self, table: str, text: str, columns: Sequence[str], twice: str) -> Iterator[Problem]:
        """Make a table of one row a unit: its indicators and, beside them, their values."""
        made = ", ".join(f"list({column}) AS {column}" for column in columns)
        self.run(
            f"CREATE TABLE {table} AS SELECT unit::VARCHAR AS code, "  # noqa: S608  # our own names
            f"list(indicator) AS k, {made}, {twice} AS twice FROM ({text}) GROUP BY unit"
        )
        told = f"SELECT code FROM {table} WHERE twice ORDER BY code LIMIT 3"  # noqa: S608  # our own name
        for (code,) in self.run(told).fetchall():
            file = "figures.parquet" if table == "f0" else "targets.parquet"
            yield Problem(file, f"「{code}」有的指标在同一期写了两次", "请只留一行")

    def units(self, units: Sequence[Unit], near: Mapping[str, Operand], gatherer: Gatherer) -> None:
        """Make the table of units with what is known of each without figures and targets."""
        groups = {
            name: place
            for place, name in enumerate(sorted({group_of(self.scheme, u) or "" for u in units}))
        }
        columns: dict[str, tuple[str, list[object]]] = {
            UNIT: ("BIGINT", list(range(len(units)))),
            GROUP: ("BIGINT", [groups[group_of(self.scheme, unit) or ""] for unit in units]),
            "code": ("VARCHAR", [unit.code for unit in units]),
            "parent": ("VARCHAR", [unit.parent for unit in units]),
        }
        for operand, each in near.items():
            cells = [cell_of(gatherer.gather(each, unit)) for unit in units]
            is_word = any(isinstance(cell, str) for cell in cells)
            columns[operand] = ("VARCHAR" if is_word else "DOUBLE", list(cells))
        made = ", ".join(
            f"unnest(${place}::{kind}[]) AS {name}"
            for place, (name, (kind, _)) in enumerate(columns.items(), start=1)
        )
        values = [cells for _, cells in columns.values()]
        self.run(f"CREATE TABLE u0 AS SELECT {made}", values)  # our own names
