"""What each action is called on a page; each part names its own when it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_known: dict[str, str] = {}


def register(sentences: Mapping[str, str]) -> None:
    """Name actions (dotted code → Chinese); a code that another part named otherwise is refused."""
    for action, sentence in sentences.items():
        if _known.setdefault(action, sentence) != sentence:
            raise ValueError(f"{action} is already called {_known[action]}, not {sentence}")


def of(action: str) -> str:
    """Give the action's Chinese name; one that nobody named is shown by its code."""
    return _known.get(action, action)
