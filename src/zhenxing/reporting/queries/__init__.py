"""Questions about the hand-in: what a form asks, who has handed in, what each version said."""

from __future__ import annotations

from zhenxing.reporting.queries.drafts import (
    Aside,
    Desk,
    aside_of,
    desk_of,
    laid_out,
    last_return,
    with_aside,
)
from zhenxing.reporting.queries.evidence import (
    Missing,
    evidence_of,
    missing_evidence,
    visible_evidence,
)
from zhenxing.reporting.queries.forms import form_of, with_plans
from zhenxing.reporting.queries.pressing import DueForm, everything_due
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
    "Aside",
    "Desk",
    "Due",
    "DueForm",
    "Line",
    "Missing",
    "around",
    "aside_of",
    "call_for",
    "changes",
    "content_of",
    "counts",
    "current_call",
    "desk_of",
    "dues",
    "everything_due",
    "evidence_of",
    "form_of",
    "laid_out",
    "last_return",
    "latest_of",
    "lines",
    "missing_evidence",
    "own_dues",
    "visible_evidence",
    "with_aside",
    "with_plans",
]
