"""Issues: drafted on a page or in a workbook, put forward, approved by a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.indicators.choices import Comparator, TargetKind
from zhenxing.indicators.models import Indicator
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Unit
from zhenxing.targets import access, forms, issue_sheet, queries, services
from zhenxing.targets.choices import COUNTY_READERS, PREPARERS
from zhenxing.targets.models import Issue
from zhenxing.targets.views.answers import UNPROCESSABLE, XLSX, file
from zhenxing.targets.views.issue_screens import entry_table
from zhenxing.web import listing as web_listing
from zhenxing.web.errors import Refusal
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from zhenxing.kernel.problems import Problem
    from zhenxing.organisation.models import UnitQuerySet
    from zhenxing.web.http import Request

SORTS = {"issued": "issued", "document": "document", "state": "state", "year": "year"}


@policy("targets.issues", COUNTY_READERS)
def listing(request: Request) -> HttpResponse:
    """List the issues a person may open, and let those who may begin one."""
    return _list(request, (), {})


@policy("targets.issue_draft", PREPARERS, methods=("POST",))
def draft(request: Request) -> HttpResponse:
    """Begin an issue."""
    heading = services.read_heading(request.POST)
    if isinstance(heading, list):
        return _list(request, heading, request.POST.dict())
    try:
        issue = services.draft(heading=heading, scope=request.scope, moment=request.moment)
    except services.ActRefusedError as refused:
        return _list(request, refused.problems, request.POST.dict())
    return redirect("targets:issue", key=issue.pk)


@policy("targets.issue", COUNTY_READERS)
def one(request: Request, key: int) -> HttpResponse:
    """Show an issue: its heading, one indicator's entries, every line, what is odd, what to do."""
    return _show(request, _issue(request, key), (), {})


@policy("targets.issue_sheet", COUNTY_READERS)
def sheet(request: Request, key: int) -> HttpResponse:
    """Give an issue as a workbook to fill in."""
    issue = _issue(request, key)
    title = f"{issue.document}{issue.year}年目标"
    content = issue_sheet.written(
        title,
        _indicators(request),
        list(_units(request)),
        queries.lines_in(issue),
        request.moment.at,
    )
    return file(content, f"{title}.xlsx", XLSX)


@policy("targets.issue_heading", PREPARERS, methods=("POST",))
def heading(request: Request, key: int) -> HttpResponse:
    """Write an issue's heading."""
    issue, read = _issue(request, key), services.read_heading(request.POST)
    if isinstance(read, list):
        return _show(request, issue, read, request.POST.dict())
    return _try(request, issue, services.save_heading, heading=read)


@policy("targets.issue_lines", PREPARERS, methods=("POST",))
def lines(request: Request, key: int) -> HttpResponse:
    """Write one indicator's line for every unit."""
    issue = _issue(request, key)
    posted = request.POST.dict()
    about = tuple(posted.get(name, "") for name in ("indicator", "kind", "comparator"))
    read = forms.read_lines(posted, (about[0], about[1], about[2]), _units(request))
    back = f"?indicator={about[0]}&kind={about[1]}"
    return _try(request, issue, services.put_lines, back=back, lines=read)


@policy("targets.issue_upload", PREPARERS, methods=("POST",))
def upload(request: Request, key: int) -> HttpResponse:
    """Read an issue's workbook: all of it is kept, or nothing and every fault by its cell."""
    issue = _issue(request, key)
    brought = request.FILES.get("file")
    if brought is None:
        raise Refusal(400, "没有收到文件", "没有选择文件，或上传中断", "请回到上一页选好文件再传")
    read = issue_sheet.read(
        brought.read(settings.UPLOAD_BYTES + 1),
        brought.name or "未命名.xlsx",
        {each.code: each for each in _indicators(request)},
        {unit.code: unit for unit in _units(request)},
    )
    if read.problems:
        return _show(request, issue, read.problems, {})
    return _try(request, issue, services.put_lines, lines=read.lines)


