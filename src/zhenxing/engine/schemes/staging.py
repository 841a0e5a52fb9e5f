"""A program as statements for a great many units: functions over the group stand apart.

The expressions are those of `sql`; only what surrounds them differs. A rank sorts rows, and a row
of some hundred columns is dear to sort, so each rank reads a narrow table and is joined back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from zhenxing.engine.schemes.program import Column, Program, Window
from zhenxing.engine.schemes.resolving import Attributes
from zhenxing.engine.schemes.sql import expressions
from zhenxing.engine.schemes.writing import GROUP, SCENARIO, UNIT

KEYS = (SCENARIO, GROUP, UNIT)
_SORTED = {"rank", "place"}


def statements(
    program: Program, attributes: Attributes, wanted: Sequence[str]
) -> tuple[list[str], str]:
    """Return statements that make tables out of a table `s0`, and the query after them.

    >>> from zhenxing.engine.schemes.program import Operand, Source
    >>> program = Program()
    >>> fai = program.operand(Operand(Source.FIGURE, "fai"))
    >>> n = program.window(Window("count", (fai,)))
    >>> made, query = statements(program, Attributes(), [n.column])
    >>> made, query.count("JOIN")
    ([], 1)
    """
    return _Stages(program, expressions(program, attributes), wanted).all()


class _Stages:
    def __init__(
        self, program: Program, levels: list[dict[str, str]], wanted: Sequence[str]
    ) -> None:
        self.program, self.levels, self.wanted = program, levels, wanted
        self.made: list[str] = []
        self.steps: list[str] = []
        self.table = "s0"

    def all(self) -> tuple[list[str], str]:
        for height, texts in enumerate(self.levels[1:], start=1):
            columns = [self.program.columns[name] for name in texts]
            windows = [column for column in columns if isinstance(column.what, Window)]
            if windows and self.steps:
                self.settle(height)
            joined = self.joined(windows, texts)
            plain = {c.name: texts[c.name] for c in columns if c not in windows}
            self.step(f"s{height}", plain, joined)
        return self.made, self.query(self.wanted)

    def step(self, name: str, plain: Mapping[str, str], joined: Mapping[str, list[str]]) -> None:
        """Add columns to the table below, and those of narrow queries beside it."""
        below = self.table
        narrow = enumerate(joined.values())
        beside = [f"w{place}.{each}" for place, names in narrow for each in names]
        added = [f"{below}.*", *beside, *(f"{text} AS {each}" for each, text in plain.items())]
        joins = (
            f" JOIN ({query}) AS w{place} ON w{place}.at = {below}.{UNIT}"
            for place, query in enumerate(joined)
        )
        # Names are our own: s0, c1, w2 …
        self.steps.append(f"{name} AS (SELECT {', '.join(added)} FROM {below}{''.join(joins)})")  # noqa: S608  # see above
        self.table = name

    def joined(self, windows: Iterable[Column], texts: Mapping[str, str]) -> dict[str, list[str]]:
        """Return the narrow queries with the columns each gives."""
        together: dict[object, list[str]] = {}
        for column in windows:
            assert isinstance(column.what, Window)  # noqa: S101  # asked by the caller
            is_sorted = column.what.function in _SORTED
            key = column.name if is_sorted else ("", column.what.everyone)
            together.setdefault(key, []).append(column.name)
        found = {}
        for names in together.values():
            made = ", ".join(f"{texts[name]} AS {name}" for name in names)
            found[f"SELECT {UNIT} AS at, {made} FROM {self.table}"] = names  # noqa: S608  # see above
        return found

    def settle(self, height: int) -> None:
        """Turn the steps so far into a table of the columns that are read from here on."""
        later = {
            name
            for texts in self.levels[height:]
            for column in texts
            for name in self.program.columns[column].reads
        }
        needed = [
            name
            for texts in self.levels[:height]
            for name in texts
            if name in later or name in self.wanted
        ]
        table = f"m{len(self.made)}"
        self.made.append(f"CREATE TABLE {table} AS {self.query(needed)}")
        self.table, self.steps = table, []

    def query(self, columns: Iterable[str]) -> str:
        head = f"WITH {', '.join(self.steps)} " if self.steps else ""
        names = ", ".join(dict.fromkeys((*KEYS, *columns)))
        return f"{head}SELECT {names} FROM {self.table}"  # noqa: S608  # see above
