"""What a page says after an act: done, or refused with what was typed still there."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from zhenxing.accounts.services import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


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


def workbook(content: bytes, name: str) -> HttpResponse:
    """Give a workbook to be kept, never shown in place."""
    response = HttpResponse(content, content_type=EXCEL)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response