@policy("targets.issue_propose", PREPARERS, methods=("POST",))
def propose(request: Request, key: int) -> HttpResponse:
    """Put an issue forward for the second person."""
    return _try(request, _issue(request, key), services.propose)


@policy("targets.issue_return", PREPARERS, methods=("POST",))
def send_back(request: Request, key: int) -> HttpResponse:
    """Return an issue to its writers."""
    remark = request.POST.get("remark", "")
    return _try(request, _issue(request, key), services.send_back, remark=remark)


@policy("targets.issue_withdraw", PREPARERS, methods=("POST",))
def withdraw(request: Request, key: int) -> HttpResponse:
    """Give an issue up."""
    return _try(request, _issue(request, key), services.withdraw)


@policy("targets.issue_approve", "K", methods=("POST",))
def approve(request: Request, key: int) -> HttpResponse:
    """Make an issue count, as the second person."""
    return _try(request, _issue(request, key), services.approve)


def _try(
    request: Request,
    issue: Issue,
    verb: Callable[..., Issue],
    back: str = "",
    **said: object,
) -> HttpResponse:
    """Do what was asked with the edition that was seen, or show the page with what refuses it."""
    edition = forms.whole(request.POST.dict(), "edition")
    try:
        done = verb(
            issue=issue, edition=edition, scope=request.scope, moment=request.moment, **said
        )
    except services.ActRefusedError as refused:
        return _show(request, issue, refused.problems, request.POST.dict())
    messages.success(request, f"已办：{done.get_state_display()}，第{done.edition}稿")
    response = redirect("targets:issue", key=issue.pk)
    response.headers["Location"] += back
    return response


def _show(
    request: Request, issue: Issue, problems: Sequence[Problem], posted: dict[str, str]
) -> HttpResponse:
    seats = queries.seats(request.scope, request.moment.business_date)
    may_write = access.may_write(seats, issue.department.code if issue.department else "")
    reading = queries.read(issue, request.moment.business_date)
    context: dict[str, Any] = {
        "here": "targets",
        "issue": issue,
        "reading": reading,
        "problems": problems,
        "posted": posted,
        "may_write": may_write and issue.is_draft,
        "may_move": may_write,
        "may_decide": access.may_decide(seats),
        "may_approve": access.may_approve(seats, issue.hands),
        "entry": entry_table(request, issue, _indicators(request), _units(request), posted),
        "kinds": TargetKind.choices,
        "comparators": Comparator.choices,
    }
    status = UNPROCESSABLE if problems else 200
    return render(request, "targets/issue.html", context, status=status)


def _list(request: Request, problems: Sequence[Problem], posted: dict[str, str]) -> HttpResponse:
    seats = queries.seats(request.scope, request.moment.business_date)
    context = {
        "here": "targets",
        "listing": web_listing.of_query(
            request,
            _issues(request),
            search=("document", "note", "reason"),
            sorts=SORTS,
            first="-issued",
        ),
        "may_prepare": access.may_prepare(seats),
        "problems": problems,
        "posted": posted,
        "year": request.moment.business_date.year,
    }
    status = UNPROCESSABLE if problems else 200
    return render(request, "targets/issues.html", context, status=status)


def _issues(request: Request) -> QuerySet[Issue]:
    return Issue.objects.visible_to(request.scope).select_related("department")


def _issue(request: Request, key: int) -> Issue:
    return get_object_or_404(_issues(request), pk=key)


def _indicators(request: Request) -> list[Indicator]:
    """Give the indicators a person may issue targets on."""
    rows = Indicator.objects.select_related("field", "lead")
    if not request.scope.reads_all_figures:
        rows = rows.filter(lead__code__in=request.scope.departments)
    return list(rows)


def _units(request: Request) -> UnitQuerySet:
    units = Unit.objects.of_kind(UnitKind.COUNTY, UnitKind.TOWN)
    return units.open_on(request.moment.business_date)
