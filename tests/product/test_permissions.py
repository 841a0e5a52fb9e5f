"""Every route × role × {own, other town, closed, unpublished} answers as the matrix says."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from tests.product.conftest import signed_in
from tests.product.permissions import Line, lines, routes

# One after the other: pytest runs tests of the database first and would part this folder.
pytestmark = pytest.mark.django_db

LINES = lines()
# Pages about one town exist for one's own and for a foreign one.
PLACES = {"own", "other"}


@pytest.mark.parametrize("line", LINES, ids=str)
def test_it_answers_each_role_as_the_matrix_says(site: None, line: Line) -> None:
    answers = {}
    for role in line.answers:
        client = signed_in(role)
        ask = client.get if line.method == "GET" else client.post
        answers[role] = ask(line.path).status_code
    assert answers == line.answers


def test_every_route_has_its_rows() -> None:
    assert {line.route for line in LINES} == routes()


def test_every_page_of_a_town_is_tried_on_a_foreign_town() -> None:
    tried: dict[str, set[str]] = {}
    for line in LINES:
        tried.setdefault(line.route, set()).add(line.place)
    of_a_town = {line.route for line in LINES if "T01" in line.path}
    assert {route for route in of_a_town if not tried[route] >= PLACES} == set()


def test_every_act_refuses_to_be_read(site: None) -> None:
    acts = [line for line in LINES if line.method == "POST" and line.place == "own"]
    assert acts
    for line in acts:
        client = signed_in("F")
        assert client.get(line.path).status_code in {404, 405}, line.path


def test_every_view_of_the_site_carries_a_policy() -> None:
    views = [pattern.callback for pattern in _patterns(get_resolver().url_patterns)]
    assert len(views) == len(routes())
    assert [view.__name__ for view in views if getattr(view, "policy", None) is None] == []


def _patterns(patterns: list) -> list:  # type: ignore[type-arg]  # Django types them as Any
    found = []
    for pattern in patterns:
        inner = getattr(pattern, "url_patterns", None)
        found += [pattern] if inner is None else _patterns(inner)
    return found
