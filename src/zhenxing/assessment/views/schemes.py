"""Schemes and their editions: for everyone who reads them, and their way to being issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Count, Max, Q
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.accounts import services as accounts
from zhenxing.assessment import editions, scheme_table
from zhenxing.assessment.choices import OFFICE, READERS, EditionState, SchemeKind, Subjects
from zhenxing.assessment.models import Scheme
from zhenxing.assessment.naming import words_of
from zhenxing.assessment.previews import preview as tried
from zhenxing.assessment.queries import schemes as asking
from zhenxing.assessment.services import schemes as services
from zhenxing.assessment.sheet.blank import blank
from zhenxing.assessment.sheet.differing import counted, differences, text_differences
from zhenxing.assessment.views.answers import DOCX, UNPROCESSABLE, XLSX, file, mark_of
from zhenxing.kernel.periods import Period, PeriodError
from zhenxing.organisation.services import ActRefusedError
from zhenxing.web import listing as web_listing
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpResponse

    from zhenxing.assessment.models import Edition
    from zhenxing.kernel.problems import Problem
    from zhenxing.web.http import Request

DECIDERS = f"{OFFICE}C"
SORTS = {
    "name": "name", "kind": "kind", "owner": "owner__position", "editions": "count",
    "year": "year",
}  # fmt: skip


@policy("assessment.schemes", READERS)
def listing(request: Request) -> HttpResponse:
    """List the schemes a person may read, and let the office begin one."""
    return _list(request, (), {})


@policy("assessment.scheme_draft", OFFICE, methods=("POST",))
def draft(request: Request) -> HttpResponse:
    """Begin a new scheme, empty or with a text that was made from a paste."""
    said = request.POST.dict()
    particulars = services.Particulars(
        said.get("name", ""), said.get("kind", ""), said.get("subjects", ""), said.get("owner", "")
    )
    text = said.get("text", "").replace("\r\n", "\n")
    text = text or blank(particulars.name.strip(), request.moment.business_date.year)
    try:
        edition = services.begin(
            particulars=particulars, text=text, scope=request.scope, moment=request.moment
        )
    except ActRefusedError as refused:
        return _list(request, refused.problems, said)
    return _to(edition, "scheme_edit")


@policy("assessment.scheme", READERS)
def one(request: Request, code: str) -> HttpResponse:
    """Lead to the edition to read: the last issued, else the last there is."""
    scheme = editions.scheme_of(request, code)
    rows = asking.editions_visible(request.scope, editions.seats_of(request))
    rows = rows.filter(scheme=scheme)
    issued = rows.filter(state=EditionState.ISSUED).order_by("-number").first()
    found = issued or get_object_or_404(rows.order_by("-number")[:1])
    return _to(found, "edition")


@policy("assessment.edition", READERS)
def edition(request: Request, code: str, number: int) -> HttpResponse:
    """Show an edition as the table a document has, and what may be done with it."""
    return _show(request, editions.edition_of(request, code, number), (), {})


@policy("assessment.edition_paper", READERS)
def word(request: Request, code: str, number: int) -> HttpResponse:
    """Give an edition as a Word file."""
    return _file(request, code, number, scheme_table.to_word, DOCX)


@policy("assessment.edition_sheet", READERS)
def excel(request: Request, code: str, number: int) -> HttpResponse:
    """Give an edition as a workbook."""
    return _file(request, code, number, scheme_table.to_excel, XLSX)


@policy("assessment.edition_text", READERS)
def text(request: Request, code: str, number: int) -> HttpResponse:
    """Give an edition's own text, whose SHA-256 the page names."""
    row = editions.edition_of(request, code, number)
    return file(row.text.encode(), f"{row.scheme.code}-{row.number}.yaml", "application/yaml")


@policy("assessment.edition_differences", READERS)
def differing(request: Request, code: str, number: int) -> HttpResponse:
    """Show how an edition differs from another, item by item and in words."""
    row = editions.edition_of(request, code, number)
    rows = asking.editions_visible(request.scope, editions.seats_of(request))
    others = list(rows.filter(scheme=row.scheme).exclude(pk=row.pk).order_by("-number"))
    asked = request.GET.get("with", "")
    before = next((each for each in others if each.number < row.number), None)
    other = next((each for each in others if str(each.number) == asked), before)
    old = asking.checked(other.text).scheme if other else None
    new = asking.checked(row.text).scheme
    words = words_of(asking.names(), new)
    changes = [each.named(words) for each in differences(old, new)] if old and new else []
    context = {
        "here": "assessment",
        "edition": row,
        "other": other,
        "others": others,
        "is_read": bool(old and new),
        "changes": changes,
        "counted": counted(changes),
        "lines": text_differences(other.text, row.text) if other else [],
    }
    return render(request, "assessment/scheme_differences.html", context)


