"""Labelled papers: text with marks `[[words|subject|value unit|kind comparator change]]`.

A value `M` is masked, `1-2` a range; `+` and `-` are growth and fall; a `?` at the end makes the
label optional (neither a miss when absent nor an error when found).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhenxing.reading.lexicon import simplified
from zhenxing.reading.numerals import magnitude

PAPERS = Path(__file__).parent / "papers"
ROOT = Path(__file__).parents[4]
SHARED = ROOT.parent / "shared"
_MARK = re.compile(r"\[\[([^|\]]+)\|([^|]*)\|([^|]*)\|([^\]]*)\]\]")
_SIZE = re.compile(r"[十百万亿]+|千(?!瓦|米|克|伏)")
_CHANGES = {"+": "increase", "-": "decrease"}


@dataclass(frozen=True)
class Label:
    """What a person read at a stretch of the text."""

    start: int
    end: int
    subject: str
    base: Decimal | None
    high: Decimal | None
    unit: str
    kind: str
    comparators: tuple[str, ...]
    change: str | None
    masked: bool
    optional: bool


def labelled(path: Path) -> tuple[str, list[Label]]:
    """Return a paper without its marks, and the labels."""
    raw = path.read_text("utf-8")
    text, labels, at = "", [], 0
    for mark in _MARK.finditer(raw):
        text += raw[at : mark.start()]
        labels.append(_label(len(text), mark))
        text += mark[1]
        at = mark.end()
    return text + raw[at:], labels


def _label(start: int, mark: re.Match[str]) -> Label:
    words, subject, amount, meaning = mark.groups()
    value, _, unit = amount.strip().partition(" ")
    low, _, high = value.partition("-")
    kind, comparator, change = (*meaning.rstrip("?").split(), "", "")[:3]
    size = _SIZE.match(unit)
    scale = magnitude(size[0]) if size else 1
    known = value != "M" and re.fullmatch(r"[\d.]+", low) is not None
    return Label(
        start,
        start + len(words),
        subject.translate(simplified()),
        Decimal(low) * scale if known else None,
        Decimal(high) * scale if high else None,
        unit,
        kind,
        (comparator or "=",),
        _CHANGES.get(change),
        value == "M",
        meaning.endswith("?"),
    )


def from_gold(row: dict[str, Any]) -> Label:
    """Take a label from a line of the gold files."""
    comparators = (row["comparator"], row.get("comparator_alt"))
    base, high = row.get("value_base", row["value"]), row.get("value_high")
    return Label(
        row["start"],
        row["start"] + len(row["quote"]),
        row["subject"] or "",
        None if base is None else Decimal(str(base)),
        None if high is None else Decimal(str(high)),
        row["unit"] or "",
        row["kind"],
        tuple(filter(None, comparators)),
        row.get("change"),
        bool(row.get("masked")),
        bool(row.get("optional")),
    )


def from_row(row: list[Any]) -> Label:
    """Take a label of `source_labels.yaml`, which holds no words of the sources."""
    start, length, value, high, unit, kind, comparator, change, optional = row
    size = _SIZE.match(unit)
    base = Decimal(str(value)) * (magnitude(size[0]) if size else 1)
    top = None if high is None else Decimal(str(high))
    return Label(
        start,
        start + length,
        "",
        base,
        top,
        unit,
        kind,
        (comparator,),
        change,
        masked=False,
        optional=bool(optional),
    )
