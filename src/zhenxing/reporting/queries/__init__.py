"""Questions about the hand-in: what a form asks, who has handed in, what each version said."""

from __future__ import annotations

from zhenxing.reporting.queries.forms import form_of
from zhenxing.reporting.queries.states import (
    DUE_SORTS,
    Due,
    around,
    call_for,
    counts,
    current_call,
    dues,
    own_dues,
)
from zhenxing.reporting.queries.versions import Line, changes, content_of, latest_of, lines

__all__ = [
    "DUE_SORTS",
    "Due",
    "Line",
    "around",
    "call_for",
    "changes",
    "content_of",
    "counts",
    "current_call",
    "dues",
    "form_of",
    "latest_of",
    "lines",
    "own_dues",
]
