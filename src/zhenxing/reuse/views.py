"""Office forms: the list, one form filled for a month, what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header

from zhenxing.documents import services as documents
from zhenxing.kernel.problems import Problem
from zhenxing.reuse import access, queries, screens, services, sheets
from zhenxing.reuse.choices import READERS, WRITERS
from zhenxing.reuse.forms import ParticularsForm, RegisterForm, SendingForm, StopForm
from zhenxing.reuse.models import Sent, Template
from zhenxing.reuse.services import Copy
from zhenxing.web import listing as web_listing
from zhenxing.web.asking import asked, month_named
from zhenxing.web.errors import BAD_REQUEST, Refusal
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zhenxing.documents.services import Look
    from zhenxing.reuse.queries import Filling
    from zhenxing.web.http import Request

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BAD, CONFLICT, UNPROCESSABLE = 400, 409, 422
SORTS = {
    "name": "name",
    "office": "office",
    "unit": "unit__code",
    "expires": "expires",
    "mapped": "mapped",
    "sent": "last_sent",
}


@policy("reuse.list", READERS)
def listing(request: Request) -> HttpResponse:
    """List the forms a person may read."""
    found = web_listing.of_query(
        request,
        queries.listed(request.scope),
        search=("name", "office", "document", "unit__name", "code"),
        sorts=SORTS,
        first="name",
    )
    if "xlsx" in request.GET:
        rows = found.page.paginator.object_list
        return _file(sheets.listed(rows, request.moment), "外表清单.xlsx")
    today = request.moment.business_date
    context = {
        "here": "reuse",
        "listing": found,
        "rows": [(row, row.state(today)) for row in found.page],
        "may_register": bool(queries.keepable_units(request.scope, today)),
    }
    return render(request, "reuse/list.html", context)


@policy("reuse.new", WRITERS)
def new(request: Request) -> HttpResponse:
    """Ask for a form and its particulars."""
    units = queries.keepable_units(request.scope, request.moment.business_date)
    context = {"here": "reuse", "form": RegisterForm(units=units)}
    return render(request, "reuse/new.html", context)


@policy("reuse.register", WRITERS, methods=("POST",))
def register(request: Request) -> HttpResponse:
    """Keep a form that can be read, or say what is wrong with it; what was typed stays."""
    units = queries.keepable_units(request.scope, request.moment.business_date)
    form = RegisterForm(request.POST, request.FILES, units=units)
    context = {"here": "reuse", "form": form}
    if not form.is_valid():
        return render(request, "reuse/new.html", context, status=BAD)
    brought = form.cleaned_data["file"]
    kept = services.register(
        brought.read(settings.UPLOAD_BYTES + 1),
        name=brought.name or "未命名.xlsx",
        unit=next(unit for unit in units if unit.code == form.cleaned_data["unit"]),
        said=form.said,
        scope=request.scope,
        moment=request.moment,
    )
    if isinstance(kept, Problem):
        return render(request, "reuse/new.html", context | {"problem": kept}, status=UNPROCESSABLE)
    messages.success(request, f"已登记《{kept.name}》，请在表里点格，选各格取什么。")
    return redirect("reuse:cells", code=kept.code)


@policy("reuse.one", READERS)
def one(request: Request, code: str) -> HttpResponse:
    """Show a form filled for a month, beside what was sent last time."""
    template = template_for(request, code)
    look = look_or_refuse(template)
    filling, question = _filling(request, template, look), asked(request)
    compared = queries.compared(filling)
    context = screens.frame(template, request.scope, request.moment)
    context |= screens.filling_of(template, filling, compared, look)
    context |= {"asked": question, "look": look}
    return render(request, "reuse/one.html", context)


@policy("reuse.filled", READERS)
def filled(request: Request, code: str) -> HttpResponse:
    """Give the filled form: clean, or with the differences marked."""
    template = template_for(request, code)
    filling = _filling(request, template, look_or_refuse(template))
    compared = queries.compared(filling)
    copy = Copy.MARKED if "marked" in request.GET else Copy.CLEAN
    data = services.filled_file(filling, compared.differences if compared else {}, copy)
    if isinstance(data, Problem):
        raise refused(data)
    sort = "差异标注版" if copy is Copy.MARKED else ""
    return _file(data, f"{template.name}{filling.month.label}{sort}.xlsx")


@policy("reuse.original", READERS)
def original(request: Request, code: str) -> HttpResponse:
    """Give the form as it was brought."""
    template = template_for(request, code)
    data = queries.stored(template)
    if isinstance(data, Problem):
        raise refused(data)
    return _file(data, f"{template.name}（空表）.xlsx")


@policy("reuse.send", WRITERS, methods=("POST",))
def send(request: Request, code: str) -> HttpResponse:
    """Write down that a form went out as it was shown."""
    template = kept_by(request, code)
    form = SendingForm(request.POST)
    if not form.is_valid():
        raise BAD_REQUEST
    given = form.cleaned_data
    month = month_named(given["period"])
    said = services.Sending(template, month, given["seen"], given["office"], given["note"])
    done = services.send(said, scope=request.scope, moment=request.moment)
    if isinstance(done, Problem):
        raise refused(done, CONFLICT)
    messages.success(request, f"已记为第{done.number}次报出，各格的数已封存。")
    return redirect("reuse:sent", code=code, number=done.number)


@policy("reuse.sent", READERS)
def sent(request: Request, code: str, number: int) -> HttpResponse:
    """Show what went out, and which cells would be others today."""
    template = template_for(request, code)
    row = get_object_or_404(_sendings(template), number=number)
    today = request.moment.business_date
    now = queries.filled(template, look_or_refuse(template), month_named(row.period), today)
    context = screens.frame(template, request.scope, request.moment) | screens.sent_of(row, now)
    return render(request, "reuse/sent.html", context)


@policy("reuse.sent_file", READERS)
def sent_file(request: Request, code: str, number: int) -> HttpResponse:
    """Give the very file that went out."""
    template = template_for(request, code)
    row = get_object_or_404(_sendings(template), number=number)
    path = documents.stored_at(row.file.sha256)
    if not path.is_file():
        what = "报出的文件不在了"
        raise refused(Problem(row.file.name, what, "请联系县级管理员从备份恢复文件"))
    return _file(path.read_bytes(), row.file.name)


@policy("reuse.particulars", WRITERS)
def particulars(request: Request, code: str) -> HttpResponse:
    """Show what is said of a form, to be changed."""
    template = kept_by(request, code)
    form = ParticularsForm(initial=_said(template))
    return _particulars(request, template, form, StopForm())


@policy("reuse.amend", WRITERS, methods=("POST",))
def amend(request: Request, code: str) -> HttpResponse:
    """Change what is said of a form."""
    template = kept_by(request, code)
    form = ParticularsForm(request.POST)
    if not form.is_valid():
        return _particulars(request, template, form, StopForm(), status=BAD)
    done = services.amend(
        template=template, said=form.said, scope=request.scope, moment=request.moment
    )
    if isinstance(done, Problem):
        raise refused(done, CONFLICT)
    messages.success(request, "资料已改。")
    return redirect("reuse:one", code=code)


@policy("reuse.stop", WRITERS, methods=("POST",))
def stop(request: Request, code: str) -> HttpResponse:
    """Say that nobody asks for a form any more."""
    template, form = kept_by(request, code), StopForm(request.POST)
    if not form.is_valid():
        first = ParticularsForm(initial=_said(template))
        return _particulars(request, template, first, form, status=BAD)
    done = services.stop(
        template=template,
        reason=form.cleaned_data["reason"],
        scope=request.scope,
        moment=request.moment,
    )
    if isinstance(done, Problem):
        raise refused(done, CONFLICT)
    messages.success(request, "已停用；报出过的仍可查看。")
    return redirect("reuse:one", code=code)


def template_for(request: Request, code: str) -> Template:
    """Give a form the person may read; any other is not there."""
    visible = Template.objects.visible_to(request.scope).select_related("unit", "file")
    return get_object_or_404(visible, code=code)


def look_or_refuse(template: Template) -> Look:
    """Give how a form looks; a file that is gone or spoilt is said to be so."""
    look = queries.look_of(template)
    if isinstance(look, Problem):
        raise refused(look)
    return look


def refused(problem: Problem, status: int = CONFLICT) -> Refusal:
    """Turn a problem into the page that says it."""
    where = f"{problem.where}：" if problem.where else ""
    return Refusal(status, "没有办成", f"{where}{problem.what}", problem.next)


def kept_by(request: Request, code: str) -> Template:
    """Give a form to whoever keeps it; who only reads it is refused."""
    template = template_for(request, code)
    if not access.may_keep(request.scope, template.unit):
        why = f"{template.unit.name}的外表由本单位综合协调专班、填报员或主管部门自己管"
        raise Refusal(403, "这不是您管的表", why, "需要改动时请联系该单位")
    return template


def _said(template: Template) -> dict[str, object]:
    names = ("name", "office", "frequency", "document", "expires")
    return {name: getattr(template, name) for name in names}


def _particulars(
    request: Request,
    template: Template,
    form: ParticularsForm,
    stopping: StopForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = screens.frame(template, request.scope, request.moment)
    context |= {"form": form, "stopping": stopping}
    return render(request, "reuse/particulars.html", context, status=status)


def _filling(request: Request, template: Template, look: Look) -> Filling:
    question = asked(request)
    month = question.month
    if not request.GET.get("period"):
        month = queries.default_month(template, month)
    return queries.filled(template, look, month, question.day)


def _sendings(template: Template) -> QuerySet[Sent]:
    return Sent.objects.filter(template=template).select_related("file", "template")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=EXCEL)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response
