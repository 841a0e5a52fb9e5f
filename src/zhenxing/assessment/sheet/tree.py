"""YAML as plain text, lists and mappings, read and written without any conversion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TextIO

import yaml

from zhenxing.engine.ruletext import Node, RuleText

Plain = str | list["Plain"] | dict[str, "Plain"]
WIDEST = 110


def plain(node: Node) -> Plain:
    """Give a node without its lines."""
    if isinstance(node.content, str):
        return node.content
    if isinstance(node.content, Mapping):
        return {key: plain(each) for key, each in node.content.items()}
    return [plain(each) for each in node.content]


def read(text: str) -> Plain | None:
    """Read a piece of YAML; None where it is none.

    >>> read("{cap: 1.20}"), read("{"), read("")
    ({'cap': '1.20'}, None, None)
    """
    rules = RuleText("")
    root = rules.open(text)
    return None if root is None or rules.problems else plain(root)


def written(value: Plain) -> str:
    """Write YAML with short things on one line; reading it gives the same again.

    >>> written({"a": ["1", "甲, 乙"]})
    'a: [1, "甲, 乙"]\\n'
    """
    return str(
        yaml.serialize(_node(value, 0), Dumper=_Dumper, allow_unicode=True, width=100_000)
    ).removesuffix("...\n")


def inline(value: Plain) -> str:
    """Write a piece of YAML on one line.

    >>> inline({"cap": "1"})
    '{cap: 1}'
    """
    return (
        str(yaml.serialize(_flow(value), Dumper=_Dumper, allow_unicode=True, width=100_000))
        .removesuffix("...\n")
        .strip()
    )


class _Dumper(yaml.emitter.Emitter, yaml.serializer.Serializer, yaml.resolver.BaseResolver):
    """Writes text as it is: `2023`, `no` and `0.285` need no quotes, nothing is converted."""

    def __init__(self, stream: TextIO, **options: object) -> None:
        yaml.emitter.Emitter.__init__(self, stream, **_of(options, _EMITTED))
        yaml.serializer.Serializer.__init__(self, **_of(options, _SERIALISED))
        yaml.resolver.BaseResolver.__init__(self)


_EMITTED = ("canonical", "indent", "width", "allow_unicode", "line_break")
_SERIALISED = ("encoding", "explicit_start", "explicit_end", "version", "tags")


def _of(options: Mapping[str, object], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: options.get(name) for name in names}


def _scalar(text: str) -> yaml.ScalarNode:
    style = None if text and text[0] not in "'\"" and ", " not in text else '"'
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=style)


def _flow(value: Plain) -> yaml.Node:
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, dict):
        pairs = [(_scalar(key), _flow(each)) for key, each in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=True)
    return yaml.SequenceNode(
        "tag:yaml.org,2002:seq", [_flow(each) for each in value], flow_style=True
    )


def _node(value: Plain, depth: int) -> yaml.Node:
    if isinstance(value, str) or (depth and _length(value) + 2 * depth <= WIDEST):
        return _flow(value)
    if isinstance(value, dict):
        pairs = [(_scalar(key), _node(each, depth + 1)) for key, each in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=not value)
    nodes = [_node(each, depth + 1) for each in value]
    return yaml.SequenceNode("tag:yaml.org,2002:seq", nodes, flow_style=not value)


def _length(value: Plain) -> int:
    """Count about how wide a value is on one line, a Chinese character as two."""
    if isinstance(value, str):
        return sum(2 if letter > "⺀" else 1 for letter in value)
    if isinstance(value, dict):
        return sum(len(key) + 4 + _length(each) for key, each in value.items())
    return sum(2 + _length(each) for each in value)
