"""A list as a page shows it: searched, sorted, cut into pages, each state with its own address.

    found = listing.of_query(request, Entry.objects.all(), search=("actor", "subject"), sorts={…})
    found = listing.of_rows(request, rows, words=lambda row: row.name, sorts={…})

Parameters of the address: `q` what is searched, `sort` a key of `sorts` (with `-` before it the
other way round), `page`, `size`. What cannot be understood counts as not said. A page puts `found`
into its context and includes `web/listing_search.html` and `web/listing_pages.html` with
`listing=found`; `{% sort_link found "name" "名称" %}` makes a header.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import F, Model, Q

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.core.paginator import Page
    from django.db.models import QuerySet
    from django.http import HttpRequest, QueryDict

SIZES = (20, 50, 100)

Row = TypeVar("Row")
Record = TypeVar("Record", bound=Model)


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """One page of rows with what was asked to get them."""

    page: Page[Row]
    wanted: str
    sort: str
    size: int
    asked: QueryDict

    @property
    def sizes(self) -> tuple[int, ...]:
        """The page sizes there are."""
        return SIZES

    @property
    def numbers(self) -> list[int | str]:
        """The page numbers to offer, with an ellipsis where some are left out."""
        return list(self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2))

    def address(self, **changes: str | int) -> str:
        """Give the address of the same list with parameters changed; an empty one is dropped."""
        parameters = self.asked.copy()
        for name, value in changes.items():
            parameters.pop(name, None)
            if value != "":
                parameters[name] = str(value)
        if "page" not in changes:
            parameters.pop("page", None)
        return f"?{parameters.urlencode()}"

    def turned(self, key: str) -> str:
        """Give the sort that a click on this column asks for."""
        return f"-{key}" if self.sort == key else key


def of_query(
    request: HttpRequest,
    records: QuerySet[Record],
    *,
    search: Sequence[str],
    sorts: Mapping[str, str],
    first: str,
) -> Listing[Record]:
    """List what a query finds; `search` are its text fields, `sorts` maps keys to its fields."""
    wanted, sort = request.GET.get("q", "").strip(), _sort(request, sorts, first)
    if wanted:
        terms = (Q(**{f"{field}__icontains": wanted}) for field in search)
        records = records.filter(_any(terms))
    column = F(sorts[sort.removeprefix("-")])
    order = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return _listing(request, records.order_by(order, "pk"), wanted, sort)


def of_rows(
    request: HttpRequest,
    rows: Iterable[Row],
    *,
    words: Callable[[Row], str],
    sorts: Mapping[str, Callable[[Row], Any]],
    first: str,
) -> Listing[Row]:
    """List rows already made; `words` gives the text that is searched. No value sorts last."""
    wanted, sort = request.GET.get("q", "").strip(), _sort(request, sorts, first)
    found = [row for row in rows if wanted.casefold() in words(row).casefold()]
    key = sorts[sort.removeprefix("-")]
    known = [row for row in found if key(row) is not None]
    known.sort(key=key, reverse=sort.startswith("-"))
    return _listing(request, known + [row for row in found if key(row) is None], wanted, sort)


def _listing(
    request: HttpRequest, rows: QuerySet[Any] | list[Any], wanted: str, sort: str
) -> Listing[Any]:
    size = _size(request)
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    return Listing(page, wanted, sort, size, request.GET)


def _sort(request: HttpRequest, sorts: Mapping[str, object], first: str) -> str:
    asked = request.GET.get("sort", first)
    return asked if asked.removeprefix("-") in sorts else first


def _size(request: HttpRequest) -> int:
    asked = request.GET.get("size", "")
    return next((size for size in SIZES if str(size) == asked), SIZES[0])


def _any(terms: Iterable[Q]) -> Q:
    found = Q()
    for term in terms:
        found |= term
    return found
