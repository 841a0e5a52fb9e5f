"""What is different between two contents of one form, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.kernel.wording import number
from zhenxing.reporting.choices import PARTS
from zhenxing.reporting.form import layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from zhenxing.reporting.form.answers import Answer, Content

BLANK = "（空）"


@dataclass(frozen=True)
class Difference:
    """One place where two contents differ; both sides in words."""

    cell: str
    name: str
    before: str
    after: str
    is_text: bool = False


def differences(before: Content, after: Content, names: Mapping[str, str]) -> list[Difference]:
    """Give the differences in the order of the form; `names` are the indicators' by code."""
    found: list[Difference] = []
    for code in names:
        found += _answer(before.answers.get(code), after.answers.get(code), names[code])
    for part, title in PARTS.items():
        old, new = before.parts.get(part, ""), after.parts.get(part, "")
        if old != new:
            where = layout.part_cell(part)
            found.append(Difference(where, title, old or BLANK, new or BLANK, is_text=True))
    return found


def _answer(old: Answer | None, new: Answer | None, name: str) -> Iterable[Difference]:
    shown = new or old
    if shown is None:
        return
    before, after = (old.value if old else None), (new.value if new else None)
    if before != after:
        yield Difference(shown.cell, name, _written(before), _written(after))
    before, after = (old.confirmed if old else None), (new.confirmed if new else None)
    if before != after:
        where = shown.confirmed_cell
        yield Difference(where, f"{name}（上月全月数）", _written(before), _written(after))
    told, tells = (old.note if old else ""), (new.note if new else "")
    if told != tells:
        where = f"{layout.FIGURES}!{layout.NOTE}{shown.cell.rpartition(layout.ENTRY)[2]}"
        yield Difference(where, f"{name}（备注）", told or BLANK, tells or BLANK, is_text=True)


def _written(value: Decimal | None) -> str:
    return BLANK if value is None else number(value)
