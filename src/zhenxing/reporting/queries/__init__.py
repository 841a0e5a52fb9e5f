"""Questions about the hand-in: what a form asks, who has handed in, what each version said."""

from __future__ import annotations

from zhenxing.reporting.queries.forms import form_of, names_of
from zhenxing.reporting.queries.states import Due, TownState, calls, current_call, dues, town_states
from zhenxing.reporting.queries.versions import Line, changes, content_of, latest_of, lines

__all__ = [
    "Due",
    "Line",
    "TownState",
    "calls",
    "changes",
    "content_of",
    "current_call",
    "dues",
    "form_of",
    "latest_of",
    "lines",
    "names_of",
    "town_states",
]
