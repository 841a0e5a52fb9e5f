"""Addresses of the assessment part, gathered from its fields of work."""

from __future__ import annotations

from zhenxing.assessment.addresses.appeals import APPEALS
from zhenxing.assessment.addresses.claims import CLAIMS
from zhenxing.assessment.addresses.folders import FOLDERS
from zhenxing.assessment.addresses.marks import MARKS
from zhenxing.assessment.addresses.pilots import PILOTS
from zhenxing.assessment.addresses.rounds import ROUNDS
from zhenxing.assessment.addresses.schedules import SCHEDULES
from zhenxing.assessment.addresses.schemes import SCHEMES
from zhenxing.assessment.addresses.uses import USES

app_name = "assessment"
urlpatterns = [*SCHEMES, *ROUNDS, *FOLDERS, *MARKS, *CLAIMS, *APPEALS, *USES, *PILOTS, *SCHEDULES]
