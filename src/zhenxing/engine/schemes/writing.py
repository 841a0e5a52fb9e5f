"""The one compiler: every operation of the language as an ibis expression. Owns ibis.

Exactness: every operand is the double nearest to its decimal; comparisons allow for the noise of
arithmetic (half of 1e-9, and 4e-15 of the size); sums over a group and over items are sums of
whole numbers; a missing operand makes the result missing before LEAST or GREATEST see it; a
divisor of nothing, a power that is no number and a value beyond all measure are missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from zhenxing.engine.schemes.program import Window
from zhenxing.engine.schemes.syntax import COMPARISONS, Call, Number, Ref, Tree

SCENARIO, GROUP, UNIT = "scenario", "grp", "unit"
HALF, SLACK = 5e-10, 4e-15  # of a comparison: half of 1e-9, and a share of the greater number
LARGEST = 1e15
MOST_POINTS, MOST_POWER = 1e6, 1000
QUANTUM, NANO = 1e12, 1e9
WHOLE = "decimal(38, 0)"
# What a slot holds, by its letter: a number, a written number, a truth, a whole number of points,
# a place, a word, a written word.
TYPES = {
    "n": "float64", "d": "float64", "b": "boolean", "z": WHOLE, "i": "int64", "w": "string",
    "t": "string",
}  # fmt: skip
WRITTEN = "dt"

Value = Any  # an ibis expression; ibis's own types say no more


@dataclass(frozen=True, slots=True)
class Shape:
    """A column's tree or window with slots for columns; is_bounded as in `Column`."""

    what: Tree | Window
    is_bounded: bool


@dataclass(frozen=True, slots=True)
class Template:
    """A shape's database text over the slots of table t0, and the letter of its type."""

    text: str
    kind: str


_KEPT: dict[tuple[Shape, str], Template] = {}
# DuckDB quotes names with ", Spark with `.
_END = re.compile(r' AS ["`]k\d+["`](?:, | FROM ["`]t["`] AS ["`]t0["`]$)')


def templates(shapes: Sequence[Shape], dialect: str) -> dict[Shape, Template]:
    """Return each shape's template; those not met before go through ibis together.

    >>> shape = Shape(Call("+", (Ref("n0"), Ref("d1"))), is_bounded=False)
    >>> templates([shape], "duckdb")[shape]
    Template(text='"t0"."n0" + "t0"."d1"', kind='n')
    """
    fresh = [shape for shape in dict.fromkeys(shapes) if (shape, dialect) not in _KEPT]
    if fresh:
        made = _made(fresh, dialect)
        _KEPT.update({(shape, dialect): each for shape, each in zip(fresh, made, strict=True)})
    return {shape: _KEPT[shape, dialect] for shape in shapes}


def _made(shapes: Sequence[Shape], dialect: str) -> list[Template]:
    import ibis  # noqa: PLC0415  # heavy: half a second that only scoring pays

    slots = {ref.column for shape in shapes for ref in _slots(shape.what)}
    schema = {name: TYPES[name[0]] for name in sorted(slots)}
    table = ibis.table({SCENARIO: "int64", GROUP: "int64", **schema}, name="t")
    writer = _Writer(ibis, table)
    values = {f"k{place}": writer.column(shape) for place, shape in enumerate(shapes)}
    text = str(ibis.to_sql(table.select(**values), dialect=dialect, pretty=False))
    pieces = _END.split(text.removeprefix("SELECT "))[:-1]
    letters = {"float64": "n", "boolean": "b", "int64": "i", "string": "w"}
    kinds = [letters.get(str(value.type()), "z") for value in values.values()]
    return [Template(piece, kind) for piece, kind in zip(pieces, kinds, strict=True)]


def _slots(what: Tree | Window) -> list[Ref]:
    if isinstance(what, Window):
        return list(what.order)
    if isinstance(what, Call):
        return [ref for each in what.arguments for ref in _slots(each)]
    return [what] if isinstance(what, Ref) else []


