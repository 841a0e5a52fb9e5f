"""Addresses of the assessment part, gathered from its fields of work."""

from __future__ import annotations

from zhenxing.assessment.addresses.schemes import SCHEMES

app_name = "assessment"
urlpatterns = [*SCHEMES]
