"""The register of papers, and what was read in one, as workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhenxing.kernel.values import Absence
from zhenxing.writing.sheet import Column, Sheet, Value, to_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenxing.adoption.models import Item
    from zhenxing.adoption.queries.waiting import Waiting
    from zhenxing.adoption.screens import Line
    from zhenxing.kernel.moments import Moment

ISSUER = "镇兴"
PAPERS = (
    Column("标题", width=40), Column("文号", width=22), Column("来文单位", width=18),
    Column("文种", width=10), Column("年度", width=8), Column("收文日期", width=14),
    Column("收文单位", width=14), Column("所述单位", width=14), Column("读出", "条", width=8),
    Column("已处理", "条", width=8), Column("写入", "条", width=8), Column("已阅", "人", width=8),
    Column("传阅", "人", width=8), Column("办理", "次", width=8), Column("登记人", width=24),
    Column("拟办意见", width=30),
)  # fmt: skip
ITEMS = (
    Column("序号", width=8), Column("类别", width=8), Column("事", width=28),
    Column("单位", width=12), Column("指标", width=24), Column("关系", width=8),
    Column("值", width=14), Column("上限", width=14), Column("计量单位", width=10),
    Column("期间", width=12), Column("原文", width=40), Column("所在", width=18),
    Column("疑问", width=40), Column("处理", width=10), Column("意见", width=24),
    Column("处理人", width=24), Column("处理日期", width=14), Column("去处", width=28),
)  # fmt: skip
WAITING = (
    Column("类别", width=8), Column("事", width=28), Column("单位", width=12),
    Column("谁", width=20), Column("何时、多少", width=20), Column("已有", width=24),
    Column("原文", width=50), Column("来文", width=36), Column("第几条", width=8),
    Column("谁采纳", width=24), Column("采纳日期", width=14),
)  # fmt: skip


def papers(rows: Iterable[Any], moment: Moment) -> bytes:
    """Write the rows of `queries.papers.register`, one paper a row."""
    lines = tuple(
        (
            row.title, row.number, row.issuer, row.get_kind_display(), str(row.year or ""),
            row.received, row.unit.name, row.about.name, row.every, row.decided, row.written,
            row.seen, row.sent, row.followed, row.by_name, row.note,
        )
        for row in rows
    )  # fmt: skip
    return _book("来文", PAPERS, lines, moment)


def items(title: str, lines: Iterable[Line], moment: Moment) -> bytes:
    """Write what was read in a paper, one thing a row, with its words and where it went."""
    rows = tuple(_row(line.item, line) for line in lines)
    return _book(title, ITEMS, rows, moment)


def waiting(rows: Iterable[Waiting], moment: Moment) -> bytes:
    """Write what was accepted and waits for its part, one thing a row."""
    lines = tuple(
        (
            row.item.get_kind_display(), row.item.subject, row.item.unit.name, row.who, row.due,
            row.standing, row.item.quote, row.title, row.item.number, row.item.decided_name,
            row.item.decided_on,
        )
        for row in rows
    )  # fmt: skip
    return _book("待用的事", WAITING, lines, moment)


def _row(item: Item, line: Line) -> tuple[Value, ...]:
    value: Value = Absence.MASKED if item.masked and item.value is None else item.value
    return (
        line.label, item.get_kind_display(), item.subject, item.unit.name,
        item.indicator.name if item.indicator else "", line.sign, value, item.high,
        item.measure, item.period, item.quote, item.section, item.doubt,
        item.get_verdict_display(), item.note, item.decided_name, item.decided_on,
        "；".join(f"{each.get_home_display()} {each.written}" for each in line.placements),
    )  # fmt: skip


def _book(
    name: str, columns: tuple[Column, ...], rows: tuple[tuple[Value, ...], ...], moment: Moment
) -> bytes:
    title = f"{name}（{moment.business_date}）"
    sheet = Sheet(name=name, columns=columns, rows=rows, title=title, fixed_columns=1)
    return to_xlsx([sheet], title=title, issuer=ISSUER, created=moment.at)
