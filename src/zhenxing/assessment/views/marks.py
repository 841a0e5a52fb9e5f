"""Judged marks: the office's panels, the rater's grid, every mark once a panel is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.assessment.models import Panel
from zhenxing.assessment.queries import marks as asking
from zhenxing.assessment.queries import rounds as round_queries
from zhenxing.assessment.queries import spread
from zhenxing.assessment.queries.subjects import subjects_of
from zhenxing.assessment.services import marking
from zhenxing.assessment.services.marking import Given
from zhenxing.assessment.views import panel_forms, replies
from zhenxing.organisation.services import ActRefusedError
from zhenxing.web.errors import NOT_FOUND
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse

    from zhenxing.assessment.models import Round
    from zhenxing.assessment.queries.marks import Desk, PanelRow, Seat
    from zhenxing.assessment.queries.subjects import Subject
    from zhenxing.kernel.problems import Problem
    from zhenxing.web.http import Request

# Whoever is named rates; who only audits or gives out accounts is never named.
RATERS, OFFICE_READERS, OFFICE = "KDLGFVCS", "KCSX", "KS"


@dataclass(frozen=True)
class GridCell:
    """One unit's mark on one panel, as written or as just typed."""

    seat: Seat
    key: str
    value: str
    note: str
    is_recused: bool


@dataclass(frozen=True)
class GridRow:
    """One unit on the rater's grid."""

    subject: Subject
    cells: tuple[GridCell, ...]


@policy("assessment.marks_mine", RATERS)
def mine(request: Request) -> HttpResponse:
    """List the rounds in which the person rates."""
    day, username = request.moment.business_date, request.scope.username
    desks = [asking.desk_of(each, username, day) for each in asking.desks(username)]
    context = {"here": "assessment", "desks": [desk for desk in desks if desk]}
    return render(request, "assessment/marks_mine.html", context)


@policy("assessment.marks", RATERS)
def grid(request: Request, key: int) -> HttpResponse:
    """Show the rater all units and the own items as one grid."""
    return _grid(request, _desk(request, key), (), {})


@policy("assessment.marks_save", RATERS, methods=("POST",))
def save(request: Request, key: int) -> HttpResponse:
    """Save the rater's marks, all or none."""
    desk, posted = _desk(request, key), request.POST.dict()
    given = [
        Given(cell.seat.rater.panel.item, row.subject.code, cell.value, cell.note)
        for row in _rows(desk, posted)
        for cell in row.cells
        if not cell.seat.is_frozen and not cell.is_recused
    ]
    try:
        made = marking.give(
            round_=desk.round,
            given=given,
            seen=replies.whole(posted, "seen"),
            scope=request.scope,
            moment=request.moment,
        )
    except ActRefusedError as refused:
        return _grid(request, desk, refused.problems, posted)
    messages.success(request, f"已保存{made}个评分；交卷前都可以改。" if made else "没有改动。")
    return redirect("assessment:marks", desk.round.pk)


@policy("assessment.marks_hand_in", RATERS, methods=("POST",))
def hand_in(request: Request, key: int) -> HttpResponse:
    """Hand in everything the person rates in the round."""
    desk = _desk(request, key)
    try:
        marking.hand_in(round_=desk.round, scope=request.scope, moment=request.moment)
    except ActRefusedError as refused:
        return _grid(request, desk, refused.problems, {})
    messages.success(request, "已交卷；全部评委交卷以前，谁也看不到各人的评分。")
    return redirect("assessment:marks", desk.round.pk)


@policy("assessment.panels", OFFICE_READERS)
def panels(request: Request, key: int) -> HttpResponse:
    """List the items of a round that are rated, and how far their raters are."""
    of, may = _office(request, key)
    context = {"here": "assessment", "round": of, "keeps": may.keeps, "rows": asking.panels(of)}
    return render(request, "assessment/panels.html", context)


@policy("assessment.panel", OFFICE_READERS)
def panel(request: Request, key: int, item: str) -> HttpResponse:
    """Show an item's raters; once the panel is closed, every mark with its spread."""
    return _panel(request, key, item, (), None)


