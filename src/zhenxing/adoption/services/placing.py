"""Writing accepted items on: into a draft issue, a group's draft, or reference values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from zhenxing.adoption import access
from zhenxing.adoption.choices import Home, ItemKind, Verdict
from zhenxing.adoption.models import Item, Placement
from zhenxing.adoption.queries.aims import aspect_of, written_of
from zhenxing.assessment.services.standing import refuse, refuse_all, said_by
from zhenxing.audit import services as audit
from zhenxing.documents.models import Paper
from zhenxing.indicators.choices import Comparator
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.choices import UnitKind
from zhenxing.reporting.services.suggesting import Suggested, suggest
from zhenxing.targets import queries as target_queries
from zhenxing.targets.queries import IssueLine
from zhenxing.targets.queries import issues as issue_queries
from zhenxing.targets.services import issuing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhenxing.documents.models import PaperReading
    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.models import Submission
    from zhenxing.targets.models import Issue
    from zhenxing.targets.services.issuing import Heading
    from zhenxing.web.scope import Scope

AIMS = {ItemKind.TARGET, ItemKind.RANK}
FIGURES = {ItemKind.FIGURE, ItemKind.CHANGE}


def targets(  # what, into which issue or under which heading, by whom, when
    *,
    reading: PaperReading,
    items: Sequence[int],
    issue: Issue | None = None,
    heading: Heading | None = None,
    scope: Scope,
    moment: Moment,
) -> Issue:
    """Write accepted targets into a draft issue, a new one under `heading` where none is given.

    The draft counts for nothing until a second person approves it. Raises ActRefusedError.
    """
    seats = target_queries.seats(scope, moment.business_date)
    if not access.places_targets(seats):
        refuse("目标下达稿", "只有考核办和主管部门拟目标下达稿", "采纳的目标会留在来文里等他们写入")
    rows = _accepted(reading, items, AIMS, scope)
    with transaction.atomic():
        if issue is None:
            if heading is None:
                refuse("目标下达稿", "没有选下达稿，也没有写文号", "请选一份拟稿，或新拟一份")
            issue = issuing.draft(heading=heading, scope=scope, moment=moment)
        refuse_all(list(_unfit_for(issue, rows)))
        issue = issuing.put_lines(
            issue=issue,
            edition=issue.edition,
            lines=_lines(issue, rows),
            scope=scope,
            moment=moment,
        )
        _place(reading, rows, Home.ISSUE, str(issue.pk), scope, moment)
    return issue


def references(
    *, reading: PaperReading, items: Sequence[int], scope: Scope, moment: Moment
) -> list[Placement]:
    """Keep accepted figures as reference values: shown beside the indicator, never counted."""
    seats = target_queries.seats(scope, moment.business_date)
    paper = Paper.objects.select_related("unit").get(pk=reading.paper_id)
    is_countys = paper.unit.kind == UnitKind.COUNTY
    if not access.decides(seats, paper.unit.code, is_countys=is_countys):
        refuse(paper.title, "这份来文不由您办理", "请收文单位的人办")
    rows = _accepted(reading, items, FIGURES, scope)
    return _place(reading, rows, Home.REFERENCE, "", scope, moment)


def figures(
    *,
    reading: PaperReading,
    items: Sequence[int],
    submission: Submission,
    scope: Scope,
    moment: Moment,
) -> Submission:
    """Write accepted figures into a group's draft return, which its reporter looks at and hands in.

    Raises ActRefusedError with everything that keeps a number out; then none is written.
    """
    rows = _accepted(reading, items, {ItemKind.FIGURE}, scope)
    foreign = [row for row in rows if row.unit_id != submission.group.unit_id]
    refuse_all([
        Problem(_where(row), f"是{row.unit}的数，这张表是{submission.group}的", "请不要勾它")
        for row in foreign
    ])  # fmt: skip
    numbers = [
        Suggested(_where(row), row.indicator.code, row.period, row.value)
        for row in rows
        if row.indicator is not None and row.value is not None
    ]
    if len(numbers) < len(rows):
        refuse("填报草稿", "有的值未公开", "请不要勾未公开的")
    with transaction.atomic():
        said = suggest(submission=submission, numbers=numbers, scope=scope, moment=moment)
        if isinstance(said, list):
            refuse_all(said)
        _place(reading, rows, Home.RETURN, str(submission.pk), scope, moment)
    return submission


def _accepted(
    reading: PaperReading, items: Sequence[int], kinds: set[ItemKind], scope: Scope
) -> list[Item]:
    """Give the chosen items, each fit to be written on; refuse with everything that is wrong."""
    found = Item.objects.visible_to(scope).filter(reading=reading, pk__in=items)
    rows = list(found.select_related("unit", "indicator").prefetch_related("placements"))
    if not rows:
        refuse("写入", "没有选任何一条", "请先勾选已采纳的条目")
    refuse_all([problem for row in rows for problem in _unready(row, kinds)])
    return rows


def _unready(row: Item, kinds: set[ItemKind]) -> Iterator[Problem]:
    where = _where(row)
    if row.placements.all():
        yield Problem(where, "已经写入过", "不要再勾它")
    elif row.verdict != Verdict.ACCEPTED:
        yield Problem(where, f"现在是“{row.get_verdict_display()}”", "请先采纳")
    elif row.kind not in kinds:
        yield Problem(where, f"是{row.get_kind_display()}，不能写到这里", "请不要勾它，或改类别")
    elif row.indicator is None:
        yield Problem(where, "没有归到指标", "请先选指标，或按它新建指标")
    elif row.value is None and not row.masked:
        yield Problem(where, "没有值", "请先填值")


def _unfit_for(issue: Issue, rows: Sequence[Item]) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], Item] = {}
    for row in rows:
        where = _where(row)
        line = _line(row)
        if row.period not in {"", str(issue.year), f"{issue.year}-12"}:
            what = f"说的是{row.period}，下达稿是{issue.year}年度的"
            yield Problem(where, what, "请改期间，或写入那一年的下达稿")
        if line.about in seen:
            other = seen[line.about]
            what = f"与第{other.number}条是同一单位、同一指标、同一类目标"
            yield Problem(where, what, "请只勾一条，另一条不采纳")
        seen[line.about] = row


def _lines(issue: Issue, rows: Sequence[Item]) -> list[IssueLine]:
    """Give the issue's lines about the named indicators with ours put in their places."""
    ours = {line.about: line for line in map(_line, rows)}
    named = {(line.indicator, line.kind) for line in ours.values()}
    theirs = {
        line.about: line
        for line in issue_queries.lines_in(issue)
        if (line.indicator, line.kind) in named
    }
    return list((theirs | ours).values())