class _Writer:
    """Writes shapes over one table."""

    def __init__(self, ibis: Any, table: Value) -> None:  # noqa: ANN401  # a module
        self.ibis, self.table = ibis, table

    def column(self, shape: Shape) -> Value:
        if isinstance(shape.what, Window):
            return _WINDOWS[shape.what.function](self, shape.what)
        value = self.write(shape.what)
        return self.only_if(value.abs() < LARGEST, value) if shape.is_bounded else value

    def write(self, tree: Tree) -> Value:
        if isinstance(tree, Ref):
            return self.table[tree.column]
        assert isinstance(tree, Call)  # noqa: S101  # numbers and words stand in slots
        return _CALLS[tree.function](self, *tree.arguments)

    def only_if(self, condition: Value, value: Value) -> Value:
        return self.ibis.ifelse(condition, value, self.ibis.null())

    def where_known(self, value: Value, *trees: Tree) -> Value:
        """Return the value where no argument is missing; what is written cannot be missing."""
        unsure = [
            tree for tree in trees if not (isinstance(tree, Ref) and tree.column[0] in WRITTEN)
        ]
        conditions = [self.write(tree).notnull() for tree in unsure]
        return self.only_if(self.all_of(*conditions), value) if conditions else value

    def all_of(self, *values: Value) -> Value:
        first, *rest = values
        for value in rest:
            first = first & value
        return first

    def logic(self, join: Callable[[Value, Value], Value], trees: tuple[Tree, ...]) -> Value:
        first, *rest = (self.write(tree) for tree in trees)
        for value in rest:
            first = join(first, value)
        return self.where_known(first, *trees)

    def compared(self, sign: str, left: Value, right: Value) -> Value:
        gap, room = left - right, HALF + right.abs() * SLACK
        signs = {
            ">=": lambda: gap > -room,
            "<=": lambda: gap < room,
            ">": lambda: gap >= room,
            "<": lambda: gap <= -room,
            "==": lambda: gap.abs() < room,
            "!=": lambda: gap.abs() >= room,
        }
        return signs[sign]()

    def divided(self, dividend: Value, divisor: Value) -> Value:
        return dividend / self.only_if(divisor.abs() >= HALF, divisor)

    def power(self, base: Value, exponent: Value) -> Value:
        is_defined = (base > HALF) | (exponent.abs() < HALF)
        is_defined |= (exponent % 1.0 == 0.0) & ((exponent > 0) | (base < -HALF))
        result = self.only_if(is_defined & (exponent.abs() <= MOST_POWER), base) ** exponent
        result = self.only_if(result.abs() < LARGEST, result)
        # Nothing to a positive power is nothing, though noise has made it negative.
        return self.ibis.ifelse((base.abs() < HALF) & (exponent >= HALF), 0.0, result)

    def half_up(self, tree: Tree, digits: Number) -> Value:
        value, places = self.write(tree), int(digits.value)
        scale = 10.0**places
        room = HALF * scale if places < 9 else 1e-6  # noqa: PLR2004  # nine decimals are the noise
        return value.sign() * (value.abs() * scale + (0.5 + room)).floor().cast("float64") / scale

    def steady(self, value: Value) -> Value:
        """Return the value rounded to 1e-9 (to fewer decimals where a double holds no more)."""
        steps = [(1e6, NANO), (1e9, 1e6), (1e12, 1e3)]
        cases = [
            (value.abs() < limit, (value * scale + (0.5 + 1e-6)).floor().cast("float64") / scale)
            for limit, scale in steps
        ]
        return self.ibis.cases(*cases, else_=value)

    def exact(self, value: Value) -> Value:
        """Return the value in 1e-9 as a whole number that sums without noise."""
        small = (value * NANO + 0.5).floor().cast(WHOLE)
        large = (value * 1e3 + 0.5).floor().cast(WHOLE) * self.ibis.literal(1_000_000).cast(WHOLE)
        is_large = value.abs() < LARGEST
        return self.ibis.cases((value.abs() < NANO, small), (is_large, large.cast(WHOLE)))

    def points(self, value: Value, scale: float, noise: float) -> Value:
        """Return points as a whole number of 1/scale; beyond a million points: missing."""
        whole = (value * scale + (0.5 + noise)).floor().cast(WHOLE)
        return self.only_if(value.abs() < MOST_POINTS, whole)

    def over(self, value: Value, window: Window, order: tuple[Value, ...] = ()) -> Value:
        names = [SCENARIO] if window.everyone else [SCENARIO, GROUP]
        keys = [self.table[name] for name in names]
        if order:
            return value.over(self.ibis.window(group_by=keys, order_by=order))
        return value.over(self.ibis.window(group_by=keys))

    def of(self, window: Window) -> Value:
        return self.write(window.order[0])

    def total(self, window: Window) -> Value:
        return self.over(self.exact(self.of(window)).sum(), window).cast("float64") / NANO

    def mean(self, window: Window) -> Value:
        count = self.over(self.of(window).count(), window)
        return self.total(window) / self.only_if(count > 0, count).cast("float64")

    def rank(self, window: Window) -> Value:
        value = self.of(window)
        turn = self.ibis.asc if window.lower else self.ibis.desc
        order = turn(self.steady(value), nulls_first=False)
        place = self.over(self.ibis.rank(), window, (order,)) + 1
        return self.only_if(value.notnull(), place.cast("float64"))

    def place(self, window: Window) -> Value:
        values = [self.write(ref) for ref in window.order]
        order = tuple(self.ibis.desc(value, nulls_first=False) for value in values)
        rank = self.ibis.dense_rank() if window.dense else self.ibis.rank()
        return self.only_if(values[0].notnull(), self.over(rank, window, order) + 1)


