"""The expressions of a scheme: text → tree, with a parser of their own.

Numbers, names (Chinese or English, odd ones in backquotes), `1%`, arithmetic, comparisons, `and or
not`, `a if c else b`, parentheses and the functions below; nothing else can be written, so nothing
else can be run. Names are not Python's: `class` is one, and wide letters are not the narrow ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from types import MappingProxyType

LONGEST, DEEPEST, MOST_TOKENS = 2000, 40, 400
MOST_DIGITS = 40
LETTERS = frozenset({"x", "T", "P", "n", "r"})
RETURNS = frozenset({"months_late", "months_missing"})
WORDS = frozenset({"and", "or", "not", "if", "else"})

# Each function with the fewest and the most arguments it takes.
CALCULATIONS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "min": (2, 20), "max": (2, 20), "abs": (1, 1), "floor": (1, 1), "ceil": (1, 1),
        "clip": (3, 3), "half_up": (2, 2), "coalesce": (2, 20),
    }
)  # fmt: skip
GROUP_FUNCTIONS = frozenset({"mean", "total", "highest", "lowest", "median", "rank"})
LAST_YEAR = frozenset({"prev", "change", "growth"})
OF_A_NAME = frozenset({"target", "count", "amount", "score", "at"})
FUNCTIONS = tuple(sorted({*CALCULATIONS, *GROUP_FUNCTIONS, *LAST_YEAR, *OF_A_NAME}))
COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})
LOGIC = frozenset({"and", "or", "not"})
ARITHMETIC = frozenset({"+", "-", "*", "/", "**"})

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?%?)
    |(?P<name>[^\W\d]\w*|`[^`]+`)
    |(?P<text>"[^"]*")
    |(?P<sign>\*\*|<=|>=|==|!=|[-+*/<>(),])""",
    re.VERBOSE,
)
_INSTEAD = {
    "×": "*", "÷": "/", "，": ",", "（": "(", "）": ")", "≥": ">=", "≤": "<=", "≠": "!=", "＋": "+",
    "－": "-", "−": "-", "^": "**", "=": "==", "&": "and", "|": "or", "!": "not", "“": '"',
    "'": '"', "％": "%",
}  # fmt: skip


class SyntaxFault(ValueError):  # noqa: N818  # told to readers as a fault of theirs
    """An expression that cannot be read: what is wrong and what to write instead, in Chinese."""

    def __init__(self, what: str, next_: str) -> None:
        """Keep both halves for a `Problem`."""
        super().__init__(f"{what}；{next_}。")
        self.what, self.next = what, next_


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Text:
    """A word in double quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, without its backquotes."""

    name: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A column that has been worked out before; never written by people."""

    column: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function, an operator, `if` (condition, then, else), each with its arguments."""

    function: str
    arguments: tuple[Tree, ...]


Tree = Number | Text | Name | Ref | Call


def parse(text: str) -> Tree:
    """Read an expression; raises `SyntaxFault` saying what to write instead.

    >>> parse("1% * x")
    Call(function='*', arguments=(Number(value=Decimal('0.01')), Name(name='x')))
    >>> parse("x × 2")
    Traceback (most recent call last):
    ...
    zhenxing.engine.schemes.syntax.SyntaxFault: 表达式「x × 2」里不能写「×」；请改为*。
    """
    if len(text) > LONGEST:
        raise SyntaxFault("表达式过长", "请用let把它拆成几个有名称的量")
    reader = _Reader(text)
    tree = reader.choice(0)
    if reader.kind:
        raise reader.fault(f"到「{reader.word}」处读不下去", "请检查运算符和括号是否齐全")
    return tree


def number(text: str) -> Decimal | None:
    """Read a literal: a number, or a percent as its hundredth; None for anything else.

    >>> number("30%"), number("-5"), number("十")
    (Decimal('0.3'), Decimal('-5'), None)
    """
    digits = text.strip()
    match = re.fullmatch(r"[-+]?(?:\d+\.?\d*|\.\d+)%?", digits, re.ASCII)
    if match is None or len(digits) > MOST_DIGITS:
        return None
    value = Decimal(digits.rstrip("%"))
    return value.scaleb(-2).normalize() if digits.endswith("%") else value


def walk(tree: Tree) -> Iterator[Tree]:
    """Give a tree's every node, each before its parts.

    >>> [type(node).__name__ for node in walk(parse("x + 1"))]
    ['Call', 'Name', 'Number']
    """
    yield tree
    if isinstance(tree, Call):
        for each in tree.arguments:
            yield from walk(each)