def _line(row: Item) -> IssueLine:
    code = row.indicator.code if row.indicator else ""
    sign = row.comparator or Comparator.AT_LEAST
    return IssueLine(row.unit.code, code, aspect_of(row), sign, written_of(row))


def _where(row: Item) -> str:
    return f"第{row.number}条 {row.subject}"


def _place(  # the columns of a placement
    reading: PaperReading,
    rows: Sequence[Item],
    home: Home,
    reference: str,
    scope: Scope,
    moment: Moment,
) -> list[Placement]:
    """Seal where items went; somebody who was first meanwhile is told."""
    said = said_by(scope, moment)
    paper = Paper.objects.get(pk=reading.paper_id)
    action = {
        Home.ISSUE: "targets", Home.RETURN: "figures", Home.REFERENCE: "references",
    }[home]  # fmt: skip
    with audit.act(
        f"adoption.placed.{action}",
        subject=paper.title,
        by=organisation_queries.actor(scope),
        moment=moment,
        details={"paper": paper.pk, "reference": reference},
    ) as act:
        if Placement.objects.filter(item__in=rows).exists():
            refuse(paper.title, "其中有的刚被写入", "请刷新页面看它去了哪里")
        made = [
            Placement(
                item=row,
                home=home,
                unit=row.unit,
                indicator=row.indicator,
                period=row.period,
                aspect=aspect_of(row) if home == Home.ISSUE else "",
                written=written_of(row),
                value=row.value,
                reference=reference,
                **said,
            )
            for row in rows
        ]
        act.seal(made)
        act.details["items"] = [row.pk for row in rows]
    return made
