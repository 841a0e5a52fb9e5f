"""An argument parser that speaks Chinese: headings, help, and what is wrong with a call."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable

WRONGLY_CALLED = 2
SAYINGS = (
    (r"the following arguments are required: (.+)", r"缺少{0}"),
    (r"unrecognized arguments: (.+)", r"不认识「{0}」"),
    (r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.+)\)", r"没有「{1}」；可选：{2}"),
    (r"argument (\S+): expected one argument", r"{0} 后面要写一个值"),
    (r"argument (\S+): invalid \w+ value: '(.*)'", r"{0} 的值「{1}」看不懂"),
    (r"argument (\S+): not allowed with argument (\S+)", r"{0} 和 {1} 只能用一个"),
    (r"ambiguous option: (\S+) could match (.+)", r"{0} 可以是 {1} 中的任一个，请写全"),
)


class Formatter(argparse.HelpFormatter):
    """Help that begins with 用法."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Write the heading in Chinese."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose every word is Chinese; its sub-parsers are of the same kind."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401  # argparse's own many words
        super().__init__(**{**given, "formatter_class": Formatter, "add_help": False})
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call, and where to look."""
        self.exit(WRONGLY_CALLED, f"{told(message)}；请看 {self.prog} --help。\n")


def told(message: str) -> str:
    """Say an argparse message in Chinese; one that is not known stays as it is."""
    for pattern, saying in SAYINGS:
        found = re.fullmatch(pattern, message)
        if found:
            return saying.format(
                *(group.replace("'", "").replace(", ", "、") for group in found.groups())
            )
    return message


def tell(sentence: str) -> None:
    """Say to the user what is wrong, apart from what was asked for."""
    print(sentence, file=sys.stderr)
