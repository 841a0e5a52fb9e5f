"""Which row of the form a problem of the text speaks of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from zhenxing.engine.ruletext import Node, RuleText
from zhenxing.kernel.problems import Problem

_LINE = re.compile(r"第([0-9]+)行$")
HEAD = "head"


@dataclass(frozen=True)
class Told:
    """A problem with the place on the page it leads to, and what that place is called."""

    anchor: str
    place: str
    problem: Problem

    @property
    def sentence(self) -> str:
        """The problem without its line."""
        return Problem("", self.problem.what, self.problem.next).sentence


def told_by_row(text: str, problems: Iterable[Problem]) -> list[Told]:
    """Lead each problem of a text to its row.

    >>> text = "scheme: {id: a}\\nsections:\\n- id: s\\n  items:\\n  - {id: b, name: 投资}\\n"
    >>> told_by_row(text, [Problem("方案 第5行", "缺少「rule」", "请补上")])[0].anchor
    's0-0'
    """
    root = RuleText("").open(text)
    marks = sorted(_marks(root)) if root is not None else []
    lines = [line for line, _, _ in marks]
    found = []
    for problem in problems:
        match = _LINE.search(problem.where)
        index = bisect_right(lines, int(match[1])) - 1 if match else -1
        anchor, place = (marks[index][1], marks[index][2]) if index >= 0 else (HEAD, "")
        found.append(Told(anchor, place, problem))
    return found


def _marks(root: Node) -> Iterator[tuple[int, str, str]]:
    yield 0, HEAD, "方案说明"
    top = root.content if isinstance(root.content, Mapping) else {}
    for number, section in enumerate(_entries(top.get("sections"))):
        fields = section.content if isinstance(section.content, Mapping) else {}
        name = _text(fields.get("name")) or f"第{number + 1}部分"
        yield section.line, f"s{number}", name
        yield from _items(f"s{number}", name, fields.get("items"))
    for key, block, name in (("bonus", "b", "加分项"), ("penalties", "p", "扣分项")):
        yield from _items(block, name, top.get(key))
    for key in ("total", "grades", "veto", "bars", "shifts", "consecutive"):
        if key in top:
            yield top[key].line, "foot", "总分和等次"


def _items(block: str, name: str, node: Node | None) -> Iterator[tuple[int, str, str]]:
    for number, item in enumerate(_entries(node)):
        fields = item.content if isinstance(item.content, Mapping) else {}
        said = _text(fields.get("name")) or _text(fields.get("id")) or f"第{number + 1}项"
        yield item.line, f"{block}-{number}", f"{name} {said}"


def _entries(node: Node | None) -> tuple[Node, ...]:
    return node.content if node is not None and isinstance(node.content, tuple) else ()


def _text(node: Node | None) -> str:
    return node.content if node is not None and isinstance(node.content, str) else ""
