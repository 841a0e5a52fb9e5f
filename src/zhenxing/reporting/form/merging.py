"""Several people typing into one form: a text lands where it belongs, or is set aside whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Edit:
    """What somebody changed in a place: the text they saw there, and the text they put."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Clash:
    """A place where somebody else was first: the text that came too late, the text that stands."""

    name: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """What stands after the edits: the texts, the places taken over, the clashes."""

    cells: Mapping[str, str]
    saved: tuple[str, ...]
    clashes: tuple[Clash, ...]


def merged(cells: Mapping[str, str], edits: Iterable[Edit], *, is_stale: bool = False) -> Merged:
    """Put each edit in where the text its writer saw still stands; else it is a clash of its own.

    An edit that asks for what already stands is taken for saved, so that one sent twice, because
    the answer was lost, harms nobody. On a stale page nothing is put in at all.
    """
    stands, saved, clashes = dict(cells), list[str](), list[Clash]()
    for edit in edits:
        text = stands.get(edit.name, "")
        if text == edit.after:
            saved.append(edit.name)
        elif text == edit.before and not is_stale:
            stands[edit.name] = edit.after
            saved.append(edit.name)
        else:
            clashes.append(Clash(edit.name, edit.after, text))
    return Merged(stands, tuple(saved), tuple(clashes))
