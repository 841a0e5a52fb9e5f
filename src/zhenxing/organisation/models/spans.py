"""Which day something is there, as conditions of a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from datetime import date


def exists_on(day: date) -> Q:
    """Keep what is set up and not yet closed on the day."""
    opened = Q(opened__isnull=True) | Q(opened__lte=day)
    return opened & (Q(closed__isnull=True) | Q(closed__gt=day))


def held_on(day: date) -> Q:
    """Keep what is held on the day; `until` is the last day."""
    since = Q(since__isnull=True) | Q(since__lte=day)
    return since & (Q(until__isnull=True) | Q(until__gte=day))
