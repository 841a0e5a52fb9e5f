"""Routes of every kind, for the tests of the frame alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from zhenxing.web import errors
from zhenxing.web.http import Request
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable


@policy("pages.open", public=True)
def anybody(request: Request) -> HttpResponse:
    return render(request, "web/base.html", {"here": "units"})


@policy("pages.reporters", "FG")
def reporters(request: Request) -> HttpResponse:
    return HttpResponse(request.scope.username)


@policy("pages.write", "F", methods=("POST",))
def write(request: Request) -> HttpResponse:
    return HttpResponse(f"写入{request.POST['value']}")


@policy("pages.demo", demo=True)
def demo(request: Request) -> HttpResponse:
    return HttpResponse("演示")


@policy("pages.conflict", public=True)
def conflict(request: Request) -> HttpResponse:
    raise errors.Refusal(409, "别人先交了", "梁平已交第2版", "请对照后再交", "/open/", "看两版")


@policy("pages.busy", public=True)
def busy(request: Request) -> HttpResponse:
    raise OperationalError("database is locked")


@policy("pages.broken", public=True)
def broken(request: Request) -> HttpResponse:
    raise RuntimeError("秘密13800000000")


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("没有策略")


_ROUTES: dict[str, Callable[..., HttpResponse]] = {
    "open": anybody,
    "reporters": reporters,
    "write": write,
    "demo-only": demo,
    "conflict": conflict,
    "busy": busy,
    "broken": broken,
    "bare": bare,
}
urlpatterns = [
    *(path(f"{name}/", view, name=name) for name, view in _ROUTES.items()),
    path("", include("zhenxing.accounts.urls")),
    path("", include("zhenxing.organisation.urls")),
]

handler400 = "zhenxing.web.errors.bad_request"
handler403 = "zhenxing.web.errors.forbidden"
handler404 = "zhenxing.web.errors.not_found"
handler500 = "zhenxing.web.errors.server_error"
