"""Lists of this part as workbooks, and a use of a result as an official paper."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from zhenxing.assessment.queries.assessed import items_of
from zhenxing.kernel import wording
from zhenxing.kernel.periods import Period
from zhenxing.writing import paper
from zhenxing.writing.sheet import Column, Sheet, Value, to_xlsx
from zhenxing.writing.word import to_docx

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from zhenxing.assessment.models import Appeal, Use
    from zhenxing.kernel.moments import Moment

Row = tuple[Value, ...]
COUNTY_TIME = ZoneInfo("Asia/Shanghai")
ISSUER = "镇兴"
APPEALS = (
    Column("考核", width=30),
    Column("单位", width=14),
    Column("考核项", width=24),
    Column("状态", width=10),
    Column("提交", width=14),
    Column("理由", width=40),
    Column("请求", width=24),
    Column("结论", width=10),
    Column("答复", width=40),
    Column("怎样办理", width=24),
    Column("初评得分", width=12),
    Column("复核后得分", width=12),
)
USES = (
    Column("考核", width=30),
    Column("单位", width=14),
    Column("类别", width=10),
    Column("条件", width=24),
    Column("内容", width=40),
    Column("金额", "万元", width=12),
    Column("文号", width=22),
    Column("状态", width=10),
    Column("提出", width=14),
    Column("批准", width=14),
    Column("兑现", width=14),
    Column("撤销原因", width=30),
)

STEPS = (
    paper.Column("环节", 12),
    paper.Column("谁", 24),
    paper.Column("日期", 18),
    paper.Column("意见", 34),
    paper.Column("账本", 10, paper.Align.RIGHT),
)


def appeals(rows: Iterable[Appeal], moment: Moment) -> bytes:
    """Write appeals, one a row, as known on the business day."""
    lines = tuple(_appeal(row) for row in rows)
    return _book("申诉", APPEALS, lines, moment)


def uses(rows: Iterable[Use], moment: Moment) -> bytes:
    """Write uses of results, one a row, as known on the business day."""
    lines = tuple(
        (
            str(row.round),
            row.unit.name,
            row.get_kind_display(),
            row.condition,
            row.words,
            row.amount,
            row.document,
            row.get_state_display(),
            row.proposed_on,
            row.decided_on,
            row.done_on,
            row.reason,
        )
        for row in rows
    )
    return _book("结果运用", USES, lines, moment)


def use_paper(use: Use, issuer: str, *, mark: str = "") -> bytes:
    """Write a use of a result as a paper to hand on: the unit, its result, what follows, papers.

    It names units only; equal content gives equal bytes.
    """
    on = use.done_on or use.decided_on or use.proposed_on
    facts = (paper.Column("项", 16), paper.Column("内容", 72))
    told = paper.Paper(
        title=f"{use.unit.name}{use.get_kind_display()}办理单",
        issuer=issuer,
        number=use.document,
        blocks=(
            paper.Heading("结果和事项"),
            paper.Table(columns=facts, rows=tuple(_facts_of(use))),
            paper.Heading("办理经过"),
            paper.Table(columns=STEPS, rows=tuple(_steps_of(use))),
            paper.Note("本单只记单位的考核结果及其运用，不是对任何个人的评价。"),
        ),
        signature=paper.Signature(issuer, on),
        mark=mark,
    )
    return to_docx(told, created=datetime.combine(on, time(), COUNTY_TIME))


def _facts_of(use: Use) -> Iterator[paper.Row]:
    facts = [
        ("单位", use.unit.name),
        ("考核", f"{use.round.scheme.name}，{Period.parse(use.round.period).label}"),
        ("结果公布", _day(use.round.published), use.round.document),
        ("条件", use.condition),
        ("事项", use.get_kind_display(), use.words),
        ("金额", "" if use.amount is None else f"{wording.number(use.amount)}万元"),
        ("文号", use.document),
        ("听证", _day(use.heard_on), use.hearing),
        ("批准", _day(use.decided_on)),
        ("兑现", _day(use.done_on), use.voucher.name if use.voucher else ""),
        ("现状", use.get_state_display(), use.reason),
    ]
    for name, *said in facts:
        if any(said):
            yield paper.Row((name, "，".join(filter(None, said))))


def _steps_of(use: Use) -> Iterator[paper.Row]:
    for each in use.steps.all():
        day = paper.date_text(each.business_date)
        told = (each.get_act_display(), each.by_name, day, each.note or "—", str(each.sealed_by))
        yield paper.Row(told)


def _appeal(row: Appeal) -> Row:
    told = items_of(row.round.edition).get(row.item) if row.item else None
    return (
        str(row.round),
        row.unit.name,
        told.name if told else row.item or "总分",
        row.get_state_display(),
        row.filed_on,
        row.words,
        row.wish,
        row.get_effect_display(),
        row.answer,
        f"{row.get_remedy_display()} {row.remedy_number}".strip(),
        row.before,
        row.after,
    )


def _book(name: str, columns: tuple[Column, ...], rows: tuple[Row, ...], moment: Moment) -> bytes:
    title = f"{name}台账（{moment.business_date}）"
    sheet = Sheet(name=name, columns=columns, rows=rows, title=title, fixed_columns=1)
    return to_xlsx([sheet], title=title, issuer=ISSUER, created=moment.at)


def _day(day: date | None) -> str:
    return paper.date_text(day) if day else ""
