"""A YAML file as a tree whose every value knows its line and is still the text that was written.

Scalars stay text (`012`, `no`, `2023-10`, `0.285` mean what the section says they mean, not what
YAML 1.1 makes of them); only an empty value, `~` and `null` are nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from zhenxing.packs.places import Findings, Place

_NOTHING = frozenset({"", "~", "null"})
_LOADER: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Scalar:
    """One written value; None where nothing was written."""

    place: Place
    text: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of values."""

    place: Place
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping with its value."""

    key: str
    place: Place
    value: Node


@dataclass(frozen=True, slots=True)
class Fields:
    """Keys with their values; no key stands twice."""

    place: Place
    entries: tuple[Entry, ...]

    def __iter__(self) -> Iterator[Entry]:
        """Give the entries in the order written."""
        return iter(self.entries)


Node = Scalar | Listing | Fields


def describe(node: Node) -> str:
    """Say in a word what a node is.

    >>> describe(Scalar(Place("a.yaml", 1), "青溪镇"))
    '「青溪镇」'
    """
    match node:
        case Scalar(text=None):
            return "空"
        case Scalar(text=text):
            return f"「{_shortened(str(text))}」"
        case Listing():
            return "一个列表"
        case Fields():
            return "一组「键: 值」"


def parse(text: str, file: str, findings: Findings) -> Node | None:
    """Read a file's text; None (with the reason noted) where it is no readable YAML.

    >>> parse("code: 012", "units.yaml", Findings()).entries[0].value.text
    '012'
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        findings.add(
            Place(file, line), "YAML 写法读不懂", "核对缩进、冒号后的空格、括号和引号是否成对"
        )
        return None
    except yaml.reader.ReaderError:
        # The error counts bytes or characters, as the library at hand does; the text knows better.
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 0
        findings.add(Place(file, line), "有不能显示的字符", "删去这个字符")
        return None
    except RecursionError:
        findings.add(Place(file), "嵌套太深", f"写成不超过{_DEEPEST}层")
        return None
    if root is None:
        return Scalar(Place(file, 1), None)
    return _Grower(file, findings).grow(root)


class _Grower:
    """Turns the parser's nodes into ours, refusing aliases and keys written twice."""

    def __init__(self, file: str, findings: Findings) -> None:
        self.file = file
        self.findings = findings
        self.seen: set[int] = set()

    def grow(self, node: yaml.Node, depth: int = 0) -> Node | None:
        """Give our node; None, with the reason noted, where there can be none."""
        place = Place(self.file, node.start_mark.line + 1)
        if id(node) in self.seen or depth > _DEEPEST:
            self.findings.add(place, "用了别名（*）或嵌套太深", "把内容写全，不用锚点和别名")
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return Fields(place, tuple(self._entries(node, depth)))
        if isinstance(node, yaml.SequenceNode):
            items = (self.grow(item, depth + 1) for item in node.value)
            return Listing(place, tuple(item for item in items if item is not None))
        plain = isinstance(node, yaml.ScalarNode) and not node.style
        return Scalar(place, None if plain and node.value in _NOTHING else node.value)

    def _entries(self, node: yaml.MappingNode, depth: int) -> Iterator[Entry]:
        first: dict[str, Place] = {}
        for key, value in node.value:
            place = Place(self.file, key.start_mark.line + 1)
            if not isinstance(key, yaml.ScalarNode):
                self.findings.add(place, "键不是一个词", "写成「键: 值」")
                continue
            if key.value in first:
                self.findings.add(
                    place,
                    f"键「{_shortened(key.value)}」写了两遍，上一处在第{first[key.value].line}行",
                    "只留一处",
                )
                continue
            first[key.value] = place
            grown = self.grow(value, depth + 1)
            if grown is not None:
                yield Entry(key.value, place, grown)


def _shortened(text: str, longest: int = 30) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else f"{flat[:longest]}…"
