"""What a page says after an act: done, or refused with what was typed still there."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from zhenxing.accounts.services import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest

Row = TypeVar("Row", bound=Model)

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# The key of a row, and the form beside it that was refused.
Refused = tuple[int, forms.Form] | None


def done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do the act if the form can be read; what refuses it stands above the form afterwards."""
    if not form.is_valid():
        return False
    try:
        act()
    except RefusedError as refused:
        for problem in refused.problems:
            form.add_error(None, problem.sentence)
        return False
    return True


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, refused: bool = False
) -> HttpResponse:
    """Show a page of several forms, each with ids of its own; 422 where one was refused."""
    shown = {name: each for name, each in context.items() if isinstance(each, forms.Form)}
    for name, form in shown.items():
        form.auto_id = f"{name}_%s"
    refused = refused or any(form.is_bound for form in shown.values())
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, template, context, status=status)


def beside(
    rows: Iterable[Row], name: str, blank: Callable[[], forms.Form], refused: Refused
) -> list[tuple[Row, forms.Form]]:
    """Put a form of its own beside each row; the one that was refused beside the row it is for."""
    pairs = []
    for row in rows:
        form = refused[1] if refused and row.pk == refused[0] else blank()
        form.auto_id = f"{name}{row.pk}_%s"
        pairs.append((row, form))
    return pairs


def workbook(content: bytes, name: str) -> HttpResponse:
    """Give a workbook to be kept, never shown in place."""
    response = HttpResponse(content, content_type=EXCEL)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response
