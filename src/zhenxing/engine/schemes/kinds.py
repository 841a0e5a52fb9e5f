"""What an expression gives: a number, a truth or a text; told before anything is computed."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from zhenxing.engine.schemes.syntax import (
    COMPARISONS,
    LOGIC,
    OF_A_NAME,
    Call,
    Name,
    SyntaxFault,
    Text,
    Tree,
)


class Kind(StrEnum):
    """The three kinds of value, with the word readers know.

    >>> [kind.value for kind in Kind]
    ['数', '条件', '文字']
    """

    NUMBER = "数"
    TRUTH = "条件"
    TEXT = "文字"


OfName = Callable[[str], "Kind | None"]


def kind_of(tree: Tree, of_name: OfName) -> Kind | None:
    """Return the kind of an expression; None where a name's kind is not known yet.

    Raises `SyntaxFault` where kinds do not fit.

    >>> from zhenxing.engine.schemes.syntax import parse
    >>> kind_of(parse("x > 1 and a"), lambda name: None)
    <Kind.TRUTH: '条件'>
    """
    if isinstance(tree, Name):
        return of_name(tree.name)
    if isinstance(tree, Call):
        return _of_call(tree, of_name)
    return Kind.TEXT if isinstance(tree, Text) else Kind.NUMBER


def _of_call(call: Call, of_name: OfName) -> Kind | None:
    function, arguments = call.function, call.arguments
    if function == "if":
        expect(arguments[0], Kind.TRUTH, of_name)
        return _same(arguments[1], arguments[2], of_name)
    if function in {"==", "!="}:
        _same(arguments[0], arguments[1], of_name)
    elif function not in OF_A_NAME:
        wanted = Kind.TRUTH if function in LOGIC else Kind.NUMBER
        for each in arguments:
            expect(each, wanted, of_name)
    return Kind.TRUTH if function in LOGIC | COMPARISONS else Kind.NUMBER


def expect(tree: Tree, wanted: Kind, of_name: OfName) -> None:
    """Raise `SyntaxFault` unless the expression gives the wanted kind, or may.

    >>> from zhenxing.engine.schemes.syntax import parse
    >>> expect(parse("1 > 2"), Kind.NUMBER, lambda name: None)
    Traceback (most recent call last):
    ...
    zhenxing.engine.schemes.syntax.SyntaxFault: 应当是数，这里是条件；请改写成数。
    """
    found = kind_of(tree, of_name)
    if found not in {None, wanted}:
        name = f"「{tree.name}」" if isinstance(tree, Name) else ""
        raise SyntaxFault(f"{name}应当是{wanted}，这里是{found}", f"请改写成{wanted}")


def _same(left: Tree, right: Tree, of_name: OfName) -> Kind | None:
    first, second = kind_of(left, of_name), kind_of(right, of_name)
    if first is None or second is None or first is second:
        return first or second
    raise SyntaxFault(f"一边是{first}，一边是{second}", "请让两边都是数，或都是文字")
