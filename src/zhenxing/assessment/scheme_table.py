"""A scheme as the table a document has: for the page, for Word and for Excel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from zhenxing.assessment.naming import named, words_of
from zhenxing.assessment.sheet.differing import (
    data_words,
    gate_words,
    points_words,
    target_words,
)
from zhenxing.engine.schemes.results import plain
from zhenxing.engine.schemes.scheme import (
    BestRatio,
    Blend,
    Completion,
    Item,
    MinMax,
    Pass,
    RankBetween,
    RankSteps,
    Steps,
    Tiers,
)
from zhenxing.engine.schemes.showing import show
from zhenxing.engine.schemes.words import rule_words
from zhenxing.kernel.wording import chinese_date
from zhenxing.writing import paper
from zhenxing.writing.sheet import Column, Sheet, to_xlsx
from zhenxing.writing.word import to_docx

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenxing.assessment.models import Edition
    from zhenxing.engine.schemes import Scheme
    from zhenxing.writing.sheet import Value

UNDATED = date(2000, 1, 1)  # equal drafts give equal bytes
COUNTY_TIME = ZoneInfo("Asia/Shanghai")
READS_X = (
    Pass, Completion, Steps, Tiers, MinMax, BestRatio, RankSteps, RankBetween, Blend,
)  # fmt: skip
AIMS = (Pass, Completion, Steps)
HEADS = ("考核内容", "分值", "目标", "计分办法", "责任部门", "取数")


@dataclass(frozen=True)
class Line:
    """One item as a document tells it; `raw` is what the words stand for, where they differ."""

    code: str
    name: str
    points: str
    target: str
    rule: str
    lead: str
    data: str
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A section, the bonus or the penalties."""

    name: str
    points: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """The whole document: its parts, then what is said after them."""

    parts: tuple[Part, ...]
    notes: tuple[tuple[str, str], ...]


def table(scheme: Scheme, names: Mapping[str, str]) -> Table:
    """Make the table; `names` are the indicators' names by code."""
    words = words_of(names.items(), scheme)
    parts = [
        Part(
            each.name, "" if each.points is None else plain(each.points), _lines(each.items, words)
        )
        for each in scheme.sections
    ]
    for name, extra in (("加分项", scheme.bonus), ("扣分项", scheme.penalties)):
        if extra.items:
            cap = "" if extra.cap is None else f"最多{plain(extra.cap)}"
            parts.append(Part(name, cap, _lines(extra.items, words)))
    lets = [(name, each.text) for name, each in scheme.lets.items()]
    notes = [(named(head, words), named(said, words)) for head, said in (*_notes(scheme), *lets)]
    return Table(tuple(parts), tuple(notes))


def _lines(items: Iterable[Item], words: Mapping[str, str]) -> tuple[Line, ...]:
    return tuple(_line(item, words) for item in items)


def _line(item: Item, words: Mapping[str, str]) -> Line:
    rules = (rule_words(item.rule, lower=item.lower), gate_words(item))
    written = {
        "target": target_words(item.target) if item.target is not None or _aims(item) else "",
        "rule": "；".join(filter(None, rules)),
        "data": _data(item),
    }
    said = {cell: named(text, words) for cell, text in written.items()}
    return Line(
        item.id, item.name, points_words(item.points), said["target"], said["rule"], item.lead,
        said["data"], {cell: text for cell, text in written.items() if text != said[cell]},
    )  # fmt: skip


def _aims(item: Item) -> bool:
    return isinstance(item.rule, AIMS)


def _data(item: Item) -> str:
    return data_words(item) if item.value is not None or isinstance(item.rule, READS_X) else ""


def _notes(scheme: Scheme) -> list[tuple[str, str]]:
    found = []
    for line in show(scheme).splitlines()[1:]:
        head, colon, said = line.partition("：")
        if colon and not line.startswith(("|", "#")):
            found.append((head, said))
    return found


def to_word(edition: Edition, told: Table, *, mark: str = "") -> bytes:
    """Write the edition as an official paper; equal editions give equal bytes."""
    columns = (
        paper.Column("考核内容", 18), paper.Column("分值", 10), paper.Column("目标", 12),
        paper.Column("计分办法", 38), paper.Column("责任部门", 16),
    )  # fmt: skip
    rows: list[paper.Row | paper.GroupRow] = []
    for part in told.parts:
        rows.append(paper.GroupRow(f"{part.name}（{part.points}分）" if part.points else part.name))
        rows += [
            paper.Row((line.name, line.points, line.target, line.rule, line.lead))
            for line in part.lines
        ]
    day = edition.issued
    status = f"{chinese_date(day)}发布" if day else f"{edition.get_state_display()}，未发布"
    document = paper.Paper(
        title=edition.title,
        issuer=edition.scheme.owner.name,
        addressee="各被考核单位",
        blocks=(
            paper.Paragraph(f"{edition.document}，第{edition.number}版，{status}。"),
            paper.Table(columns=columns, rows=tuple(rows), caption=edition.title),
            *(paper.Note(f"{head}：{said}") for head, said in told.notes),
        ),
        signature=paper.Signature(edition.scheme.owner.name, day) if day else None,
        verification=f"方案校验码 {edition.digest}",
        mark=mark,
    )
    return to_docx(document, created=_created(day))


def to_excel(edition: Edition, told: Table, *, mark: str = "") -> bytes:
    """Write the edition as a workbook, an item a line."""
    columns = (Column("部分", width=16), *(Column(head, width=18) for head in HEADS))
    lines: list[tuple[Value, ...]] = [
        (part.name, line.name, line.points, line.target, line.rule, line.lead, line.data)
        for part in told.parts
        for line in part.lines
    ]
    lines += [("说明", head, "", "", said, "", "") for head, said in told.notes]
    sheet = Sheet(name="方案", columns=columns, rows=tuple(lines), title=edition.title, mark=mark)
    return to_xlsx(
        (sheet,),
        title=edition.title,
        issuer=edition.scheme.owner.name,
        created=_created(edition.issued),
    )


def _created(day: date | None) -> datetime:
    return datetime.combine(day or UNDATED, time(), COUNTY_TIME)
