"""Acts about office forms: registered, amended, mapped, filled, sent."""

from __future__ import annotations

from zhenxing.reuse.services.filling import Copy, filled_file
from zhenxing.reuse.services.mapping import Assignment, assign, release, spread
from zhenxing.reuse.services.registering import Particulars, amend, register, stop
from zhenxing.reuse.services.sending import Sending, send

__all__ = [
    "Assignment",
    "Copy",
    "Particulars",
    "Sending",
    "amend",
    "assign",
    "filled_file",
    "register",
    "release",
    "send",
    "spread",
    "stop",
]
