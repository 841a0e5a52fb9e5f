"""Questions about the hand-in: what a form asks, who has handed in, what each version said."""

from __future__ import annotations

from zhenxing.reporting.queries.forms import form_of, names_of
from zhenxing.reporting.queries.states import (
    DUE_SORTS,
    Due,
    TownState,
    around,
    call_for,
    calls,
    counts,
    current_call,
    dues,
    own_dues,
    town_states,
)
from zhenxing.reporting.queries.versions import Line, changes, content_of, latest_of, lines

__all__ = [
    "DUE_SORTS",
    "Due",
    "Line",
    "TownState",
    "around",
    "call_for",
    "calls",
    "changes",
    "content_of",
    "counts",
    "current_call",
    "dues",
    "form_of",
    "latest_of",
    "lines",
    "names_of",
    "own_dues",
    "town_states",
]
