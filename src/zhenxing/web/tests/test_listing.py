"""Lists that can be searched, sorted and leafed through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from zhenxing.accounts.models import User
from zhenxing.accounts.tests import make
from zhenxing.web import listing

if TYPE_CHECKING:
    from zhenxing.web.listing import Listing

TOWNS: list[tuple[str, int | None]] = [("甲镇", 3), ("乙镇", None), ("丙镇", 1), ("丁乡", 2)]


def rows(address: str) -> Listing[tuple[str, int | None]]:
    return listing.of_rows(
        RequestFactory().get(address),
        TOWNS,
        words=lambda town: town[0],
        sorts={"name": lambda town: town[0], "place": lambda town: town[1]},
        first="place",
    )


def names(address: str) -> str:
    return "".join(name[0] for name, _ in rows(address).page)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/", "丙丁甲乙"),
        ("/?sort=-place", "甲丁丙乙"),
        ("/?sort=wrong", "丙丁甲乙"),
        ("/?sort=--place", "丙丁甲乙"),
        ("/?q=镇", "丙甲乙"),
        ("/?q=%20乡%20", "丁"),
        ("/?q=没有", ""),
    ],
)
def test_rows_are_searched_and_sorted_with_no_value_last(address: str, shown: str) -> None:
    assert names(address) == shown


@pytest.mark.parametrize(
    ("asked", "size"), [("50", 50), ("7", 20), ("", 20), ("x", 20), ("-20", 20)]
)
def test_a_page_has_one_of_three_sizes(asked: str, size: int) -> None:
    assert rows(f"/?size={asked}").size == size


def test_an_address_keeps_what_else_was_asked_and_starts_over_at_the_first_page() -> None:
    found = rows("/?q=镇&page=3&size=50")
    assert found.address(sort="-name") == "?q=%E9%95%87&size=50&sort=-name"
    assert found.address(q="") == "?size=50"
    assert found.address(page=2) == "?q=%E9%95%87&size=50&page=2"


def test_a_header_turns_the_sort_round() -> None:
    link = Template("{% sort_link found 'place' '位次' %}")
    assert 'href="?sort=-place" aria-current="true"' in link.render(Context({"found": rows("/")}))
    turned = link.render(Context({"found": rows("/?sort=-place")}))
    assert 'href="?sort=place"' in turned
    assert "sort-up" not in turned


@pytest.mark.django_db
def test_records_are_searched_in_their_fields_and_cut_into_pages() -> None:
    for count in range(45):
        make.person(f"user-{count:02}", f"人{count:02}")
    request = RequestFactory().get("/?q=USER&sort=-name&page=2")
    found = listing.of_query(
        request,
        User.objects.all(),
        search=("username", "name"),
        sorts={"name": "name", "order": "demo_order"},
        first="name",
    )
    assert [person.name for person in found.page][:2] == ["人24", "人23"]
    drawn = Template("{% include 'web/listing_pages.html' %}").render(Context({"listing": found}))
    assert "共45条符合“USER”" in drawn
    assert '<span aria-current="page">2</span>' in drawn
    assert "page=3" in drawn


@pytest.mark.django_db
def test_a_search_that_finds_nobody_shows_nothing() -> None:
    make.person("somebody")
    request = RequestFactory().get("/?q=nobody")
    found = listing.of_query(
        request, User.objects.all(), search=("username",), sorts={"name": "name"}, first="name"
    )
    assert list(found.page) == []


def test_the_search_form_keeps_sort_and_size_and_offers_the_way_back() -> None:
    found = rows("/?q=镇&sort=name&size=50")
    drawn = Template("{% include 'web/listing_search.html' with placeholder='镇名' %}").render(
        Context({"listing": found})
    )
    assert '<input type="hidden" name="sort" value="name">' in drawn
    assert '<input type="hidden" name="size" value="50">' in drawn
    assert 'href="?sort=name&amp;size=50">全部' in drawn
