"""What a form says about itself: whose it is, what it builds on, which lines it asks."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from zhenxing.reporting.form import layout

if TYPE_CHECKING:
    from datetime import datetime

    from zhenxing.reporting.form.questions import Form


def said(form: Form, made: datetime) -> dict[str, str]:
    """Give what says whose form this is and when it was made; all text, named as `MARK_ROWS`."""
    told = {
        "format": layout.FORMAT,
        "site": form.site,
        "period": str(form.period),
        "unit": form.unit,
        "group": form.group,
        "base_version": str(form.base_version),
        "made": made.isoformat(timespec="seconds"),
    }
    return {**told, "hash": digest(told, listed(form))}


def listed(form: Form) -> list[list[str]]:
    """Give the lines of the form as the marks list them."""
    return [[str(q.row), q.code, q.name, q.measure, str(q.period)] for q in form.questions]


def digest(marks: dict[str, str], lines: list[list[str]]) -> str:
    """Give the SHA-256 over whose form it is and what its lines ask.

    No secret goes in: it finds a form that came apart by accident, not a forger. Whoever hands in
    is known by the sign-in, never by the file.
    """
    told = {name: text for name, text in marks.items() if name != "hash"}
    text = json.dumps([told, lines], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
