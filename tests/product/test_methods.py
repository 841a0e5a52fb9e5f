"""No method but the stated ones does anything, whoever asks; a download is never shown in place."""

from __future__ import annotations

import re

import pytest
from django.apps import apps

from tests.product.conftest import signed_in
from tests.product.permissions import Line, lines

LINES = [line for line in lines() if line.place == "own"]
PAGES = [line for line in LINES if line.method == "GET"]
POSTS = {line.path: line.answers for line in lines() if line.method == "POST"}
OTHERS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
NAMED = re.compile(r"\.(docx|json|py|xlsx|yaml|zip)$|/paper/$|papers/\d+/$")
FILES = [line for line in PAGES if NAMED.search(line.path) and 200 in line.answers.values()]
SESSIONS = "sessions.Session"


def counted() -> dict[str, int]:
    """Count the rows of every table but the sessions."""
    rows = {model._meta.label: model._base_manager.count() for model in apps.get_models()}
    return {label: number for label, number in rows.items() if label != SESSIONS}


@pytest.mark.parametrize("role", ["P", "F", "K", "A"])
def test_other_methods_are_refused_everywhere_and_do_nothing(site: None, role: str) -> None:
    client, before = signed_in(role), counted()
    for line in LINES:
        for method in OTHERS:
            answer = client.generic(method, line.path)
            assert answer.status_code == 405, (method, line.path)
            assert answer["Allow"] in {"GET", "POST", "GET, POST"}
    assert counted() == before


@pytest.mark.parametrize("role", ["P", "F", "X"])
def test_a_page_takes_no_post_but_the_stated_and_its_head_says_no_more(
    site: None, role: str
) -> None:
    client, before = signed_in(role), counted()
    for line in PAGES:
        if line.route != "accounts:sign_in":
            stated = POSTS[line.path][role] if line.path in POSTS else 405
            assert client.post(line.path).status_code == stated, line.path
        told = client.head(line.path)
        assert told.status_code == line.answers[role], line.path
        assert told.content == b"", line.path
    assert counted() == before


@pytest.mark.parametrize("line", FILES, ids=str)
def test_a_file_is_downloaded_never_shown_and_never_kept(site: None, line: Line) -> None:
    role = next(role for role, status in line.answers.items() if status == 200 and role != "P")
    answer = signed_in(role).get(line.path)
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert "html" not in answer["Content-Type"]


def test_an_address_without_its_slash_says_nothing_of_what_is_there(site: None) -> None:
    client = signed_in("F")
    for path in ("/towns/T02", "/towns/T99", "/units/T02", "/receipts/T02-202310-G1-0001"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (301, f"{path}/")
        assert client.get(f"{path}/").status_code == 404
