"""Cells of an office form tied to what they take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from zhenxing.kernel.problems import Problem
from zhenxing.reuse import queries, screens, services
from zhenxing.reuse.choices import DECIMALS_OF, WRITERS, Item, Rule
from zhenxing.reuse.services import Assignment
from zhenxing.reuse.views import BAD, UNPROCESSABLE, kept_by, look_or_refuse, refused
from zhenxing.web.errors import BAD_REQUEST, Refusal
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenxing.reuse.forms import CellForm
    from zhenxing.reuse.models import Template
    from zhenxing.web.http import Request

PARTS = 6  # of a suggestion that was ticked
NOTHING_TICKED = Refusal(
    400, "没有勾选", "一格也没有勾选，所以什么都没有改", "请回到上一页勾选后再提交"
)


@policy("reuse.cells", WRITERS)
def cells(request: Request, code: str) -> HttpResponse:
    """Show the sheet as it looks, the form of the chosen cell, and what the heads suggest."""
    return _page(request, kept_by(request, code))


@policy("reuse.assign", WRITERS, methods=("POST",))
def assign(request: Request, code: str) -> HttpResponse:
    """Tie one cell, or one column of towns, to what it takes."""
    template = kept_by(request, code)
    look, day = look_or_refuse(template), request.moment.business_date
    form = screens.cell_form(template, day, request.POST)
    if not form.is_valid():
        return _page(request, template, form, status=BAD)
    said = with_decimals(form.said)
    wanted = [said]
    if form.cleaned_data.get("spread"):
        wanted = services.spread(said, look, list(queries.open_units(template.unit, day)))
    return _assigned(request, template, wanted, form)


@policy("reuse.accept", WRITERS, methods=("POST",))
def accept(request: Request, code: str) -> HttpResponse:
    """Take the suggestions that were ticked, all in one act."""
    template = kept_by(request, code)
    sheet = request.POST.get("sheet", "")
    wanted = [_ticked(sheet, text) for text in request.POST.getlist("take")]
    if not wanted:
        raise NOTHING_TICKED
    return _assigned(request, template, [with_decimals(each) for each in wanted], None)


@policy("reuse.release", WRITERS, methods=("POST",))
def release(request: Request, code: str) -> HttpResponse:
    """Let a cell go."""
    template = kept_by(request, code)
    if not request.POST.getlist("place"):
        raise NOTHING_TICKED
    done = services.release(
        template=template,
        places=request.POST.getlist("place"),
        scope=request.scope,
        moment=request.moment,
    )
    if isinstance(done, Problem):
        raise refused(done)
    messages.success(request, f"已取消{done}格的对应。")
    return redirect(_address(template, request.POST.get("sheet", ""), ""))


def with_decimals(said: Assignment) -> Assignment:
    """Show shares, leads and ranks with their usual decimals where none are said."""
    if said.decimals is not None or said.item not in DECIMALS_OF:
        return said
    return replace(said, decimals=DECIMALS_OF[said.item])


def _assigned(
    request: Request, template: Template, wanted: list[Assignment], form: CellForm | None
) -> HttpResponse:
    done = services.assign(
        template=template, cells=wanted, scope=request.scope, moment=request.moment
    )
    problems = [each for each in done if isinstance(each, Problem)]
    if problems:
        return _page(request, template, form, problems=problems, status=UNPROCESSABLE)
    messages.success(request, f"已对应{len(done)}格。")
    return redirect(_address(template, wanted[0].sheet, wanted[0].cell if form else ""))


def _page(
    request: Request,
    template: Template,
    form: CellForm | None = None,
    *,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> HttpResponse:
    day, given = request.moment.business_date, request.POST if form else request.GET
    context = screens.frame(template, request.scope, request.moment)
    context |= screens.cells_of(template, look_or_refuse(template), given, day, form)
    return render(request, "reuse/cells.html", context | {"problems": problems}, status=status)


def _ticked(sheet: str, text: str) -> Assignment:
    parts = text.split("|")
    if len(parts) != PARTS or parts[1] not in Item.values or parts[2] not in Rule.values:
        raise BAD_REQUEST
    cell, item, rule, indicator, unit, measure = parts
    return Assignment(sheet, cell, Item(item), Rule(rule), indicator, unit, measure)


def _address(template: Template, sheet: str, cell: str) -> str:
    words = {key: value for key, value in (("sheet", sheet), ("cell", cell)) if value}
    return f"{reverse('reuse:cells', args=[template.code])}?{urlencode(words)}"
