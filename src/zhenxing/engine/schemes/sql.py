"""From a program to database text: its columns by shape, level by level.

Columns of one shape differ only in what they read, so each shape goes through ibis once in the
life of the process (`writing`), and a scheme of sixty items costs little more than one of six.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from zhenxing.engine.schemes import writing
from zhenxing.engine.schemes.program import Column, Operand, Program, Source, Window
from zhenxing.engine.schemes.resolving import Attributes
from zhenxing.engine.schemes.syntax import Call, Number, Ref, Text, Tree
from zhenxing.engine.schemes.writing import GROUP, SCENARIO, UNIT, Shape

_SLOT = re.compile(r'["`]t0["`]\.["`](\w+)["`]')


@dataclass(frozen=True, slots=True)
class Compiled:
    """Database text over a table `s0` that holds scenario, group, unit and the operands.

    steps: one query a level, each over the one before it (s0, s1 …). text: all in one.
    """

    text: str
    steps: tuple[str, ...]
    operands: tuple[Column, ...]
    columns: tuple[str, ...]


def compile_program(
    program: Program,
    attributes: Attributes,
    *,
    wanted: Iterable[str] | None = None,
    dialect: str = "duckdb",
) -> Compiled:
    """Write a program as one statement, a query in a query for each level.

    A level names the columns that are still read above it and those it adds. wanted: the columns to
    give back, all of them by default.

    >>> program = Program()
    >>> fai = program.operand(Operand(Source.FIGURE, "fai"))
    >>> both = program.define(Call("+", (fai, fai)))
    >>> compile_program(program, Attributes(), wanted=[both.column]).text
    'SELECT scenario, unit, c1 FROM (SELECT scenario, grp, unit, c0 + c0 AS c1 FROM s0) AS s1'
    """
    operands, *levels = expressions(program, attributes, dialect)
    names = (SCENARIO, UNIT, *(program.columns if wanted is None else dict.fromkeys(wanted)))
    steps: list[str] = []
    for kept, made in _read(program, levels, names):
        columns = [SCENARIO, GROUP, UNIT, *kept, *(f"{made[name]} AS {name}" for name in made)]
        # Column names are our own and words are quoted: nothing people wrote becomes a statement.
        steps.append(f"SELECT {', '.join(columns)} FROM s{len(steps)}")  # noqa: S608  # see above
    steps.append(f"SELECT {', '.join(names)} FROM s{len(steps)}")  # noqa: S608  # see above
    text = steps[0]
    for height, step in enumerate(steps[1:], start=1):
        text = f"{step.removesuffix(f's{height}')}({text}) AS s{height}"
    return Compiled(text, tuple(steps), tuple(program.columns[name] for name in operands), names)


def _read(
    program: Program, levels: Sequence[Mapping[str, str]], wanted: Iterable[str]
) -> list[tuple[list[str], dict[str, str]]]:
    """Return for each level the columns it passes on and the texts it adds: those read above."""
    needed = set(wanted)
    found = []
    for texts in reversed(levels):
        made = {name: text for name, text in texts.items() if name in needed}
        kept = [name for name in program.columns if name in needed and name not in made]
        needed = {*kept, *(read for name in made for read in program.columns[name].reads)}
        found.append((kept, made))
    return found[::-1]


def expressions(
    program: Program, attributes: Attributes, dialect: str = "duckdb"
) -> list[dict[str, str]]:
    """Return each column's database text, level by level; operands stand for themselves."""
    operands, *levels = program.levels()
    kinds = {column.name: _kind_of(column, attributes) for column in operands}
    found = [{column.name: column.name for column in operands}]
    for columns in levels:
        shaped = [_shaped(column, kinds) for column in columns]
        templates = writing.templates([shape for shape, _ in shaped], dialect)
        found.append({})
        for column, (shape, slots) in zip(columns, shaped, strict=True):
            template = templates[shape]
            kinds[column.name] = template.kind
            found[-1][column.name] = _filled(template.text, slots)
    return found


def _filled(template: str, slots: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda match: slots.get(match[1], match[1]), template)


def _kind_of(column: Column, attributes: Attributes) -> str:
    what = column.what
    is_word = (
        isinstance(what, Operand)
        and what.source is Source.ATTRIBUTE
        and what.name in attributes.words
    )
    return "w" if is_word else "n"


def _shaped(column: Column, kinds: dict[str, str]) -> tuple[Shape, dict[str, str]]:
    """Return the column with numbered slots for what it reads, and what stands in each slot."""
    shaper = _Shaper(kinds)
    if isinstance(column.what, Window):
        order = tuple(shaper.slot(ref) for ref in column.what.order)
        return Shape(replace(column.what, order=order), column.is_bounded), shaper.slots
    tree = shaper.shaped(column.what)  # type: ignore[arg-type]  # operands stand on level 0
    return Shape(tree, column.is_bounded), shaper.slots


class _Shaper:
    def __init__(self, kinds: dict[str, str]) -> None:
        self.kinds = kinds
        self.slots: dict[str, str] = {}
        self.known: dict[Tree, Ref] = {}

    def shaped(self, tree: Tree) -> Tree:
        if not isinstance(tree, Call):
            return self.slot(tree)
        parts: Iterable[Tree] = tree.arguments
        if tree.function == "half_up":  # the number of places is part of the shape
            parts = (self.shaped(tree.arguments[0]), tree.arguments[1])
            return Call("half_up", tuple(parts))
        return Call(tree.function, tuple(self.shaped(each) for each in parts))

    def slot(self, tree: Tree) -> Ref:
        if tree not in self.known:
            kind, text = self._content(tree)
            name = f"{kind}{len(self.slots)}"
            self.slots[name] = text
            self.known[tree] = Ref(name)
        return self.known[tree]

    def _content(self, tree: Tree) -> tuple[str, str]:
        if isinstance(tree, Number):
            digits = repr(float(tree.value))
            double = digits if "e" in digits else f"{digits}e0"
            return "d", f"({double})" if tree.value < 0 else double
        if isinstance(tree, Text):
            return "t", "'" + tree.value.replace("'", "''") + "'"
        assert isinstance(tree, Ref)  # noqa: S101  # names have been resolved
        return self.kinds[tree.column], tree.column
