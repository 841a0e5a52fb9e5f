"""The columns a scheme comes to: what is read, what is worked out, in which order.

Every value gets one column. A column stands one level above the columns it reads, so that each
level is one SELECT over the level below, and the columns that explain a score are the very columns
the score was worked out from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from zhenxing.engine.schemes.syntax import COMPARISONS, Call, Number, Ref, Text, Tree, walk
from zhenxing.kernel.rounding import WIDE

# Arguments that the database text repeats (guards against missing values, divisors): they get
# columns of their own, or nested expressions would grow without end. None: all of them.
_REPEATED: dict[str, tuple[int, ...] | None] = {
    "/": (1,), "min": None, "max": None, "clip": None, "and": None, "or": None, "if": (0,),
    "**": None, "half_up": (0,), "quantum": (0,), "nano": (0,), "positive": (0,),
    **dict.fromkeys(COMPARISONS, (1,)),
}  # fmt: skip


_FOLDED = {"+": WIDE.add, "-": WIDE.subtract, "*": WIDE.multiply}


class Source(StrEnum):
    """Where an operand's values come from."""

    FIGURE = "figure"
    PARENT = "parent"
    TARGET = "target"
    SCHEDULE = "schedule"
    NO_TASK = "no_task"
    ATTRIBUTE = "attribute"
    COUNT = "count"
    AMOUNT = "amount"
    SCORE = "score"
    RETURNS = "returns"
    POINTS = "points"
    RATING = "rating"
    EVENTS = "events"
    NUDGE = "nudge"


@dataclass(frozen=True, slots=True)
class Operand:
    """A value read from the facts: its source, the name it is kept under, this year's or last."""

    source: Source
    name: str
    last_year: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """A function over the scored units of the group, or over all of them.

    function: a group function or `count` over one column, or `place`: the rank by several columns,
    the greatest first. lower: the least is best.
    """

    function: str
    order: tuple[Ref, ...]
    everyone: bool = False
    lower: bool = False
    dense: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the level it is worked out on, how."""

    name: str
    level: int
    what: Operand | Tree | Window
    is_bounded: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns it is worked out from, in order."""
        if isinstance(self.what, Operand):
            return ()
        if isinstance(self.what, Window):
            return tuple(ref.column for ref in self.what.order)
        return tuple(node.column for node in walk(self.what) if isinstance(node, Ref))


@dataclass(slots=True)
class Program:
    """All columns of a scheme; the same value asked for twice is the same column.

    labels: what a column is called. bases: the columns that growth is reckoned on.

    >>> program = Program()
    >>> fai = program.operand(Operand(Source.FIGURE, "fai"))
    >>> double = program.define(Call("+", (fai, fai)))
    >>> double == program.define(Call("+", (fai, fai))), program.columns[double.column].level
    (True, 1)
    """

    columns: dict[str, Column] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    bases: list[Tree] = field(default_factory=list)
    _made: dict[object, Ref] = field(default_factory=dict)

    def operand(self, operand: Operand) -> Ref:
        """Return the column an operand is read into."""
        return self._column(operand, 0)

    def define(self, tree: Tree, label: str = "", *, is_bounded: bool = False) -> Ref:
        """Return the column of an expression.

        is_bounded: values beyond 10¹⁵ (and anything that is no number) count as missing.
        """
        flat = self.flat(tree)
        if not isinstance(flat, Ref):
            level = 1 + max((self._level(node) for node in walk(flat)), default=0)
            flat = self._column(flat, level, is_bounded=is_bounded)
        if label:
            self.labels.setdefault(flat.column, label)
        return flat

    def leaf(self, tree: Tree) -> Tree:
        """Return something that may be repeated: a number, a word or a column."""
        return tree if isinstance(tree, Number | Text | Ref) else self.define(tree)

    def window(self, window: Window) -> Ref:
        """Return the column of a function over the group."""
        return self._column(window, 1 + max(self._level(ref) for ref in window.order))

    def flat(self, tree: Tree) -> Tree:
        """Give repeated arguments columns of their own."""
        if not isinstance(tree, Call):
            return tree
        if tree.function in _FOLDED and all(isinstance(each, Number) for each in tree.arguments):
            values = [each.value for each in tree.arguments if isinstance(each, Number)]
            return Number(_FOLDED[tree.function](*values))
        repeated = _REPEATED.get(tree.function, ())
        places = range(len(tree.arguments)) if repeated is None else repeated
        parts = tuple(
            self.leaf(each) if place in places else self.flat(each)
            for place, each in enumerate(tree.arguments)
        )
        return Call(tree.function, parts)

    def levels(self) -> list[list[Column]]:
        """Return the columns level by level; level 0 is read from the facts."""
        height = 1 + max((column.level for column in self.columns.values()), default=0)
        levels: list[list[Column]] = [[] for _ in range(height)]
        for column in self.columns.values():
            levels[column.level].append(column)
        return levels

    def under(self, ref: Tree, known: Collection[str] = ()) -> Iterator[Column]:
        """Give the column and every column below it, each once, nearest first.

        known: columns that are left out with what only they stand on.
        """
        pending = [node.column for node in walk(ref) if isinstance(node, Ref)]
        seen: set[str] = set(known)
        while pending:
            name = pending.pop(0)
            if name not in seen:
                seen.add(name)
                yield self.columns[name]
                pending += self.columns[name].reads

    def divisors(self) -> Iterator[str]:
        """Give the columns that must not be nothing."""
        for column in self.columns.values():
            for node in walk(column.what) if isinstance(column.what, Call) else ():
                divisor = node.arguments[-1] if isinstance(node, Call) and node.arguments else None
                is_tested = isinstance(node, Call) and node.function in {"/", "positive"}
                if is_tested and isinstance(divisor, Ref):
                    yield divisor.column

    def _level(self, node: Tree) -> int:
        return self.columns[node.column].level if isinstance(node, Ref) else 0

    def _column(
        self, what: Operand | Tree | Window, level: int, *, is_bounded: bool = False
    ) -> Ref:
        key = (what, is_bounded)
        if key not in self._made:
            name = f"c{len(self.columns)}"
            self.columns[name] = Column(name, level, what, is_bounded)
            self._made[key] = Ref(name)
        return self._made[key]
