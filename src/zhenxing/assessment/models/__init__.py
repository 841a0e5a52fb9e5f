"""The tables of the assessment."""

from __future__ import annotations

from zhenxing.assessment.models.appeals import Appeal, AppealPaper, AppealStep
from zhenxing.assessment.models.claims import Claim
from zhenxing.assessment.models.folders import ItemPaper, SelfScore, SelfSigning
from zhenxing.assessment.models.marks import Mark, MarkSheet, Panel, Rater
from zhenxing.assessment.models.pilots import Application, ApplicationPaper, Pilot, PilotProposal
from zhenxing.assessment.models.rounds import Job, Round, RoundStep, Run, RunRow
from zhenxing.assessment.models.schedules import Schedule
from zhenxing.assessment.models.schemes import Edition, Scheme
from zhenxing.assessment.models.uses import Use, UseStep

__all__ = [
    "Appeal",
    "AppealPaper",
    "AppealStep",
    "Application",
    "ApplicationPaper",
    "Claim",
    "Edition",
    "ItemPaper",
    "Job",
    "Mark",
    "MarkSheet",
    "Panel",
    "Pilot",
    "PilotProposal",
    "Rater",
    "Round",
    "RoundStep",
    "Run",
    "RunRow",
    "Schedule",
    "Scheme",
    "SelfScore",
    "SelfSigning",
    "Use",
    "UseStep",
]
