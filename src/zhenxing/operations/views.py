"""The system's page, and the two steps out of a loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from zhenxing.operations import health as healths
from zhenxing.operations import queries, services
from zhenxing.operations.forms import LossForm
from zhenxing.operations.refusing import OperationRefusedError
from zhenxing.organisation import queries as organisation
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from zhenxing.web.http import Request

KEEPERS = "AX"


@policy("operations.health", KEEPERS)
def health(request: Request) -> HttpResponse:
    """Show how the site is: database, disk, ledger, backups, drills, calendar, daily round."""
    return _page(request, LossForm())


@policy("operations.propose", "A", methods=("POST",))
def propose(request: Request) -> HttpResponse:
    """Take the administrator's reason for going on without what is lost."""
    form = LossForm(request.POST)
    form.full_clean()
    try:
        services.propose_to_accept(
            reason=form.data.get("reason", ""),
            by=organisation.actor(request.scope),
            moment=request.moment,
        )
    except OperationRefusedError as refused:
        return _page(request, form, refused)
    messages.success(request, "已记下原因，请审计核对后接受。")
    return HttpResponseRedirect(reverse("operations:health"))


@policy("operations.accept", "X", methods=("POST",))
def accept(request: Request) -> HttpResponse:
    """Take the auditor's word that the site may be used again."""
    try:
        services.accept_loss(by=organisation.actor(request.scope), moment=request.moment)
    except OperationRefusedError as refused:
        return _page(request, LossForm(), refused)
    messages.success(request, "已接受，本站恢复填报；接受的记录在账本里。")
    return HttpResponseRedirect(reverse("operations:health"))


def _page(
    request: Request, form: LossForm, refused: OperationRefusedError | None = None
) -> HttpResponse:
    context = {
        "here": "system",
        "health": healths.health(request.moment.at, request.moment.business_date),
        "loss": queries.loss(),
        "form": form,
        "refused": refused.problems if refused else (),
    }
    return render(request, "operations/health.html", context, status=409 if refused else 200)
