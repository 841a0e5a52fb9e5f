"""The month's notice: what it says, from rows already reckoned."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.engine.lamps import Colour
from zhenxing.engine.rows import Row, State
from zhenxing.kernel import wording
from zhenxing.kernel.values import MASKED, MISSING, is_known
from zhenxing.writing import paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from zhenxing.kernel.periods import Period

LAMPS = {
    Colour.GREEN: paper.Lamp("●", "绿灯", paper.Ink.GREEN),
    Colour.YELLOW: paper.Lamp("▲", "黄灯", paper.Ink.YELLOW),
    Colour.RED: paper.Lamp("■", "红灯", paper.Ink.RED),
}
GREY_WORDS = {
    State.NOT_PUBLISHED: "未公布",
    State.NOT_RECEIVED: "未收到",
    State.MASKED: "未公开",
}
COLUMNS = (
    paper.Column("指标", 24),
    paper.Column("计量单位", 9),
    paper.Column("年度目标", 13, paper.Align.RIGHT),
    paper.Column("累计", 12, paper.Align.RIGHT),
    paper.Column("完成率%", 10, paper.Align.RIGHT),
    paper.Column("领先百分点", 10, paper.Align.RIGHT),
    paper.Column("同比%", 9, paper.Align.RIGHT),
    paper.Column("位次", 8, paper.Align.RIGHT),
    paper.Column("亮灯", 9),
)
FIGURES = len(COLUMNS) - 4


@dataclass(frozen=True)
class Frame:
    """Whose notice of which month, as known on which day, vouched for by what."""

    unit: str
    unit_class: str
    asked: Period
    day: date
    verification: str
    mark: str


def month_notice(frame: Frame, rows: Sequence[Row]) -> paper.Paper:
    """Compose the notice: the state in a paragraph, those behind with their reason, the table."""
    aimed = [row for row in rows if row.judgements]
    return paper.Paper(
        title=f"关于{frame.unit}{frame.asked.label}\n主要指标完成情况的通报",
        issuer=frame.unit,
        addressee="各专班，各站所，各村",
        blocks=(
            paper.Heading("总体情况"),
            paper.Paragraph(_summary(frame, aimed)),
            paper.Heading("落后指标"),
            *_behind(aimed),
            paper.Heading("各指标完成情况"),
            _table(frame, aimed),
            paper.Note(_note(frame)),
        ),
        signature=paper.Signature(frame.unit, frame.day),
        verification=frame.verification,
        mark=frame.mark,
    )


def _summary(frame: Frame, rows: Sequence[Row]) -> str:
    def lit(colour: Colour) -> int:
        return sum(row.lamp.colour is colour for row in rows)

    grey, missing = lit(Colour.GREY), lit(Colour.MISSING)
    parts = [
        f"{frame.asked.to_date_label}，下达{frame.unit}的{len(rows)}项指标中",
        f"绿灯{lit(Colour.GREEN)}项，黄灯{lit(Colour.YELLOW)}项，红灯{lit(Colour.RED)}项",
    ]
    if grey:
        parts.append(f"未公布、未收到或未公开{grey}项，不判进度")
    if missing:
        parts.append(f"到期未报{missing}项")
    return "，".join(parts) + "。"


def _behind(rows: Sequence[Row]) -> list[paper.Block]:
    """Give one paragraph for each red and yellow indicator, the farthest behind first."""
    late = [row for row in rows if row.lamp.colour in {Colour.RED, Colour.YELLOW}]
    late.sort(
        key=lambda r: (r.lamp.colour is not Colour.RED, r.lead or Decimal(0), r.indicator.code)
    )
    if not late:
        return [paper.Paragraph("本月没有落后的指标。")]
    return [
        paper.Heading(row.indicator.name, 2, then=(LAMPS[row.lamp.colour], f"。{_story(row)}"))
        for row in late
    ]


def _story(row: Row) -> str:
    measure, places = row.indicator.measure, row.indicator.decimals
    parts = []
    if row.value is not None and is_known(row.value):
        parts.append(f"累计{wording.number(row.value, places)}{measure}")
    if row.completion is not None:
        parts.append(f"完成率{wording.percent(row.completion)}")
    if row.growth is not None and row.growth.value is not None:
        parts.append(f"同比{wording.signed(row.growth.value, 1)}%（{row.growth.label}）")
    if row.place is not None:
        parts.append(f"同类镇第{row.place.place}位（共{row.place.of}个）")
    return "，".join([*parts, row.lamp.reason]) + "。"


def _table(frame: Frame, rows: Iterable[Row]) -> paper.Table:
    lines: list[paper.Row | paper.GroupRow] = []
    field = ""
    for row in rows:
        if row.indicator.field != field:
            field = row.indicator.field
            lines.append(paper.GroupRow(field))
        lines.append(_line(row))
    return paper.Table(
        columns=COLUMNS,
        rows=tuple(lines),
        caption=f"{frame.unit}{frame.asked.to_date_label}指标完成情况",
    )


def _line(row: Row) -> paper.Row:
    name, measure = row.indicator.name, row.indicator.measure
    targets = "\n".join(_target(row))
    if row.state is State.NO_TASK or _is_awaited(row):
        reason = paper.Span(row.lamp.reason, FIGURES)
        return paper.Row((name, measure, targets, reason, _lamp(row)))
    place = f"{row.place.place}/{row.place.of}" if row.place else "—"
    growth = row.growth.value if row.growth else None
    return paper.Row(
        (
            name,
            measure,
            targets,
            _value(row),
            _number(row.completion),
            "—" if row.lead is None else wording.signed(row.lead),
            "—" if growth is None else wording.signed(growth, 1),
            place,
            _lamp(row),
        )
    )


def _is_awaited(row: Row) -> bool:
    """Whether there is no number to print and the unit owes none."""
    return row.value is None or (row.value is MISSING and row.indicator.is_received)


def _target(row: Row) -> list[str]:
    aims = [each.target.target for each in row.judgements]
    return ["无任务" if aim.no_task else aim.label for aim in aims]


def _value(row: Row) -> str:
    if is_known(row.value):
        return wording.number(row.value, row.indicator.decimals)
    return "**" if row.value is MASKED else "未报"


def _number(value: Decimal | None) -> str:
    return "—" if value is None else wording.number(value, 2)


def _lamp(row: Row) -> paper.Text:
    colour = row.lamp.colour
    if colour in LAMPS:
        return LAMPS[colour]
    if colour is Colour.GREY:
        return paper.Lamp("○", GREY_WORDS.get(row.state, "未判"), paper.Ink.GREY)
    return "未报" if colour is Colour.MISSING else "—"


def _note(frame: Frame) -> str:
    peers = f"位次为{frame.unit_class}内排名；" if frame.unit_class else ""
    return (
        f"按{wording.chinese_date(frame.day)}所知；取值次序为核定、更正、签发、提交、台账、快报；"
        f"{peers}领先百分点为完成率减序时进度；未到发布日的指标不判进度。"
    )
