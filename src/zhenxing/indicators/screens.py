"""What the list of a unit's indicators shows: searched, narrowed by lamp, parted by field."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

from zhenxing.engine.lamps import Colour
from zhenxing.engine.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from zhenxing.web.asking import Asked

SHOWN: dict[str, tuple[str, Callable[[Row], bool]]] = {
    "": ("全部", lambda _: True),
    "aimed": ("有目标", lambda row: bool(row.judgements)),
    "missing": ("未报", lambda row: row.lamp.colour is Colour.MISSING),
    "red": ("红灯", lambda row: row.lamp.colour is Colour.RED),
    "yellow": ("黄灯", lambda row: row.lamp.colour is Colour.YELLOW),
    "green": ("绿灯", lambda row: row.lamp.colour is Colour.GREEN),
    "grey": ("灰灯", lambda row: row.lamp.colour is Colour.GREY),
}


@dataclass(frozen=True)
class Choice:
    """One way to narrow the list: its word, how many it leaves, its address."""

    words: str
    count: int
    address: str
    is_here: bool


@dataclass(frozen=True)
class Screen:
    """The rows that are shown, and what else could be."""

    rows: tuple[Row, ...]
    wanted: str
    show: str
    choices: tuple[Choice, ...]
    keep: str

    @classmethod
    def of(cls, rows: Iterable[Row], asked: Asked, wanted: str, show: str) -> Self:
        """Keep the rows whose name or code holds the words wanted, and whose lamp is asked for."""
        found = [r for r in rows if wanted in r.indicator.name or wanted in r.indicator.code]
        show = show if show in SHOWN else ""
        choices = tuple(
            Choice(words, sum(map(test, found)), _address(asked, wanted, key), key == show)
            for key, (words, test) in SHOWN.items()
        )
        kept = tuple(filter(SHOWN[show][1], found))
        return cls(kept, wanted, show, choices, _address(asked, wanted, show))

    @property
    def fields(self) -> Sequence[tuple[str, list[Row]]]:
        """The rows by field, in the dictionary's order."""
        by_field = groupby(self.rows, key=lambda row: row.indicator.field)
        return [(name, list(rows)) for name, rows in by_field]


def _address(asked: Asked, wanted: str, show: str) -> str:
    words = {key: value for key, value in (("q", wanted), ("show", show)) if value}
    return "&".join(part for part in (asked.keep, urlencode(words)) if part)
