"""Records: the things a pack speaks of, read key by key from YAML, each value with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Generic, TypeVar, dataclass_transform, overload

from zhenxing.packs.nodes import Entry, Fields, Node, Scalar, describe
from zhenxing.packs.places import NOWHERE, Findings, Place, nearest
from zhenxing.packs.shapes import Reading, Shape

T = TypeVar("T")
D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record: the attribute that holds it, its shape, its default if it has one."""

    attribute: str
    shape: Shape[Any]
    default: Any

    @property
    def is_required(self) -> bool:
        """Whether the key may not be left out."""
        return self.default is MISSING

    @property
    def blank(self) -> object:
        """What stands in for a value that is not there."""
        return self.shape.blank if self.is_required else self.default


@overload
def written(shape: Shape[T], *, name: str = ...) -> T: ...


@overload
def written(shape: Shape[T], *, default: D, name: str = ...) -> T | D: ...


def written(shape: Shape[Any], *, default: Any = MISSING, name: str = "") -> Any:
    """Declare how a value is written: shape, default if it may be left out, name in YAML."""
    about = {"shape": shape, "name": name, "default": default}
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=about)
    return field(default=default, metadata=about)


@dataclass(frozen=True, kw_only=True)
class Record:
    """Something a pack speaks of.

    place: the line it begins on. places: the line of each value. spoiled: the attributes whose
    value could not be read and was noted; checks leave those alone. None of the three is part of
    what the record says, so two records are equal when their values are.
    """

    place: Place = field(default=NOWHERE, compare=False, repr=False)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
    spoiled: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    def at(self, name: str) -> Place:
        """Give the line of a value (`name`, `name.2` of a list, `name.key` of a mapping)."""
        return self.places.get(name, self.place)

    def sound(self, *names: str) -> bool:
        """Say whether the values could be read."""
        return self.spoiled.isdisjoint(names)


R = TypeVar("R", bound=Record)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(written, field))
def record(cls: type[T]) -> type[T]:
    """Make a class a record: frozen, its values named when it is built."""
    return dataclass(frozen=True, kw_only=True)(cls)


@dataclass(frozen=True, slots=True)
class Nested(Generic[R]):
    """A record inside a record."""

    kind: type[R]

    @property
    def blank(self) -> R:
        """A record of blanks, all of them marked as unread."""
        values: dict[str, Any] = {key.attribute: key.blank for key in keys_of(self.kind).values()}
        return self.kind(**values, spoiled=frozenset(values))

    def read(self, node: Node, name: str, reading: Reading) -> R | None:
        """Read the inner record."""
        return read_record(self.kind, node, reading.findings)


def keys_of(kind: type[Record]) -> Mapping[str, Key]:
    """Give a record's keys as YAML names them."""
    return {
        spot.metadata["name"] or spot.name: Key(
            spot.name, spot.metadata["shape"], spot.metadata["default"]
        )
        for spot in fields(kind)
        if "shape" in spot.metadata
    }


def read_record(kind: type[R], node: Node, findings: Findings) -> R | None:
    """Read one record; None where the node is no mapping. Every other fault is noted and passed.

    >>> from zhenxing.packs.nodes import parse
    >>> from zhenxing.packs.shapes import text
    >>> @record
    ... class Town(Record):
    ...     name: str = written(text(10))
    ...     short: str = written(text(10), default="")
    >>> found = Findings()
    >>> read_record(Town, parse("name: 青溪镇", "units.yaml", found), found)
    Town(name='青溪镇', short='')
    """
    if not isinstance(node, Fields):
        what = f"这里应是一组「键: 值」，现在是{describe(node)}"
        findings.add(node.place, what, "写成「键: 值」")
        return None
    keys = keys_of(kind)
    reading = Reading(findings)
    values: dict[str, Any] = {}
    for entry in _known_entries(node, keys, findings):
        key = keys[entry.key]
        reading.places[key.attribute] = entry.value.place
        value = key.shape.read(entry.value, entry.key, reading)
        if value is None:
            reading.spoiled.add(key.attribute)
        else:
            values[key.attribute] = value
    _fill(keys, values, node, reading)
    return kind(
        **values, place=node.place, places=reading.places, spoiled=frozenset(reading.spoiled)
    )


def values_of(item: Record) -> Iterator[tuple[str, Any]]:
    """Give a record's values under their YAML names, leaving out those equal to the default."""
    for name, key in keys_of(type(item)).items():
        value = getattr(item, key.attribute)
        if key.is_required or value != key.default:
            yield name, value


def _known_entries(node: Fields, keys: Mapping[str, Key], findings: Findings) -> Iterator[Entry]:
    for entry in node:
        if entry.key not in keys:
            near = nearest(entry.key, keys)
            change = f"改成{near}，或删去这一项" if near else f"删去，这里可写{'、'.join(keys)}"
            findings.add(entry.place, f"没有「{entry.key}」这种键", change)
        elif not (isinstance(entry.value, Scalar) and entry.value.text is None):
            yield entry


def _fill(keys: Mapping[str, Key], values: dict[str, Any], node: Fields, reading: Reading) -> None:
    for name, key in keys.items():
        if key.attribute in values:
            continue
        if key.is_required and key.attribute not in reading.spoiled:
            reading.findings.add(node.place, f"缺「{name}」", f"补上「{name}: …」")
            reading.spoiled.add(key.attribute)
        values[key.attribute] = key.blank
