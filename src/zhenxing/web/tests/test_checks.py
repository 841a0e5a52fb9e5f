"""The build fails over routes that say nothing."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from zhenxing.web import checks
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import Settings

FRAME = [
    path("", include("zhenxing.accounts.urls")),
    path("", include("zhenxing.organisation.urls")),
]


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@policy("twice", public=True)
def first(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@policy("twice", public=True)
def second(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.fixture
def serve(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[object]], None]:
    """Let the site consist of the frame and these routes."""

    def use(routes: list[object]) -> None:
        module = ModuleType("routes_of_a_test")
        module.urlpatterns = [*routes, *FRAME]  # type: ignore[attr-defined]  # Django reads it there
        monkeypatch.setitem(sys.modules, "routes_of_a_test", module)
        settings.ROOT_URLCONF = "routes_of_a_test"
        settings.NAVIGATION = []

    return use


def test_it_finds_a_route_without_a_policy(serve: Callable[[list[object]], None]) -> None:
    serve([path("nested/", include([path("bare/<int:pk>/", bare)])), path("first/", first)])
    found = checks.every_route_has_a_policy()
    assert [(message.id, message.msg) for message in found] == [
        ("web.E001", "路由 /nested/bare/<int:pk>/ 没有声明谁可以访问。")
    ]


def test_such_a_route_fails_the_build(serve: Callable[[list[object]], None]) -> None:
    serve([path("bare/", bare)])
    with pytest.raises(SystemCheckError, match=r"web\.E001"):
        call_command("check")


def test_it_finds_two_views_under_one_name(serve: Callable[[list[object]], None]) -> None:
    serve([path("a/", first), path("b/", first), path("c/", second)])
    assert [message.id for message in checks.every_route_has_a_policy()] == ["web.E002"]


def test_it_finds_a_word_that_leads_nowhere(
    serve: Callable[[list[object]], None], settings: Settings
) -> None:
    serve([])
    word = {"key": "x", "label": "调度", "route": "dispatch:list", "letter": "d", "group": "日常"}
    settings.NAVIGATION = [word]
    found = checks.every_word_of_the_navigation_leads_somewhere()
    assert [message.msg for message in found] == ["导航「调度」指向不存在的路由 dispatch:list。"]


def test_the_site_itself_passes() -> None:
    assert checks.every_route_has_a_policy() == []
    assert checks.every_word_of_the_navigation_leads_somewhere() == []
