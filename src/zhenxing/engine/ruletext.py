"""Rule files (YAML) read as people wrote them, every node knowing its line.

Scalars stay text until a typed field converts them, so that `0.285`, `012` and `no` remain what
they are and decimals are exact. Reading is total: all problems are collected, none is raised.
Aliases are refused (a rule is read where it stands; a file of aliases can also grow without end).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

import yaml

from zhenxing.kernel.problems import Level, Problem

DEEPEST = 20
_YES, _NO = ("true", "yes", "是"), ("false", "no", "否")


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a rule file: text, a list of nodes or a mapping, and the line it begins on."""

    content: str | tuple[Node, ...] | Mapping[str, Node]
    line: int


class _Loader(yaml.BaseLoader):
    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        mark = self.get_mark()
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="不支持引用（*）", problem_mark=mark)
        self.depth += 1
        if self.depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem="层级过深", problem_mark=mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class RuleText:
    """One rule file being read; its `problems` grow with every question asked of it.

    file: the name readers know, put before each line number.

    >>> rules = RuleText("lamps.yaml")
    >>> root = rules.open("- id: lead\\n- id:\\n")
    >>> [rules.text(rules.fields(each, required=["id"]).get("id")) for each in rules.items(root)]
    ['lead', None]
    >>> rules.problems[0].sentence
    'lamps.yaml 第2行：「id」是空的；请填写，或删去这一项。'
    """

    def __init__(self, file: str) -> None:
        """Start with no problems."""
        self.file = file
        self.problems: list[Problem] = []

    def open(self, text: str) -> Node | None:
        """Parse the text; None with a problem where it is no YAML, or empty."""
        try:
            root = yaml.compose(text, Loader=_Loader)
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # \U and %YAML beyond measure
            self._complain_of_syntax(error)
            return None
        if root is None:
            self.problems.append(Problem(self.file, "文件是空的", "请写入至少一条规则"))
            return None
        return self._node(root)

    def where(self, node: Node) -> str:
        """Return file and line for a message."""
        return f"{self.file} 第{node.line}行"

    def complain(self, node: Node, what: str, next_: str, level: Level = "error") -> None:
        """Add a problem at the node's line."""
        self.problems.append(Problem(self.where(node), what, next_, level))

    def items(self, node: Node | None) -> tuple[Node, ...]:
        """Return the entries of a list; none, with a problem, where it is no list."""
        if node is None:
            return ()
        if isinstance(node.content, tuple):
            return node.content
        self.complain(node, "这里应当是列表", "请每项另起一行，以“- ”开头")
        return ()

    def fields(
        self, node: Node, *, required: Iterable[str] = (), optional: Iterable[str] = ()
    ) -> dict[str, Node]:
        """Return a mapping's known, non-empty fields; what is unknown, empty or lacking is told."""
        if not isinstance(node.content, Mapping):
            self.complain(node, "这里应当是“名称: 值”", "请按文档写出各项名称和值")
            return {}
        required = tuple(required)
        known = (*required, *optional)
        found: dict[str, Node] = {}
        for name, value in node.content.items():
            if name not in known:
                self.complain(
                    value, f"不认识的项「{name}」", f"请删去或改为{_nearest(name, known)}"
                )
            elif value.content in ("", (), {}):
                self.complain(value, f"「{name}」是空的", "请填写，或删去这一项")
            else:
                found[name] = value
        lacking = [name for name in required if name not in node.content]
        if lacking:
            self.complain(node, f"缺少「{'」「'.join(lacking)}」", "请补上")
        return found

    def text(self, node: Node | None) -> str | None:
        """Return a scalar's text; None, with a problem, for a list or a mapping."""
        if node is None:
            return None
        if isinstance(node.content, str):
            return node.content
        self.complain(node, "这里应当是一个值，不是列表或一组项", "请改为一个值")
        return None

    def number(self, node: Node | None) -> Decimal | None:
        """Return an exact decimal; None, with a problem, for what is no number."""
        text = self.text(node)
        if node is None or text is None:
            return None
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if value.is_finite():
            return value
        self.complain(node, f"「{text}」不是数", "请写阿拉伯数字，不带单位和逗号")
        return None

    def choice(self, node: Node | None, known: Collection[str]) -> str | None:
        """Return one of the known words; None, with a problem, for any other."""
        text = self.text(node)
        if node is None or text is None or text in known:
            return text
        self.complain(node, f"不认识「{text}」", f"请改为{_nearest(text, known)}")
        return None

    def flag(self, node: Node | None) -> bool | None:
        """Return true or false (是, 否 are understood); None, with a problem, for anything else."""
        text = self.choice(node, (*_YES, *_NO))
        return None if text is None else text in _YES

    def _node(self, raw: yaml.Node) -> Node:
        line = raw.start_mark.line + 1
        if isinstance(raw, yaml.SequenceNode):
            return Node(tuple(self._node(each) for each in raw.value), line)
        if isinstance(raw, yaml.MappingNode):
            return Node(self._mapping(raw), line)
        node = Node(raw.value, line)
        if any("\ud800" <= sign <= "\udfff" for sign in raw.value):
            self.complain(node, "有不成字的编码（\\ud800一类）", "请直接写汉字")
            return Node("", line)
        return node

    def _mapping(self, raw: yaml.MappingNode) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for key, value in raw.value:
            name, node = self._node(key), self._node(value)
            if not isinstance(name.content, str):
                self.complain(name, "项的名称应当是一个词", "请改写这一项的名称")
            elif name.content in found:
                first = found[name.content].line
                self.complain(name, f"「{name.content}」写了两次（第{first}行已有）", "请只留一处")
            else:
                found[name.content] = node
        return found

    def _complain_of_syntax(self, error: Exception) -> None:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", "")
        place = self.file if mark is None else f"{self.file} 第{mark.line + 1}行"
        self.problems.append(
            Problem(place, f"YAML写法有误（{what}）", "请检查缩进、冒号后的空格和引号是否成对")
        )


def _nearest(word: str, known: Collection[str]) -> str:
    near = get_close_matches(word, known, n=3, cutoff=0.5)
    return "、".join(near or known)
