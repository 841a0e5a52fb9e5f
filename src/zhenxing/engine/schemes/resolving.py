"""Names → columns: rule letters, `let` values, indicators, attributes, in this order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from zhenxing.engine.schemes.kinds import Kind, kind_of
from zhenxing.engine.schemes.program import Operand, Program, Source, Window
from zhenxing.engine.schemes.scheme import Scheme
from zhenxing.engine.schemes.syntax import (
    GROUP_FUNCTIONS,
    LAST_YEAR,
    RETURNS,
    WORDS,
    Call,
    Name,
    Number,
    Ref,
    Text,
    Tree,
)

HUNDRED = Number(Decimal(100))
_OPERANDS: Mapping[str, Source] = MappingProxyType(
    {
        "target": Source.TARGET, "at": Source.PARENT, "count": Source.COUNT,
        "amount": Source.AMOUNT, "score": Source.SCORE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attributes:
    """What of the facts shapes the columns, beside the scheme.

    numbers, words: the units' attributes of either kind. idle: indicators in which a unit has no
    task.
    """

    numbers: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    idle: frozenset[str] = frozenset()


def no_letters(_name: str) -> Tree | None:
    """Know no letter: what a `let` value and a condition may read.

    >>> no_letters("x")
    """
    return None


@dataclass(frozen=True, slots=True)
class Frame:
    """Where an expression stands: its letters, the value before adjustment, this year or last.

    legend collects, for the item, what each leaf of its expressions is called and its column.
    """

    letters: Callable[[str], Tree | None] = no_letters
    value: Tree | None = None
    last_year: bool = False
    legend: dict[Tree, Tree] = field(default_factory=dict)


class Resolver:
    """Turns trees as written into trees over the columns of a program."""

    def __init__(self, scheme: Scheme, attributes: Attributes, program: Program) -> None:
        """Keep what names can mean."""
        self.scheme, self.attributes, self.program = scheme, attributes, program
        # A `let` value that others read twice is looked at once, or a chain of them doubles.
        self._kinds: dict[str, Kind | None] = {}
        self._lets: dict[tuple[str, bool], Ref] = {}

    def resolve(self, tree: Tree, frame: Frame) -> Tree:
        """Return the tree with every name turned into its column."""
        read = self._reader(tree)
        if read is not None:
            found = read(tree, frame)
            if not frame.last_year:
                frame.legend.setdefault(tree, found)
            return found
        if not isinstance(tree, Call):
            return tree
        function = tree.function
        parts = tuple(self.resolve(each, frame) for each in tree.arguments)
        if function in {"==", "!="} and self.kind(tree.arguments[0]) is Kind.TEXT:
            function = "is" if function == "==" else "is not"
        return Call(function, parts)

    def kind(self, tree: Tree) -> Kind | None:
        """Return the kind of an expression, now that attributes are known."""
        return kind_of(tree, self.kind_of_name)

    def kind_of_name(self, name: str) -> Kind | None:
        """Return the kind of a name."""
        if name in self.scheme.lets:
            if name not in self._kinds:
                self._kinds[name] = self.kind(self.scheme.lets[name].tree)
            return self._kinds[name]
        is_word = name == "grade" or name in self.attributes.words
        return Kind.TEXT if is_word else Kind.NUMBER

    def let(self, name: str, *, last_year: bool) -> Ref:
        """Return the column of a `let` value."""
        if (name, last_year) not in self._lets:
            self._lets[name, last_year] = self._let(name, last_year=last_year)
        return self._lets[name, last_year]

    def _let(self, name: str, *, last_year: bool) -> Ref:
        tree = self.scheme.lets[name].tree
        resolved = self.resolve(tree, Frame(last_year=last_year))
        label = f"上年{name}" if last_year else name
        is_number = self.kind(tree) is Kind.NUMBER
        # A column of its own even for a number or another column: it is known by its name.
        return self.program.define(Call("let", (resolved,)), label, is_bounded=is_number)

    def _reader(self, tree: Tree) -> Callable[..., Tree] | None:
        """Return what reads a leaf: a name or a function of the facts; None for the rest."""
        if isinstance(tree, Name):
            return self._name
        if not isinstance(tree, Call):
            return None
        if tree.function in _OPERANDS:
            return self._operand
        if tree.function in LAST_YEAR:
            return self._over_a_year
        return self._of_group if tree.function.removesuffix(" all") in GROUP_FUNCTIONS else None

    def _name(self, tree: Name, frame: Frame) -> Tree:
        name = tree.name
        if name == "x" and frame.last_year and frame.value is not None:
            return self.resolve(frame.value, frame)
        letter = frame.letters(name)
        if letter is not None:
            return letter
        if name in self.scheme.lets:
            return self.let(name, last_year=frame.last_year)
        source = Source.FIGURE
        if name in RETURNS:
            source = Source.RETURNS
        elif name in self.attributes.numbers | self.attributes.words:
            source = Source.ATTRIBUTE
        of_last_year = frame.last_year and source is Source.FIGURE
        return self.program.operand(Operand(source, name, of_last_year))

    def _operand(self, tree: Call, frame: Frame) -> Tree:
        name = tree.arguments[0]
        source = _OPERANDS[tree.function]
        of_last_year = frame.last_year and source is Source.PARENT
        return self.program.operand(Operand(source, getattr(name, "name", ""), of_last_year))

    def _of_group(self, tree: Call, frame: Frame) -> Tree:
        argument = self.resolve(tree.arguments[0], replace(frame, legend={}))
        column = (
            argument
            if isinstance(argument, Ref)
            else self.program.define(Call("let", (argument,)), is_bounded=True)
        )
        function = tree.function.removesuffix(" all")
        return self.program.window(Window(function, (column,), function != tree.function))

    def _over_a_year(self, tree: Call, frame: Frame) -> Tree:
        argument = tree.arguments[0]
        inner = replace(frame, legend={})
        before = self.resolve(argument, replace(inner, last_year=True))
        if tree.function == "prev":
            return before
        if argument == Name("x") and frame.value is not None:
            argument = frame.value  # the change is that of the figures, not of their adjustment
        change = Call("-", (self.resolve(argument, inner), before))
        if tree.function == "growth":
            self.program.bases.append(before)
            base = self.program.define(Call("abs", (before,)), "上年数")
            change = Call("/", (Call("*", (HUNDRED, change)), base))
        return self.program.define(change)


def text_of(tree: Tree) -> str:
    """Write a tree as people write expressions.

    >>> from zhenxing.engine.schemes.syntax import parse
    >>> text_of(parse("mean(x, all) * (P - 1%)"))
    'mean(x, all) * (P - 0.01)'
    """
    return _write(tree, 0)


_STRENGTH = {
    "if": 1, "or": 2, "and": 3, "not": 4, **dict.fromkeys(("<", "<=", ">", ">=", "==", "!="), 5),
    "+": 6, "-": 6, "*": 7, "/": 7, "**": 9,
}  # fmt: skip


def _write(tree: Tree, outside: int) -> str:
    if isinstance(tree, Call):
        return _write_call(tree.function, tree.arguments, outside)
    if isinstance(tree, Number):
        return f"{tree.value:f}"
    if isinstance(tree, Text):
        return f'"{tree.value}"'
    name = tree.column if isinstance(tree, Ref) else tree.name
    return name if name.isidentifier() and name not in WORDS else f"`{name}`"


def _write_call(function: str, arguments: tuple[Tree, ...], outside: int) -> str:
    strength = _STRENGTH.get(function)
    if strength is None:
        inner = [_write(each, 0) for each in arguments]
        inner += ["all"] if function.endswith(" all") else []
        inner += ["parent"] if function == "at" else []
        return f"{function.removesuffix(' all')}({', '.join(inner)})"
    if function == "if":
        condition, then, otherwise = (_write(each, strength + 1) for each in arguments)
        written = f"{then} if {condition} else {otherwise}"
    elif function == "not":
        written = f"not {_write(arguments[0], strength)}"
    else:
        first, *rest = arguments
        parts = [_write(first, strength), *(_write(each, strength + 1) for each in rest)]
        written = f" {function} ".join(parts)
    return f"({written})" if strength < outside else written
