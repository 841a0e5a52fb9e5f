"""What a filled form says: an answer an indicator, four parts of text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zhenxing.reporting.choices import PARTS


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was entered for one indicator; None where the cell was left blank.

    `period` and `confirmed_period` are keys of periods, `cell` and `confirmed_cell` name the cells.
    """

    period: str
    cell: str
    value: Decimal | None = None
    confirmed_period: str = ""
    confirmed_cell: str = ""
    confirmed: Decimal | None = None
    note: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was entered."""
        return self.value is None and self.confirmed is None and not self.note


@dataclass(frozen=True)
class Content:
    """Everything a form says."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether the form was not filled in at all."""
        blank = all(answer.is_blank for answer in self.answers.values())
        return blank and not any(self.parts.values())

    def values(self) -> dict[str, Any]:
        """Give the answers as JSON holds them, numbers as text."""
        return {code: _stored(answer) for code, answer in self.answers.items()}


def content_from(values: Mapping[str, Any], parts: Mapping[str, str]) -> Content:
    """Take content back from what was stored."""
    answers = {code: _restored(said) for code, said in values.items()}
    texts = {part: str(parts.get(part, "")) for part in PARTS}
    sources = {key: str(parts[key]) for key in map(source_key, PARTS) if key in parts}
    return Content(answers, texts | sources)


def source_key(part: str) -> str:
    """Name where a part keeps its text with references, beside the text with their numbers."""
    return f"{part}_source"


def _stored(answer: Answer) -> dict[str, Any]:
    return {
        name: f"{said:f}" if isinstance(said, Decimal) else said
        for name, said in vars(answer).items()
    }


def _restored(said: Mapping[str, Any]) -> Answer:
    def amount(name: str) -> Decimal | None:
        return None if said[name] is None else Decimal(said[name])

    return Answer(
        period=said["period"],
        cell=said["cell"],
        value=amount("value"),
        confirmed_period=said["confirmed_period"],
        confirmed_cell=said["confirmed_cell"],
        confirmed=amount("confirmed"),
        note=said["note"],
    )