@policy("assessment.edition_preview", DECIDERS)
def preview(request: Request, code: str, number: int) -> HttpResponse:
    """Try an edition on a period's figures beside the one in force."""
    row = editions.edition_of(request, code, number)
    today = request.moment.business_date
    period = Period.month(today.year - 1, 12)
    try:
        period = Period.parse(request.GET.get("period", str(period)))
    except PeriodError:
        messages.warning(request, "没有看懂期别，按上年全年试算；请写成 2022-12 这样")
    leave_out = request.GET.get("lacking") == "exclude"
    context = {
        "here": "assessment",
        "edition": row,
        "tried": tried(row, period, today, leave_out=leave_out),
        "leave_out": leave_out,
    }
    return render(request, "assessment/scheme_preview.html", context)


@policy("assessment.edition_revise", OFFICE, methods=("POST",))
def revise(request: Request, code: str, number: int) -> HttpResponse:
    """Begin the next edition from a copy of this one."""
    row = editions.edition_of(request, code, number)
    try:
        made = services.revise(
            scheme=row.scheme, text=row.text, scope=request.scope, moment=request.moment
        )
    except ActRefusedError as refused:
        return _show(request, row, refused.problems, {})
    return _to(made, "scheme_edit")


@policy("assessment.edition_propose", OFFICE, methods=("POST",))
def propose(request: Request, code: str, number: int) -> HttpResponse:
    """Put a draft forward."""
    return _try(request, editions.edition_of(request, code, number), services.propose)


@policy("assessment.edition_withdraw", OFFICE, methods=("POST",))
def withdraw(request: Request, code: str, number: int) -> HttpResponse:
    """Give a draft up."""
    return _try(request, editions.edition_of(request, code, number), services.withdraw)


@policy("assessment.edition_return", DECIDERS, methods=("POST",))
def send_back(request: Request, code: str, number: int) -> HttpResponse:
    """Return an edition to its writers."""
    row = editions.edition_of(request, code, number)
    return _try(request, row, services.send_back, remark=request.POST.get("remark", ""))


@policy("assessment.edition_approve", DECIDERS, methods=("POST",))
def approve(request: Request, code: str, number: int) -> HttpResponse:
    """Issue an edition as the second person, with the password."""
    row = editions.edition_of(request, code, number)
    wrong = accounts.reauthenticate(request, request.POST.get("password", ""))
    if wrong is not None:
        return _show(request, row, (), {"password_problem": wrong})
    return _try(request, row, services.approve)


def _try(
    request: Request, row: Edition, verb: Callable[..., Edition], **said: object
) -> HttpResponse:
    """Do what was asked with the draft that was seen, or show the page with what refuses it."""
    seen = request.POST.get("draft", "")
    draft = int(seen) if seen.isdecimal() and len(seen) < 9 else 0  # noqa: PLR2004  # a small number
    try:
        done = verb(edition=row, draft=draft, scope=request.scope, moment=request.moment, **said)
    except ActRefusedError as refused:
        return _show(request, row, refused.problems, {"posted": request.POST.dict()})
    messages.success(request, f"已办：{done.get_state_display()}")
    return _to(done, "edition")


def _to(row: Edition, route: str) -> HttpResponse:
    return redirect(f"assessment:{route}", code=row.scheme.code, number=row.number)


def _file(
    request: Request, code: str, number: int, write: Callable[..., bytes], kind: str
) -> HttpResponse:
    row = editions.edition_of(request, code, number)
    told = editions.told(row)["table"] or scheme_table.Table((), ())
    ending = "docx" if kind == DOCX else "xlsx"
    return file(write(row, told, mark=mark_of(request)), f"{row.title}.{ending}", kind)


def _show(
    request: Request, row: Edition, problems: Sequence[Problem], more: dict[str, Any]
) -> HttpResponse:
    rows = asking.editions_visible(request.scope, editions.seats_of(request))
    context = {
        "here": "assessment",
        **editions.told(row),
        "may": editions.may(request, row),
        "editions": rows.filter(scheme=row.scheme).order_by("-number"),
        "problems": problems,
        **more,
    }
    status = UNPROCESSABLE if problems or more.get("password_problem") else 200
    return render(request, "assessment/edition.html", context, status=status)


def _list(request: Request, problems: Sequence[Problem], posted: dict[str, str]) -> HttpResponse:
    seats = editions.seats_of(request)
    rows = Scheme.objects.visible_to(request.scope).select_related("owner")
    issued = Q(editions__state=EditionState.ISSUED)
    working = Q(editions__state__in=(EditionState.DRAFT, EditionState.PROPOSED))
    rows = rows.annotate(
        count=Count("editions", filter=issued),
        working=Count("editions", filter=working),
        year=Max("editions__year", filter=issued),
        issued=Max("editions__issued"),
    )
    mine = rows.kept_by(request.scope).values_list("pk", flat=True)
    found = web_listing.of_query(
        request,
        rows.filter(Q(count__gt=0) | Q(pk__in=mine)),
        search=("name", "code", "owner__name", "editions__document"),
        sorts=SORTS,
        first="kind",
    )
    context = {
        "here": "assessment",
        "listing": found,
        "owners": asking.owners(seats, request.scope),
        "kinds": SchemeKind.choices,
        "subjects": Subjects.choices,
        "problems": problems,
        "posted": posted,
    }
    status = UNPROCESSABLE if problems else 200
    return render(request, "assessment/schemes.html", context, status=status)