def names(tree: Tree) -> list[str]:
    """List the plain names read: letters, let names, indicators, attributes; each once, in order.

    >>> names(parse("target(fai) + mean(x, all) + count(signing)"))
    ['fai', 'x']
    """
    found: dict[str, None] = {}
    pending = [tree]
    while pending:
        node = pending.pop(0)
        if isinstance(node, Name):
            found[node.name] = None
        elif isinstance(node, Call) and node.function not in {"count", "amount", "score"}:
            pending = [*node.arguments, *pending]
    return list(found)


def called(tree: Tree, function: str) -> list[str]:
    """List the names a one-name function is asked for, each once, in order.

    >>> called(parse("count(a) - amount(b)"), "amount")
    ['b']
    """
    found = (
        node.arguments[0]
        for node in walk(tree)
        if isinstance(node, Call) and node.function == function
    )
    return list(dict.fromkeys(each.name for each in found if isinstance(each, Name)))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.kind = self.word = ""
        self.tokens = 0
        self.step()

    def fault(self, what: str, next_: str) -> SyntaxFault:
        return SyntaxFault(f"表达式「{self.text}」{what}", next_)

    def step(self) -> None:
        """Move on to the next token; an empty kind is the end."""
        match = _TOKEN.match(self.text, self.at)
        if match is None:
            self.kind = self.word = ""
            if self.at < len(self.text):
                raise self._stranger(self.text[self.at])
            return
        self.at = match.end()
        if match.lastgroup == "space":
            self.step()
            return
        self.tokens += 1
        if self.tokens > MOST_TOKENS:
            raise SyntaxFault("表达式过长", "请用let把它拆成几个有名称的量")
        self.kind, self.word = str(match.lastgroup), match[0]
        if self.kind == "number" and re.match(r"[\w.]", self.text[self.at :]):
            raise self.fault(
                f"里「{self.word}」后面紧跟着字", "以数字开头的名称请用反引号括起来，如`5G基站`"
            )

    def _stranger(self, sign: str) -> SyntaxFault:
        if sign in _INSTEAD:
            return self.fault(f"里不能写「{sign}」", f"请改为{_INSTEAD[sign]}")
        if sign in '"`':
            return self.fault("的引号没有成对", "请补上另一个引号")
        return self.fault(
            f"里不能写「{sign}」", "表达式只有数、名称、四则运算、比较和文档列出的函数"
        )

    def takes(self, *words: str) -> str:
        """Step over one of the words, if it stands here."""
        found = self.word if self.kind in {"sign", "name"} and self.word in words else ""
        if found:
            self.step()
        return found

    def needs(self, word: str) -> None:
        if not self.takes(word):
            here = f"「{self.word}」处" if self.kind else "末尾"
            raise self.fault(f"{here}缺少「{word}」", f"请补上{word}")

    def choice(self, depth: int) -> Tree:
        if depth > DEEPEST:
            raise self.fault("括号层数过多", "请用let把它拆成几个有名称的量")
        then = self.either(depth)
        if not self.takes("if"):
            return then
        condition = self.either(depth)
        self.needs("else")
        return Call("if", (condition, then, self.choice(depth + 1)))

    def either(self, depth: int) -> Tree:
        parts = [self.both(depth)]
        while self.takes("or"):
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else Call("or", tuple(parts))

    def both(self, depth: int) -> Tree:
        parts = [self.denial(depth)]
        while self.takes("and"):
            parts.append(self.denial(depth))
        return parts[0] if len(parts) == 1 else Call("and", tuple(parts))

    def denial(self, depth: int) -> Tree:
        if depth > DEEPEST:
            raise self.fault("层数过多", "请用let把它拆成几个有名称的量")
        if self.takes("not"):
            return Call("not", (self.denial(depth + 1),))
        return self.comparison(depth)

    def comparison(self, depth: int) -> Tree:
        left = self.sum(depth)
        parts: list[Tree] = []
        while sign := self.takes(*COMPARISONS):
            right = self.sum(depth)
            parts.append(Call(sign, (left, right)))
            left = right
        if not parts:
            return left
        return parts[0] if len(parts) == 1 else Call("and", tuple(parts))

    def sum(self, depth: int) -> Tree:
        left = self.product(depth)
        while sign := self.takes("+", "-"):
            left = Call(sign, (left, self.product(depth)))
        return left

    def product(self, depth: int) -> Tree:
        left = self.signed(depth)
        while sign := self.takes("*", "/"):
            left = Call(sign, (left, self.signed(depth)))
        return left

    def signed(self, depth: int) -> Tree:
        if depth > DEEPEST:
            raise self.fault("层数过多", "请用let把它拆成几个有名称的量")
        if self.takes("+"):
            return self.signed(depth + 1)
        if not self.takes("-"):
            return self.power(depth)
        part = self.signed(depth + 1)
        return (
            Number(-part.value)
            if isinstance(part, Number)
            else Call("-", (Number(Decimal(0)), part))
        )

    def power(self, depth: int) -> Tree:
        base = self.atom(depth)
        return Call("**", (base, self.signed(depth + 1))) if self.takes("**") else base

    def atom(self, depth: int) -> Tree:
        kind, word, start = self.kind, self.word, self.at
        if self.takes("("):
            inside = self.choice(depth + 1)
            self.needs(")")
            return inside
        if not kind or kind == "sign" or word in WORDS:
            here = f"「{word}」处" if kind else "末尾"
            raise self.fault(f"{here}缺少一个数或名称", "请补上，或删去多余的运算符")
        self.step()
        if kind == "number":
            return self._number(word)
        if kind == "text":
            return Text(word[1:-1])
        if self.kind == "sign" and self.word == "(":
            return self._call(word, start, depth)
        return Name(word.strip("`"))

    def _number(self, word: str) -> Number:
        value = Decimal(word.rstrip("%"))
        if len(word) > MOST_DIGITS or abs(value.adjusted()) > MOST_DIGITS:
            raise self.fault(f"里的数「{word}」过长", f"请写{MOST_DIGITS}位以内的数")
        return Number(value.scaleb(-2).normalize() if word.endswith("%") else value)

    def _call(self, function: str, start: int, depth: int) -> Tree:
        if function not in FUNCTIONS:
            near = get_close_matches(function, FUNCTIONS, n=3, cutoff=0.5)
            raise self.fault(f"里没有函数「{function}」", f"请改为{'、'.join(near or FUNCTIONS)}")
        if function == "score":
            return self._other_scheme(start)
        self.step()
        arguments = [] if self.word == ")" else [self.choice(depth + 1)]
        while self.takes(","):
            arguments.append(self.choice(depth + 1))
        self.needs(")")
        return self._checked(function, arguments)

    def _other_scheme(self, start: int) -> Tree:
        """Read `score(heshan-2023)`: a scheme's id may hold hyphens and is taken as it stands."""
        match = re.compile(r"\s*\(\s*[\"`]?([\w-]+)[\"`]?\s*\)").match(self.text, start)
        if match is None:
            raise self.fault("里score()要写另一方案的id", "请写成score(方案id)")
        self.at = match.end()
        self.step()
        return Call("score", (Name(match[1]),))

    def _checked(self, function: str, given: list[Tree]) -> Tree:
        if function in GROUP_FUNCTIONS:
            return self._of_group(function, given)
        if function == "at":
            return self._of_parent(given)
        fewest, most = CALCULATIONS.get(function, (1, 1))
        if not fewest <= len(given) <= most:
            want = f"{fewest}个" if fewest == most else f"{fewest}至{most}个"
            raise self.fault(f"里{function}()有{len(given)}个参数", f"请写{want}")
        if function in OF_A_NAME and not isinstance(given[0], Name):
            raise self.fault(f"里{function}()的括号里不是名称", f"请写成{function}(名称)")
        if function == "half_up" and not _is_places(given[1]):
            raise self.fault(
                "里half_up()的第二个参数不是0—9的整数", "请写小数位数，如half_up(x, 2)"
            )
        return Call(function, tuple(given))

    def _of_group(self, function: str, given: list[Tree]) -> Tree:
        if len(given) == 1:
            return Call(function, tuple(given))
        if len(given) == 2 and given[1] == Name("all"):  # noqa: PLR2004  # the argument and `all`
            return Call(f"{function} all", (given[0],))
        raise self.fault(f"里{function}()的参数不对", f"请写{function}(量)或{function}(量, all)")

    def _of_parent(self, given: list[Tree]) -> Tree:
        if len(given) == 2 and isinstance(given[0], Name) and given[1] == Name("parent"):  # noqa: PLR2004  # two arguments
            return Call("at", (given[0],))
        raise self.fault("里at()的参数不对", "请写at(指标, parent)")


def _is_places(tree: Tree) -> bool:
    return isinstance(tree, Number) and tree.value in {Decimal(places) for places in range(10)}
