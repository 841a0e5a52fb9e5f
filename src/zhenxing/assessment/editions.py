"""What the pages of an edition show alike: its table, what the person may do, who may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404

from zhenxing.assessment import access
from zhenxing.assessment.models import Edition, Scheme
from zhenxing.assessment.queries import schemes as asking
from zhenxing.assessment.scheme_table import table
from zhenxing.assessment.sheet import told_by_row
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from zhenxing.assessment.access import Posts
    from zhenxing.web.http import Request


MONTHS = 12


@dataclass(frozen=True)
class May:
    """What a person may do with an edition now."""

    keep: bool
    decide: bool
    send_back: bool


def seats_of(request: Request) -> Posts:
    """Give the person's posts of the day."""
    return target_queries.seats(request.scope, request.moment.business_date)


def scheme_of(request: Request, code: str) -> Scheme:
    """Give a scheme within scope, else 404."""
    rows = Scheme.objects.visible_to(request.scope).select_related("owner")
    return get_object_or_404(rows, code=code)


def edition_of(request: Request, code: str, number: int) -> Edition:
    """Give an edition the person may open, else 404."""
    rows = asking.editions_visible(request.scope, seats_of(request))
    return get_object_or_404(rows, scheme__code=code, number=number)


def may(request: Request, edition: Edition) -> May:
    """Say what the person may do with an edition."""
    seats, scheme = seats_of(request), edition.scheme
    code, is_countys = scheme.owner.code, scheme.is_countys
    keep = access.keeps(seats, code, is_countys=is_countys)
    decide = access.decides(seats, code, edition.hands, is_countys=is_countys)
    return May(keep, decide, decide or (keep and seats.username == edition.proposed_by))


def told(edition: Edition) -> dict[str, Any]:
    """Give what a page shows of an edition's text: the table where it reads, else the problems."""
    found = asking.checked(edition.text)
    names = dict(asking.names())
    first = found.scheme and date(found.scheme.first // MONTHS, found.scheme.first % MONTHS + 1, 1)
    return {
        "edition": edition,
        "scheme": edition.scheme,
        "rules": found.scheme,
        "table": table(found.scheme, names) if found.scheme else None,
        "told": told_by_row(edition.text, found.problems),
        "errors": len(found.errors),
        "late": asking.issued_late(edition, first) if first else "",
    }
