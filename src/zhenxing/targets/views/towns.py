"""A unit's targets: the list, one target, the leader's acknowledgement, the 任务分解表."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render

from zhenxing.indicators import queries as indicator_queries
from zhenxing.targets import access, charts, papers, queries, screens, services, sheets
from zhenxing.targets.choices import READERS, Axis
from zhenxing.targets.views.answers import DOCX, XLSX, file, indicator_of, mark_of, unit_of
from zhenxing.web import listing as web_listing
from zhenxing.web.asking import asked
from zhenxing.web.errors import Refusal
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from zhenxing.organisation.models import Unit
    from zhenxing.targets.queries import Aimed
    from zhenxing.targets.screens import TaskTable
    from zhenxing.web.asking import Asked
    from zhenxing.web.http import Request

CONFLICT = 409
SHOWN: dict[str, tuple[str, Callable[[Aimed], bool]]] = {
    "": ("全部", lambda _: True),
    "unread": ("待签收", lambda each: bool(each.unread)),
    "open": ("未分解", lambda each: each.state == "未分解"),
    "waiting": ("有提议", lambda each: bool(each.waiting)),
    "unsigned": ("未签认", lambda each: each.state == "未签认"),
    "adjusted": ("调整过", lambda each: bool(each.earlier)),
}
SORTS: dict[str, Callable[[Aimed], object]] = {
    "order": lambda each: each.position,
    "name": lambda each: each.indicator.name,
    "issued": lambda each: each.main.issued,
    "state": lambda each: each.state,
}


@policy("targets.town", READERS)
def listing(request: Request, code: str) -> HttpResponse:
    """List a unit's targets of the year: document, version, acknowledged, broken down."""
    unit, question = unit_of(request, code), asked(request)
    rows = _aimed(request, unit, question)
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    kept = [each for each in rows if SHOWN[show][1](each)]
    if "xlsx" in request.GET:
        book = sheets.town(
            unit.name, question.month.year, kept, question.day, mark=mark_of(request)
        )
        return file(book, f"{unit.name}{question.month.year}年目标任务.xlsx", XLSX)
    context = _listed(request, rows, kept) | {
        "town": unit,
        "asked": question,
        "show": show,
        "may_acknowledge": not question.is_past
        and access.may_acknowledge(queries.seats(request.scope, question.day), unit.code),
    }
    return render(request, "targets/town.html", context)


@policy("targets.acknowledge", "L", methods=("POST",))
def acknowledge(request: Request, code: str) -> HttpResponse:
    """Take note of the targets that were shown."""
    unit = unit_of(request, code)
    keys = [int(key) for key in request.POST.getlist("target") if key.isdecimal()]
    try:
        made = services.acknowledge(
            unit=unit, targets=keys, scope=request.scope, moment=request.moment
        )
    except services.ActRefusedError as refused:
        (problem, *_) = refused.problems
        raise Refusal(
            CONFLICT, "没有签收", f"{problem.where}：{problem.what}", problem.next
        ) from None
    messages.success(request, f"已签收{len(made)}项目标")
    return redirect("targets:town", code=unit.code)


@policy("targets.one", READERS)
def one(request: Request, code: str, indicator: str) -> HttpResponse:
    """Show one indicator's targets: all versions, checks, breakdowns, plan against actual."""
    unit, question = unit_of(request, code), asked(request)
    told = queries.detail(indicator_of(request, code, indicator), unit, question)
    seats = queries.seats(request.scope, request.moment.business_date)
    groups = [told.line.group.code] if told.line.group else []
    context = {
        "here": "targets",
        "town": unit,
        "asked": question,
        "told": told,
        "row": told.told.row,
        "chart": charts.plan_and_actual(told) if told.course else {},
        "chart_words": charts.described(told),
        "axes": Axis.choices,
        "labels": queries.labels_of(indicator),
        "may_propose": access.may_propose_breakdown(seats, code, groups),
        "may_break_down": access.may_break_down(seats, code, groups),
        "may_sign": access.may_sign(seats, code, ""),
        "may_assign": access.may_assign(seats, code),
    }
    return render(request, "targets/one.html", context)


@policy("targets.tasks", READERS)
def tasks(request: Request, code: str) -> HttpResponse:
    """Show the 任务分解表, ready to print on A4 across."""
    unit, question = unit_of(request, code), asked(request)
    context = {
        "here": "targets",
        "town": unit,
        "asked": question,
        "table": _table(request, unit, question),
        "by": request.GET.get("by", Axis.MONTH),
    }
    return render(request, "targets/tasks.html", context)


@policy("targets.tasks_sheet", READERS)
def tasks_sheet(request: Request, code: str) -> HttpResponse:
    """Give the 任务分解表 as a workbook."""
    unit, question = unit_of(request, code), asked(request)
    table = _table(request, unit, question)
    book = sheets.tasks(table, question.day, mark=mark_of(request))
    return file(book, f"{table.title}.xlsx", XLSX)


@policy("targets.tasks_paper", READERS)
def tasks_paper(request: Request, code: str) -> HttpResponse:
    """Give the 任务分解表 by quarter as a paper."""
    unit, question = unit_of(request, code), asked(request)
    rows = _aimed(request, unit, question)
    table = screens.task_table(unit.name, question.month.year, rows, Axis.QUARTER)
    paper = papers.tasks(table, unit.name, question.day, mark=mark_of(request))
    return file(paper, f"{table.title}.docx", DOCX)


def _listed(request: Request, rows: list[Aimed], kept: list[Aimed]) -> dict[str, Any]:
    return {
        "here": "targets",
        "issued": queries.documents(rows),
        "choices": [(key, words, sum(map(test, rows))) for key, (words, test) in SHOWN.items()],
        "listing": web_listing.of_rows(
            request, kept, words=lambda each: each.words, sorts=SORTS, first="order"
        ),
    }


def _aimed(request: Request, unit: Unit, question: Asked) -> list[Aimed]:
    codes = indicator_queries.visible_codes(request.scope, unit.code)
    return queries.town_targets(unit, question.month.year, question.day, codes)


def _table(request: Request, unit: Unit, question: Asked) -> TaskTable:
    rows = _aimed(request, unit, question)
    by = request.GET.get("by", Axis.MONTH)
    return screens.task_table(unit.name, question.month.year, rows, by)
