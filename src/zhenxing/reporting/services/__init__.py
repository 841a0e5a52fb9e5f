"""Changes to the monthly hand-in: months opened and closed, forms read, versions handed in."""

from __future__ import annotations

from zhenxing.reporting.form.reading import FormRead
from zhenxing.reporting.services.calls import close_call, ensure_submissions, open_call
from zhenxing.reporting.services.filing import filled_form, submit_file
from zhenxing.reporting.services.submitting import Conflict, Handed, submit
from zhenxing.reporting.services.uploading import closed_problem, read_upload, remarks_of, upload

__all__ = [
    "Conflict",
    "FormRead",
    "Handed",
    "close_call",
    "closed_problem",
    "ensure_submissions",
    "filled_form",
    "open_call",
    "read_upload",
    "remarks_of",
    "submit",
    "submit_file",
    "upload",
]
