"""Changes to the monthly hand-in: months opened and closed, forms read, versions handed in."""

from __future__ import annotations

from zhenxing.reporting.form.reading import FormRead
from zhenxing.reporting.services.asking import (
    Asking,
    approve_call,
    expire_calls,
    propose_call,
    refuse_call,
    wrong_with,
)
from zhenxing.reporting.services.calls import (
    ensure_submissions,
    fill_places,
    open_call,
    open_due_calls,
    settle_due_days,
)
from zhenxing.reporting.services.closing import close_call, closing_report, propose_closing
from zhenxing.reporting.services.confirming import (
    Confirmed,
    NotConfirmed,
    Verdict,
    confirm,
    confirmable,
)
from zhenxing.reporting.services.drafting import (
    Saved,
    Typed,
    bring,
    drop,
    hand_in,
    save,
    says_nothing_new,
    take,
    unfillable,
)
from zhenxing.reporting.services.evidence import attach
from zhenxing.reporting.services.extending import (
    ask_extension,
    grant_extension,
    not_extendable,
    refuse_extension,
    support_extension,
)
from zhenxing.reporting.services.filing import filled_form, submit_file
from zhenxing.reporting.services.life import Done, review, send_back, sign
from zhenxing.reporting.services.moving import Stale
from zhenxing.reporting.services.ruling import may_be_on_time, rule_on_lateness
from zhenxing.reporting.services.submitting import Conflict, Handed, submit
from zhenxing.reporting.services.uploading import closed_problem, read_upload, remarks_of, upload
from zhenxing.reporting.services.urging import read_urging, urge

__all__ = [
    "Asking",
    "Confirmed",
    "Conflict",
    "Done",
    "FormRead",
    "Handed",
    "NotConfirmed",
    "Saved",
    "Stale",
    "Typed",
    "Verdict",
    "approve_call",
    "ask_extension",
    "attach",
    "bring",
    "close_call",
    "closed_problem",
    "closing_report",
    "confirm",
    "confirmable",
    "drop",
    "ensure_submissions",
    "expire_calls",
    "fill_places",
    "filled_form",
    "grant_extension",
    "hand_in",
    "may_be_on_time",
    "not_extendable",
    "open_call",
    "open_due_calls",
    "propose_call",
    "propose_closing",
    "read_upload",
    "read_urging",
    "refuse_call",
    "refuse_extension",
    "remarks_of",
    "review",
    "rule_on_lateness",
    "save",
    "says_nothing_new",
    "send_back",
    "settle_due_days",
    "sign",
    "submit",
    "submit_file",
    "support_extension",
    "take",
    "unfillable",
    "upload",
    "urge",
    "wrong_with",
]