_WINDOWS: Mapping[str, Callable[[_Writer, Window], Value]] = MappingProxyType(
    {
        "total": _Writer.total,
        "mean": _Writer.mean,
        "rank": _Writer.rank,
        "place": _Writer.place,
        "count": lambda w, each: w.over(w.of(each).count(), each).cast("float64"),
        "highest": lambda w, each: w.over(w.of(each).max(), each),
        "lowest": lambda w, each: w.over(w.of(each).min(), each),
        "median": lambda w, each: w.over(w.of(each).median(), each),
    }
)

Written = Callable[..., Value]


def _of_values(write: Written) -> Written:
    return lambda writer, *trees: write(writer, *(writer.write(tree) for tree in trees))


def _where_known(write: Written) -> Written:
    def written(writer: _Writer, *trees: Tree) -> Value:
        value = write(writer, *(writer.write(tree) for tree in trees))
        return writer.where_known(value, *trees)

    return written


def _compared(sign: str) -> Written:
    return _of_values(lambda writer, left, right: writer.compared(sign, left, right))


def _choice(writer: _Writer, condition: Value, then: Value, otherwise: Value) -> Value:
    return writer.ibis.cases((condition, then), (~condition, otherwise))


def _cases(writer: _Writer, *values: Value) -> Value:
    pairs = zip(values[:-1:2], values[1::2], strict=True)
    return writer.ibis.cases(*pairs, else_=values[-1])


_CALLS: Mapping[str, Written] = MappingProxyType(
    {
        "+": _of_values(lambda _, a, b: a + b),
        "-": _of_values(lambda _, a, b: a - b),
        "*": _of_values(lambda _, a, b: a * b),
        "exact +": _of_values(lambda _, a, b: (a + b).cast(WHOLE)),
        "/": _of_values(_Writer.divided),
        # These three stand where the caller has made sure of their arguments.
        "over": _of_values(lambda _, a, b: a / b),
        "at most": _of_values(lambda w, a, b: w.ibis.least(a, b)),
        "at least": _of_values(lambda w, a, b: w.ibis.greatest(a, b)),
        "**": _of_values(_Writer.power),
        **{sign: _compared(sign) for sign in COMPARISONS},
        "is": _of_values(lambda _, a, b: a == b),
        "is not": _of_values(lambda _, a, b: a != b),
        "and": lambda w, *trees: w.logic(lambda a, b: a & b, trees),
        "or": lambda w, *trees: w.logic(lambda a, b: a | b, trees),
        "not": _of_values(lambda _, a: ~a),
        "all of": _of_values(_Writer.all_of),
        "if": _of_values(_choice),
        "cases": _of_values(_cases),
        "min": _where_known(lambda w, *all_: w.ibis.least(*all_)),
        "max": _where_known(lambda w, *all_: w.ibis.greatest(*all_)),
        "clip": _where_known(lambda w, a, low, high: w.ibis.greatest(w.ibis.least(a, high), low)),
        "abs": _of_values(lambda _, a: a.abs()),
        "floor": _of_values(lambda _, a: (a + HALF).floor().cast("float64")),
        "ceil": _of_values(lambda _, a: (a - HALF).ceil().cast("float64")),
        "whole": _of_values(lambda _, a: (a.abs() + HALF).floor().cast("float64") * a.sign()),
        "half_up": _Writer.half_up,
        "coalesce": _of_values(lambda w, *all_: w.ibis.coalesce(*all_)),
        "let": _of_values(lambda _, a: a),
        "needs": lambda w, a, *others: w.where_known(w.write(a), *others),
        "positive": _of_values(lambda w, a: w.only_if(a >= HALF, a)),
        "nothing": lambda w: w.ibis.null(),
        "known": _of_values(lambda _, a: a.notnull()),
        "holds": _of_values(lambda w, a: w.ibis.coalesce(a, w.ibis.literal(False))),  # noqa: FBT003  # a value
        "quantum": _of_values(lambda w, a: w.points(a, QUANTUM, 0.0)),
        "nano": _of_values(lambda w, a: w.points(a, NANO, 1e-3)),
        "from quantum": _of_values(lambda _, a: a.cast("float64") / QUANTUM),
    }
)