@policy("assessment.panel_set", OFFICE, methods=("POST",))
def set_panel(request: Request, key: int, item: str) -> HttpResponse:
    """Name the raters of an item."""
    of, _ = _office(request, key)
    read = panel_forms.read(request.POST, _subjects(request, of))
    problems: Sequence[Problem] = read.problems
    if not problems:
        try:
            marking.set_panel(
                round_=of,
                item=item,
                seats=read.seats,
                due=read.due,
                scope=request.scope,
                moment=request.moment,
            )
        except ActRefusedError as refused:
            problems = refused.problems
    if problems:
        return _panel(request, key, item, problems, read)
    messages.success(request, "评委已定，评委登录后在“我的评分”里评。")
    return redirect("assessment:panel", of.pk, item)


@policy("assessment.panel_close", OFFICE, methods=("POST",))
def close(request: Request, key: int, item: str) -> HttpResponse:
    """End a panel before all raters are in."""
    of, _ = _office(request, key)
    found = get_object_or_404(Panel, round=of, item=item)
    reason = request.POST.get("reason", "")
    try:
        marking.close_panel(panel=found, reason=reason, scope=request.scope, moment=request.moment)
    except ActRefusedError as refused:
        return _panel(request, key, item, refused.problems, None)
    messages.success(request, "评分已结束，没有交卷的不计。")
    return redirect("assessment:panel", of.pk, item)


def _desk(request: Request, key: int) -> Desk:
    username = request.scope.username
    of = get_object_or_404(asking.desks(username), pk=key)
    desk = asking.desk_of(of, username, request.moment.business_date)
    if desk is None:
        raise NOT_FOUND
    return desk


def _grid(
    request: Request, desk: Desk, problems: Sequence[Problem], posted: Mapping[str, str]
) -> HttpResponse:
    context: dict[str, Any] = {
        "here": "assessment",
        "desk": desk,
        "rows": _rows(desk, posted),
        "wanting": sum(len(seat.wanting(desk.subjects)) for seat in desk.open_seats),
        "problems": problems,
    }
    status = replies.UNPROCESSABLE if problems else 200
    return render(request, "assessment/marks.html", context, status=status)


def _rows(desk: Desk, posted: Mapping[str, str]) -> list[GridRow]:
    return [
        GridRow(each, tuple(_cell(seat, each, posted) for seat in desk.seats))
        for each in desk.subjects
    ]


def _cell(seat: Seat, subject: Subject, posted: Mapping[str, str]) -> GridCell:
    key = f"{seat.rater.panel_id}-{subject.code}"
    mark = seat.latest.get(subject.code)
    return GridCell(
        seat,
        key,
        posted.get(f"mark-{key}", mark.value if mark else ""),
        posted.get(f"note-{key}", mark.note if mark else ""),
        subject.code in seat.recused,
    )


def _office(request: Request, key: int) -> tuple[Round, round_queries.May]:
    of = get_object_or_404(round_queries.rounds(request.scope), pk=key)
    may = round_queries.may_of(request.scope, of, request.moment.business_date)
    if not may.sees_all:
        raise NOT_FOUND
    return of, may


def _subjects(request: Request, of: Round) -> list[Subject]:
    return subjects_of(of.scheme, request.moment.business_date)


def _panel(
    request: Request,
    key: int,
    item: str,
    problems: Sequence[Problem],
    read: panel_forms.Read | None,
) -> HttpResponse:
    of, may = _office(request, key)
    row = _row(of, item)
    subjects = _subjects(request, of)
    is_closed = row.panel is not None and row.panel.closed is not None
    context: dict[str, Any] = {
        "here": "assessment",
        "round": of,
        "row": row,
        "sheet": spread.sheet_of(row.panel, row.rated, subjects) if row.panel else None,
        "is_closed": is_closed,
        "may_set": may.keeps and of.is_open and not is_closed,
        "lines": panel_forms.lines(request, of, row, subjects, read),
        "asked": request.GET.get("q", "").strip(),
        "due": panel_forms.due_of(row, read),
        "posted": request.POST,
        "problems": problems,
    }
    status = replies.UNPROCESSABLE if problems else 200
    return render(request, "assessment/panel.html", context, status=status)


def _row(of: Round, item: str) -> PanelRow:
    found = next((row for row in asking.panels(of) if row.rated.item.id == item), None)
    if found is None:
        raise NOT_FOUND
    return found
