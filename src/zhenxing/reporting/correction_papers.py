"""A correction slip as an official paper, and the register of slips as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime

from zhenxing.audit.models import Entry
from zhenxing.kernel import wording
from zhenxing.kernel.periods import Period
from zhenxing.reporting.correction_screens import signatures, words_of
from zhenxing.writing import paper
from zhenxing.writing.sheet import Column, Sheet, to_xlsx
from zhenxing.writing.word import to_docx

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.correction_screens import Signature
    from zhenxing.reporting.models import CorrectionSlip
    from zhenxing.reporting.queries.pattern import Case
    from zhenxing.writing.sheet import Value

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
REGISTER = (
    Column("编号", width=26),
    Column("单位", width=14),
    Column("指标", width=24),
    Column("期间", width=12),
    Column("原数", width=14),
    Column("更正为", width=14),
    Column("计量单位", width=10),
    Column("原因", width=40),
    Column("状态", width=16),
    Column("提出人", width=22),
    Column("提出日期", width=14),
    Column("账本序号", width=10),
)
PATTERN = (
    Column("日期", width=14),
    Column("单位", width=14),
    Column("类", width=8),
    Column("对象", width=30),
    Column("数的变化", width=40),
    Column("结果", width=12),
    Column("谁", width=40),
    Column("原因", width=40),
)
NOT_YET = "（未签）"


def answer(content: bytes, name: str) -> HttpResponse:
    """Give a file to keep."""
    response = HttpResponse(content, content_type=KINDS[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response


def register(slips: Iterable[CorrectionSlip], moment: Moment) -> bytes:
    """Write the slips of a list, one a row, as known on the business day."""
    title = f"更正单台账（{moment.business_date}）"
    rows = tuple(_registered(slip) for slip in slips)
    sheet = Sheet(name="更正单", columns=REGISTER, rows=rows, title=title, fixed_columns=1)
    return to_xlsx([sheet], title=title, issuer="镇兴", created=moment.at)


def pattern(cases: Iterable[Case], moment: Moment) -> bytes:
    """Write returns and corrections with which way the numbers went."""
    title = f"更正和退回分析（{moment.business_date}）"
    rows = tuple(
        (
            case.day,
            case.unit.name,
            case.kind,
            case.subject,
            case.changes,
            case.way.label,
            case.who,
            case.reason,
        )
        for case in cases
    )
    sheet = Sheet(name="更正和退回", columns=PATTERN, rows=rows, title=title, fixed_columns=2)
    return to_xlsx([sheet], title=title, issuer="镇兴", created=moment.at)


def slip_paper(slip: CorrectionSlip, *, is_demo: bool) -> bytes:
    """Write a slip as a Word file: old, new, why, the papers, who signed when and under what."""
    steps = list(slip.steps.order_by("pk"))
    entry = Entry.objects.get(pk=steps[-1].sealed_by)
    told = paper.Paper(
        title=f"{words_of(slip)}\n数据更正单",
        issuer=slip.unit.name,
        blocks=(
            paper.Heading("更正内容"),
            _change(slip),
            paper.Heading("更正原因"),
            paper.Paragraph(slip.reason),
            paper.Heading("佐证"),
            *(
                paper.Paragraph(f"{each.file.name}（SHA-256 {each.file.sha256}）")
                for each in slip.evidence.select_related("file")
            ),
            paper.Heading("签署"),
            _signed(signatures(slip, steps)),
            paper.Note("旧数不删，与新数并列可查；序号为本站账本的序号，可凭以核验。"),
        ),
        signature=paper.Signature(slip.unit.name, steps[-1].business_date),
        verification=f"{slip.number} 账本第{entry.sequence}条 {entry.hash}",
        mark="演示数据" if is_demo else "",
    )
    return to_docx(told, created=steps[-1].at)


def _change(slip: CorrectionSlip) -> paper.Table:
    right = paper.Align.RIGHT
    return paper.Table(
        columns=(
            paper.Column("单位", 12),
            paper.Column("指标", 22),
            paper.Column("期间", 12),
            paper.Column("计量单位", 8),
            paper.Column("原数", 12, right),
            paper.Column("更正为", 12, right),
        ),
        rows=(
            paper.Row(
                (
                    slip.unit.name,
                    slip.indicator.name,
                    Period.parse(slip.period).label,
                    slip.indicator.measure,
                    _number(slip.old, slip.indicator.decimals),
                    _number(slip.new, slip.indicator.decimals),
                ),
            ),
        ),
        caption=f"{slip.number}（{slip.get_state_display()}）",
    )


def _signed(bar: Iterable[Signature]) -> paper.Table:
    rows = tuple(paper.Row((each.label, each.whose, *_who(each))) for each in bar)
    return paper.Table(
        columns=(
            paper.Column("环节", 8),
            paper.Column("由谁", 14),
            paper.Column("签署人", 20),
            paper.Column("时间", 16),
            paper.Column("账本序号", 8, paper.Align.RIGHT),
            paper.Column("意见", 24),
        ),
        rows=rows,
        caption="四方签署",
    )


def _who(each: Signature) -> tuple[str, str, str, str]:
    step = each.step
    if step is None:
        return NOT_YET, "—", "—", "—"
    why = f"{step.get_reason_display()}：" if step.reason else ""
    at = localtime(step.at).strftime("%Y-%m-%d %H:%M")
    return step.by_name, at, str(step.sealed_by), f"{why}{step.text}" or "同意"


def _registered(slip: CorrectionSlip) -> tuple[Value, ...]:
    first = min(slip.steps.all(), key=lambda step: step.pk)
    return (
        slip.number,
        slip.unit.name,
        slip.indicator.name,
        Period.parse(slip.period).label,
        slip.old,
        slip.new,
        slip.indicator.measure,
        slip.reason,
        slip.get_state_display(),
        first.by_name,
        first.business_date,
        first.sealed_by,
    )


def _number(value: Decimal | None, places: int) -> str:
    return "（没有数）" if value is None else wording.number(value, places)
