"""Calls, submissions with their versions and drafts, what was done to them, corrections."""

from __future__ import annotations

from zhenxing.reporting.models.calls import Call
from zhenxing.reporting.models.corrections import CorrectionSlip, SlipEvidence, SlipStep
from zhenxing.reporting.models.life import (
    Confirmation,
    Extension,
    Ruling,
    Step,
    Urging,
    UrgingRead,
)
from zhenxing.reporting.models.submissions import (
    Draft,
    Evidence,
    Submission,
    SubmissionQuerySet,
    Upload,
    Version,
)

__all__ = [
    "Call",
    "Confirmation",
    "CorrectionSlip",
    "Draft",
    "Evidence",
    "Extension",
    "Ruling",
    "SlipEvidence",
    "SlipStep",
    "Step",
    "Submission",
    "SubmissionQuerySet",
    "Upload",
    "Urging",
    "UrgingRead",
    "Version",
]
