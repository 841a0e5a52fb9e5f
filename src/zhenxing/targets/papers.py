"""The 任务分解表 as a paper, by quarter so that it fits the page."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from zhenxing.kernel import wording
from zhenxing.writing import paper
from zhenxing.writing.word import to_docx

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.targets.screens import TaskLine, TaskTable

COUNTY_TIME = ZoneInfo("Asia/Shanghai")


def tasks(table: TaskTable, unit: str, day: date, *, mark: str = "") -> bytes:
    """Write the table as a Word file; equal targets give equal bytes."""
    columns = (
        paper.Column("指标", 22),
        paper.Column("计量单位", 9),
        paper.Column("年度目标", 12, paper.Align.RIGHT),
        *(paper.Column(head, 10, paper.Align.RIGHT) for head in table.heads),
        paper.Column("余数", 7, paper.Align.RIGHT),
        paper.Column("牵头专班", 14),
        paper.Column("责任人", 14),
    )
    told = paper.Paper(
        title=table.title,
        issuer=unit,
        addressee="各专班，各站所，各村",
        blocks=(
            paper.Paragraph(f"现将年度目标任务{len(table.lines)}项分解如下，请按时序抓好落实。"),
            paper.Table(columns=columns, rows=tuple(map(_line, table.lines)), caption=table.title),
            *(paper.Note(note) for note in table.notes),
        ),
        signature=paper.Signature(unit, day),
        mark=mark,
    )
    return to_docx(told, created=datetime.combine(day, time(), COUNTY_TIME))


def _line(line: TaskLine) -> paper.Row:
    group, whole, first, direct = line.answering
    people = "\n".join(dict.fromkeys(filter(None, (whole, first, direct))))
    return paper.Row(
        (
            line.name,
            line.measure,
            line.aim,
            *(wording.number(part, line.decimals) for part in line.parts),
            "—" if line.left is None else wording.number(line.left),
            group or "—",
            people or "—",
        )
    )
